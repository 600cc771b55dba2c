"""The organiser's overview: where and when doors are open, which entries grow old, and last month both ways."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from linli.areas.actions import insert_level, move_unit
from linli.directory.models import Facility, OpeningException, Station, WalkIn
from linli.directory.panels.figures import walk_ins
from linli.directory.panels.overview import gaps, hours_of, stale, stations_below
from linli.directory.spans import renew_spans
from tests.factories import make_role, make_station, make_unit, together

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A Wednesday; the Saturday after it is an ordinary one.
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def west(noon, town):
    """Under the western subdistrict: the tower from nine to six, a grid with a stop from ten to two at night."""
    grid = make_unit("G-1", "grid", "一网格", town.west)
    make_station("JA-0102", "courier", "夜站", grid, opens=time(22), closes=time(2))
    make_station("JA-0103", "courier", "通宵站", grid, opens=time(0), closes=time(0))
    renew_spans(Station.objects.all(), NOON)
    return town


def cells(found):
    return {row.unit.code: row.cells for row in found.rows}


def test_every_door_is_counted_at_half_past_each_hour(west):
    found = gaps({west.west.pk}, "workday", NOON)
    assert found.clock == list(range(24))
    assert cells(found) == {
        "G-1": [2, 2] + [1] * 20 + [2, 2],
        "JA-0101": [0] * 9 + [1] * 9 + [0] * 6,
    }
    assert [(row.unit.code, row.stations) for row in found.rows] == [("G-1", 2), ("JA-0101", 1)]


def test_tonight_runs_from_noon_to_noon(west):
    found = gaps({west.west.pk}, "tonight", NOON)
    assert found.hours[0] == NOON
    assert cells(found)["JA-0101"] == [1] * 6 + [0] * 15 + [1] * 3


def test_the_night_is_called_out_by_counts(west):
    found = gaps({west.west.pk}, "tonight", NOON)
    assert (found.stations, found.fewest_at_night, found.dark, len(found.rows)) == (3, 1, 1, 2)


def test_what_one_reaches_deep_in_the_night(west):
    for code, kinds in (("JA-0103", ["water", "phone_charging"]), ("JA-0102", ["water"])):
        for kind in kinds:
            Facility.objects.create(station=Station.objects.get(code=code), kind=kind, language="en")
    rows = {row.unit.code: (row.deep, row.reached) for row in gaps({west.west.pk}, "tonight", NOON).rows}
    assert rows == {"G-1": (1, (1, 1)), "JA-0101": (0, (0, 0))}


@pytest.mark.parametrize(
    ("now", "workday", "weekend"),
    [
        (NOON, date(2026, 11, 25), date(2026, 11, 28)),
        (datetime(2026, 11, 28, 9, tzinfo=SHANGHAI), date(2026, 11, 30), date(2026, 11, 28)),
        # The National Day holiday, and the Saturday worked for it.
        (datetime(2026, 10, 6, 9, tzinfo=SHANGHAI), date(2026, 10, 8), date(2026, 10, 6)),
        (datetime(2026, 10, 10, 9, tzinfo=SHANGHAI), date(2026, 10, 10), date(2026, 10, 11)),
    ],
)
def test_workdays_and_days_off_know_holidays_and_make_up_days(db, now, workday, weekend):
    found = [hours_of(kind, now)[0].date() for kind in ("workday", "weekend")]
    assert found == [workday, weekend]


def test_other_areas_are_not_counted(west):
    assert set(cells(gaps({west.east.pk}, "workday", NOON))) == {"JA-0201"}
    assert set(cells(gaps({west.district.pk}, "workday", NOON))) == {"310106012", "310106017"}


def test_the_queries_do_not_grow(west, django_assert_num_queries):
    with together():
        for number in range(20):
            make_station(f"M-{number:02}", "micro", f"微站{number}", west.west)
    for kind, queries in (("tonight", 4), ("workday", 5)):
        with django_assert_num_queries(queries):
            gaps({west.west.pk}, kind, NOON)


def test_entries_that_need_somebody(west, omar):
    today = NOON.date()
    make_role(omar, west.tower.unit, "manager")
    Station.objects.filter(code="JA-0101").update(checked_on=today - timedelta(days=180))
    Station.objects.filter(code="JA-0102").update(checked_on=today - timedelta(days=181))
    Station.objects.filter(code="JA-0103").update(judged_by="none")
    for code, days in (("JA-0101", 3), ("JA-0102", 2), ("JA-0102", 9)):
        OpeningException.objects.create(
            station=Station.objects.get(code=code), on=today + timedelta(days=days)
        )
    below = stations_below({west.west.pk})

    def codes(kind):
        return sorted(stale(below, kind, today).values_list("code", flat=True))

    assert {kind: codes(kind) for kind in ("unchecked", "hours", "manager", "ending")} == {
        "unchecked": ["JA-0102", "JA-0103"],
        "hours": ["JA-0103"],
        "manager": ["JA-0102", "JA-0103"],
        "ending": ["JA-0101"],
    }


def test_the_page_says_counts_with_the_whole_they_are_of(west, gao, browse):
    page = browse(gao).get("/overview/?day=tonight&stale=manager").content.decode()
    assert "at least 1 of 3 stations are open at any hour; 1 of 2 places" in page
    assert "3 of 3 stations, as of" in page
    assert 'href="/stations/JA-0102/"' in page
    assert 'href="/roles/JA-0102/"' in page


@pytest.mark.parametrize("query", ["?day=x&stale=y&page=z", "?page=99"])
def test_what_it_does_not_understand_is_as_if_it_had_not_been_asked(west, gao, browse, query):
    assert browse(gao).get(f"/overview/{query}").status_code == 200


def count(station, day, number):
    WalkIn.objects.create(station=station, on=day, hour=10, count=number)


def sums(figures):
    parts = {part.unit.code: (part.was, part.is_now) for part in figures.parts}
    return parts, (figures.was, figures.is_now)


def test_last_month_adds_up_both_ways_after_a_level_was_inserted(west, gao):
    stations = {station.code: station for station in Station.objects.all()}
    for code, number in (("JA-0101", 100), ("JA-0102", 20), ("JA-0103", 30), ("JA-0201", 999)):
        count(stations[code], date(2026, 10, 1), number)
        count(stations[code], date(2026, 10, 31), 1)
        count(stations[code], date(2026, 11, 1), 5000)
    assert sums(walk_ins(west.west.pk, NOON.date())) == (
        {"G-1": (52, 52), "JA-0101": (101, 101)},
        (153, 153),
    )
    insert_level(
        by=gao, parent=west.west, children=[west.tower.unit], on=NOON.date(), kind="grid", code="G-2",
        name="二网格", language="zh-hans",
    )  # fmt: skip
    assert sums(walk_ins(west.west.pk, NOON.date())) == (
        {"G-1": (52, 52), "G-2": (None, 101), "JA-0101": (101, None)},
        (153, 153),
    )


def test_a_move_within_the_month_is_counted_where_it_was_each_day(west, gao):
    tower = west.tower
    make_role(gao, west.district, "organiser")
    count(tower, date(2026, 10, 9), 40)
    count(tower, date(2026, 10, 10), 60)
    move_unit(by=gao, unit=tower.unit, parent=west.east, on=date(2026, 10, 10))
    assert sums(walk_ins(west.west.pk, NOON.date())) == ({"JA-0101": (40, None)}, (40, 0))
    assert sums(walk_ins(west.east.pk, NOON.date())) == ({"JA-0101": (60, 100)}, (60, 100))
    assert sums(walk_ins(west.district.pk, NOON.date())) == (
        {"310106012": (40, None), "310106017": (60, 100)},
        (100, 100),
    )


def test_small_numbers_are_hidden_and_none_alone(west):
    stations = {station.code: station for station in Station.objects.all()}
    for code, number in (("JA-0101", 9), ("JA-0102", 50)):
        count(stations[code], date(2026, 10, 1), number)
    hidden = [part.unit.code for part in walk_ins(west.west.pk, NOON.date()).parts if part.was_hidden]
    assert hidden == ["G-1", "JA-0101"]


def test_the_page_of_figures_is_for_those_who_look_after_an_area(west, gao, omar, mei, browse):
    page = browse(gao).get("/overview/figures/")
    assert [each.unit.code for each in page.context["figures"]] == ["310106012"]
    assert [browse(person).get("/overview/figures/").status_code for person in (omar, mei)] == [403, 403]
