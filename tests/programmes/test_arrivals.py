"""Arrivals, always voluntary: a tap, a tap taken back, heads without a name, and seats nobody came for."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import translation

from linli.kit.rules import Problem, Refused
from linli.programmes.actions import (
    cancel_session,
    check_in,
    count_heads,
    name_leader,
    plan_session,
    release_unused,
    sync_arrivals,
)
from linli.programmes.actions.sessions import Planned
from linli.programmes.models import Block, Session, SignUp
from tests.factories import make_organisation, make_programme, make_session, make_sign_up, make_unit
from tests.programmes.people import NOON, everybody, seats, staff, who_may

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
START, END = NOON + HOUR, NOON + 3 * HOUR


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ride(town, lena):
    """From one o'clock to three, led by Lena."""
    programme = make_programme(town.tower.unit, en="Weekend ride")
    return make_session(programme, town.tower, starts_in=HOUR, capacity=6, leader=lena)


def came(session) -> tuple[int, int, int]:
    session.refresh_from_db()
    return session.arrived, session.heads, session.came


def fresh(sign_up) -> SignUp:
    return SignUp.objects.get(pk=sign_up.pk)


# Ticking off


def test_a_tap_and_the_same_tap_again(ride, omar, facts):
    made = make_sign_up(ride)
    assert check_in(by=omar, sign_up=made) is True
    assert check_in(by=omar, sign_up=made) is False
    assert (fresh(made).arrived_at, came(ride)) == (NOON, (1, 0, 1))
    # The count is the record: who came when is nobody's history.
    assert facts() == []


def test_a_tap_taken_back(ride, omar):
    made = make_sign_up(ride)
    assert check_in(by=omar, sign_up=made, came=False) is False
    check_in(by=omar, sign_up=made)
    assert check_in(by=omar, sign_up=made, came=False) is True
    assert check_in(by=omar, sign_up=made, came=False) is False
    assert (fresh(made).arrived_at, fresh(made).state, came(ride)) == (None, "confirmed", (0, 0, 0))
    assert check_in(by=omar, sign_up=made) is True


def test_who_comes_without_having_answered_has_the_seat(ride, omar):
    made = make_sign_up(ride, state="offered")
    assert check_in(by=omar, sign_up=made) is True
    there = fresh(made)
    assert (there.state, there.offered_until, seats(ride), came(ride)) == (
        "confirmed",
        None,
        (1, 0),
        (1, 0, 1),
    )


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("waiting", "This ticket is on the waiting list. If a seat is free, give it to them first."),
        ("cancelled", "This ticket was given back."),
        ("lapsed", "This was an offer that nobody took in time."),
        ("released", "This seat was given free after the start."),
    ],
)
def test_a_ticket_without_a_seat_says_why(state, says, ride, omar):
    made = make_sign_up(ride, state=state)
    with translation.override("en"), pytest.raises(Problem) as problem:
        check_in(by=omar, sign_up=made)
    assert (str(problem.value), fresh(made).arrived_at, came(ride)) == (says, None, (0, 0, 0))


TIMES = [
    (START - 2 * HOUR - MINUTE, False),
    (START - 2 * HOUR, True),
    (END, True),
    (END + 24 * HOUR - MINUTE, True),
    (END + 24 * HOUR, False),
]


@pytest.mark.parametrize(("moment", "is_noted"), TIMES)
def test_from_two_hours_before_until_a_day_after(moment, is_noted, ride, omar, clock):
    made = make_sign_up(ride)
    clock.move_to(moment)
    for deed in (
        lambda: check_in(by=omar, sign_up=made),
        lambda: count_heads(by=omar, session=ride, number=1),
    ):
        if is_noted:
            deed()
        else:
            with pytest.raises(Problem):
                deed()
    assert came(ride) == ((1, 1, 2) if is_noted else (0, 0, 0))


def test_nobody_comes_to_a_cancelled_session(ride, omar):
    made = make_sign_up(ride)
    cancel_session(by=omar, session=ride, reason="下雨")
    with pytest.raises(Problem):
        check_in(by=omar, sign_up=made)
    with pytest.raises(Problem):
        count_heads(by=omar, session=ride, number=3)
    assert came(ride) == (0, 0, 0)


# Heads


def test_heads_are_counted_without_a_name(ride, omar):
    make_sign_up(ride)
    for number in (12, 1, -3):
        count_heads(by=omar, session=ride, number=number)
    assert (came(ride), SignUp.objects.count()) == ((0, 10, 10), 1)


