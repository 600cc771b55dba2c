"""What notices hold about a person goes when the person goes, and is in their export."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.kit.personal import registered
from linli.notices.actions import tell
from linli.notices.models import Delivery, Follow, Notice, Preference, State
from tests.notices.conftest import make_follow, make_notice, reach

MODELS = [Follow, Notice, Preference, Delivery]


@pytest.fixture
def mei_and_lena(mei, lena, town, closed):
    for person in (mei, lena):
        reach(person, email=f"{person.pk}@example.org")
        make_follow(person, town.tower)
        tell(event=closed(), people=[person])
    return mei, lena


def test_every_model_is_registered_with_every_column():
    entries = {entry.model: entry for entry in registered() if entry.model.startswith("notices.")}

    assert sorted(entries) == ["notices.Delivery", "notices.Follow", "notices.Notice", "notices.Preference"]
    for entry in entries.values():
        known = {field.name for field in entry.fields} | {"id", "person", "notice"}
        assert {field.name for field in entry.table._meta.concrete_fields} <= known


def test_erasing_a_person_takes_their_notices_and_nobody_elses(mei_and_lena):
    from linli.people.actions import erase_person

    mei, lena = mei_and_lena
    erase_person(by=mei, person=mei)

    assert [model.objects.count() for model in MODELS] == [1, 1, 1, 1]
    assert Follow.objects.get().person_id == lena.pk


def test_the_database_itself_refuses_doubles_and_nonsense(mei, town, closed):
    reach(mei, email="mei@example.org")
    event = closed()
    tell(event=event, people=[mei])
    make_follow(mei, town.tower)
    delivery = Delivery.objects.get()
    nonsense = [
        lambda: make_follow(mei, town.tower),
        lambda: make_notice(mei, event),
        lambda: Delivery.objects.create(
            notice=delivery.notice, contact=delivery.contact, channel="email", due_at=timezone.now()
        ),
        lambda: Delivery.objects.update(channel="pigeon"),
        lambda: Delivery.objects.update(state="lost"),
        lambda: Delivery.objects.update(state=State.SENT, ended_at=None),
        lambda: Delivery.objects.update(state=State.QUEUED, ended_at=timezone.now()),
    ]
    for deed in nonsense:
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


def test_no_accessor_leads_from_a_person_to_what_they_follow_or_read(mei):
    names = [
        relation.name for relation in mei._meta.get_fields(include_hidden=False) if relation.auto_created
    ]

    assert [name for name in names if "notice" in name or "follow" in name] == []
