"""What people read of sessions: each kind of notice in words, also where its session can no longer be seen."""

from datetime import datetime

import pytest
import time_machine
from django.utils import translation

from linli.kit.refs import ref
from linli.notices.inbox import notice_rows
from linli.notices.messages import kinds, message
from linli.notices.models import Notice
from linli.programmes.actions import cancel_sign_up, send_message
from linli.programmes.models import Series
from tests.factories import make_programme, make_session, make_sign_up
from tests.programmes.people import NOON, SHANGHAI

AT, LATER = "2026-12-10T12:00:00+08:00", "2026-12-11T09:30:00+08:00"
SPOKEN = {
    "programmes.session_planned": (
        {"starts_at": AT, "capacity": 10, "is_proposal": False},
        "Weekend ride, 10 December (Thu) 12:00",
        "New at a place or in a programme that you follow.",
    ),
    "programmes.session_planned of a proposal": (
        {"starts_at": AT, "capacity": 10, "is_proposal": True},
        "A group proposes: Weekend ride",
        "Say yes or no on its page; the group hears of it.",
    ),
    "programmes.session_planned that waits": (
        {"state": "submitted"},
        "A session waits for your agreement: Weekend ride",
        "Say yes or no on its page; then it stands open, or the station hears why not.",
    ),
    "programmes.session_agreed": (
        {"state": "open"},
        "Weekend ride is open",
        "What you proposed can be seen and signed up for by everybody.",
    ),
    "programmes.session_agreed by the station": (
        {"state": "submitted"},
        "The station agrees to Weekend ride",
        "Now an organiser has to agree too.",
    ),
    "programmes.session_declined": ({}, "Weekend ride will not be held", "It will rain."),
    "programmes.session_moved": (
        {"from_at": AT, "starts_at": LATER, "elsewhere": False, "change": 1},
        "Weekend ride is moved: 11 December (Fri) 09:30 instead of 10 December (Thu) 12:00",
        "On your ticket you say with one tap whether you keep your seat or leave it to others.",
    ),
    "programmes.session_moved elsewhere": (
        {"from_at": AT, "starts_at": AT, "elsewhere": True, "change": 1},
        "Weekend ride: something has changed",
        "On your ticket you say with one tap whether you keep your seat or leave it to others.",
    ),
    "programmes.session_cancelled": (
        {"starts_at": AT, "change": 1},
        "Weekend ride of 10 December (Thu) 12:00 is cancelled",
        "It will rain.",
    ),
    "programmes.seat_offered": (
        {"sign_up": "X", "until": "2026-12-07T16:00:00+08:00"},
        "A seat is free for you: Weekend ride",
        "It is kept for you until today 16:00. Take it on your ticket; after that it goes to the next.",
    ),
    "programmes.offer_lapsed": (
        {"sign_up": "X"},
        "The seat that was kept for you went to the next: Weekend ride",
        "If seats are left you can sign up anew.",
    ),
    "programmes.message_sent": ({"text": "带头盔"}, "About Weekend ride", "带头盔"),
    "programmes.series_running_out": (
        {"last_on": "2026-12-10"},
        "The last session of a series comes soon: Weekend ride",
        "Give it a later end, or say goodbye to it: nobody should find a closed door.",
    ),
    "programmes.series_without_host": (
        {},
        "Nobody looks after a series any more: Weekend ride",
        "Whoever did has left the station. Take it over on its page, or end it.",
    ),
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ride(town):
    programme = make_programme(town.tower.unit, en="Weekend ride")
    return make_session(programme, town.tower, reason="It will rain.")


@pytest.fixture
def series(ride):
    return Series.objects.create(programme=ride.programme, rule="FREQ=WEEKLY;BYDAY=SA", first_at=NOON)


def kind_of(case: str) -> str:
    return case.split(" ")[0]


def test_every_kind_is_spoken_here():
    ours = {kind for kind in kinds() if kind.startswith("programmes.")}
    assert ours == {kind_of(case) for case in SPOKEN}


@pytest.mark.parametrize("case", SPOKEN)
def test_in_words(case, ride, series):
    data, title, body = SPOKEN[case]
    subject = series if "series" in case else ride
    with translation.override("en"):
        spoken = message(kind_of(case), data, subject)
        assert (str(spoken.title), str(spoken.body)) == (title, body)


@pytest.mark.parametrize("case", SPOKEN)
def test_in_words_where_it_can_no_longer_be_seen(case, db):
    with translation.override("en"):
        spoken = message(kind_of(case), SPOKEN[case][0], None)
        words = f"{spoken.title} {spoken.body}"
    assert ("Weekend ride" in words, "None" in words, "%" in words, spoken.title == "") == (False,) * 4


@pytest.mark.parametrize("case", SPOKEN)
def test_a_title_is_one_line_in_every_language(case, ride, series):
    subject = series if "series" in case else ride
    for language in ("en", "zh-hans"):
        with translation.override(language):
            title = str(message(kind_of(case), SPOKEN[case][0], subject).title)
        assert (title != "", "\n" in title, "%(" in title) == (True, False, False)


def test_a_moment_is_said_by_the_clock_of_the_place(ride):
    ride.time_zone = "Europe/Berlin"
    until = datetime(2026, 12, 8, 1, tzinfo=SHANGHAI).isoformat()
    with translation.override("en"):
        spoken = message("programmes.seat_offered", {"sign_up": "X", "until": until}, ride)
    assert "until today 18:00." in str(spoken.body)


def test_they_stand_in_the_inbox_with_the_way_to_the_session(ride, mei, lena, omar, settle):
    seat = make_sign_up(ride, "梅", holder=mei)
    type(ride).objects.filter(pk=ride.pk).update(capacity=1)
    make_sign_up(ride, "Lena", "waiting", holder=lena)
    cancel_sign_up(by=mei, sign_up=seat)
    settle()
    send_message(by=omar, session=ride, text="带头盔")
    notices = Notice.objects.of(lena)
    with translation.override("en"):
        titles = [str(row.message.title) for row in notice_rows(lena, notices)]
    assert sorted(titles) == ["A seat is free for you: Weekend ride", "About Weekend ride"]
    assert set(notices.values_list("subject", flat=True)) == {ref(ride)}


def test_of_a_session_that_is_hidden_again_no_name_is_shown(ride, mei, omar):
    make_sign_up(ride, "梅", holder=mei)
    send_message(by=omar, session=ride, text="带头盔")
    type(ride).objects.filter(pk=ride.pk).update(state="submitted")
    with translation.override("en"):
        (row,) = notice_rows(mei, Notice.objects.of(mei))
    assert ("Weekend ride" in str(row.message.title), row.path, row.at) == (False, "", NOON)
