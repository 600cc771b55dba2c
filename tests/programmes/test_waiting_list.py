"""The waiting list: a seat given back goes to whoever waits longest, with four waking hours to think about it."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from linli.kit.rules import Problem
from linli.notices.models import Notice
from linli.programmes.actions import (
    accept_offer,
    cancel_session,
    cancel_sign_up,
    change_session,
    give_seat,
    lapse_offer,
    release_unused,
    sign_up,
)
from linli.programmes.actions.series import planned_of
from linli.programmes.actions.signing_up import Attendee, Full
from linli.programmes.models import SignUp
from linli.programmes.rules import offer_ends
from tests.factories import make_programme, make_session, make_sign_up, make_station
from tests.programmes.people import NOON, SHANGHAI, everybody, seats, told, who_may

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FOUR_O_CLOCK = NOON + 4 * HOUR


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ride(town):
    programme = make_programme(town.tower.unit, en="Weekend ride")
    return make_session(programme, town.tower, capacity=1)


@pytest.fixture
def seat(ride, mei):
    """The only one, and it is Mei's."""
    return make_sign_up(ride, "梅", holder=mei)


@pytest.fixture
def queue(seat, ride, lena):
    """Lena waits longest, then Tom, whose name was written down at the desk."""
    first = make_sign_up(ride, "Lena", "waiting", holder=lena, queued_at=NOON - 2 * MINUTE)
    second = make_sign_up(ride, "Tom", "waiting", by_desk=True, queued_at=NOON - MINUTE)
    return first, second


def states() -> dict[str, str]:
    return {row.name: row.state for row in SignUp.objects.all()}


# The clock of an offer


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-12-07 08:00", "2026-12-07 12:00"),
        ("2026-12-07 12:34:56", "2026-12-07 16:34:56"),
        ("2026-12-07 17:00", "2026-12-07 21:00"),
        ("2026-12-07 17:00:01", "2026-12-08 08:00:01"),
        ("2026-12-07 20:00", "2026-12-08 11:00"),
        ("2026-12-07 20:59", "2026-12-08 11:59"),
        ("2026-12-07 21:00", "2026-12-08 12:00"),
        ("2026-12-07 23:59", "2026-12-08 12:00"),
        ("2026-12-08 00:00", "2026-12-08 12:00"),
        ("2026-12-08 07:59:59", "2026-12-08 12:00"),
    ],
)
@pytest.mark.parametrize("zone", [SHANGHAI, BERLIN], ids=str)
def test_four_hours_in_which_nobody_sleeps(now, ends, zone):
    begun, end = (datetime.fromisoformat(text).replace(tzinfo=zone) for text in (now, ends))
    assert offer_ends(begun, end + timedelta(days=2), zone) == end


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        # Clocks go on an hour in the night to the 28th: it is an hour shorter, the morning is not.
        ("2027-03-27T20:00+01:00", "2027-03-28T11:00+02:00"),
        ("2027-03-27T23:30+01:00", "2027-03-28T12:00+02:00"),
        ("2027-03-28T03:10+02:00", "2027-03-28T12:00+02:00"),
        # They go back in the night to the 25th of October.
        ("2026-10-24T20:00+02:00", "2026-10-25T11:00+01:00"),
        ("2026-10-25T02:30+02:00", "2026-10-25T12:00+01:00"),
        ("2026-10-25T02:30+01:00", "2026-10-25T12:00+01:00"),
    ],
)
def test_nights_in_which_clocks_are_changed(now, ends):
    begun, end = datetime.fromisoformat(now), datetime.fromisoformat(ends)
    assert offer_ends(begun, end + timedelta(days=2), BERLIN) == end


@pytest.mark.parametrize(
    ("now", "starts", "ends"),
    [
        ("2026-12-07T12:00+08:00", "2026-12-07T19:01+08:00", "2026-12-07T16:00+08:00"),
        ("2026-12-07T12:00+08:00", "2026-12-07T19:00+08:00", "2026-12-07T16:00+08:00"),
        ("2026-12-07T12:00+08:00", "2026-12-07T18:59+08:00", "2026-12-07T15:59+08:00"),
        ("2026-12-07T12:00+08:00", "2026-12-07T15:01+08:00", "2026-12-07T12:01+08:00"),
        ("2026-12-07T20:00+08:00", "2026-12-08T10:00+08:00", "2026-12-08T07:00+08:00"),
        ("2027-03-27T20:00+01:00", "2027-03-28T10:00+02:00", "2027-03-28T07:00+02:00"),
    ],
)
def test_and_at_the_latest_three_hours_before_the_start(now, starts, ends):
    begun, start = datetime.fromisoformat(now), datetime.fromisoformat(starts)
    zone = SHANGHAI if now.endswith("+08:00") else BERLIN
    assert offer_ends(begun, start, zone) == datetime.fromisoformat(ends)


