"""What a desk says of its door with one tap."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from linli.directory.hours import next_change
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
