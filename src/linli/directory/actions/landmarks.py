"""Landmarks by which people say where they are."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.areas.models import Unit
from linli.areas.rules import may_edit_units
from linli.directory.actions.words import Naming, differs, retold, told
from linli.directory.events import LandmarkChanged, LandmarkEntered, LandmarkRemoved
from linli.directory.indexing import index_named
from linli.directory.models import Landmark
from linli.directory.rules import may_change_landmark
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.kit.search import forget
from linli.ledger.actions import record


def refuse_nowhere(point: dict[str, Any]) -> None:
    if point.get("latitude") is None:
        raise Problem(_("A landmark needs its place: latitude and longitude."), "point")


@transaction.atomic
def enter_landmark(*, by: Any, unit: Unit, naming: Naming, kind: str, point: dict[str, Any]) -> Landmark:
    """Enters a point of an area that people name; `point` as `placed()` gives it. It can be searched; nobody is told."""
    require(may_edit_units(by, unit))
    refuse_nowhere(point)
    landmark = Landmark.objects.create(unit=unit, kind=kind, **told(naming), **point)
    index_named(landmark)
    record(LandmarkEntered(kind), by=by, subject=ref(landmark), scope=ref(unit))
    return landmark


@transaction.atomic
def change_landmark(*, by: Any, landmark: Landmark, naming: Naming, kind: str, point: dict[str, Any]) -> bool:
    """Says anew what it is called and where it is. False when nothing differs. Nobody is told."""
    require(may_change_landmark(by, landmark))
    refuse_nowhere(point)
    columns = retold(landmark, naming) | point | {"kind": kind}
    if not differs(landmark, columns):
        return False
    Landmark.objects.filter(pk=landmark.pk).update(**columns)
    landmark.refresh_from_db()
    index_named(landmark)
    record(LandmarkChanged(), by=by, subject=ref(landmark), scope=ref(landmark.unit))
    return True


@transaction.atomic
def remove_landmark(*, by: Any, landmark: Landmark) -> None:
    """Takes it out: nothing else hangs on it. Nobody is told."""
    require(may_change_landmark(by, landmark))
    record(LandmarkRemoved(), by=by, subject=ref(landmark), scope=ref(landmark.unit))
    forget(ref(landmark))
    landmark.delete()
