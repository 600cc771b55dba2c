"""Health for machines: alive, ready only when everything holds, figures only for who carries the token."""

from datetime import timedelta

import pytest
from django.utils import timezone
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from linli.ledger.models import Event, Todo
from linli.records import diary
from linli.site import health
from tests.factories import make_work_done

GOOD = {"database": True, "migrations": True, "worker": True, "clock": True, "disk": True}


def ready(browse):
    health.takes_writes.asked_at = float("-inf")
    page = browse().get("/readyz")
    return page.status_code, page.json()


def test_alive_asks_nothing_of_the_database(db, browse, django_assert_num_queries):
    client = browse()
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_ready_when_everything_holds(db, browse):
    make_work_done()
    assert ready(browse) == (200, GOOD)


def test_not_ready_while_work_is_left_lying(db, browse):
    make_work_done()
    Todo.objects.create(consumer="x", key="x", due_at=timezone.now() - timedelta(minutes=11))
    assert ready(browse) == (503, GOOD | {"worker": False})


@pytest.mark.parametrize("ago", [None, timedelta(minutes=6)])
def test_not_ready_without_a_worker_although_nothing_waits(db, browse, ago):
    if ago:
        make_work_done(ago)
    assert ready(browse) == (503, GOOD | {"worker": False})


def test_a_clock_that_was_set_back_is_named_and_takes_no_server_away(db, browse):
    make_work_done()
    Event.objects.create(at=timezone.now() + timedelta(hours=1), kind="x", subject="x", scope="x")
    assert ready(browse) == (200, GOOD | {"clock": False})


def test_not_ready_on_a_disk_that_takes_no_writes(db, browse, settings, tmp_path):
    make_work_done()
    settings.DATA = tmp_path / "gone"
    assert health.takes_writes.written() is False
    settings.DATA = tmp_path
    assert health.takes_writes.written() is True
    assert list(tmp_path.iterdir()) == []


def test_not_ready_on_a_full_disk(db, browse, monkeypatch):
    make_work_done()
    monkeypatch.setattr(health, "LEAST_FREE_SHARE", 1.0)
    assert ready(browse) == (503, GOOD | {"disk": False})


def test_figures_are_open_to_the_token_alone(db, browse, settings):
    assert browse().get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "a long secret"
    assert browse().get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 404
    assert read(browse)["linli_todos_dead"] == 0


def read(browse) -> dict[str, float]:
    """The figures as an outside reader finds them."""
    page = browse().get("/metrics", headers={"authorization": "Bearer a long secret"})
    assert page["Content-Type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    families = list(text_string_to_metric_families(page.content.decode()))
    assert all(family.documentation for family in families)
    return {sample.name: sample.value for family in families for sample in family.samples}


def test_figures_tell_what_is_the_matter(db, browse, settings, tmp_path):
    settings.METRICS_TOKEN, settings.DATA = "a long secret", tmp_path
    found = read(browse)
    assert found["linli_info"] == 1
    assert (found["linli_backup_age_seconds"], found["linli_worker_silent_seconds"]) == (-1, -1)
    hour_ago = (timezone.now() - timedelta(hours=1)).isoformat()
    diary.note("backup", diary.Entry(hour_ago, "/b", 1, 1, 1))
    diary.note("restore_test", diary.Entry(hour_ago, "/b", 1, 1, 1, good=False))
    make_work_done(timedelta(minutes=2))
    found = read(browse)
    assert 3600 <= found["linli_backup_age_seconds"] < 3700
    assert found["linli_restore_test_good"] == 0
    assert 120 <= found["linli_worker_silent_seconds"] < 180
