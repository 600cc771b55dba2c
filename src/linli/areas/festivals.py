"""The days off of a year told as people tell them: one festival, from when to when, worked for on which weekend."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.areas.models import DayOff

FESTIVALS = {
    "元旦": _("New Year's Day"),
    "春节": _("Spring Festival"),
    "清明节": _("Qingming Festival"),
    "劳动节": _("Labour Day"),
    "端午节": _("Dragon Boat Festival"),
    "中秋节": _("Mid-Autumn Festival"),
    "国庆节": _("National Day"),
}


@dataclass
class Span:
    """A festival: its days off, and the weekend days worked for it."""

    name: str
    off: list[date] = field(default_factory=list)
    worked: list[date] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Its name for the reader: translated where it is one of the seven, else as the source writes it."""
        chinese = (get_language() or "").startswith("zh")
        return self.name if chinese else str(FESTIVALS.get(self.name, self.name))

    @property
    def runs(self) -> list[tuple[date, date]]:
        """The days off in runs without a gap: first and last day of each."""
        found: list[tuple[date, date]] = []
        for day in self.off:
            if found and found[-1][1] + timedelta(days=1) == day:
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
        return found


def spans(days: Iterable[DayOff]) -> list[Span]:
    """The festivals of a year in the order of their days off."""
    found: dict[str, Span] = {}
    for day in sorted(days, key=lambda each: each.on):
        span = found.setdefault(day.name, Span(day.name))
        (span.worked if day.kind == DayOff.Kind.WORKDAY else span.off).append(day.on)
    return sorted(found.values(), key=lambda span: (span.off or span.worked)[0])
