"""A real directory, where somebody has it: what is stored equals an independent reading of the same rows.

Two readings stand against ours. EYE is a table of rows read by a person, from every kind of row. And `read_plainly`
reads the whole file in another way: a table of all the wordings of days, made by hand, and no rule but that.
"""

import csv
import io
import time
from collections import defaultdict

import pytest
from django.core.management import call_command
from tests.directory.hsds.samples import REAL_PACKAGE

from linli.directory.models import OpeningRule, Organisation, Service, ServiceAtStation, Station

# Row as in a spreadsheet; what a person reads there: days (Monday 1 … Sunday 7; "2:6" the second Saturday), times.
EYE_RULES = {
    8: "12345 07:00-18:00",
    9: "2 09:00-20:00",
    17: "134 09:00-18:00",
    25: "1234567 00:00-00:00",
    39: "1235 08:30-17:00",
    41: "6 09:00-15:30",
    43: "3 08:30-20:00",
    46: "1234 08:00-17:00",
    70: "135 08:00-18:00",
    98: "1345 08:30-17:00",
    124: "14 10:00-13:30",
    144: "2:6 09:15-14:00",
    167: "123456 08:00-18:00",
    168: "24 09:00-17:00",
    198: "24 08:00-20:00",
    216: "5 08:30-12:00",
    224: "1234567 17:15-17:45",
    236: "4 12:30-16:00",
    245: "24 10:00-12:30 14:00-16:30",
    252: "234 10:00-14:00",
    256: "1234 08:30-16:00",
    269: "2456 08:00-18:00",
    278: "2 08:00-15:00",
    291: "1234 08:30-16:00",
    304: "12345 09:00-13:00",
    309: "1234567 00:00-00:00",
    345: "1245 08:30-17:00",
    364: "1345 08:00-16:00",
    403: "1245 08:30-17:00",
    409: "4:6 09:00-14:00",
    522: "1 12:30-18:00",
    528: "13 08:00-20:00",
    569: "24 09:00-20:00",
    594: "12345 09:45-13:00 14:00-18:00",
    653: "13 09:00-18:00",
    666: "1345 11:00-16:00",
}
# Not exact, or meant for another place: kept as words that end like this.
EYE_WORDS = {
    3: "8:30AM – 5:00PM",
    69: "10:00AM – 4:00PM",
    107: "Friday, 8:30AM – 12:00PM",
    119: "Monday, Wednesday, Friday, 9:00AM – 12:00PM",
    165: "Third Thursday, 9:30AM – 12:00PM",
    260: "Monday, Tuesday, Thursday, Friday: 9:00AM, 5:00PM",
    462: "Wednesday & Friday, 9:00AM – 12:00PM",
    496: "2nd & 4th Wednesday, 12:00PM",
    504: "Wednesday-Thursday, 11:00AM – 2:00PM",
    621: "Second Saturday, 11:00AM – 1:00PM",
    644: "First, second, and fourth Tuesday of the month, 9:30AM – 12:00PM",
}
# Nothing could be stored: the reason that must be listed.
EYE_LEFT = {
    2: "belongs_to_unknown",
    5: "belongs_to_nothing",
    7: "belongs_to_nothing",
    24: "belongs_to_unknown",
    33: "belongs_to_unknown",
    36: "belongs_to_nothing",
    63: "belongs_to_unknown",
    111: "belongs_to_unknown",
    113: "belongs_to_unknown",
    114: "belongs_to_nothing",
    190: "nothing_said",
    242: "no_known_place",
    435: "belongs_to_unknown",
    464: "belongs_to_nothing",
    511: "no_known_place",
    698: "times_not_said",
    705: "times_not_said",
    795: "nothing_said",
}
# Every wording of days in the file, as days by hand.
DAYS = {
    "Monday - Friday": "12345", "Monday-Friday": "12345", "Monday - Thursday": "1234", "Monday-Thursday": "1234",
    "Monday": "1", "Tuesday": "2", "Wednesday": "3", "Thursday": "4", "Friday": "5", "Saturday": "6",
    "Monday, Wednesday, Friday": "135", "Tuesday, Thursday": "24", "Tuesday & Thursday": "24", "Wednesday & Friday": "35",
    "Mon - Tue & Thur - Fri": "1245", "Tuesday, Thursday, Friday, Saturday": "2456", "Monday, Wednesday": "13",
    "Monday, Wed-Thur": "134", "Sunday - Saturday": "1234567", "Sunday-Saturday": "1234567", "Monday - Sunday": "1234567",
    "Monday & Wednesday": "13", "Mon, Wed-Fri": "1345", "Monday, Wednesday-Friday": "1345", "Monday, Thursday": "14",
    "Saturday - Sunday": "67", "Mon, Tue, Thur, Fri": "1245", "Mon, Tue, Thur": "124", "Mon - Wed, Fri": "1235",
    "Wednesday - Thursday": "34", "Wednesday-Thursday": "34", "Monday - Saturday": "123456", "Friday-Saturday": "56",
    "Tuesday-Thursday": "234", "Monday, Wednesday, Thursday, Friday": "1345",
    "Second Saturday": "2:6", "Third Saturday": "3:6", "Fourth Saturday": "4:6", "Third Thursday": "3:4",
    "Fourth Friday of each month": "4:5", "Last Thursday of each month": "-1:4",
    "First, second, and fourth Tuesday of the month": "1:2 2:2 4:2",
    "Tuesday and Thursday (Closed from 12:30PM-2:00PM)": "24 without 12:30-14:00",
    "Monday-Thursday (Closes daily noon to 1pm)": "1234 without 12:00-13:00",
    "Monday - Friday (closed 1-2pm)": "12345 without 13:00-14:00",
}  # fmt: skip
# Rows for a service alone whose name tells of another place, as a person sees it; in 102 it is one of the two.
ELSEWHERE = {
    107, 119, 165, 173, 177, 209, 231, 233, 251, 255, 263, 276, 310, 321, 367, 406, 407, 408, 425, 426, 462, 504, 516,
    545, 558, 560, 564, 621, 644, 649,
}  # fmt: skip
ONLY_THERE = {102: "Neurology at Montgomery County Outpatient Center"}


