"""What is taken along comes back as it went: every row of every sheet is the same."""

from datetime import date, time

import pytest
from django.utils import timezone
from tests.directory.sheets.books import LINES, bring_in, look, place, taken_along

from linli.directory.models import OpeningRule, Organisation, Phone, Station
from linli.directory.sheets.writing import csv_lines, xlsx_bytes
from linli.directory.spans import renew_spans
from linli.kit.uscc import check_character

FORMS = {
    "xlsx": lambda lines: xlsx_bytes("x", lines),
    "csv": lambda lines: "".join(csv_lines(lines)).encode(),
}


def all_same(plan, kind):
    model = LINES[kind][0]
    assert plan.tally == {"new": 0, "changed": 0, "same": len(plan.outcomes), "unclear": 0}
    assert len({outcome.held.row.pk for outcome in plan.outcomes}) == model.objects.visible_to(None).count()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", LINES)
def test_the_demonstration(network, kind, form, language):
    _opened, plan = look(FORMS[form](taken_along(kind, language)))
    assert plan.kind == kind
    all_same(plan, kind)


def add_rules(station, *rules):
    OpeningRule.objects.bulk_create(OpeningRule(station=station, **rule) for rule in rules)
    renew_spans([station], timezone.now())


@pytest.mark.parametrize("form", FORMS)
def test_seasons_single_weeks_holidays_and_nights(network, form):
    station = Station.objects.get(code="JA-0604")
    clock = {"opens": time(9), "closes": time(12)}
    summer = {"valid_from": date(2027, 7, 1), "valid_until": date(2027, 9, 1)}
    add_rules(
        station,
        {"weekday": 0, **summer, "opens": time(19), "closes": time(2)},
        {"weekday": 5, "valid_from": date(2028, 1, 1), **clock},
        {"weekday": 3, "nth": 1, "opens": time(20), "closes": time(21)},
        {"weekday": 3, "nth": -1, "opens": time(20), "closes": time(21)},
        {"weekday": 7, **clock},
        {"weekday": 8, "opens": time(0), "closes": time(0)},
    )
    for kind in ("hours", "stations"):
        lines = taken_along(kind)
        all_same(look(FORMS[form](lines))[1], kind)
    rows = [line for line in taken_along("hours") if line[0] == "JA-0604"]
    assert [line[place("hours", "first_day") :] for line in rows] == [
        [None, None],
        [date(2027, 7, 1), date(2027, 8, 31)],
        [date(2028, 1, 1), None],
    ]
    assert rows[0][place("hours", "thu")] == "20:00-21:00#-1 08:30-11:30 13:30-17:00 20:00-21:00#1"
    assert rows[0][place("hours", "make_up")] == "00:00-24:00"
    assert rows[1][place("hours", "mon")] == "19:00-02:00"


@pytest.mark.parametrize("form", FORMS)
def test_words_that_look_like_something_else(network, form):
    """Texts that a spreadsheet or our own reading could take for a formula, a number, an apostrophe or a line."""
    words = [
        "+86 路",
        "@门",
        "-3 层",
        "'引号",
        "'+号",
        '"引"',
        "007",
        "多行\n第二行",
        "逗号,分号;制表",
        "生僻𠮷𪚥",
        "1e5",
    ]
    stations = list(Station.objects.order_by("code")[: len(words)])
    for station, word in zip(stations, words, strict=True):
        station.brand = station.about = word if "\n" not in word else ""
        station.about = word
        station.translations = {"en": {"name": f"{word.splitlines()[0]} x", "about": word}}
        station.save()
        Phone.objects.create(station=station, number="+86 21 5550 0000", extension="12")
    all_same(look(FORMS[form](taken_along("stations")))[1], "stations")


@pytest.mark.parametrize("form", FORMS)
def test_a_station_in_another_language_and_one_of_which_nothing_is_known(network, form):
    stations = list(Station.objects.order_by("code")[:2])
    Station.objects.filter(pk=stations[0].pk).update(language="fr", name="La maison", translations={})
    bare = stations[1]
    bare.rules.all().delete()
    bare.phones.all().delete()
    bare.facilities.all().delete()
    empty = {"brand": "", "address": "", "about": "", "latitude": None, "longitude": None}
    Station.objects.filter(pk=bare.pk).update(**empty, wgs_latitude=None, wgs_longitude=None)
    for kind in ("stations", "hours"):
        all_same(look(FORMS[form](taken_along(kind)))[1], kind)


def test_an_organisation_of_which_everything_is_known(network):
    Organisation.objects.filter(code="ORG-BHZ").update(
        uscc=f"91310106MA1FY0UX0{check_character('91310106MA1FY0UX0')}",
        url="https://example.org/a",
        email="a@example.org",
    )
    for form in FORMS.values():
        all_same(look(form(taken_along("organisations")))[1], "organisations")


def test_bringing_back_what_was_taken_along_writes_nothing(network, facts, django_assert_num_queries):
    for kind in LINES:
        plan, rest = bring_in(FORMS["xlsx"](taken_along(kind)))
        assert (plan.good, rest) == ([], b"")
    assert facts() == []


def test_stations_entered_anew_from_the_sheet_alone_are_what_they_were(network):
    """The same rows with other codes and names make the same stations once more."""
    first, *rows = taken_along("stations")
    renamed = [[f"N{line[0]}", *line[1:]] for line in rows]
    for line in renamed:
        line[place("stations", "name:zh-hans")] += "二"
        line[place("stations", "name:en")] += " 2"
    plan, rest = bring_in(FORMS["xlsx"]([first, *renamed]))
    assert (plan.tally["new"], rest) == (len(renamed), b"")
    assert [line for line in taken_along("stations") if line[0].startswith("NJA-")] == renamed
    assert [line for line in taken_along("stations") if line[0].startswith("JA-")] == rows
