"""Who finds a session full reads so at once, keeps what they typed, and is offered the waiting list and others like it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from linli.programmes.models import Question, Session, SignUp
from tests.factories import make_programme, make_session, make_sign_up

PAGE = "/sessions/SES-1/sign-up/"


@pytest.fixture
def ride(town):
    session = make_session(make_programme(town.tower.unit, en="Weekend ride"), town.tower, capacity=1)
    make_sign_up(session)
    return session


def text(response) -> str:
    return response.content.decode()


def test_everything_that_was_typed_stands_there_again(ride, lena, browse):
    typed = {"name": '<b>"Lena"', "needs": "A seat in front", "is_child": "on"}
    answer = browse(lena).post(PAGE, typed)
    assert answer.status_code == 422
    assert 'value="&lt;b&gt;&quot;Lena&quot;"' in text(answer)
    assert 'value="A seat in front"' in text(answer)
    assert '<input type="checkbox" name="is_child" checked>' in text(answer)
    assert SignUp.objects.filter(holder=lena).count() == 0


def test_answers_to_the_questions_of_the_session_stand_there_too(ride, lena, browse):
    question = Question.objects.create(
        session=ride, language="en", text="Which bicycle?", purpose="So that all fit in.", state="asked",
        ends_on=timezone.localdate(), asked_by="x", asked_at=timezone.now(),
    )  # fmt: skip
    name = f"question_{question.code}"
    client = browse(lena)
    answer = client.post(PAGE, {"name": "Lena", name: "A folding one"})
    assert "Which bicycle?" in text(answer)
    assert f'name="{name}" id="id_{name}" value="A folding one"' in text(answer)
    client.post(PAGE, {"name": "Lena", name: "A folding one", "wait": "1"})
    assert "A folding one" in SignUp.objects.get(holder=lena).answers


def test_who_loses_the_last_seat_to_somebody_quicker_reads_the_same(ride, town, lena, browse):
    make_session(ride.programme, town.tower, "SES-2", starts_in=timedelta(days=4))
    client = browse(lena)
    at_once = text(client.post(PAGE, {"name": "Lena"}))
    Session.objects.filter(pk=ride.pk).update(taken=0)

    def somebody_quicker(execute, sql, *words):
        """Another process takes the seat between our look and our deed."""
        if sql.startswith("INSERT") and "programmes_signup" in sql:
            Session.objects.filter(pk=ride.pk).update(taken=1)
        return execute(sql, *words)

    with connection.execute_wrapper(somebody_quicker):
        too_late = client.post(PAGE, {"name": "Lena"})
    assert too_late.status_code == 422
    for said in ("All seats are taken.", "/sessions/SES-2/", "Put me on the waiting list", 'value="Lena"'):
        assert said in text(too_late)
        assert said in at_once
    assert SignUp.objects.filter(holder=lena).count() == 0


def test_a_full_session_that_is_over_offers_no_waiting_list(ride, lena, browse):
    now = timezone.now()
    Session.objects.filter(pk=ride.pk).update(
        starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)
    )
    answer = text(browse(lena).post(PAGE, {"name": "Lena"}))
    assert "This session has begun" in answer
    assert "Put me on the waiting list" not in answer


def test_most_of_the_page_is_rendered_once_for_all(ride, mei, lena, browse, django_assert_num_queries):
    browse(mei).post(PAGE, {"name": "梅"})
    client = browse(lena)
    client.post(PAGE, {"name": "Lena"})
    # Who asks (two), the session, whether they work for others, and how many notices they have not read.
    with django_assert_num_queries(5):
        client.post(PAGE, {"name": "Lena"})