def rows(name):
    with (REAL_PACKAGE / name).open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def clock(text):
    return time.strftime("%H:%M", time.strptime(text, "%I:%M%p"))


def days(text):
    """(weekday from Monday 0, nth) of "135" or "2:6 4:6"."""
    if ":" not in text:
        return [(int(day) - 1, 0) for day in text]
    return [(int(day) - 1, int(nth)) for nth, day in (part.split(":") for part in text.split())]


def spans(row):
    """(weekday, nth, opens, closes) of one row, by the table of wordings; none where it does not say enough."""
    text, _without, gap = DAYS.get(row["weekday"], "").partition(" without ")
    if not text or not row["dtstart"]:
        return set()
    if row["dtstart"].lower() == "24 hours":
        times = [("00:00", "00:00")]
    elif not row["until"]:
        return set()
    else:
        times = [(clock(row["dtstart"]), clock(row["until"]))]
    if gap:
        times = [(times[0][0], gap[:5]), (gap[6:], times[0][1])]
    return {(*day, *part) for day in days(text) for part in times}


def read_plainly():
    """{(place, service, weekday, nth, opens, closes)} of the whole file."""
    places = {row["id"]: row["name"] for _n, row in rows("locations.csv")}
    services = {row["id"] for _n, row in rows("services.csv")}
    given = defaultdict(set)
    for _n, row in rows("services_at_location.csv"):
        given[row["service_id"]].add(row["location_id"])
    found = set()
    for n, row in rows("schedules.csv"):
        if row["service_id"] not in services or n in ELSEWHERE:
            continue
        for place in row["location_id"].split(",") if row["location_id"] else given[row["service_id"]]:
            if place.strip() in places and places[place.strip()] == ONLY_THERE.get(n, places[place.strip()]):
                found |= {(place.strip(), row["service_id"], *span) for span in spans(row)}
    return found


def stored():
    columns = ("station__source_id", "service__source_id", "weekday", "nth", "opens", "closes")
    rules = OpeningRule.objects.filter(station__source="hsds-dc").values_list(*columns)
    return {(*start, f"{opens:%H:%M}", f"{closes:%H:%M}") for *start, opens, closes in rules}


def listed(report):
    with report.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def bring_in(*options):
    out = io.StringIO()
    call_command(
        "import_hsds",
        str(REAL_PACKAGE),
        "--time-zone=America/New_York",
        "--network=Washington",
        *options,
        stdout=out,
    )
    return out.getvalue()


@pytest.fixture
def report(db, tmp_path):
    path, start = tmp_path / "report.csv", time.monotonic()
    bring_in("--report", str(path))
    assert time.monotonic() - start < 15
    return path


def test_every_opening_rule_equals_an_independent_reading(report):
    plain = read_plainly()
    assert len(plain) == 1335
    assert stored() == plain


def test_rows_read_by_eye_are_stored_as_they_stand(report):
    rules, texts = stored(), dict(rows("schedules.csv"))
    assert len(EYE_RULES) + len(EYE_WORDS) + len(EYE_LEFT) >= 50
    for n, text in EYE_RULES.items():
        row, (when, *times) = texts[n], text.split()
        expected = {(*day, *part.split("-")) for day in days(when) for part in times}
        here = {
            rule
            for rule in rules
            if rule[1] == row["service_id"] and rule[0] in (row["location_id"] or rule[0])
        }
        assert expected == spans(row), n
        assert expected <= {rule[2:] for rule in here}, n


def test_rows_that_are_not_exact_are_shown_in_their_own_words(report):
    texts = dict(rows("schedules.csv"))
    for n, ending in EYE_WORDS.items():
        row = texts[n]
        said = ServiceAtStation.objects.filter(service__source_id=row["service_id"]).values_list(
            "hours_text", flat=True
        )
        door = Station.objects.filter(source_id=row["service_id"]).values_list("hours_text", flat=True)
        assert any(line.endswith(ending) for text in (*said, *door) for line in text.splitlines()), n


def test_rows_that_belong_nowhere_are_listed_with_the_reason(report):
    kinds = {int(row["row"]): row["kind"] for row in listed(report) if row["file"] == "schedules.csv"}
    assert {n: kinds[n] for n in EYE_LEFT} == EYE_LEFT


def test_every_row_of_hours_is_stored_or_listed(report):
    listed_rows = {int(row["row"]) for row in listed(report) if row["file"] == "schedules.csv"}
    silent = {n for n, row in rows("schedules.csv") if n not in listed_rows}
    assert all(spans(row) for n, row in rows("schedules.csv") if n in silent)
    assert len(listed_rows) + len(silent) == 981


def test_nothing_is_lost_and_a_second_run_changes_nothing(report):
    assert Organisation.objects.count() == 57
    assert Station.objects.filter(source="hsds-dc").count() == 220
    assert Service.objects.count() == 501
    assert "Nothing has changed since the last import." in bring_in()
