"""Bringing in spreadsheets: first a look at what would come of it, then the good rows, all or none of them."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.areas import tree
from linli.areas.actions.steps import check_parent, hold_tree
from linli.areas.models import Unit
from linli.directory.actions.many import write_plan
from linli.directory.events import SheetBroughtIn
from linli.directory.models import Organisation, SheetUpload, Station
from linli.directory.rules import may_bring_sheets
from linli.directory.sheets import guard
from linli.directory.sheets.faults import Unreadable, why
from linli.directory.sheets.outcomes import Plan
from linli.directory.sheets.planning import Opened, error_sheet, findings, make_plan, open_sheet, packed
from linli.kit.ids import uuid7
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused, require
from linli.kit.texts import clean_line
from linli.ledger.actions import record, schedule

State = SheetUpload.State


class Moved(Exception):
    """Since somebody looked at a plan something has changed, and another plan would come of the sheet now."""

    def __init__(self, plan: Plan):
        super().__init__()
        self.plan = plan


@transaction.atomic
def bring_in_sheet(*, by: Any, under: Unit, opened: Opened, digest: str) -> Plan:
    """Writes the good rows of a sheet, all in one transaction, if the plan is still the one with this digest.

    Rows that are not in the sheet stay as they are. One fact `directory.sheet_brought_in` is left when anything
    changed; nobody is told. Raises Moved with the new plan, Problem when `under` does not stand.
    """
    require(may_bring_sheets(by, under))
    hold_tree()
    check_parent(under, timezone.localdate())
    hold_rows(opened, under)
    plan = make_plan(opened, under)
    if plan.digest() != digest:
        raise Moved(plan)
    if plan.good:
        write_plan(plan)
        tally = plan.tally
        fact = SheetBroughtIn(plan.kind, tally["new"], tally["changed"], tally["same"], tally["unclear"])
        record(fact, by=by, subject=ref(under), scope=ref(under))
    return plan


def hold_rows(opened: Opened, under: Unit) -> None:
    """Nobody else writes these rows until this is done; on SQLite nobody else writes anyway."""
    model = Organisation if opened.kind == "organisations" else Station
    rows = model.objects.filter(unit__in=tree.descendants(under.pk)).order_by("pk")
    list(rows.select_for_update().values_list("pk", flat=True))


# A sheet on its way: sent, read, then used or dropped


@transaction.atomic
def send_sheet(*, by: Any, under: Unit, name: str, content: bytes, kind: str = "") -> SheetUpload:
    """Takes in a file to be read in the background. Whoever sends another one drops the one before.

    Problem when it is no spreadsheet, with the cure.
    """
    require(may_bring_sheets(by, under))
    try:
        guard.kind_of(content)
    except Unreadable as unreadable:
        raise Problem(why(unreadable.kind, unreadable.facts), "file") from unreadable
    SheetUpload.objects.visible_to(by).delete()
    facts = {
        "kind": kind,
        "name": clean_line(name[-120:], 120),
        "content": content,
        "sent_at": timezone.now(),
    }
    upload = SheetUpload.objects.create(person=by, unit=under, **facts)
    plan_work(upload, "read")
    return upload


def plan_work(upload: SheetUpload, what: str) -> None:
    facts = {"upload": str(upload.pk)}
    schedule(f"directory.{what}_sheet", due_at=timezone.now(), data=facts, key=str(uuid7()))


def in_state(pk: Any, *states: str) -> QuerySet[SheetUpload]:
    """The upload, as long as it is there and in one of these states: every step is one conditional UPDATE."""
    return SheetUpload.objects.filter(pk=pk, state__in=states)


def read_sheet(*, upload_id: str) -> bool:
    """Reads what was sent and makes the plan of it, showing how far it is. False when it is not to be read any more."""
    mine = in_state(upload_id, State.WAITING, State.READING)
    if not mine.update(state=State.READING, rows_done=0):
        return False
    upload = mine.select_related("person", "unit").get()

    def tell(step: str, done: int, total: int) -> None:
        mine.update(rows_done=done, rows=total)

    with override(upload.person.language or settings.LANGUAGE_CODE):
        try:
            opened = open_sheet(bytes(upload.content), upload.kind, tell)
            plan = make_plan(opened, upload.unit, tell)
        except Unreadable as unreadable:
            return bool(mine.update(**refused(unreadable.kind, unreadable.facts)))
        return bool(mine.update(**looked_at(opened, plan)))


def looked_at(opened: Opened, plan: Plan, **more: Any) -> dict[str, Any]:
    """The columns of an upload whose plan can be looked at."""
    return {
        "state": State.READ,
        "kind": plan.kind,
        "tally": plan.tally,
        "rows": len(plan.outcomes),
        "rows_done": len(plan.outcomes),
        "digest": plan.digest(),
        "findings": packed(findings(opened, plan) | more),
    }


def refused(kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The columns of an upload that comes to nothing; what was sent is gone."""
    return {"state": State.REFUSED, "content": b"", "findings": packed({"problem": [kind, facts]})}


@transaction.atomic
def use_sheet(*, by: Any, upload: SheetUpload, digest: str) -> None:
    """Decides for the good rows of the plan that was looked at; they are written in the background.

    Problem when it is not there to be decided on, or when the plan is another by now.
    """
    require(upload.person_id == by.pk and may_bring_sheets(by, upload.unit))
    if not in_state(upload.pk, State.READ).filter(digest=digest).update(state=State.WRITING, rows_done=0):
        raise Problem(_("This has changed since you looked. Please look again."))
    plan_work(upload, "write")


def write_sheet(*, upload_id: str) -> bool:
    """Writes the good rows and keeps the error sheet of the rest. False when there was nothing to write any more."""
    mine = in_state(upload_id, State.WRITING)
    upload = mine.select_related("person", "unit").first()
    if upload is None:
        return False
    with override(upload.person.language or settings.LANGUAGE_CODE):
        opened = open_sheet(bytes(upload.content), upload.kind)
        try:
            return write_good_rows(upload, opened)
        except Moved as moved:
            return bool(mine.update(**looked_at(opened, moved.plan, moved=True)))
        except (Refused, Problem):
            return bool(mine.update(**refused("not_yours", {})))


@transaction.atomic
def write_good_rows(upload: SheetUpload, opened: Opened) -> bool:
    """The rows, the end of the upload, and the error sheet: all of it or nothing."""
    mine = in_state(upload.pk, State.WRITING)
    if not mine.update(state=State.WRITTEN, rows_done=upload.rows):
        return False
    plan = bring_in_sheet(by=upload.person, under=upload.unit, opened=opened, digest=upload.digest)
    rest = error_sheet(opened, plan) if plan.unclear else b""
    facts = {"form": opened.table.form}
    SheetUpload.objects.filter(pk=upload.pk).update(
        content=rest, findings=packed(facts), sent_at=timezone.now()
    )
    return True


@transaction.atomic
def drop_sheet(*, by: Any, upload: SheetUpload) -> None:
    """Nothing of it: what was sent is deleted."""
    require(upload.person_id == by.pk)
    SheetUpload.objects.filter(pk=upload.pk).exclude(state=State.WRITING).delete()