def test_it_is_the_night_of_the_place(town, lena, clock):
    there = make_station("BE-1", "building", "柏林站", town.west, time_zone="Europe/Berlin")
    session = make_session(make_programme(there.unit), there, capacity=1)
    seat, first = make_sign_up(session), make_sign_up(session, "Lena", "waiting", holder=lena)
    clock.move_to(datetime(2026, 12, 8, 22, tzinfo=SHANGHAI))  # 15:00 in Berlin
    cancel_sign_up(by=None, sign_up=seat)
    first.refresh_from_db()
    assert first.offered_until == datetime(2026, 12, 8, 19, tzinfo=BERLIN)


# Offered, taken, passed on


def test_a_cancelled_seat_is_offered_at_once_to_who_waits_longest(
    queue, seat, ride, mei, lena, facts, settle
):
    first, _second = queue
    cancel_sign_up(by=mei, sign_up=seat)
    first.refresh_from_db()
    assert states() == {"梅": "cancelled", "Lena": "offered", "Tom": "waiting"}
    assert (first.offered_until, seats(ride)) == (FOUR_O_CLOCK, (1, 1))
    until = {"sign_up": first.code, "until": first.offered_until.isoformat()}
    assert facts() == [
        ("programmes.sign_up_cancelled", "programmes.session/SES-1", {}),
        ("programmes.seat_offered", "programmes.session/SES-1", until),
    ]
    settle()
    assert (told(lena), told(mei)) == (["programmes.seat_offered"], [])


def test_an_offered_seat_counts_as_taken(queue, seat, ride, mei, omar):
    cancel_sign_up(by=mei, sign_up=seat)
    ride.refresh_from_db()
    assert ride.free == 0
    with pytest.raises(Full):
        sign_up(by=omar, session=ride, attendee=Attendee("Omar"), wait=False)
    assert sign_up(by=omar, session=ride, attendee=Attendee("Omar")).state == "waiting"
    with pytest.raises(Problem):
        give_seat(by=omar, sign_up=queue[1])
    assert seats(ride) == (1, 2)


def test_whoever_takes_it_has_it(queue, seat, ride, mei, lena, facts, settle, clock):
    first, _second = queue
    cancel_sign_up(by=mei, sign_up=seat)
    for _time in range(2):
        accept_offer(by=lena, sign_up=first)
    first.refresh_from_db()
    assert (first.state, first.offered_until, seats(ride)) == ("confirmed", None, (1, 1))
    clock.move_to(FOUR_O_CLOCK + 5 * HOUR)
    settle()
    assert (states()["Lena"], seats(ride)) == ("confirmed", (1, 1))
    kinds = [kind for kind, *_rest in facts()]
    assert kinds == ["programmes.sign_up_cancelled", "programmes.seat_offered", "programmes.offer_accepted"]


def test_a_moment_before_its_end_it_can_be_taken(queue, seat, mei, lena, settle, clock):
    cancel_sign_up(by=mei, sign_up=seat)
    clock.move_to(FOUR_O_CLOCK - timedelta(microseconds=1))
    settle()
    accept_offer(by=lena, sign_up=queue[0])
    assert states() == {"梅": "cancelled", "Lena": "confirmed", "Tom": "waiting"}


def test_at_its_end_it_cannot(queue, seat, ride, mei, lena, settle, clock):
    cancel_sign_up(by=mei, sign_up=seat)
    clock.move_to(FOUR_O_CLOCK)
    for _time in range(2):
        with pytest.raises(Problem):
            accept_offer(by=lena, sign_up=queue[0])
        settle()
    assert (states(), seats(ride)) == ({"梅": "cancelled", "Lena": "lapsed", "Tom": "offered"}, (1, 0))