def test_never_fewer_than_none_nor_more_than_there_can_be(ride, omar):
    count_heads(by=omar, session=ride, number=2)
    for number in (-3, 10_000):
        with pytest.raises(Problem):
            count_heads(by=omar, session=ride, number=number)
    assert came(ride) == (0, 2, 2)
    count_heads(by=omar, session=ride, number=-2)
    assert came(ride) == (0, 0, 0)


def test_a_drop_in_has_heads_too(town, omar):
    session = make_session(make_programme(town.tower.unit), town.tower, starts_in=HOUR, capacity=None)
    count_heads(by=omar, session=session, number=40)
    assert came(session) == (0, 40, 40)


# Who may


def test_who_ticks_off(request, town, ride, lena):
    made = make_sign_up(ride)
    group = make_unit("GRP-1", "group", "骑行组", town.west)
    people = everybody(request, town) | {"lead": staff("组长", group, "group_lead")}
    at_the_desk = {"omar", "manager", "lena", "command line"}
    for deed in (
        lambda by: check_in(by=by, sign_up=fresh(made)),
        lambda by: count_heads(by=by, session=ride, number=1),
    ):
        assert who_may(people, deed) == at_the_desk
    Session.objects.filter(pk=ride.pk).update(group=group)
    assert who_may(people, lambda by: check_in(by=by, sign_up=fresh(made))) == at_the_desk | {"lead"}


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (START - HOUR - MINUTE, False),
        (START - HOUR, True),
        (END, True),
        (END + 24 * HOUR - MINUTE, True),
        (END + 24 * HOUR, False),
    ],
)
def test_the_leader_only_around_the_time(moment, may, ride, lena, mei, clock):
    made = make_sign_up(ride)
    clock.move_to(moment)
    if may:
        assert check_in(by=lena, sign_up=made) is True
    else:
        with pytest.raises(Refused):
            check_in(by=lena, sign_up=made)
    # Whoever leads nothing here never may.
    with pytest.raises(Refused):
        check_in(by=mei, sign_up=made)


def test_the_desk_names_the_leader_and_takes_the_task_back(request, town, ride, mei, lena, omar, facts):
    made = make_sign_up(ride)
    for leader, allowed in [(mei, {"mei"}), (None, set())]:
        name_leader(by=omar, session=ride, leader=leader)
        people = {"mei": mei, "lena": lena}
        assert who_may(people, lambda by: check_in(by=by, sign_up=fresh(made))) == allowed
    named = [(kind, data) for kind, _subject, data in facts()]
    assert named == [
        ("programmes.leader_named", {"somebody": True}),
        ("programmes.leader_named", {"somebody": False}),
    ]
    people = everybody(request, town)
    allowed = who_may(people, lambda by: name_leader(by=by, session=ride, leader=mei))
    assert allowed == {"omar", "manager", "command line"}


# A desk without a line


def test_what_a_desk_noted_without_a_line_is_taken_once(ride, omar, clock):
    first, second = make_sign_up(ride), make_sign_up(ride)
    gone, other = make_sign_up(ride, state="cancelled"), make_sign_up(ride)
    check_in(by=omar, sign_up=other)
    clock.move_to(END + HOUR)
    seen = [
        (first, START),
        (second, START + MINUTE),
        (first, START + 2 * MINUTE),
        (gone, START),
        (other, START),
    ]
    assert sync_arrivals(by=omar, session=ride, seen=seen) == (2, 1)
    assert sync_arrivals(by=omar, session=ride, seen=seen) == (0, 1)
    times = [fresh(each).arrived_at for each in (first, second, other, gone)]
    assert (times, came(ride)) == ([START, START + MINUTE, NOON, None], (3, 0, 3))


def test_a_clock_that_goes_wrong_brings_nobody_from_the_future(ride, omar):
    made = make_sign_up(ride)
    assert sync_arrivals(by=omar, session=ride, seen=[(made, NOON + 90 * MINUTE)]) == (1, 0)
    assert fresh(made).arrived_at == NOON


def test_nobody_else_hands_a_list_in(request, town, ride):
    made = make_sign_up(ride)
    people = everybody(request, town)
    allowed = who_may(people, lambda by: sync_arrivals(by=by, session=ride, seen=[(fresh(made), NOON)]))
    assert allowed == {"omar", "manager", "lena", "command line"}


def test_a_list_of_one_session_brings_nobody_to_another(ride, town, omar):
    other = make_session(ride.programme, town.tower, "SES-2", starts_in=HOUR)
    elsewhere = make_sign_up(other)
    assert sync_arrivals(by=omar, session=ride, seen=[(elsewhere, NOON)]) == (0, 1)
    assert (came(ride), came(other)) == ((0, 0, 0), (0, 0, 0))


