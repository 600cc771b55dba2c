"""Who writes news, and what an article may become."""

from typing import Any

from linli.areas.rules import may_edit_units

# From each state, what it may become.
NEXT = {
    "draft": {"scheduled", "published"},
    "scheduled": {"draft", "scheduled", "published"},
    "published": {"withdrawn"},
    "withdrawn": set(),
}


def may_write_news(person: Any, unit: Any) -> bool:
    """Whether the person writes for this unit: who works at the station, and organisers of it or of an area above."""
    if person is None:
        return True
    if not person.is_authenticated or unit.closed_on is not None:
        return False
    return bool(person.holds({"worker", "manager"}, unit) or may_edit_units(person, unit))


def may_become(state: str, wanted: str) -> bool:
    return wanted in NEXT[state]
