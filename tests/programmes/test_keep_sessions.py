"""A station plans, changes, moves and cancels its sessions; whoever signed up is told of what matters to them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine

from linli.kit.rules import Problem
from linli.notices.actions import follow
from linli.notices.models import Notice
from linli.programmes.actions import (
    agree_to_session,
    cancel_session,
    cancel_sign_up,
    change_session,
    end_programme,
    keep_seat,
    plan_session,
    tick_off,
)
from linli.programmes.actions.series import planned_of
from linli.programmes.actions.sessions import Planned
from linli.programmes.models import Session, SignUp
from linli.site.searching import find
from tests.factories import make_programme, make_session, make_sign_up
from tests.programmes.people import NOON, everybody, seats, told, who_may

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = NOON + 5 * DAY


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def programme(town):
    return make_programme(town.tower.unit, en="Weekend ride")


@pytest.fixture
def ride(programme, town):
    return make_session(programme, town.tower, capacity=3)


def planned(**fields) -> Planned:
    words = {"name": "周六骑行", "language": "zh-hans", "starts_at": START, "ends_at": START + 2 * HOUR}
    return Planned(**{"capacity": 10} | words | fields)


def anew(session, **fields) -> Planned:
    """The session as it is, but for these columns."""
    session.refresh_from_db()
    return replace(planned_of(session), **fields)


def later(session, by=DAY) -> Planned:
    return anew(session, starts_at=session.starts_at + by, ends_at=session.ends_at + by)


# Planned


def test_a_session_is_planned_and_everybody_sees_and_finds_it(programme, town, omar, kai, facts):
    made = plan_session(by=omar, programme=programme, station=town.tower, planned=planned(where="东门"))
    made.refresh_from_db()
    assert (made.state, made.time_zone, made.where, made.free) == ("open", "Asia/Shanghai", "东门", 10)
    assert (made.taken, made.waiting, made.changes, made.sequence, made.changed_at) == (0, 0, 0, 0, NOON)
    assert list(Session.objects.visible_to(kai)) == [made]
    assert find("六骑行", kai).things == [made]
    data = {"starts_at": START.isoformat(), "capacity": 10, "is_proposal": False}
    assert facts() == [("programmes.session_planned", f"programmes.session/{made.code}", data)]


def test_followers_of_the_station_and_of_the_programme_hear_of_it_once(
    programme, town, omar, mei, lena, settle
):
    follow(by=mei, subject=town.tower)
    follow(by=mei, subject=programme)
    follow(by=lena, subject=town.night)
    plan_session(by=omar, programme=programme, station=town.tower, planned=planned())
    settle()
    assert (told(mei), told(lena), told(omar)) == (["programmes.session_planned"], [], [])


def test_a_drop_in_has_no_seats_to_take(programme, town, omar):
    made = plan_session(by=omar, programme=programme, station=town.tower, planned=planned(capacity=None))
    assert (made.state, made.takes_sign_ups, made.free) == ("open", False, 0)


def test_some_programmes_want_an_organisers_yes_first(town, omar, mei, gao, kai, settle):
    programme = make_programme(town.west, needs_approval=True)
    follow(by=mei, subject=town.tower)
    made = plan_session(by=omar, programme=programme, station=town.tower, planned=planned())
    settle()
    assert (made.state, told(mei), find("六骑行", gao).things) == ("submitted", [], [])
    # The nearest organiser hears that it waits for them.
    assert list(Notice.objects.values_list("person", "data__state")) == [(gao.pk, "submitted")]
    seen = [list(Session.objects.visible_to(person)) for person in (omar, gao, mei, kai)]
    assert seen == [[made], [made], [], []]
    agree_to_session(by=gao, session=made)
    settle()
    assert (made.state, told(mei)) == ("open", ["programmes.session_planned"])
    assert find("六骑行", kai).things == [made]


@pytest.mark.parametrize(
    ("of", "fits"),
    [
        ("tower", True),
        ("west", True),
        ("district", True),
        ("network", True),
        ("night", False),
        ("east", False),
    ],
)
def test_a_station_holds_its_own_programmes_and_those_of_areas_above(of, fits, town, omar):
    place = getattr(town, of)
    programme = make_programme(getattr(place, "unit", place))
    if fits:
        plan_session(by=omar, programme=programme, station=town.tower, planned=planned())
    else:
        with pytest.raises(Problem):
            plan_session(by=omar, programme=programme, station=town.tower, planned=planned())
    assert Session.objects.count() == fits


def test_a_programme_that_has_ended_gets_no_session(programme, town, omar):
    end_programme(by=omar, programme=programme)
    programme.refresh_from_db()
    with pytest.raises(Problem):
        plan_session(by=omar, programme=programme, station=town.tower, planned=planned())
    assert Session.objects.count() == 0


IMPOSSIBLE = [
    ({"starts_at": NOON}, "starts_at"),
    ({"starts_at": NOON - DAY}, "starts_at"),
    ({"ends_at": START}, "ends_at"),
    ({"ends_at": START - HOUR}, "ends_at"),
    ({"opens_at": START}, "opens_at"),
    ({"weather_at": START + HOUR}, "weather_at"),
]


@pytest.mark.parametrize(("fields", "field"), IMPOSSIBLE)
def test_times_that_cannot_be(fields, field, programme, town, omar):
    with pytest.raises(Problem) as problem:
        plan_session(by=omar, programme=programme, station=town.tower, planned=planned(**fields))
    assert (problem.value.field, Session.objects.count()) == (field, 0)


@pytest.mark.parametrize(("fields", "field"), IMPOSSIBLE)
def test_nor_can_it_be_moved_to_such(fields, field, ride, omar):
    with pytest.raises(Problem) as problem:
        change_session(by=omar, session=ride, planned=planned(**fields))
    ride.refresh_from_db()
    assert (problem.value.field, ride.changes, ride.starts_at) == (field, 0, NOON + 3 * DAY)


# Changed


def test_other_words_are_no_news(ride, omar, mei, settle, facts):
    made = make_sign_up(ride, "梅", holder=mei)
    change_session(by=omar, session=ride, planned=anew(ride, name="夜骑", cost="5 元", capacity=4))
    settle()
    assert (ride.name, ride.cost, ride.capacity, ride.sequence, ride.changes) == ("夜骑", "5 元", 4, 1, 0)
    made.refresh_from_db()
    assert (made.knows, told(mei)) == (0, [])
    assert facts() == [("programmes.session_changed", "programmes.session/SES-1", {"capacity": 4})]
    assert find("夜骑", None).things == [ride]


def test_not_fewer_seats_than_are_taken(ride, omar):
    for state in ("confirmed", "offered", "waiting"):
        make_sign_up(ride, state=state)
    with pytest.raises(Problem, match="2") as problem:
        change_session(by=omar, session=ride, planned=anew(ride, capacity=1))
    assert (problem.value.field, seats(ride), ride.capacity) == ("capacity", (2, 1), 3)
    change_session(by=omar, session=ride, planned=anew(ride, capacity=2))
    assert (seats(ride), ride.capacity) == ((2, 1), 2)


@pytest.mark.parametrize("state", ["confirmed", "waiting"])
def test_with_sign_ups_it_stays_what_it_is(state, ride, omar):
    make_sign_up(ride, state=state)
    with pytest.raises(Problem) as problem:
        change_session(by=omar, session=ride, planned=anew(ride, capacity=None))
    ride.refresh_from_db()
    assert (problem.value.field, ride.capacity) == ("capacity", 3)


def test_without_it_may_become_a_drop_in_and_back(ride, omar):
    for capacity in (None, 5):
        change_session(by=omar, session=ride, planned=anew(ride, capacity=capacity))
        assert ride.capacity == capacity


def test_what_is_on_gets_more_seats_but_no_other_time(ride, omar, clock):
    clock.move_to(ride.starts_at + HOUR)
    change_session(by=omar, session=ride, planned=anew(ride, capacity=9))
    assert ride.capacity == 9
    for by in (-HOUR, -HOUR / 2):
        with pytest.raises(Problem):
            change_session(by=omar, session=ride, planned=later(ride, by))
    ride.refresh_from_db()
    assert (ride.starts_at, ride.changes) == (NOON + 3 * DAY, 0)


@pytest.mark.parametrize("state", ["cancelled", "declined", "over"])
def test_what_is_over_is_changed_no_more(state, programme, town, omar):
    fields = {"starts_in": -2 * HOUR} if state == "over" else {"state": state, "reason": "下雨"}
    session = make_session(programme, town.tower, **fields)
    with pytest.raises(Problem):
        change_session(by=omar, session=session, planned=anew(session, name="别的"))
    session.refresh_from_db()
    assert (session.name, session.sequence) == ("周末骑行", 0)


# Moved


def test_everybody_with_an_account_hears_of_a_move(ride, omar, mei, lena, gao, settle, facts):
    ride.capacity = 4
    ride.save(update_fields=["capacity"])
    for name, state, holder in [
        ("梅", "confirmed", mei), ("梅妈", "confirmed", mei), ("Lena", "waiting", lena), ("高", "offered", gao),
        ("Omar", "cancelled", omar), ("李", "confirmed", None),
    ]:  # fmt: skip
        make_sign_up(ride, name, state, holder=holder)
    before = ride.starts_at
    change_session(by=omar, session=ride, planned=later(ride))
    settle()
    assert [told(person) for person in (mei, lena, gao, omar)] == [["programmes.session_moved"]] * 3 + [[]]
    assert (ride.starts_at, ride.changes, ride.sequence) == (before + DAY, 1, 1)
    assert set(SignUp.objects.values_list("session_ends_at", "knows")) == {(ride.ends_at, 0)}
    ((kind, subject, data),) = facts()
    assert (kind, subject) == ("programmes.session_moved", "programmes.session/SES-1")
    # Moments as moments: a database gives them back in UTC.
    assert [datetime.fromisoformat(data.pop(name)) for name in ("from_at", "starts_at")] == [
        before,
        before + DAY,
    ]
    assert data == {"elsewhere": False, "change": 1}


@pytest.mark.parametrize(
    ("fields", "elsewhere"),
    [
        ({"where": "西门"}, True),
        ({"place": "online", "link": "https://meet.example/1"}, True),
        ({"route": "沿河"}, True),
        ({"ends_at": NOON + 3 * DAY + 5 * HOUR}, False),
    ],
)
def test_another_place_or_end_is_a_move_too(fields, elsewhere, ride, omar, mei, settle, facts):
    make_sign_up(ride, "梅", holder=mei)
    change_session(by=omar, session=ride, planned=anew(ride, **fields))
    settle()
    assert (told(mei), ride.changes) == (["programmes.session_moved"], 1)
    assert [data["elsewhere"] for kind, _subject, data in facts() if kind == "programmes.session_moved"] == [
        elsewhere
    ]


def test_one_tap_keeps_the_seat_and_the_desk_ticks_off_whom_it_called(ride, omar, mei):
    own, written = make_sign_up(ride, "梅", holder=mei), make_sign_up(ride, "李", by_desk=True)

    def known():
        return [SignUp.objects.get(pk=each.pk).knows for each in (own, written)]

    change_session(by=omar, session=ride, planned=later(ride))
    assert known() == [0, 0]
    keep_seat(by=mei, sign_up=own)
    assert known() == [1, 0]
    change_session(by=omar, session=ride, planned=later(ride))
    tick_off(by=omar, sign_up=written)
    assert (known(), ride.changes) == ([1, 2], 2)
    keep_seat(by=None, sign_up=written)
    assert known() == [1, 2]


def test_or_leaves_it_to_others(ride, omar, mei):
    own = make_sign_up(ride, "梅", holder=mei)
    change_session(by=omar, session=ride, planned=later(ride))
    assert cancel_sign_up(by=mei, sign_up=own) is True
    assert seats(ride) == (0, 0)


def test_before_it_is_open_nobody_has_to_be_told(programme, town, omar, settle):
    session = make_session(programme, town.tower, state="submitted")
    change_session(by=omar, session=session, planned=later(session))
    settle()
    assert (session.changes, session.sequence, Notice.objects.count()) == (0, 1, 0)


def test_it_is_summed_up_an_hour_after_the_end_it_has_now(facts, programme, town, omar, clock, settle):
    ride = plan_session(
        by=omar, programme=programme, station=town.tower, planned=planned(emergency="13800001234")
    )
    old_end = ride.ends_at
    change_session(by=omar, session=ride, planned=later(ride))
    clock.move_to(old_end + DAY)
    settle()
    ride.refresh_from_db()
    assert ([kind for kind, *_rest in facts()][2:], ride.emergency) == ([], "13800001234")
    Session.objects.filter(pk=ride.pk).update(arrived=3, heads=4, taken=5)
    clock.move_to(old_end + 2 * DAY)
    settle()
    ride.refresh_from_db()
    assert facts()[2:] == [
        (
            "programmes.session_summed_up",
            f"programmes.session/{ride.code}",
            {"came": 7, "seats": 5, "capacity": 10},
        )
    ]
    assert ride.emergency == ""


# Cancelled


def test_a_cancelled_session_stays_to_be_seen_with_its_reason(ride, omar, mei, lena, kai, settle, facts):
    make_sign_up(ride, "梅", holder=mei)
    make_sign_up(ride, "Lena", "waiting", holder=lena)
    cancel_session(by=omar, session=ride, reason="下雨")
    settle()
    assert (ride.state, ride.reason, ride.changes, ride.sequence) == ("cancelled", "下雨", 1, 1)
    assert list(Session.objects.visible_to(kai)) == [ride]
    assert (told(mei), told(lena)) == (["programmes.session_cancelled"], ["programmes.session_cancelled"])
    ((kind, subject, data),) = facts()
    assert (kind, subject, sorted(data)) == (
        "programmes.session_cancelled",
        "programmes.session/SES-1",
        ["change", "starts_at"],
    )


def test_once_is_enough(ride, omar, mei, settle):
    make_sign_up(ride, "梅", holder=mei)
    cancel_session(by=omar, session=ride, reason="下雨")
    with pytest.raises(Problem):
        cancel_session(by=omar, session=ride, reason="还在下雨")
    settle()
    ride.refresh_from_db()
    assert (ride.reason, ride.changes, told(mei)) == ("下雨", 1, ["programmes.session_cancelled"])


def test_what_is_over_cannot_be_cancelled(ride, omar, clock):
    clock.move_to(ride.ends_at)
    with pytest.raises(Problem):
        cancel_session(by=omar, session=ride, reason="太晚")
    ride.refresh_from_db()
    assert ride.state == "open"


def test_a_cancelled_one_is_not_summed_up(programme, town, omar, clock, settle, facts):
    ride = plan_session(by=omar, programme=programme, station=town.tower, planned=planned())
    cancel_session(by=omar, session=ride, reason="下雨")
    clock.move_to(ride.ends_at + DAY)
    settle()
    assert [kind for kind, *_rest in facts()] == [
        "programmes.session_planned",
        "programmes.session_cancelled",
    ]


# Who may


def test_those_who_work_at_the_station_keep_its_sessions(request, town, programme, ride):
    written = make_sign_up(ride, "李", by_desk=True)
    people = everybody(request, town)
    deeds = {
        "plan": lambda by: plan_session(by=by, programme=programme, station=town.tower, planned=planned()),
        "change": lambda by: change_session(by=by, session=ride, planned=anew(ride, name="夜骑")),
        "cancel": lambda by: cancel_session(by=by, session=ride, reason="下雨"),
        "tick off": lambda by: tick_off(by=by, sign_up=written),
    }
    desk = {"omar", "manager", "command line"}
    assert {name: who_may(people, deed) for name, deed in deeds.items()} == dict.fromkeys(deeds, desk)


def test_whoever_holds_the_ticket_keeps_the_seat(request, town, ride, mei):
    own = make_sign_up(ride, "梅", holder=mei)
    people = everybody(request, town)
    assert who_may(people, lambda by: keep_seat(by=by, sign_up=own)) == {"mei", "command line"}


def test_an_offer_of_a_session_that_is_moved_forward_ends_sooner(town, omar, settle):
    session = make_session(make_programme(town.tower.unit), town.tower, starts_in=timedelta(days=9))
    offered = make_sign_up(session, state="offered", offered_until=NOON + timedelta(hours=4))
    sooner = NOON.replace(second=0, microsecond=0) + timedelta(hours=5)
    planned = replace(planned_of(session), starts_at=sooner, ends_at=sooner + timedelta(hours=1))
    change_session(by=omar, session=session, planned=planned)
    offered.refresh_from_db()
    assert offered.offered_until == sooner - timedelta(hours=3)
    settle(NOON + 3 * HOUR)
    offered.refresh_from_db()
    assert offered.state == "lapsed"


def test_a_session_that_is_on_can_be_prolonged(town, omar):
    session = make_session(make_programme(town.tower.unit), town.tower, starts_in=-timedelta(minutes=30))
    later = session.ends_at + timedelta(hours=1)
    change_session(by=omar, session=session, planned=replace(planned_of(session), ends_at=later))
    session.refresh_from_db()
    assert session.ends_at == later


def test_what_never_stood_open_is_declined_and_stays_out_of_sight(town, omar):
    session = make_session(make_programme(town.tower.unit), town.tower, state="submitted")
    cancel_session(by=omar, session=session, reason="没有房间")
    session.refresh_from_db()
    assert (session.state, list(Session.objects.on_view())) == ("declined", [])
