"""Questions to those who sign up: never for an identity number, delicate ones only with a second yes, and they end."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from linli.kit.rules import Problem, Refused
from linli.programmes.actions import ask_question, decide_question, sign_up, stop_question
from linli.programmes.actions.signing_up import Attendee
from linli.programmes.deeds import forget_answers
from linli.programmes.models import Question, SignUp
from linli.programmes.rules import asks_identity, is_delicate
from tests.factories import make_programme, make_session, make_sign_up
from tests.programmes.people import NOON, everybody, staff, who_may

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ride(town):
    return make_session(make_programme(town.tower.unit, en="Weekend ride"), town.tower)


@pytest.fixture
def ask(ride, omar):
    """ask("您骑什么车？") → a question of the ride until tomorrow."""

    def run(text="您骑什么车？", purpose="准备停车位", *, by=omar, days=1, session=ride) -> Question:
        ends = timezone.localdate() + days * DAY
        return ask_question(
            by=by, session=session, text=text, purpose=purpose, ends_on=ends, language="zh-hans"
        )

    return run


def state_of(question) -> str:
    question.refresh_from_db()
    return question.state


def asked() -> list[Question]:
    return list(Question.objects.asked_on(timezone.localdate()))


def test_it_stands_on_the_form_with_its_purpose_and_its_end(ask, ride, facts):
    question = ask()
    assert (question.state, question.purpose, asked()) == ("asked", "准备停车位", [question])
    data = {"ends_on": "2026-12-08", "second_yes": False}
    assert facts() == [("programmes.question_asked", "programmes.session/SES-1", data)]


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("请填身份证号", "核对"),
        ("您的护照", "核对"),
        ("社保号是多少？", "核对"),
        ("证件号", "核对"),
        ("一串数字", "核对身份证"),
        ("Your ID card, please", "To check"),
        ("Identity number?", "To check"),
        ("A number", "As on your PASSPORT"),
        ("Social security number", "To check"),
        ("National ID", "To check"),
    ],
)
def test_identity_numbers_are_never_asked_for(text, purpose, ask, facts):
    with pytest.raises(Problem) as problem:
        ask(text, purpose)
    assert (problem.value.field, Question.objects.count(), facts()) == ("text", 0, [])


@pytest.mark.parametrize(
    "text",
    [
        "您骑什么车？",
        "几岁？",
        "怎么称呼您？",
        "Which bike do you ride?",
        "Have you been here before?",
        "您会什么手艺？",
    ],
)
def test_plain_questions_are_plain(text):
    assert (asks_identity(text), is_delicate(text)) == (False, False)


DELICATE = [
    ("您有过敏吗？", "准备点心"),
    ("宗教信仰", "准备点心"),
    ("您是党员吗？", "分组"),
    ("什么民族", "分组"),
    ("需要什么", "了解健康情况"),
    ("Any allergies?", "For the snacks"),
    ("Your religion", "For the snacks"),
    ("What shall we know?", "Because of your health"),
    ("Politics", "For the groups"),
]


@pytest.mark.parametrize(("text", "purpose"), DELICATE)
def test_what_touches_religion_health_or_party_waits_for_a_second_yes(text, purpose, ask, facts):
    question = ask(text, purpose)
    assert (question.state, asked(), facts()[0][2]["second_yes"]) == ("waiting", [], True)


def test_the_second_yes_is_somebody_elses(request, town, ask, omar, facts):
    people = everybody(request, town)
    question = ask(*DELICATE[0])
    with pytest.raises(Refused):
        decide_question(by=omar, question=question, agree=True)
    assert state_of(question) == "waiting"
    del people["command line"]
    allowed = who_may(people, lambda by: decide_question(by=by, question=question, agree=True))
    assert allowed == {"manager", "gao", "district"}
    decide_question(by=people["manager"], question=question, agree=True)
    assert (state_of(question), asked()) == ("asked", [question])
    assert facts()[-1] == ("programmes.question_decided", "programmes.session/SES-1", {"agreed": True})


def test_a_no_stays_a_no(ask, gao, town, facts):
    question = ask(*DELICATE[0])
    decide_question(by=gao, question=question, agree=False)
    decide_question(by=staff("经理", town.tower.unit, "manager"), question=question, agree=True)
    assert (state_of(question), asked()) == ("refused", [])
    assert [data for kind, _subject, data in facts() if kind == "programmes.question_decided"] == [
        {"agreed": False}
    ]


def test_a_plain_one_needs_no_decision(ask, gao):
    question = ask()
    decide_question(by=gao, question=question, agree=False)
    assert state_of(question) == "asked"


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (3, True), (4, False)])
def test_it_ends_on_a_day_until_the_session(days, fits, ask, ride):
    assert ride.ends_at == NOON + 3 * DAY + timedelta(hours=2)
    if fits:
        assert ask(days=days).ends_on == timezone.localdate() + days * DAY
    else:
        with pytest.raises(Problem) as problem:
            ask(days=days)
        assert problem.value.field == "ends_on"
    assert Question.objects.count() == fits


def test_five_are_enough_and_a_refused_one_is_none(ask, gao):
    first = ask(*DELICATE[0])
    for _number in range(4):
        ask()
    with pytest.raises(Problem):
        ask()
    decide_question(by=gao, question=first, agree=False)
    ask()
    assert Question.objects.count() == 6


def test_after_its_day_it_is_asked_no_more(ask, clock):
    question = ask(days=1)
    clock.move_to(NOON + DAY)
    assert asked() == [question]
    clock.move_to(NOON + 2 * DAY)
    assert asked() == []


def test_it_can_be_stopped_and_is_gone_tomorrow(ask, omar, clock):
    question = ask(days=3)
    stop_question(by=omar, question=question)
    question.refresh_from_db()
    assert (question.ends_on, asked()) == (timezone.localdate(), [question])
    clock.move_to(NOON + DAY)
    assert asked() == []
    # To stop what ended is not to begin it again.
    stop_question(by=omar, question=question)
    question.refresh_from_db()
    assert question.ends_on == timezone.localdate() - DAY


def answers() -> dict[str, dict]:
    return {row.name: json.loads(row.answers) if row.answers else {} for row in SignUp.objects.all()}


def test_the_answers_are_gone_the_day_after(ask, ride, mei, clock):
    short, long = ask(days=1), ask("会修车吗？", days=3)
    sign_up(by=mei, session=ride, attendee=Attendee("梅", answers={short.code: "折叠车", long.code: "会"}))
    sign_up(by=mei, session=ride, attendee=Attendee("梅妈", answers={short.code: "三轮"}))
    make_sign_up(ride, "李")
    found = []
    for days in (1, 2, 4):
        clock.move_to(NOON + days * DAY)
        forget_answers({})
        found.append(answers())
    assert found == [
        {"梅": {short.code: "折叠车", long.code: "会"}, "梅妈": {short.code: "三轮"}, "李": {}},
        {"梅": {long.code: "会"}, "梅妈": {}, "李": {}},
        {"梅": {}, "梅妈": {}, "李": {}},
    ]


def test_answers_of_other_sessions_stay(ask, ride, town, mei, clock):
    other = make_session(ride.programme, town.tower, "SES-2")
    ended, lasting = ask(days=0), ask(session=other, days=3)
    sign_up(by=mei, session=ride, attendee=Attendee("梅", answers={ended.code: "折叠车"}))
    sign_up(by=mei, session=other, attendee=Attendee("梅妈", answers={lasting.code: "三轮"}))
    clock.move_to(NOON + DAY)
    forget_answers({})
    assert answers() == {"梅": {}, "梅妈": {lasting.code: "三轮"}}


def test_an_answer_is_not_in_the_database_in_the_clear(ask, ride, mei):
    from django.db import connection

    question = ask()
    sign_up(by=mei, session=ride, attendee=Attendee("梅", answers={question.code: "折叠车"}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, name FROM programmes_signup")
        kept = str(cursor.fetchall())
    assert [word for word in ("折叠车", question.code, "梅") if word in kept] == []


def test_those_who_work_at_the_station_ask_and_stop(request, town, ask):
    people = everybody(request, town)
    del people["command line"]
    question = ask(days=3)
    assert who_may(people, lambda by: ask(by=by)) == {"omar", "manager"}
    assert who_may(people, lambda by: stop_question(by=by, question=question)) == {"omar", "manager"}
