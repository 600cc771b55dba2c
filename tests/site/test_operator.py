"""The operator's page: every thing in a sentence, what needs somebody first, and what to do."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from linli.ledger.models import Event, Todo
from linli.people.models import Throttle
from linli.records import diary
from linli.site.condition import conditions, supported
from tests.factories import make_person, make_role, make_work_done


@pytest.fixture(autouse=True)
def own_folder(db, settings, tmp_path):
    """Nothing was ever backed up here; sentences in English."""
    settings.DATA = tmp_path
    with translation.override("en"):
        yield


def well() -> None:
    now = timezone.now()
    make_work_done()
    entry = diary.Entry((now - timedelta(hours=3)).isoformat(), "/backups/1", 1.5, 2_000_000, 30)
    diary.note("backup", entry)
    diary.note("restore_test", entry)


def needing() -> dict[str, str]:
    return {found.name: found.cure for found in conditions() if not found.well}


def test_when_all_is_well_nothing_needs_anybody():
    well()
    assert needing() == {}


def test_a_new_installation_says_what_is_missing():
    assert set(needing()) == {"The worker", "The last backup", "The last restore that was tried"}


def past(**ago):
    return (timezone.now() - timedelta(**ago)).isoformat()


TROUBLES = {
    "a silent worker": (
        lambda: Todo.objects.update(done_at=timezone.now() - timedelta(minutes=6)),
        "The worker",
    ),
    "work that waits": (
        lambda: Todo.objects.create(consumer="x", key="y", due_at=timezone.now() - timedelta(minutes=11)),
        "Work that waits",
    ),
    "an old backup": (
        lambda: diary.note("backup", diary.Entry(past(hours=27), "/b", 1, 1, 1)),
        "The last backup",
    ),
    "an old restore": (
        lambda: diary.note("restore_test", diary.Entry(past(days=9), "/b", 1, 1, 1)),
        "The last restore that was tried",
    ),
    "a bad restore": (
        lambda: diary.note("restore_test", diary.Entry(past(hours=1), "/b", 1, 1, 1, good=False)),
        "The last restore that was tried",
    ),
    "facts without a seal": (
        lambda: Event.objects.create(
            at=timezone.now() - timedelta(hours=1), kind="x", subject="x", scope="x"
        ),
        "The seals of the ledger",
    ),
    "a clock set back": (
        lambda: Event.objects.create(
            at=timezone.now() + timedelta(hours=1), kind="x", subject="x", scope="x"
        ),
        "The clock",
    ),
    "rows past their date": (
        lambda: Throttle.objects.create(
            key="x", window=timezone.now(), ends_at=timezone.now() - timedelta(hours=2)
        ),
        "What ends by itself",
    ),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_each_trouble_is_named_with_its_cure(trouble):
    well()
    make, name = TROUBLES[trouble]
    make()
    found = needing()
    assert set(found) == {name}
    assert found[name]
    assert conditions()[0].name == name, "what needs somebody stands first"


def test_a_disk_that_takes_no_writes(monkeypatch):
    well()
    monkeypatch.setattr("linli.site.health.takes_writes", lambda: False)
    assert set(needing()) == {"The disk"}


def test_what_is_no_longer_mended_is_said_three_months_before(time_machine):
    for day, good in ((date(2027, 7, 1), True), (date(2027, 9, 1), False)):
        time_machine.move_to(day)
        found = supported("Python", "3.11.7")
        assert (found.well, bool(found.cure)) == (good, not good)
        assert "Oct" in found.says
    assert supported("SQLite", "3.40.1").well


def test_the_page(town, browse, django_assert_max_num_queries):
    person = make_person("Ro")
    make_role(person, town.network, "operator")
    client = browse(person)
    client.get("/operator/")
    with django_assert_max_num_queries(76):
        html = client.get("/operator/").content.decode()
    assert html.index("The worker") < html.index("The disk")
    assert "linli manage backup FOLDER" in html
