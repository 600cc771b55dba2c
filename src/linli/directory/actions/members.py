"""Who belongs to which network, and who works in which building: terms with a first day and, one day, a last."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.areas.models import Unit
from linli.directory.events import MovedIn, MovedOut, NetworkJoined, NetworkLeft
from linli.directory.models import Building, Membership, Occupancy, Organisation
from linli.directory.rules import may_keep_members, may_keep_occupancy
from linli.kit.refs import Ref, ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record


def scope_of(organisation: Organisation) -> Ref:
    return ref(organisation.unit or organisation)


def refuse_overlap(terms: QuerySet[Any], since: date, sentence: str) -> None:
    """Problem when one of the terms reaches beyond the first day of a new one."""
    if terms.filter(Q(until=None) | Q(until__gt=since)).exists():
        raise Problem(sentence, "since")


def refuse_before(until: date, since: date) -> None:
    if until <= since:
        raise Problem(_("The end lies after the beginning. Please name a later day."), "until")


@transaction.atomic
def join_network(*, by: Any, organisation: Organisation, unit: Unit, since: date) -> Membership:
    """Makes it a member of the network of a unit from a day on. Nobody is told. Problem when it is one at that time."""
    require(may_keep_members(by, unit))
    # Its row is the lock: two terms of one network are compared one after the other.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    sentence = _("It belongs to this network at that time already.")
    refuse_overlap(organisation.memberships.filter(unit=unit), since, sentence)
    membership = Membership.objects.create(organisation=organisation, unit=unit, since=since)
    fact = NetworkJoined(unit.code, since.isoformat())
    record(fact, by=by, subject=ref(organisation), scope=scope_of(organisation))
    return membership


@transaction.atomic
def leave_network(*, by: Any, membership: Membership, until: date) -> None:
    """Ends a membership: `until` is the first day on which it does not hold any more. Nobody is told."""
    require(may_keep_members(by, membership.unit))
    refuse_before(until, membership.since)
    Membership.objects.filter(pk=membership.pk).update(until=until)
    organisation, fact = membership.organisation, NetworkLeft(membership.unit.code, until.isoformat())
    record(fact, by=by, subject=ref(organisation), scope=scope_of(organisation))


@transaction.atomic
def move_in(
    *, by: Any, organisation: Organisation, building: Building, since: date, floor: str = ""
) -> Occupancy:
    """Says that it works in a building from a day on. Nobody is told. Problem for one that is online only."""
    occupancy = Occupancy(organisation=organisation, building=building, floor=floor, since=since)
    require(may_keep_occupancy(by, occupancy))
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if held.online_only:
        raise Problem(_("It is said to be online only. Please change that first."))
    sentence = _("It works on this floor at that time already.")
    refuse_overlap(held.occupancies.filter(building=building, floor=floor), since, sentence)
    occupancy.save()
    fact = MovedIn(building.code, since.isoformat())
    record(fact, by=by, subject=ref(organisation), scope=scope_of(organisation))
    return occupancy


@transaction.atomic
def move_out(*, by: Any, occupancy: Occupancy, until: date) -> None:
    """Ends an occupancy: `until` is the first day on which it is not there any more. Nobody is told."""
    require(may_keep_occupancy(by, occupancy))
    refuse_before(until, occupancy.since)
    Occupancy.objects.filter(pk=occupancy.pk).update(until=until)
    organisation, fact = occupancy.organisation, MovedOut(occupancy.building.code, until.isoformat())
    record(fact, by=by, subject=ref(organisation), scope=scope_of(organisation))
