from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from linli.areas.actions import import_holidays
from linli.areas.calendar import calendar
from linli.areas.festivals import spans
from linli.areas.holidays import Day, Year, read_holidays
from linli.areas.models import DayOff, HolidayYear
from linli.kit.rules import Problem, Refused
from linli.kit.workdays import add_workdays
from tests.areas.growing import Somebody, facts

HEAD = "year,status,source,on,kind,name\n"
GUESS = Year(2029, "provisional", "a guess", (Day(date(2029, 1, 1), "holiday", "元旦"),))
TRUE = Year(
    2029,
    "official",
    "a notice",
    (Day(date(2029, 1, 2), "holiday", "元旦"), Day(date(2029, 1, 6), "workday", "元旦")),
)


@pytest.fixture
def shipped(db):
    """The years as the migration loads them, whatever earlier tests left behind."""
    HolidayYear.objects.all().delete()
    import_module("linli.areas.migrations.0002_shipped_holidays").load(apps, None)


def test_an_official_year_replaces_a_provisional_one(db):
    import_holidays(by=None, year=GUESS)
    import_holidays(by=None, year=TRUE)
    assert HolidayYear.objects.get(year=2029).status == "official"
    assert list(DayOff.objects.filter(year=2029).values_list("on", "kind")) == [
        (date(2029, 1, 2), "holiday"),
        (date(2029, 1, 6), "workday"),
    ]


def test_a_second_time_changes_nothing_but_the_day_of_import(db):
    import_holidays(by=None, year=TRUE)
    import_holidays(by=None, year=TRUE)
    assert DayOff.objects.filter(year=2029).count() == 2


def test_refuses_to_go_back_to_a_guess(db):
    import_holidays(by=None, year=TRUE)
    with pytest.raises(Problem, match="2029 is known officially"):
        import_holidays(by=None, year=GUESS)
    assert DayOff.objects.filter(year=2029).count() == 2


def test_who_may(db):
    with pytest.raises(Refused):
        import_holidays(by=Somebody(frozenset({"CITY"})), year=TRUE)


def test_leaves_its_fact(db):
    import_holidays(by=None, year=TRUE)
    subject = "areas.holidayyear/2029"
    assert facts("areas.holidays_imported") == [
        (subject, subject, {"year": 2029, "status": "official", "days": 2})
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The first line should be: year,status,source,on,kind,name"),
        ("year,on\n2029,2029-01-01\n", "The first line should be: year,status,source,on,kind,name"),
        (HEAD, "A file holds one year, one status and one source."),
        (
            f"{HEAD}2029,official,x,2029-01-01,holiday,a\n2029,provisional,x,2029-01-02,holiday,a\n",
            "A file holds one year, one status and one source.",
        ),
        (
            f"{HEAD}2029,official,x,2029-01-01,holiday,a\n2029,official,x,2029-01-01,workday,a\n",
            "A day stands in the file twice.",
        ),
        (f"{HEAD}2029,official,x,2028-01-01,holiday,a\n", "Line 2 cannot be understood."),
        (f"{HEAD}2029,official,x,2029-13-01,holiday,a\n", "Line 2 cannot be understood."),
        (f"{HEAD}2029,perhaps,x,2029-01-01,holiday,a\n", "Line 2 cannot be understood."),
        (f"{HEAD}2029,official,x,2029-01-01,feast,a\n", "Line 2 cannot be understood."),
        (f"{HEAD}2029,official,x,2029-01-01\n", "Line 2 cannot be understood."),
        (f"{HEAD}2029,official,x,2029-01-01,holiday,a,b\n", "Line 2 cannot be understood."),
        (f"{HEAD}2029,official,,2029-01-01,holiday,a\n", "Line 2 cannot be understood."),
        (f"{HEAD}2029,official,x,2029-01-01,holiday,{'长' * 10_000}\n", "Line 2 cannot be understood."),
    ],
)
def test_what_cannot_be_understood_is_refused_whole(text, sentence):
    with pytest.raises(Problem) as problem:
        read_holidays(text.splitlines())
    assert str(problem.value) == sentence


def test_the_command_takes_over_a_file(db, tmp_path, capsys):
    file = tmp_path / "2029.csv"
    file.write_text(f"{HEAD}2029,official,a notice,2029-01-01,holiday,元旦\n", encoding="utf-8-sig")
    call_command("import_holidays", file)
    assert capsys.readouterr().out == "2029, official: 1 days taken over.\n"
    assert DayOff.objects.get(year=2029).name == "元旦"


def test_the_command_says_what_is_wrong(db, tmp_path):
    file = tmp_path / "2029.csv"
    file.write_text("nonsense")
    with pytest.raises(CommandError, match="The first line should be"):
        call_command("import_holidays", file)
    with pytest.raises(CommandError, match="The file cannot be read"):
        call_command("import_holidays", tmp_path / "missing.csv")


def test_working_days_know_the_shipped_years(shipped, django_assert_num_queries):
    with django_assert_num_queries(2):
        known = calendar([2026, 2027])
    assert known.years == {2026: "official", 2027: "provisional"}
    assert [known.is_workday(date(2026, 2, 14)), known.is_workday(date(2026, 2, 16))] == [True, False]
    assert add_workdays(date(2026, 9, 30), 3, known) == date(2026, 10, 10)
    assert [known.is_provisional(date(2026, 10, 1)), known.is_provisional(date(2027, 10, 1))] == [False, True]
    assert known.is_workday(date(2027, 10, 1)) is False
    with pytest.raises(Problem, match="The holidays of 2028 are not known yet"):
        known.is_workday(date(2028, 1, 3))
    assert set(calendar().years) == {2024, 2025, 2026, 2027}


def test_the_page_says_what_is_official_and_what_is_not(town, shipped, browse, django_assert_num_queries):
    browse().get("/holidays/2026/")
    with django_assert_num_queries(2):
        official = browse().get("/holidays/2026/")
    provisional = browse().get("/holidays/2027/")
    assert "Official, as published." in official.text
    assert "国办发明电〔2025〕7号" in official.text
    assert "15 February (Sun) – 23 February (Mon)" in official.text
    assert "Provisional: not published yet." in provisional.text
    assert browse().get("/holidays/2031/").status_code == 404


def test_festivals_are_told_in_runs(shipped):
    [spring] = [span for span in spans(DayOff.objects.filter(year=2026)) if span.name == "春节"]
    assert spring.label == "Spring Festival"
    assert spring.runs == [(date(2026, 2, 15), date(2026, 2, 23))]
    assert spring.worked == [date(2026, 2, 14), date(2026, 2, 28)]
