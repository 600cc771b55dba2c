"""Erasing an account: nothing is left that tells who it was, and every count stays what it was."""

from datetime import datetime
from graphlib import TopologicalSorter
from uuid import UUID

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from linli.kit.personal import PersonalModel, registered
from linli.kit.refs import ref
from linli.kit.rules import require
from linli.ledger.actions import record
from linli.people.actions.consents import withdraw_consent
from linli.people.actions.holds import refuse_held
from linli.people.actions.roles import lock, require_successor
from linli.people.events import OWN_ACCOUNT, PersonErased, RoleEnded
from linli.people.models import Consent, Erasure, Person, Role


@transaction.atomic
def erase_person(*, by: Person, person: Person) -> None:
    """Ends the person's roles and consents, empties every registered row by its rule, drops the salt, and keeps a
    tombstone that names nobody.

    Only the person can do this. Raises Problem, in words, while they are the last to lead a unit, or a legal hold lies
    on them.
    """
    require(by.is_authenticated and by.pk == person.pk)
    Person.objects.select_for_update().get(pk=person.pk)
    refuse_held(by)
    leave_roles(by)
    for purpose in Consent.objects.filter(person=by).live().values_list("purpose", flat=True):
        withdraw_consent(by=by, purpose=purpose)
    record(PersonErased(), by=by, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)
    empty_person(person.pk, timezone.now())


def leave_roles(person: Person) -> None:
    """Ends every role the person holds; Problem where nobody else leads."""
    for role in Role.objects.current().filter(person=person).select_related("unit").order_by("unit_id", "id"):
        lock(role.unit)
        require_successor(role)
        fact = RoleEnded(role=role.role, holder=person.pseudonym(ref(role.unit)))
        record(fact, by=person, subject=ref(role.unit), scope=ref(role.unit))


@transaction.atomic
def empty_person(person_id: UUID, at: datetime) -> None:
    """The emptying itself, without asking anybody; the same again changes nothing more.

    For `erase_person`, and after a restore for every tombstone (`reapply_erasures`).
    """
    today = timezone.localdate()
    for entry in children_first([entry for entry in registered() if entry.person != "pk"]):
        empty_rows(entry, person_id)
    running = Role.objects.filter(person=person_id, valid_until__gt=today)
    running.filter(valid_from__lte=today).update(valid_until=today)
    running.filter(valid_from__gt=today).update(valid_until=F("valid_from"))
    for entry in registered():
        if entry.person == "pk":
            empty_rows(entry, person_id)
    Person.objects.filter(pk=person_id).update(
        name="", salt=None, is_active=False, erased_at=at, session_epoch=F("session_epoch") + 1
    )
    Erasure.objects.get_or_create(person_id=person_id, defaults={"at": at})


def empty_rows(entry: PersonalModel, person_id: UUID) -> None:
    """Deletes, blanks or keeps the rows of one entry of the register."""
    if entry.person is None or entry.on_erase == "keep":
        return
    rows = entry.table._base_manager.filter(**{entry.person: person_id})
    if entry.on_erase == "delete":
        rows.delete()
    else:
        rows.update(**entry.blanks())


def children_first(entries: list[PersonalModel]) -> list[PersonalModel]:
    """Rows that point at other registered rows come before those, so that deleting never finds itself held back."""
    tables = {entry.table for entry in entries}
    order: TopologicalSorter[type[Model]] = TopologicalSorter()
    for table in sorted(tables, key=lambda table: table._meta.label):
        pointed_at = {field.related_model for field in table._meta.concrete_fields if field.is_relation}
        order.add(table)
        for parent in pointed_at & tables - {table}:
            order.add(parent, table)
    place = {table: number for number, table in enumerate(order.static_order())}
    return sorted(entries, key=lambda entry: (place[entry.table], entry.model, entry.person or ""))
