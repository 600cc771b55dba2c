"""The desk of a station: the worker's day at a glance."""

from datetime import datetime, time, timedelta

import pytest
import time_machine

from linli.directory.actions import set_exception
from tests.site.test_queries import SHANGHAI

DESK = "/desk/at/JA-0101/"
QUESTIONS = 17


@pytest.mark.parametrize("days", [0, 1, 8])
def test_asks_the_same_number_of_questions_whatever_is_to_come(
    town, omar, browse, today, days, django_assert_num_queries
):
    for number in range(days):
        set_exception(by=omar, station=town.tower, on=today + timedelta(days=number), hours=[])
    client = browse(omar)
    client.get(DESK)
    with django_assert_num_queries(QUESTIONS):
        assert client.get(DESK).status_code == 200


@pytest.mark.parametrize(
    ("clock", "offered"),
    [
        (time(8), ["Closed today", "Closed tomorrow", "Today until 16:00"]),
        (time(16), ["Closed today", "Closed tomorrow", "Today until 17:00"]),
        (time(17, 30), ["Closed today", "Closed tomorrow"]),
    ],
)
def test_offers_only_what_would_change_something(town, omar, browse, today, clock, offered):
    with time_machine.travel(datetime.combine(today, clock, SHANGHAI), tick=False):
        choices = browse(omar).get(DESK).context["day_choices"]
    assert [str(label) for _value, label in choices] == offered


def test_says_what_is_to_come(town, omar, browse, today):
    set_exception(
        by=omar, station=town.tower, on=today + timedelta(days=1), hours=[(time(9), time(12))], reason="Party"
    )
    assert "tomorrow: 09:00–12:00 (Party)" in browse(omar).get(DESK).content.decode()
