"""To begin a programme, to say it anew, to end it."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.areas.models import Unit
from linli.kit.pinyin import sort_key
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.programmes.events import ProgrammeBegun, ProgrammeChanged, ProgrammeEnded
from linli.programmes.indexing import index_programmes
from linli.programmes.models import Programme, Session
from linli.programmes.rules import may_keep_programmes


@dataclass(frozen=True)
class Described:
    """What a programme says of itself; the words are in `language`."""

    name: str
    language: str
    kind: str
    purpose: str = ""
    cycle: str = ""
    came_of: str = ""
    tags: list[str] = field(default_factory=list)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    weekly_limit: int | None = None
    needs_approval: bool = False

    def columns(self) -> dict[str, Any]:
        return vars(self) | {"reading": sort_key(self.name)}


@transaction.atomic
def begin_programme(*, by: Any, unit: Unit, described: Described) -> Programme:
    """A new programme of a unit, public at once. Nobody is told before it has a session."""
    require(may_keep_programmes(by, unit))
    programme = Programme.objects.create(unit=unit, **described.columns())
    index_programmes(programme)
    record(ProgrammeBegun(programme.kind), by=by, subject=ref(programme), scope=ref(unit))
    return programme


@transaction.atomic
def change_programme(*, by: Any, programme: Programme, described: Described) -> None:
    """Says anew what a programme is, and what came of it."""
    require(may_keep_programmes(by, programme.unit))
    Programme.objects.filter(pk=programme.pk).update(**described.columns())
    programme.refresh_from_db()
    index_programmes(programme)
    record(ProgrammeChanged(), by=by, subject=ref(programme), scope=ref(programme.unit))


@transaction.atomic
def end_programme(*, by: Any, programme: Programme) -> None:
    """Ends a programme; what it was stays to be read. Problem while sessions are still to come."""
    require(may_keep_programmes(by, programme.unit))
    if Session.objects.filter(programme=programme, state="open", ends_at__gt=timezone.now()).exists():
        raise Problem(_("It has sessions to come. Hold them, or cancel them, so that nobody waits in vain."))
    if Programme.objects.running().filter(pk=programme.pk).update(ended_on=timezone.localdate()):
        record(ProgrammeEnded(), by=by, subject=ref(programme), scope=ref(programme.unit))
