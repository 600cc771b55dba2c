"""Who may do what with notices, and when a message may leave. Pure: time is passed in."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

# Waits after a try that reached nobody: eight hours in all, then the delivery has failed.
BACKOFF = [timedelta(minutes=m) for m in (1, 5, 15, 60, 120, 280)]
# Longer than any sending takes (the mail server's timeout is one minute).
LEASE = timedelta(minutes=10)


def may_follow(person, subject) -> bool:
    """Anyone signed in may follow what they can see; `subject` came through `visible_to`."""
    return person.is_authenticated and person.is_active and subject is not None


def may_choose(person) -> bool:
    """Anyone signed in chooses how they are reached themselves; nobody does it for them."""
    return person.is_authenticated and person.is_active


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after that many tries that reached nobody; None: give up."""
    return BACKOFF[tries - 1] if tries <= len(BACKOFF) else None


def is_quiet(moment: datetime, quiet_from: time, quiet_until: time, zone: ZoneInfo) -> bool:
    """Whether the clock on the wall stands in [quiet_from, quiet_until), which may span midnight."""
    clock = moment.astimezone(zone).time()
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until


def after_quiet(moment: datetime, quiet_from: time, quiet_until: time, zone: ZoneInfo) -> datetime:
    """The first moment from `moment` on that is not in the quiet hours, also where clocks are changed."""
    moment = moment.astimezone(UTC)
    while is_quiet(moment, quiet_from, quiet_until, zone):
        local = moment.astimezone(zone)
        wall_end = datetime.combine(local.date(), quiet_until)
        wait = wall_end - local.replace(tzinfo=None)
        if wait <= timedelta():
            wait += timedelta(days=1)
        end = moment + wait
        moment = end if _offset(end, zone) == local.utcoffset() else _clock_change(moment, end, zone)
    return moment


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()


def _clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second between the two at which the zone's clocks were changed."""
    start = before.replace(microsecond=0)
    low, high = 0, int((after - start).total_seconds()) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(start + timedelta(seconds=middle), zone) == _offset(start, zone):
            low = middle
        else:
            high = middle
    return start + timedelta(seconds=high)
