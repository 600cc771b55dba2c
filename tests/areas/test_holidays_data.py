"""The shipped holiday years, held against an outside list of every day."""

import csv
from datetime import date, timedelta

import chinese_calendar
import pytest
from chinese_calendar import Holiday
from django.conf import settings

FOLDER = settings.PACKAGE / "areas" / "data"
OFFICIAL = [2024, 2025, 2026]
NAMES = {
    "元旦": Holiday.new_years_day,
    "春节": Holiday.spring_festival,
    "清明节": Holiday.tomb_sweeping_day,
    "劳动节": Holiday.labour_day,
    "端午节": Holiday.dragon_boat_festival,
    "中秋节": Holiday.mid_autumn_festival,
    "国庆节": Holiday.national_day,
}


def rows(year: int) -> list[dict[str, str]]:
    with (FOLDER / f"holidays-{year}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


@pytest.mark.parametrize("year", OFFICIAL)
def test_every_day_is_worked_or_not_as_the_outside_list_says(year):
    off = {date.fromisoformat(row["on"]): row["kind"] == "workday" for row in rows(year)}
    assert {day: off.get(day, day.weekday() < 5) for day in days(year)} == {
        day: chinese_calendar.is_workday(day) for day in days(year)
    }


@pytest.mark.parametrize("year", OFFICIAL)
def test_every_holiday_has_the_name_of_the_outside_list(year):
    named = {
        date.fromisoformat(row["on"]): NAMES[row["name"]].value
        for row in rows(year)
        if row["kind"] == "holiday"
    }
    assert named == {
        day: name for day, name in chinese_calendar.constants.holidays.items() if day.year == year
    }


@pytest.mark.parametrize("year", OFFICIAL)
def test_make_up_days_are_weekend_days_and_name_the_holiday_they_pay_for(year):
    made_up = {
        date.fromisoformat(row["on"]): NAMES[row["name"]].value
        for row in rows(year)
        if row["kind"] == "workday"
    }
    assert made_up == {
        day: name for day, name in chinese_calendar.constants.workdays.items() if day.year == year
    }
    assert {day.weekday() for day in made_up} <= {5, 6}


def test_two_working_saturdays_that_others_miss():
    assert [row["kind"] for row in rows(2026) if row["on"] in {"2026-02-14", "2026-10-10"}] == [
        "workday",
        "workday",
    ]


def test_each_file_names_one_year_one_status_and_its_notice():
    assert {
        year: {(row["year"], row["status"], row["source"]) for row in rows(year)}
        for year in [*OFFICIAL, 2027]
    } == {
        2024: {("2024", "official", "国办发明电〔2023〕7号")},
        2025: {("2025", "official", "国办发明电〔2024〕12号")},
        2026: {("2026", "official", "国办发明电〔2025〕7号")},
        2027: {("2027", "provisional", "全国年节及纪念日放假办法（国务院令第795号）")},
    }


def test_the_year_not_yet_announced_holds_the_thirteen_statutory_days_and_no_make_up_day():
    assert [(row["on"][5:], row["name"]) for row in rows(2027)] == [
        ("01-01", "元旦"),
        ("02-05", "春节"),
        ("02-06", "春节"),
        ("02-07", "春节"),
        ("02-08", "春节"),
        ("04-05", "清明节"),
        ("05-01", "劳动节"),
        ("05-02", "劳动节"),
        ("06-09", "端午节"),
        ("09-15", "中秋节"),
        ("10-01", "国庆节"),
        ("10-02", "国庆节"),
        ("10-03", "国庆节"),
    ]
    assert {row["kind"] for row in rows(2027)} == {"holiday"}
