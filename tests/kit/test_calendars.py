"""Calendars as files: to the letter of RFC 5545 and RFC 7986, and right about clocks that change."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from linli.kit.calendars import Calendar, Occurrence, icalendar
from tests.programmes.awkward import AWKWARD, FOLDER, at
from tests.programmes.readers import read_ical, read_vobject

SHANGHAI = "Asia/Shanghai"
NINE = at(SHANGHAI, 2026, 3, 1, 9)


def occurrence(**columns) -> Occurrence:
    plain = {"uid": "1@linli", "sequence": 0, "zone": SHANGHAI, "summary": "骑行", "changed_at": NINE}
    moments = {"starts_at": NINE, "ends_at": NINE + timedelta(hours=2)}
    return Occurrence(**plain | moments | columns)


def written(*occurrences: Occurrence, **more) -> bytes:
    plain = {"name": "", "description": "", "language": "", "url": "", "source_url": ""}
    return icalendar(Calendar(**plain | more, refresh=timedelta(hours=1), occurrences=list(occurrences)))


def lines(file: bytes) -> list[str]:
    """Its lines as they were before they were folded."""
    return file.decode().replace("\r\n ", "").split("\r\n")


def line(name: str, *occurrences: Occurrence) -> list[str]:
    return [each for each in lines(written(*occurrences)) if re.split("[;:]", each)[0] == name]


def test_to_the_letter():
    found = occurrence(
        sequence=2,
        status="CANCELLED",
        description="带水",
        location="云塔, 3 楼",
        url="https://linli.example/sessions/A/",
        categories=["周末骑行", "a,b"],
        language="zh-hans",
        geo=(31.22961741, 121.45),
    )
    file = written(
        found,
        name="云塔",
        description="全部场次",
        language="zh-hans",
        url="https://linli.example/stations/JA-0101/",
        source_url="https://linli.example/stations/JA-0101/calendar.ics",
        colour="teal",
    )
    assert lines(file) == [
        "BEGIN:VCALENDAR",
        "PRODID:-//Linli//Linli//EN",
        "VERSION:2.0",
        "NAME;LANGUAGE=zh-hans:云塔",
        "X-WR-CALNAME:云塔",
        "DESCRIPTION;LANGUAGE=zh-hans:全部场次",
        "COLOR:teal",
        "LAST-MODIFIED:20260301T010000Z",
        "URL:https://linli.example/stations/JA-0101/",
        "SOURCE;VALUE=URI:https://linli.example/stations/JA-0101/calendar.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:20260101T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:1@linli",
        "DTSTAMP:20260301T010000Z",
        "LAST-MODIFIED:20260301T010000Z",
        "SEQUENCE:2",
        "STATUS:CANCELLED",
        "DTSTART;TZID=Asia/Shanghai:20260301T090000",
        "DTEND;TZID=Asia/Shanghai:20260301T110000",
        "SUMMARY;LANGUAGE=zh-hans:骑行",
        "DESCRIPTION:带水",
        "LOCATION:云塔\\, 3 楼",
        "CATEGORIES:周末骑行,a\\,b",
        "URL:https://linli.example/sessions/A/",
        "GEO:31.229617;121.45",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_what_is_not_known_is_not_said():
    assert [each.split(":")[0] for each in lines(written())] == [
        "BEGIN", "PRODID", "VERSION", "REFRESH-INTERVAL;VALUE=DURATION", "END", "",
    ]  # fmt: skip


def test_lines_are_folded_between_characters():
    file = written(*AWKWARD)
    physical = file.split(b"\r\n")
    assert max(len(each) for each in physical) <= 75
    # Each is UTF-8 by itself: no character is broken. And there is no other end of a line.
    assert not [each for each in physical if "\n" in each.decode() or "\r" in each.decode()]
    assert sum(each.startswith(b" ") for each in physical) > 10


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("a, b; c", r"a\, b\; c"),
        ("a\nb\r\nc\rd", r"a\nb\nc\nd"),
        ("a\u2028b\u2029c\x85d\ve\ff", r"a\nb\nc\nd\ne\nf"),
        ("a\x00b\x1bc\x7fd\x9be", "abcde"),
        ("a\tb: \"c\" 'd'", "a\tb: \"c\" 'd'"),
        (r"C:\neu\Namen", r"C:\\neu\\Namen"),
        ("👩‍🍳", "👩‍🍳"),
        ("END:VEVENT\r\nX:1", r"END:VEVENT\nX:1"),
    ],
    ids=[
        "commas",
        "ends of lines",
        "other ends of lines",
        "controls",
        "plain",
        "backslash n",
        "joined",
        "injected",
    ],
)
def test_words_are_escaped(words, value):
    assert line("SUMMARY", occurrence(summary=words)) == [f"SUMMARY:{value}"]


@given(
    some.text(
        some.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | some.sampled_from("\n\\,;:nN"),
        min_size=1,
    )
)
def test_whatever_people_write_is_read_back(words):
    file = written(occurrence(summary="x" + words, description="y" + words))
    assert [(each.summary, each.description) for each in read_vobject(file)] == [("x" + words, "y" + words)]
    assert [(each.summary, each.description) for each in read_ical(file)] == [("x" + words, "y" + words)]


def test_a_backslash_before_an_n_stays_one():
    assert [each.summary for each in read_vobject(written(occurrence(summary=FOLDER)))] == [FOLDER]


def test_one_zone_for_each_that_is_used():
    rides = [occurrence(zone=zone) for zone in (SHANGHAI, "Europe/Berlin", SHANGHAI, "UTC")]
    assert line("TZID", *rides) == ["TZID:Asia/Shanghai", "TZID:Europe/Berlin"]
    assert line("DTSTART", rides[3]) == ["DTSTART:20260301T010000Z"]


def observances(zone: str, *years: int) -> list[tuple[datetime, timedelta]]:
    """[(moment in UTC, offset from then on)] as the file tells them for sessions in those years."""
    file = written(
        *(
            occurrence(zone=zone, starts_at=at(zone, year, 6, 1), ends_at=at(zone, year, 6, 2))
            for year in years
        )
    )
    part = r"DTSTART:(\d{8}T\d{6})\r\nTZOFFSETFROM:([+-]\d{4})\r\nTZOFFSETTO:([+-]\d{4})"
    found = re.findall(part, file.decode())
    # Told by the clock that ends: its offset leads back to UTC.
    return [
        (datetime.strptime(onset + old, "%Y%m%dT%H%M%S%z").astimezone(UTC), offset(new))
        for onset, old, new in found
    ]


def offset(text: str) -> timedelta:
    told = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
    return -told if text[0] == "-" else told


@pytest.mark.parametrize(
    "zone",
    [
        "Asia/Shanghai", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Santiago", "Africa/Cairo",
        "Africa/Casablanca", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Kiritimati",
    ],
)  # fmt: skip
def test_the_file_knows_every_hour_of_its_years(zone):
    told, there = observances(zone, 2026, 2027), ZoneInfo(zone)
    moment, end = at(zone, 2026, 1, 1), at(zone, 2028, 1, 1)
    wrong = []
    while moment < end:
        by_file = [after for since, after in told if since <= moment][-1]
        if by_file != moment.astimezone(there).utcoffset():
            wrong.append(moment)
        moment += timedelta(minutes=30)
    assert wrong == []


def test_clocks_change_when_the_old_one_says():
    assert line("DTSTART", occurrence(zone="Europe/Berlin")) == [
        "DTSTART:20260101T000000",
        "DTSTART:20260329T020000",
        "DTSTART:20261025T030000",
        "DTSTART;TZID=Europe/Berlin:20260301T020000",
    ]


def test_an_hour_that_is_told_twice_is_told_in_utc():
    berlin = "Europe/Berlin"
    first, second = (at(berlin, 2026, 10, 25, 2, 30, fold=fold) for fold in (0, 1))
    rides = [
        occurrence(zone=berlin, starts_at=first, ends_at=second),
        occurrence(zone=berlin, starts_at=second + timedelta(hours=1), ends_at=second + timedelta(hours=2)),
    ]
    assert line("DTEND", *rides) == ["DTEND:20261025T013000Z", "DTEND;TZID=Europe/Berlin:20261025T043000"]
    assert line("DTSTART", rides[0]) == ["DTSTART:20261025T003000Z"]


def test_the_same_is_written_the_same():
    assert written(*AWKWARD) == written(*AWKWARD)
