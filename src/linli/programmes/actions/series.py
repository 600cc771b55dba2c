"""Series 系列: begun, written ahead, changed, ended; never in silence."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.areas.calendar import calendar
from linli.directory.models import Station
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.programmes.actions.sessions import Planned, cancel_session, plan_session
from linli.programmes.events import SeriesBegun, SeriesChanged, SeriesEnded
from linli.programmes.models import Host, Programme, Series, Session
from linli.programmes.recurrence import Rule, occurrences, read_rrule, to_rrule, without_holidays
from linli.programmes.rules import may_keep_sessions

AHEAD = timedelta(days=56)


@transaction.atomic
def begin_series(
    *, by: Any, programme: Programme, station: Station, planned: Planned, rule: Rule, skips_holidays: bool
) -> Series:
    """Sessions after a rule, the first at the planned time; those of the coming eight weeks are written at once."""
    require(may_keep_sessions(by, station))
    series = Series.objects.create(
        programme=programme,
        rule=to_rrule(rule, planned.starts_at.astimezone(station.zone)),
        first_at=planned.starts_at,
        skip=sorted(day.isoformat() for day in rule.skip),
        skips_holidays=skips_holidays,
    )
    look_after(series, by)
    record(SeriesBegun(series.rule), by=by, subject=ref(programme), scope=ref(station.unit))
    if not write_ahead(by, series, station, planned, timezone.now()):
        raise Problem(_("This rule gives no day in the next eight weeks."))
    return series


def look_after(series: Series, person: Any) -> None:
    """Whoever began or changed it last looks after it; the command line leaves that open."""
    if person is not None:
        Host.objects.update_or_create(series=series, defaults={"person": person})


def rule_of(series: Series, station: Station) -> Rule:
    """The rule with the days it leaves out."""
    zone = station.zone
    read = read_rrule(series.rule, zone, series.first_at.astimezone(zone))
    return replace(read, skip=frozenset(date.fromisoformat(day) for day in series.skip))


def moments(series: Series, station: Station, until: date) -> Iterator[datetime]:
    """When the series' sessions begin, from its first one on."""
    zone = station.zone
    found = occurrences(rule_of(series, station), series.first_at.astimezone(zone), zone, until)
    if not series.skips_holidays:
        return found
    starts = {moment.date(): moment for moment in found}
    kept = without_holidays(sorted(starts), calendar(range(series.first_at.year, until.year + 1)))
    return iter([starts[day] for day in kept])


def write_ahead(by: Any, series: Series, station: Station, planned: Planned, now: datetime) -> int:
    """Plans what is missing of the coming eight weeks as copies; returns how many."""
    until = (now + AHEAD).astimezone(station.zone).date()
    # A day whose session was moved or cancelled by itself is there already.
    there = set(Session.objects.filter(series=series).values_list("series_day", flat=True))
    made = 0
    for starts_at in moments(series, station, until):
        if starts_at > now and starts_at.date() not in there:
            plan_session(
                by=by,
                programme=series.programme,
                station=station,
                planned=at_another_time(planned, starts_at),
                series=series,
                series_day=starts_at.date(),
            )
            made += 1
    return made


def at_another_time(planned: Planned, starts_at: datetime) -> Planned:
    """The same with all its times moved along; what lies before the start stays as long before it."""
    by = starts_at - planned.starts_at
    moved = {
        name: moment + by
        for name in ("starts_at", "ends_at", "opens_at", "weather_at")
        if (moment := getattr(planned, name)) is not None
    }
    return replace(planned, **moved)


def planned_of(session: Session) -> Planned:
    """What a session is, to copy it."""
    return Planned(**{name: getattr(session, name) for name in Planned.__dataclass_fields__})


def newest_of(series: Series) -> Session | None:
    """The session the next ones are copied from."""
    sessions = Session.objects.filter(series=series).exclude(state__in=["cancelled", "declined"])
    return sessions.select_related("station__unit", "room").order_by("-series_day").first()


@transaction.atomic
def extend_series(*, series: Series) -> int:
    """The clock's deed: writes what the rule gives until eight weeks from now; returns how many."""
    held = Series.objects.select_for_update().select_related("programme").get(pk=series.pk)
    pattern = newest_of(held)
    if held.ended_at is not None or pattern is None or held.programme.ended_on is not None:
        return 0
    return write_ahead(None, held, pattern.station, planned_of(pattern), timezone.now())


@transaction.atomic
def change_series(*, by: Any, series: Series, rule: Rule, skips_holidays: bool, host: Any = None) -> None:
    """Another rule from now on. Sessions to come on days it does not have, and for which nobody signed up, go; the others
    stay, so that nobody loses a seat by a rule. Problem when the series has ended, or would have no session left.
    """
    pattern = newest_of(series)
    if pattern is None or series.ended_at is not None:
        raise Problem(_("This series has ended."))
    require(may_keep_sessions(by, pattern.station))
    now = timezone.now()
    Series.objects.filter(pk=series.pk).update(
        rule=to_rrule(rule, series.first_at.astimezone(pattern.zone)),
        skip=sorted(day.isoformat() for day in rule.skip),
        skips_holidays=skips_holidays,
        told_end=False,
        told_host=False,
    )
    look_after(series, host or by)
    series.refresh_from_db()
    until = (now + AHEAD).astimezone(pattern.zone).date()
    days = {moment.date() for moment in moments(series, pattern.station, until)}
    drop(by, Session.objects.filter(series=series).exclude(series_day__in=days))
    write_ahead(by, series, pattern.station, planned_of(pattern), now)
    if newest_of(series) is None:
        raise Problem(_("This rule gives no day in the next eight weeks."))
    record(SeriesChanged(series.rule), by=by, subject=ref(series.programme), scope=ref(pattern.station.unit))


def drop(by: Any, sessions: Iterable[Session]) -> int:
    """Cancels what nobody signed up for and that is still to come; returns how many.

    Its day is free again: should the rule come back to it, one is held.
    """
    empty = sessions.filter(state="open", starts_at__gt=timezone.now(), taken=0, waiting=0)  # type: ignore[attr-defined]
    found = list(empty.select_related("station__unit"))
    for session in found:
        cancel_session(by=by, session=session, reason=_("The series has changed."))
        Session.objects.filter(pk=session.pk).update(series_day=None)
    return len(found)


@transaction.atomic
def end_series(*, by: Any, series: Series) -> int:
    """No further sessions. Those to come that nobody signed up for are cancelled (returns how many), the others are held."""
    pattern = newest_of(series)
    require(pattern is not None and may_keep_sessions(by, pattern.station))
    if not Series.objects.running().filter(pk=series.pk).update(ended_at=timezone.now()):
        return 0
    cancelled = drop(by, Session.objects.filter(series=series))
    record(SeriesEnded(cancelled), by=by, subject=ref(series.programme), scope=ref(pattern.station.unit))
    return cancelled
