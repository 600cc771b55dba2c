"""The table of roles: what each is for, at which kinds of unit it is held, how far it reaches, who grants it.

Rights over persons never flow up the tree: an organiser reaches units, not the people at them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kit.nouns import noun

STATION, ORGANISATION, AREA, GROUP, SESSION, TOPIC = (
    "station",
    "organisation",
    "area",
    "group",
    "session",
    "topic",
)
ANY_UNIT = (STATION, ORGANISATION, AREA)
# Kinds of unit are data; these two own a node of the tree as well, every other kind is an area.
OWN_NODES = (STATION, ORGANISATION, GROUP)

A_YEAR = timedelta(days=365)
LONGEST = timedelta(days=731)


@dataclass(frozen=True)
class RoleKind:
    """One row of the table. `where`: the kinds of unit; `granted_by`: keys of roles; `reach`: what it extends to.

    A role whose `where` is one session or one topic is given there, by the feature that owns it.
    """

    key: str
    description: Any
    where: tuple[str, ...]
    reach: str
    granted_by: tuple[str, ...]
    works_for_others: bool = False
    # Somebody must hold it at a unit as long as anybody does: the last one hands over before leaving.
    is_lead: bool = False

    @property
    def label(self) -> str:
        """What the role is called here: a noun of the terminology pack, in the reader's language."""
        return noun(self.key)

    @property
    def granted_from(self) -> str:
        """The roles that give this one, in the reader's language."""
        return get_text_list([ROLES[key].label for key in self.granted_by], gettext("or"))


_TABLE = (
    RoleKind("visitor", _("Sees everything public."), (), "nothing", ()),
    RoleKind("member", _("Sees and does what is their own."), (), "own", ()),
    RoleKind(
        "group_lead",
        _("Proposes sessions of their own group, with a station as sponsor, and sees who comes."),
        (GROUP,),
        "own sessions",
        ("worker",),
    ),
    RoleKind(
        "session_leader",
        _("Sees who is expected at one session, from an hour before until a day after."),
        (SESSION,),
        "one session",
        ("worker",),
    ),
    RoleKind(
        "liaison",
        _(
            "Confirms the lists, offers and needs of one organisation; sees seats as numbers, not who sits there."
        ),
        (ORGANISATION,),
        "one organisation",
        ("manager",),
        works_for_others=True,
    ),
    RoleKind(
        "worker",
        _("Keeps the desk of one station, and does things for people who ask for it there."),
        (STATION,),
        "one station",
        ("manager",),
        works_for_others=True,
    ),
    RoleKind(
        "manager",
        _("Does what a worker does, gives roles at this station and publishes its news."),
        (STATION,),
        "one station",
        ("organiser",),
        works_for_others=True,
        is_lead=True,
    ),
    RoleKind(
        "handler",
        _("Answers the matters that come to one unit."),
        ANY_UNIT,
        "one unit",
        ("manager", "organiser"),
        works_for_others=True,
    ),
    RoleKind(
        "facilitator",
        _("Leads one topic: notices, rounds, minutes and outcomes."),
        (TOPIC,),
        "one topic",
        ("manager", "organiser"),
        works_for_others=True,
    ),
    RoleKind(
        "organiser",
        _("Looks after the units of an area: figures, promises and calls, never who the people are."),
        (AREA,),
        "units below",
        ("organiser", "operator"),
        works_for_others=True,
        is_lead=True,
    ),
    RoleKind(
        "steward",
        _("Watches over how data is used in an area: the registers, exports and looks, never the contents."),
        (AREA,),
        "units below",
        ("organiser",),
        works_for_others=True,
    ),
    RoleKind(
        "operator",
        _("Keeps the installation running, and sees nobody's personal data through its pages."),
        (AREA,),
        "installation",
        ("operator",),
        works_for_others=True,
        is_lead=True,
    ),
)
ROLES: dict[str, RoleKind] = {kind.key: kind for kind in _TABLE}
STAFF_ROLES = frozenset(kind.key for kind in _TABLE if kind.works_for_others)
LEAD_ROLES = frozenset(kind.key for kind in _TABLE if kind.is_lead)
# Only somebody above may give these, so that nobody widens the circle at their own height.
FROM_ABOVE = frozenset({"organiser", "steward"})


def as_keys(roles: str | Iterable[str]) -> frozenset[str]:
    """One role or several, as keys of the table; KeyError for a word that is no role."""
    keys = frozenset([roles] if isinstance(roles, str) else roles)
    for key in keys:
        ROLES[key]
    return keys


def place(unit_kind: str) -> str:
    """What a unit is in the table's words: station, organisation, group, or an area of any kind."""
    return unit_kind if unit_kind in OWN_NODES else AREA


def roles_at(unit_kind: str) -> tuple[RoleKind, ...]:
    """The roles that can be held at a unit of this kind, in the table's order."""
    return tuple(kind for kind in _TABLE if place(unit_kind) in kind.where)