def test_nobody_answers_and_it_goes_from_one_to_the_next(
    queue, seat, ride, mei, lena, omar, facts, settle, clock
):
    sign_up(by=omar, session=ride, attendee=Attendee("Omar"))
    cancel_sign_up(by=mei, sign_up=seat)
    settle(FOUR_O_CLOCK - MINUTE)
    assert [row.state for row in SignUp.objects.order_by("signed_at", "id")][1:] == [
        "offered",
        "waiting",
        "waiting",
    ]
    found = []
    for moment in (FOUR_O_CLOCK, FOUR_O_CLOCK + 4 * HOUR, NOON + 24 * HOUR):
        clock.move_to(moment)
        settle()
        found.append([states()[name] for name in ("Lena", "Tom", "Omar")])
    # Tom had until eight in the evening; Omar then one hour, and three more in the morning.
    assert found == [
        ["lapsed", "offered", "waiting"],
        ["lapsed", "lapsed", "offered"],
        ["lapsed", "lapsed", "lapsed"],
    ]
    assert seats(ride) == (0, 0)
    assert told(lena) == told(omar) == ["programmes.seat_offered", "programmes.offer_lapsed"]
    assert [kind for kind, *_rest in facts()].count("programmes.offer_lapsed") == 3


def test_what_lapses_three_hours_before_the_start_is_the_desks(queue, seat, ride, mei, settle, clock):
    clock.move_to(ride.starts_at - 4 * HOUR)
    cancel_sign_up(by=mei, sign_up=seat)
    clock.move_to(ride.starts_at - 3 * HOUR)
    settle()
    assert (states(), seats(ride)) == ({"梅": "cancelled", "Lena": "lapsed", "Tom": "waiting"}, (0, 1))


def test_a_clock_that_belongs_to_another_offer_ends_nothing(queue, seat, ride, mei):
    first, second = queue
    cancel_sign_up(by=mei, sign_up=seat)
    assert lapse_offer(sign_up=first, until=FOUR_O_CLOCK - MINUTE) is False
    assert lapse_offer(sign_up=second, until=FOUR_O_CLOCK) is False
    assert lapse_offer(sign_up=first, until=FOUR_O_CLOCK) is True
    assert lapse_offer(sign_up=first, until=FOUR_O_CLOCK) is False
    assert (states(), seats(ride)) == ({"梅": "cancelled", "Lena": "lapsed", "Tom": "offered"}, (1, 0))


def test_who_does_not_want_it_passes_it_on_at_once(queue, seat, ride, mei, lena):
    cancel_sign_up(by=mei, sign_up=seat)
    cancel_sign_up(by=lena, sign_up=queue[0])
    assert (states(), seats(ride)) == ({"梅": "cancelled", "Lena": "cancelled", "Tom": "offered"}, (1, 0))


def test_who_leaves_the_queue_frees_no_seat(queue, ride, lena):
    cancel_sign_up(by=lena, sign_up=queue[0])
    assert (states(), seats(ride)) == ({"梅": "confirmed", "Lena": "cancelled", "Tom": "waiting"}, (1, 1))


def test_who_signs_up_anew_stands_at_the_end(queue, seat, ride, mei, lena):
    cancel_sign_up(by=lena, sign_up=queue[0])
    again = sign_up(by=lena, session=ride, attendee=Attendee("Lena"))
    cancel_sign_up(by=mei, sign_up=seat)
    queue[1].refresh_from_db()
    assert (queue[1].state, again.state, seats(ride)) == ("offered", "waiting", (1, 1))


def test_only_who_was_asked_takes_it(request, town, queue, seat, mei):
    cancel_sign_up(by=mei, sign_up=seat)
    people = everybody(request, town)
    assert who_may(people, lambda by: accept_offer(by=by, sign_up=queue[0])) == {"lena", "command line"}


def test_the_newcomer_who_gets_a_seat_in_the_end_is_not_asked_for_an_answer(ride, omar, settle):
    # As when a seat is given back just while somebody signs up: for a moment they stand in the queue.
    make_sign_up(ride, state="waiting")
    ride.capacity = 2
    ride.save(update_fields=["capacity"])
    assert sign_up(by=omar, session=ride, attendee=Attendee("Omar")).state == "confirmed"
    settle()
    assert told(omar) == []


# More seats, another time


@pytest.mark.parametrize(
    ("capacity", "asked"),
    [(2, ["offered", "waiting"]), (3, ["offered", "offered"]), (9, ["offered", "offered"])],
)
def test_more_seats_go_to_those_who_wait(capacity, asked, queue, ride, omar):
    change_session(by=omar, session=ride, planned=replace(planned_of(ride), capacity=capacity))
    assert [SignUp.objects.get(pk=each.pk).state for each in queue] == asked
    assert seats(ride) == (min(capacity, 3), asked.count("waiting"))


