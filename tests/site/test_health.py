"""Health for machines: alive, ready only when everything holds, figures only for who carries the token."""

from datetime import timedelta

from django.utils import timezone

from linli.ledger.models import Todo


def test_alive_asks_nothing_of_the_database(db, browse, django_assert_num_queries):
    client = browse()
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_ready_when_everything_holds(db, browse):
    page = browse().get("/readyz")
    assert (page.status_code, page.json()) == (
        200,
        {"database": True, "migrations": True, "worker": True, "disk": True},
    )


def test_not_ready_while_work_is_left_lying(db, browse):
    Todo.objects.create(consumer="x", key="x", due_at=timezone.now() - timedelta(minutes=11))
    page = browse().get("/readyz")
    assert (page.status_code, page.json()["worker"]) == (503, False)


def test_figures_are_open_to_the_token_alone(db, browse, settings):
    assert browse().get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "a long secret"
    assert browse().get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 404
    page = browse().get("/metrics", headers={"authorization": "Bearer a long secret"})
    lines = page.content.decode().splitlines()
    assert lines[-1] == "# EOF"
    assert [line for line in lines if line.startswith("linli_todos_dead")] == ["linli_todos_dead 0"]