# Seats nobody came for


@pytest.fixture
def begun(ride, town, clock):
    """Five minutes past one: one is there, one is not, one was signed up by the desk, a firm has a name and a seat more."""
    rows = {
        "there": make_sign_up(ride, "在"),
        "absent": make_sign_up(ride, "不在"),
        "by desk": make_sign_up(ride, "写下的", by_desk=True),
        "waiting": make_sign_up(ride, "候补", "waiting"),
    }
    block = Block.objects.create(
        session=ride, organisation=make_organisation("ORG-1", "晨星", town.west), seats=2, named=1
    )
    rows["firm"] = make_sign_up(ride, "公司的人", block=block, by_desk=True)
    Session.objects.filter(pk=ride.pk).update(taken=5)
    clock.move_to(START + 5 * MINUTE)
    check_in(by=None, sign_up=rows["there"])
    return rows


def states(rows) -> dict[str, str]:
    return {name: fresh(row).state for name, row in rows.items()}


def test_the_desks_tap_spares_nobody_who_is_not_there(begun, ride, omar, facts):
    assert release_unused(by=omar, session=ride) == 2
    assert states(begun) == {
        "there": "confirmed", "absent": "released", "by desk": "released", "waiting": "waiting", "firm": "confirmed",
    }  # fmt: skip
    assert (seats(ride), came(ride)) == ((3, 1), (1, 0, 1))
    assert facts() == [
        ("programmes.seats_released", "programmes.session/SES-1", {"seats": 2, "by_itself": False})
    ]
    assert release_unused(by=omar, session=ride) == 0
    assert len(facts()) == 1


def test_the_clock_spares_whom_the_desk_wrote_down(begun, ride, facts):
    assert release_unused(by=None, session=ride) == 1
    assert states(begun) == {
        "there": "confirmed", "absent": "released", "by desk": "confirmed", "waiting": "waiting", "firm": "confirmed",
    }  # fmt: skip
    assert (seats(ride), facts()[0][2]) == ((4, 1), {"seats": 1, "by_itself": True})


def test_before_the_start_and_after_the_end_no_seat_is_released(ride, omar, clock):
    make_sign_up(ride)
    for moment in (NOON, START - MINUTE, END):
        clock.move_to(moment)
        with pytest.raises(Problem):
            release_unused(by=omar, session=ride)
    assert seats(ride) == (1, 0)


def test_who_releases(request, town, ride, clock):
    people = everybody(request, town)
    clock.move_to(START)
    allowed = who_may(people, lambda by: release_unused(by=by, session=ride))
    assert allowed == {"omar", "manager", "lena", "command line"}


@pytest.fixture
def timed(town, omar):
    """A session that says at sign-up: ten minutes after the start seats go to others."""
    words = {"name": "讲座", "language": "zh-hans", "capacity": 5, "releases_after": 10}
    planned = Planned(starts_at=START, ends_at=END, **words)
    return plan_session(
        by=omar, programme=make_programme(town.tower.unit, "PRG-2"), station=town.tower, planned=planned
    )


def test_ten_minutes_after_the_start_it_happens_by_itself(timed, clock, settle):
    absent, written = make_sign_up(timed), make_sign_up(timed, by_desk=True)
    clock.move_to(START + 10 * MINUTE - timedelta(seconds=1))
    settle()
    assert (fresh(absent).state, seats(timed)) == ("confirmed", (2, 0))
    clock.move_to(START + 10 * MINUTE)
    settle()
    assert (fresh(absent).state, fresh(written).state, seats(timed)) == ("released", "confirmed", (1, 0))


@pytest.mark.parametrize(
    "later",
    [{"releases_after": None}, {"releases_after": 30}, {"starts_at": START + HOUR, "ends_at": END + HOUR}],
)
def test_a_clock_set_for_what_is_no_longer_so_releases_nobody(later, timed, clock, settle):
    absent = make_sign_up(timed)
    Session.objects.filter(pk=timed.pk).update(**later)
    clock.move_to(START + 15 * MINUTE)
    settle()
    assert (fresh(absent).state, seats(timed)) == ("confirmed", (1, 0))


def test_where_it_was_not_said_no_clock_releases(ride, clock, settle):
    absent = make_sign_up(ride)
    clock.move_to(START + HOUR)
    settle()
    assert fresh(absent).state == "confirmed"
