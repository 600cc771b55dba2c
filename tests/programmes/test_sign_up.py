"""Signing up: a seat, or a place on the waiting list; one seat an attendee; every refusal a sentence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.kit.contacts import read_contact
from linli.kit.rules import Problem, Refused
from linli.programmes.actions import cancel_sign_up, sign_up
from linli.programmes.actions.signing_up import Attendee, Full, overlaps, sign_up_at_desk
from linli.programmes.models import Session, SignUp
from tests.factories import make_person, make_programme, make_session, make_sign_up


@pytest.fixture
def ride(town):
    programme = make_programme(town.tower.unit, en="Weekend ride")
    return make_session(programme, town.tower, capacity=2)


def counts(session):
    session.refresh_from_db()
    return session.taken, session.waiting


def test_a_free_seat_is_taken(ride, mei, facts):
    made = sign_up(by=mei, session=ride, attendee=Attendee("梅"))
    assert (made.state, made.holder, made.name, made.slot) == ("confirmed", mei, "梅", 1)
    assert counts(ride) == (1, 0)
    assert facts() == [("programmes.signed_up", "programmes.session/SES-1", {})]


def test_when_all_seats_are_taken_one_waits_in_order(ride, mei, lena):
    for name in ("甲", "乙"):
        sign_up(by=mei, session=ride, attendee=Attendee(name))
    third = sign_up(by=lena, session=ride, attendee=Attendee("Lena"))
    fourth = sign_up(by=lena, session=ride, attendee=Attendee("Tom"))
    assert (third.state, fourth.state, counts(ride)) == ("waiting", "waiting", (2, 2))
    assert list(SignUp.objects.queue()) == [third, fourth]


def test_who_does_not_want_to_wait_is_told_that_it_is_full(ride, mei, lena):
    for name in ("甲", "乙"):
        sign_up(by=mei, session=ride, attendee=Attendee(name))
    ride.refresh_from_db()
    with pytest.raises(Full, match=r"名额|seats"):
        sign_up(by=lena, session=ride, attendee=Attendee("Lena"), wait=False)
    assert counts(ride) == (2, 0)


def test_nobody_passes_those_who_wait(ride, mei, lena):
    make_sign_up(ride, state="waiting")
    ride.refresh_from_db()
    made = sign_up(by=mei, session=ride, attendee=Attendee("梅"))
    # Two seats were free: the one who waited is asked first, and only then does the newcomer get the other.
    assert sorted(SignUp.objects.values_list("state", flat=True)) == ["confirmed", "offered"]
    assert (made.state, counts(ride)) == ("confirmed", (2, 0))


@pytest.mark.parametrize("again", ["梅", " 梅 ", "梅\u3000"])
def test_an_attendee_has_one_seat(again, ride, mei):
    sign_up(by=mei, session=ride, attendee=Attendee("梅"))
    with pytest.raises(Problem, match=r"already|已经"):
        sign_up(by=mei, session=ride, attendee=Attendee(again))
    assert counts(ride) == (1, 0)


def test_who_gave_a_seat_back_may_come_again(ride, mei):
    first = sign_up(by=mei, session=ride, attendee=Attendee("梅"))
    assert cancel_sign_up(by=mei, sign_up=first) is True
    second = sign_up(by=mei, session=ride, attendee=Attendee("梅"))
    assert (second.state, counts(ride)) == ("confirmed", (1, 0))


def test_two_children_without_a_name_are_two(ride, mei):
    for _child in range(2):
        sign_up(by=mei, session=ride, attendee=Attendee(is_child=True))
    assert counts(ride) == (2, 0)


def test_a_contact_has_as_many_seats_as_the_session_gives(town, mei):
    session = make_session(make_programme(town.tower.unit), town.tower, max_per_contact=2)
    for name in ("甲", "乙"):
        sign_up(by=mei, session=session, attendee=Attendee(name))
    with pytest.raises(Problem, match="2"):
        sign_up(by=mei, session=session, attendee=Attendee("丙"))
    assert counts(session) == (2, 0)


def test_a_phone_given_at_the_desk_counts_as_a_contact(town, omar):
    session = make_session(make_programme(town.tower.unit), town.tower, max_per_contact=1)
    phone = read_contact("13800001234")
    made = sign_up_at_desk(by=omar, session=session, attendee=Attendee("阿婆", contact=phone))
    assert (made.holder, made.by_desk, made.contact) == (None, True, "+8613800001234")
    with pytest.raises(Problem):
        sign_up_at_desk(by=omar, session=session, attendee=Attendee("阿公", contact=phone))
    # Without a contact there is nothing to count by: people on paper.
    for name in ("老李", "老王"):
        sign_up_at_desk(by=omar, session=session, attendee=Attendee(name))
    assert counts(session) == (3, 0)


def test_a_programme_may_give_so_many_a_week(town, mei):
    programme = make_programme(town.tower.unit, weekly_limit=1)
    monday = timezone.localtime() + timedelta(days=7 - timezone.localtime().weekday())
    first = make_session(programme, town.tower, "SES-1", starts_in=monday - timezone.localtime())
    same_week = make_session(
        programme, town.tower, "SES-2", starts_in=monday - timezone.localtime() + timedelta(days=2)
    )
    week_after = make_session(
        programme, town.tower, "SES-3", starts_in=monday - timezone.localtime() + timedelta(days=8)
    )
    sign_up(by=mei, session=first, attendee=Attendee("梅"))
    with pytest.raises(Problem):
        sign_up(by=mei, session=same_week, attendee=Attendee("梅"))
    assert (counts(same_week), SignUp.objects.count()) == ((0, 0), 1)
    assert sign_up(by=mei, session=week_after, attendee=Attendee("梅")).state == "confirmed"


def test_what_else_is_at_that_time_is_said(town, mei):
    programme = make_programme(town.tower.unit)
    one = make_session(programme, town.tower, "SES-1")
    other = make_session(programme, town.night, "SES-2", starts_in=timedelta(days=3, hours=1))
    sign_up(by=mei, session=one, attendee=Attendee("梅"))
    assert overlaps(mei, other) == [one]
    assert overlaps(mei, one) == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"state": "cancelled", "reason": "下雨"}, "取消"),
        ({"state": "proposed"}, "还没有开放"),
        ({"capacity": None}, "不用报名"),
        ({"starts_in": timedelta(minutes=-10)}, "已经开始"),
        ({"opens_at": timezone.now() + timedelta(days=1)}, "开始报名"),
    ],
    ids=["cancelled", "not open yet", "drop-in", "begun", "too early"],
)
def test_refusals_are_sentences(fields, says, town, mei):
    session = make_session(make_programme(town.tower.unit), town.tower, **fields)
    with pytest.raises(Problem, match=says):
        sign_up(by=mei, session=session, attendee=Attendee("梅"))
    assert SignUp.objects.count() == 0


@pytest.mark.parametrize("wait", [True, False])
def test_a_session_that_is_moved_meanwhile_is_looked_at_once_more(wait, ride, mei):
    """As it is for somebody whose request read the session just before it was moved."""
    Session.objects.filter(pk=ride.pk).update(changes=1, ends_at=ride.ends_at + timedelta(hours=1))
    with pytest.raises(Problem, match="刚刚改了期"):
        sign_up(by=mei, session=ride, attendee=Attendee("梅"), wait=wait)
    assert SignUp.objects.count() == 0
    assert sign_up(by=mei, session=Session.objects.get(pk=ride.pk), attendee=Attendee("梅"), wait=wait)


def test_at_the_desk_one_may_still_come_while_it_is_on(town, omar):
    session = make_session(make_programme(town.tower.unit), town.tower, starts_in=timedelta(minutes=-10))
    assert sign_up_at_desk(by=omar, session=session, attendee=Attendee("路过的人")).state == "confirmed"


def test_who_may(ride, kai, gao, lena, omar):
    with pytest.raises(Refused):
        sign_up(by=kai, session=ride, attendee=Attendee("Kai"))
    for person in (gao, lena, make_person("Zoe")):
        with pytest.raises(Refused):
            sign_up_at_desk(by=person, session=ride, attendee=Attendee("x"))
    assert SignUp.objects.count() == 0


def test_nothing_of_who_stands_in_the_ledger(ride, mei, settle):
    from linli.ledger.models import Event

    sign_up(by=mei, session=ride, attendee=Attendee("梅小雨", needs="轮椅"))
    settle()
    assert not [
        event for event in Event.objects.all() if "梅" in str(event.data) or str(mei.pk) in str(event.data)
    ]
