"""The first minutes of an empty installation: three answers make the root, the first organiser and the first station."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.areas import tree
from linli.areas.actions import open_unit
from linli.areas.models import Unit
from linli.directory.actions import open_station
from linli.directory.models import Station
from linli.kit.ids import code
from linli.kit.refs import ref
from linli.kit.rules import Problem
from linli.kit.secrets import blind_index
from linli.ledger.actions import record
from linli.people.actions import grant_role
from linli.people.models import Person
from linli.site.events import NetworkSetUp

KEY_LENGTH = 24


def set_up_key() -> str:
    """What the set-up link carries: only who can read the installation's secret key can make it."""
    return blind_index("set-up", "site.set_up")[:KEY_LENGTH]


def may_set_up(key: str) -> bool:
    """Whoever holds the link, as long as nothing stands in the tree."""
    return constant_time_compare(key, set_up_key()) and tree.root() is None


@dataclass(frozen=True)
class Start:
    """What the three answers made."""

    network: Unit
    organiser: Person
    station: Station


@transaction.atomic
def set_up(*, key: str, network: str, organiser: str, station: str) -> Start:
    """Opens the root and the first station, and gives their organiser and manager to the person who answers.

    Problem when the link is wrong or somebody was faster.
    """
    if not may_set_up(key):
        raise Problem(_("This network has been set up already, or the link is not complete."))
    today, language = timezone.localdate(), get_language()
    root = open_unit(
        by=None, parent=None, on=today, kind="network", name=network, language=language, code="network"
    )
    person = Person.objects.create(name=organiser, language=language)
    words: dict[str, Any] = {"name": station, "language": language}
    unit = open_unit(by=None, parent=root, on=today, kind="station", code=code(), **words)
    first = open_station(by=None, unit=unit, kind="centre", time_zone=settings.TIME_ZONE, **words)
    grant_role(by=None, person=person, unit=root, role="organiser")
    grant_role(by=None, person=person, unit=unit, role="manager")
    grant_role(by=None, person=person, unit=root, role="operator")
    record(NetworkSetUp(), by=None, subject=ref(root), scope=ref(root))
    return Start(root, person, first)
