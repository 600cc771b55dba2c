"""Giving, ending and handing over roles. Each is a fact, and who loses a role is signed out everywhere."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Unit
from linli.kit.contacts import read_contact
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.people import rules, throttle
from linli.people.actions.slips import code_hash_of
from linli.people.events import RoleEnded, RoleGranted, RoleHandedOver
from linli.people.models import Contact, Person, Role, Slip
from linli.people.models.contacts import lookup_of
from linli.people.roles import A_YEAR, LEAD_ROLES, LONGEST, ROLES, place


@transaction.atomic
def grant_role(
    *, by: Person | None, person: Person, unit: Unit, role: str, until: date | None = None
) -> Role:
    """Gives a role from today until the day before `until`, one year by default; a running one is renewed.

    `by` is None for the installation itself. Raises Refused by the table of roles, and Problem for a unit or an
    account that is gone, a day out of range, or a role that is not held at such a unit.
    """
    require(by is None or rules.may_grant_role(by, unit, role, to=person))
    lock(unit)
    today = timezone.localdate()
    check(person, unit, role, until := until or today + A_YEAR, today)
    end_running(person, unit, role, today)
    granted_by = by.pseudonym(ref(unit)) if by else ""
    row, _created = Role.objects.update_or_create(
        person=person,
        unit=unit,
        role=role,
        valid_from=today,
        defaults={"valid_until": until, "granted_by": granted_by},
    )
    fact = RoleGranted(role=role, until=until.isoformat(), holder=person.pseudonym(ref(unit)))
    record(fact, by=by, subject=ref(unit), scope=ref(unit))
    return row


@transaction.atomic
def end_role(*, by: Person | None, role: Role) -> None:
    """Ends a role at once and signs its holder out. Raises Refused, and Problem when it is over already or when the
    holder wants to leave a unit without anybody to lead it."""
    require(by is None or rules.may_end_role(by, role))
    lock(role.unit)
    if by is not None and rules.is_own(by, role):
        require_successor(role)
    end_now(role)
    fact = RoleEnded(role=role.role, holder=role.person.pseudonym(ref(role.unit)))
    record(fact, by=by, subject=ref(role.unit), scope=ref(role.unit))


@transaction.atomic
def hand_over(*, by: Person, role: Role, to: Person) -> Role:
    """Passes a role on to a colleague, until the day it would have ended, and ends it for its holder.

    Raises Refused unless the holder hands it to somebody who works at the same unit, or somebody above does it;
    Problem when it is over already.
    """
    require(rules.may_hand_over_role(by, role, to))
    lock(role.unit)
    today, scope, until = timezone.localdate(), ref(role.unit), role.valid_until
    end_now(role)
    check(to, role.unit, role.role, until, today)
    end_running(to, role.unit, role.role, today)
    passed, _created = Role.objects.update_or_create(
        person=to,
        unit=role.unit,
        role=role.role,
        valid_from=today,
        defaults={"valid_until": until, "granted_by": by.pseudonym(scope)},
    )
    fact = RoleHandedOver(role=role.role, holder=role.person.pseudonym(scope), successor=to.pseudonym(scope))
    record(fact, by=by, subject=scope, scope=scope)
    return passed


def lock(unit: Unit) -> None:
    """One change of roles at a unit at a time."""
    Unit.objects.select_for_update().get(pk=unit.pk)


def check(person: Person, unit: Unit, role: str, until: date, today: date) -> None:
    """Raises the Problem that stands against this role, if any."""
    if role not in ROLES or place(unit.kind) not in ROLES[role].where:
        raise Problem(_("This role is not held at a place of this kind."), field="role")
    if not unit.stands(today):
        raise Problem(_("This unit is closed, so nobody can be given a role there."))
    if not person.is_active or person.erased_at is not None:
        raise Problem(_("This account is closed."), field="contact")
    if not today < until <= today + LONGEST:
        raise Problem(_("Please choose a day after today and within two years."), field="until")


def end_running(person: Person, unit: Unit, role: str, today: date) -> None:
    """Closes the running row, so that a renewal is a row of its own and the past stays as it was."""
    running = Role.objects.current(today).filter(person=person, unit=unit, role=role, valid_from__lt=today)
    running.update(valid_until=today)


def end_now(role: Role) -> None:
    """Moves the end to today by a conditional update, so that two endings at once are one."""
    today = timezone.localdate()
    if not Role.objects.current(today).filter(pk=role.pk).update(valid_until=today):
        raise Problem(_("This role has ended already."))
    Person.objects.filter(pk=role.person_id).update(session_epoch=F("session_epoch") + 1)


def require_successor(role: Role) -> None:
    """Raises Problem when nobody else holds this leading role at a unit that goes on."""
    today = timezone.localdate()
    if role.role not in LEAD_ROLES or not role.unit.stands(today):
        return
    others = Role.objects.current(today).at(role.unit).filter(role=role.role, person__is_active=True)
    if not others.exclude(person=role.person_id).exists():
        sentence = _(
            "You are the only %(role)s of %(unit)s. Please hand this over first, so that nobody is left alone."
        )
        raise Problem(sentence % {"role": role.kind.label, "unit": name_of(role.unit)})


def name_of(unit: Unit) -> str:
    """What the unit is called today, in the reader's language; its code once it is closed."""
    from linli.areas import tree
    from linli.kit.words import said

    found = tree.standing([unit.pk]).get(unit.pk)
    return str(said(found, "name")) if found else unit.code


def colleague_to_be(*, by: Person, unit: Unit, contact: str) -> Person:
    """Whom a role is for: by the contact that signs them in, or by the code of a slip this unit printed.

    People cannot be looked up by name. Asking is limited, for every answer tells whether an account exists.
    Raises Problem when nobody is found, TooMany when asked too often.
    """
    require(bool(rules.grantable(by, unit)))
    throttle.take(throttle.FIND_COLLEAGUE, str(by.pk))
    found = Slip.objects.filter(code_hash=code_hash_of(contact), unit=unit).values("person")
    people = Person.objects.active().filter(Q(pk__in=found) | Q(pk__in=signed_in_by(contact)))
    person = people.first()
    if person is None:
        sentence = _(
            "Nobody signs in with this yet. Ask them to sign in once, or print them a slip, and try again."
        )
        raise Problem(sentence, field="contact")
    return person


def signed_in_by(contact: str):
    """The person a phone number or e-mail address signs in; nobody when it is neither."""
    try:
        lookup = lookup_of(read_contact(contact).value)
    except Problem:
        return Contact.objects.none().values("person")
    return Contact.objects.for_sign_in(lookup).values("person")
