"""What a desk says of its door with one tap."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from linli.directory.hours import next_change, times_of
from linli.directory.listing import FullCard
from linli.kit.templatetags.linli import when

QUARTER = 15 * 60


def round_up(moment: datetime) -> datetime:
    """To the next quarter of an hour: people say "back at a quarter past"."""
    seconds = -(-int(moment.timestamp()) // QUARTER) * QUARTER
    return datetime.fromtimestamp(seconds, moment.tzinfo)


def one_tap_choices(card: FullCard, now: datetime) -> list[tuple[str, str]]:
    """(value, label) of the desk's buttons: what they set is what they say."""
    zone = card.zone
    local = now.astimezone(zone)
    change = next_change(card.timetable.schedule, now, zone)
    times = [round_up(local + timedelta(minutes=minutes)) for minutes in (30, 60, 120)]
    choices = [
        (f"closed {t.isoformat()}", _("Closed, back at %(time)s") % {"time": f"{t:%H:%M}"}) for t in times
    ]
    if change and change > now:
        choices.append(
            (f"closed {change.isoformat()}", _("Closed until %(when)s") % {"when": when(change, zone)})
        )
    choices.append(
        (f"full {times[1].isoformat()}", _("Full until about %(time)s") % {"time": f"{times[1]:%H:%M}"})
    )
    choices.append((f"open {times[2].isoformat()}", _("Open until %(time)s") % {"time": f"{times[2]:%H:%M}"}))
    return choices


EARLY = time(16)


def exception_choices(card: FullCard, now: datetime) -> list[tuple[str, str]]:
    """(value, label) of the buttons for today and tomorrow, without those that would change nothing."""
    local = now.astimezone(card.zone)
    today, tomorrow = local.date(), local.date() + timedelta(days=1)
    choices = []
    if planned(card, today):
        choices.append((f"closed {today}", _("Closed today")))
    if planned(card, tomorrow):
        choices.append((f"closed {tomorrow}", _("Closed tomorrow")))
    early = next_hour(local, EARLY)
    if early and any(opens < early and not opens < closes <= early for opens, closes in planned(card, today)):
        label = _("Today until %(time)s") % {"time": f"{early:%H:%M}"}
        choices.append((f"until {today}T{early:%H:%M}", label))
    return choices


def planned(card: FullCard, day: date) -> list[tuple[time, time]]:
    return times_of(day, card.timetable.staffed)[1]


def next_hour(local: datetime, earliest: time) -> time | None:
    """`earliest`, or once that has passed the next full hour of the day; None late in the evening."""
    if local.time() < earliest:
        return earliest
    return time(local.hour + 1) if local.hour < 23 else None
