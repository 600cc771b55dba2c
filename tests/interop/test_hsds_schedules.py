"""Hours read back by an independent reader are the hours of the door, day by day."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from linli.directory.hours import HOLIDAY, MAKE_UP_DAY, Schedule, times_of
from linli.directory.hsds.hours import Setting, Span, read_hours
from linli.directory.models import OpeningException, OpeningRule
from linli.directory.timetables import ExceptionRow
from linli.interop.hsds.briefs import StationRow
from linli.interop.hsds.ids import named
from linli.interop.hsds.schedules import AHEAD, RuleRow, of_door, returning
from tests.interop.conftest import make_offer

STATION = UUID(int=7)
NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}

quarters = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
coming = st.integers(-10, AHEAD + 20).map(lambda days: NOW.date() + timedelta(days=days))
seasons = st.one_of(
    st.just((None, None)),
    coming.map(lambda day: (day, None)),
    coming.map(lambda day: (None, day)),
    st.tuples(coming, st.integers(1, 90)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))),
)


@st.composite
def rules(draw):
    weekday = draw(st.integers(0, MAKE_UP_DAY))
    first, last = draw(seasons)
    nth = draw(st.sampled_from([0, 0, 0, 1, 2, 5, -1])) if weekday < HOLIDAY else 0
    number = draw(st.uuids(version=4))
    return RuleRow(number, STATION, None, None, weekday, nth, draw(quarters), draw(quarters), first, last, "")


@st.composite
def exceptions(draw):
    on = draw(coming)
    spans = draw(st.lists(st.tuples(quarters, quarters), max_size=2, unique_by=lambda span: span[0]))
    return [ExceptionRow(STATION, on, *span, "") for span in spans or [(None, None)]]


def station(zone="Asia/Shanghai", **fields):
    empty = dict.fromkeys(StationRow._fields, "") | {"id": STATION, "time_zone": zone}
    return StationRow(**empty | fields)


def reading(entries, day):
    """What a reader who knows RFC 5545 and the profile's two rules takes the hours of a day to be."""
    said = [entry for entry in entries if holds(entry, day)]
    dated = [entry for entry in said if entry.get("valid_from") == entry.get("valid_to") == day.isoformat()]
    zone = [entry for entry in said if entry["id"] == named("zone", STATION)]
    seasonal = [entry for entry in said if entry.get("valid_from") or entry.get("valid_to")]
    chosen = dated or zone or seasonal or said
    return sorted(
        {(entry["opens_at"][:5], entry["closes_at"][:5]) for entry in chosen if "opens_at" in entry}
    )


def holds(entry, day):
    first, last = entry.get("valid_from", ""), entry.get("valid_to", "9")
    if not first <= day.isoformat() <= last or "freq" not in entry:
        return first == last == day.isoformat()
    return any(falls_on(part, entry["freq"], day) for part in entry["byday"].split(","))


def falls_on(part, frequency, day):
    """The nth such weekday of the month, by counting them all."""
    if DAYS[part[-2:]] != day.weekday():
        return False
    if frequency == "WEEKLY":
        return True
    month = [day.replace(day=1) + timedelta(days=n) for n in range(31)]
    same = [each for each in month if each.month == day.month and each.weekday() == day.weekday()]
    nth = int(part[:-2])
    return len(same) >= nth and same[nth - 1 if nth > 0 else nth] == day


def as_written(times):
    """A span of 24 hours is written a minute short."""
    day = date(2000, 1, 1)
    return sorted(
        {
            (f"{opens:%H:%M}", f"{datetime.combine(day, closes) - timedelta(minutes=opens == closes):%H:%M}")
            for opens, closes in times
        }
    )


@given(
    st.lists(rules(), max_size=8),
    st.lists(exceptions(), max_size=3, unique_by=lambda rows: rows[0].on),
    st.dictionaries(coming, st.sampled_from(["holiday", "workday"]), max_size=3),
    st.booleans(),
    st.booleans(),
)
def test_every_coming_day_reads_back(found, exceptional, off, follows, all_day):
    """Exceptions, the zone that never closes, holidays, seasons, weeks and nth days of the month, all at once."""
    apart = [row for rows in exceptional for row in rows]
    place = station(follows_holidays=follows, all_day_zone="自助区" if all_day else "")
    entries = of_door(place, found, apart, off, NOW)
    truth = Schedule(found, apart, all_day, off if follows else {})
    today = NOW.astimezone(ZoneInfo(place.time_zone)).date()
    for day in (today + timedelta(days=n) for n in range(AHEAD + 1)):
        assert reading(entries, day) == as_written(times_of(day, truth)[1]), day
    assert len({entry["id"] for entry in entries}) == len(entries)