def test_put_off_those_who_wait_are_asked_once_more(queue, seat, ride, mei, omar, clock):
    clock.move_to(ride.starts_at - 2 * HOUR)
    cancel_sign_up(by=mei, sign_up=seat)
    later = replace(planned_of(ride), starts_at=ride.starts_at + 4 * HOUR, ends_at=ride.ends_at + 4 * HOUR)
    change_session(by=omar, session=ride, planned=later)
    queue[0].refresh_from_db()
    assert (queue[0].state, queue[0].offered_until) == ("offered", ride.starts_at - 3 * HOUR)


def test_an_offer_of_a_cancelled_session_ends_without_a_word(
    queue, seat, ride, mei, lena, omar, settle, clock
):
    cancel_sign_up(by=mei, sign_up=seat)
    cancel_session(by=omar, session=ride, reason="下雨")
    with pytest.raises(Problem):
        accept_offer(by=lena, sign_up=queue[0])
    clock.move_to(FOUR_O_CLOCK)
    settle()
    assert told(lena) == ["programmes.seat_offered", "programmes.session_cancelled"]
    assert Notice.objects.exclude(person=lena).count() == 0


# Close to the start the desk calls


@pytest.mark.parametrize(("minutes", "state"), [(181, "offered"), (180, "waiting"), (1, "waiting")])
def test_from_three_hours_before_the_start_nobody_is_asked_by_message(
    minutes, state, queue, seat, ride, mei, lena, clock, settle
):
    clock.move_to(ride.starts_at - minutes * MINUTE)
    cancel_sign_up(by=mei, sign_up=seat)
    queue[0].refresh_from_db()
    asked = state == "offered"
    assert (queue[0].state, seats(ride)) == (state, (1, 1) if asked else (0, 2))
    settle()
    assert told(lena) == (["programmes.seat_offered"] if asked else [])


def test_the_desk_calls_and_gives_the_seat(queue, seat, ride, mei, omar, lena, clock, facts):
    clock.move_to(ride.starts_at - HOUR)
    cancel_sign_up(by=mei, sign_up=seat)
    # A newcomer does not pass those who wait.
    assert sign_up(by=omar, session=ride, attendee=Attendee("Omar")).state == "waiting"
    first, second = queue
    for _time in range(2):
        give_seat(by=omar, sign_up=second)
    assert (states()["Tom"], states()["Lena"], seats(ride)) == ("confirmed", "waiting", (1, 2))
    with pytest.raises(Problem):
        give_seat(by=omar, sign_up=first)
    assert seats(ride) == (1, 2)
    assert [kind for kind, *_rest in facts()].count("programmes.offer_accepted") == 1


def test_a_seat_released_while_it_is_on_is_the_desks_to_give(queue, seat, ride, omar, clock):
    clock.move_to(ride.starts_at + 10 * MINUTE)
    assert release_unused(by=omar, session=ride) == 1
    assert (states(), seats(ride)) == ({"梅": "released", "Lena": "waiting", "Tom": "waiting"}, (0, 2))
    give_seat(by=omar, sign_up=queue[0])
    assert (states()["Lena"], seats(ride)) == ("confirmed", (1, 1))
    clock.move_to(ride.ends_at)
    SignUp.objects.filter(pk=queue[0].pk).delete()
    type(ride).objects.filter(pk=ride.pk).update(taken=0)
    with pytest.raises(Problem):
        give_seat(by=omar, sign_up=queue[1])


def test_in_a_cancelled_session_no_seat_is_given(queue, seat, ride, mei, omar):
    cancel_session(by=omar, session=ride, reason="下雨")
    cancel_sign_up(by=mei, sign_up=seat)
    with pytest.raises(Problem):
        give_seat(by=omar, sign_up=queue[0])
    assert (states()["Lena"], seats(ride)) == ("waiting", (0, 2))


def test_only_the_desk_gives_seats(request, town, queue, seat, ride, mei, clock):
    people = everybody(request, town)
    clock.move_to(ride.starts_at - HOUR)
    cancel_sign_up(by=mei, sign_up=seat)
    allowed = who_may(people, lambda by: give_seat(by=by, sign_up=queue[0]))
    assert allowed == {"omar", "manager", "command line"}
