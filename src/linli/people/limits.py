"""How long a session lasts, at most and when unused.

`idle_step` keeps "last used" coarse on purpose: a resident's session tells the day, a worker's the hour, and only a
shared desk machine, which must lock itself, the minute.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Limit:
    """`absolute` counts from signing in, `idle` from the last request, rounded up to whole `idle_step`s."""

    absolute: timedelta
    idle: timedelta
    idle_step: timedelta

    def idle_until(self, now: datetime) -> datetime:
        """The moment an unused session ends, rounded up: local midnights for days, full hours or minutes."""
        start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        steps = -(-(now + self.idle - start) // self.idle_step)
        return start + steps * self.idle_step


# A browser that has not signed in yet keeps only the step it is at.
VISITOR = Limit(timedelta(days=1), timedelta(days=1), timedelta(days=1))
LIMITS = {
    "resident": Limit(timedelta(days=30), timedelta(days=14), timedelta(days=1)),
    "staff": Limit(timedelta(hours=12), timedelta(hours=4), timedelta(hours=1)),
    "desk": Limit(timedelta(hours=12), timedelta(minutes=10), timedelta(minutes=1)),
}


def limit_of(limits: str, is_signed_in: bool) -> Limit:
    return LIMITS[limits] if is_signed_in else VISITOR