@given(st.lists(rules(), max_size=8))
def test_our_own_import_reads_the_same_rules(found):
    """A network that takes over our directory as a package gets our hours, whole, or not at all where a night is longer."""
    today = NOW.date()
    setting = Setting.of("Asia/Shanghai", today)
    read = set()
    for entry in returning(found, "Asia/Shanghai", today):
        hours = read_hours({name: str(value) for name, value in entry.items()}, setting)
        assert hours.reason in {"", "night_too_long"}, (entry, hours)
        read |= set(hours.spans)
    kept = {
        rule for rule in found if rule.weekday < HOLIDAY and not is_over(rule, today) and is_readable(rule)
    }
    assert read == {span_of(rule, today) for rule in kept}


def is_over(rule, today):
    return rule.valid_until is not None and rule.valid_until <= today


def is_readable(rule):
    """Any day, any night of 16 hours, and midnight to midnight; only the whole of another day is too long."""
    night = (rule.closes.hour - rule.opens.hour) * 60 + rule.closes.minute - rule.opens.minute
    if rule.opens == rule.closes:
        return rule.opens == time(0)
    return night > 0 or rule.closes == time(0) or night + 24 * 60 <= 16 * 60


def span_of(rule, today):
    """A season that has begun and does not end says nothing to an import of today."""
    begun = rule.valid_until is None and rule.valid_from and rule.valid_from <= today
    first = None if begun else rule.valid_from
    return Span(rule.weekday, rule.nth, rule.opens, rule.closes, first, rule.valid_until)


def test_days_with_the_same_hours_stand_together():
    week = [
        RuleRow(UUID(int=n), STATION, None, None, n, 0, time(9), time(18), None, None, "") for n in range(5)
    ]
    (entry,) = returning(week, "Asia/Shanghai", NOW.date())
    assert (entry["freq"], entry["byday"], entry["id"]) == ("WEEKLY", "MO,TU,WE,TH,FR", str(UUID(int=0)))


def test_a_closed_day_says_why(directory, ask, tomorrow, settings):
    settings.LANGUAGE_CODE = "en"
    OpeningException.objects.create(station=directory.tower, on=tomorrow, reason="空调检修")
    last = ask(f"locations/{directory.tower.pk}")["schedules"][-1]
    assert last.pop("description").startswith("Closed on ")
    day = tomorrow.isoformat()
    assert last == {
        "id": named("day", directory.tower.pk, tomorrow),
        "notes": "空调检修",
        "valid_from": day,
        "valid_to": day,
    }


def test_an_exception_further_away_than_we_look_is_not_said_yet(directory, ask, today):
    far = today + timedelta(days=AHEAD + 3)
    OpeningException.objects.create(station=directory.tower, on=far)
    assert far.isoformat() not in ask.response(f"locations/{directory.tower.pk}").content.decode()


def test_words_that_could_not_be_read_stand_as_they_were(directory, ask):
    directory.night.hours_text = "看天气"
    directory.night.save()
    words = {"id": named("words", directory.night.pk), "description": "看天气"}
    assert ask(f"locations/{directory.night.pk}")["schedules"][-1] == words
    offer = make_offer(directory.law, directory.night, hours_text="电话预约")
    own = ask(f"service_at_locations/{offer.uid}")["schedules"]
    assert own == [{"id": named("words", offer.uid), "description": "电话预约"}]


def test_the_hours_of_an_entrance_are_not_the_doors(directory, ask):
    door = ask(f"locations/{directory.tower.pk}")["schedules"]
    OpeningRule.objects.create(
        station=directory.tower,
        entrance=directory.tower.entrances.first(),
        weekday=0,
        opens=time(6),
        closes=time(7),
    )
    assert ask(f"locations/{directory.tower.pk}")["schedules"] == door
