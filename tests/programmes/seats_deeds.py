"""What the processes of the trial do to seats, at random; and two engines besides ours that are broken on purpose."""

import random
import secrets
import time
from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from django.db import OperationalError, transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone

from linli.directory.models import Organisation
from linli.kit.contacts import read_contact
from linli.kit.refs import ref
from linli.kit.rules import Problem
from linli.ledger.actions import record
from linli.people.models import Person, Role
from linli.programmes import actions
from linli.programmes.actions.seats import fill, hold, join_queue, leave
from linli.programmes.actions.sessions import Planned
from linli.programmes.actions.signing_up import Attendee, insert, settle_seat, sign_up_at_desk
from linli.programmes.events import SignedUp, SignUpCancelled
from linli.programmes.models import Block, Session, SignUp
from tests.factories import (
    make_organisation,
    make_person,
    make_programme,
    make_role,
    make_session,
    make_station,
    make_unit,
)
from tests.programmes.seats_audit import faults_of
from tests.programmes.seats_history import CHAIN, History

PEOPLE, PHONES, PER_CONTACT = 40, 12, 2
NAMES = ["甲", "乙", "丙"]
FEWEST, MOST = 3, 12
DOOR = "DOOR"


class Ours:
    """The deeds as Linli does them. `weights`: how often each of a few is done; empty for all."""

    weights: dict[str, int] = {}
    sign_up = staticmethod(actions.sign_up)
    cancel_sign_up = staticmethod(actions.cancel_sign_up)


class CountThenInsert(Ours):
    """Broken: looks how many have a seat, and then gives one."""

    weights = {"sign_up": 9, "look": 1}

    @staticmethod
    def sign_up(*, by: Any, session: Session, attendee: Attendee, wait: bool) -> SignUp:
        has_room = SignUp.objects.filter(session=session).seated().count() < session.capacity
        time.sleep(0.03)
        with transaction.atomic():
            made = insert(session, attendee, by)
            if has_room:
                Session.objects.filter(pk=session.pk).update(taken=Least(F("taken") + 1, F("capacity")))
            else:
                join_queue(made)
            record(SignedUp(), by=by, subject=ref(session), scope=ref(session))
        return made


class CancelWithoutFill(Ours):
    """Broken: a seat that is given back stays empty."""

    weights = {"sign_up": 3, "cancel_sign_up": 4, "look": 4}

    @staticmethod
    @transaction.atomic
    def cancel_sign_up(*, by: Any, sign_up: SignUp) -> bool:
        session = hold(sign_up.session)
        if not leave(SignUp.objects.get(pk=sign_up.pk), "cancelled"):
            return False
        record(SignUpCancelled(), by=by, subject=ref(session), scope=ref(session))
        return True


class InTwoSteps(Ours):
    """Broken: the row is there before its seat is counted."""

    weights = {"sign_up": 5, "cancel_sign_up": 4, "look": 1}

    @staticmethod
    def sign_up(*, by: Any, session: Session, attendee: Attendee, wait: bool) -> SignUp:
        made = insert(session, attendee, by)
        time.sleep(0.005)
        with transaction.atomic():
            settle_seat(made, session, wait, by)
            record(SignedUp(), by=by, subject=ref(session), scope=ref(session))
        return made


ENGINES = {
    "ours": Ours,
    "count then insert": CountThenInsert,
    "cancel without fill": CancelWithoutFill,
    "in two steps": InTwoSteps,
}


def furnish(busy: int) -> None:
    """A station, people, and so many sessions in the coming days with few seats; one begins soon, with a seat for all."""
    area = make_unit("TRIAL", "subdistrict", "示范街道", None)
    station = make_station("TRIAL-1", "building", "云塔", area)
    make_role(make_person("Omar"), station.unit, "worker")
    firm = make_organisation("TRIAL-2", "晨星软件", area)
    make_role(make_person("Ada"), firm.unit, "liaison")
    for _person in range(PEOPLE):
        make_person("居民")
    programme, most = make_programme(station.unit), {"max_per_contact": PER_CONTACT}
    for number in range(busy):
        columns = {"starts_in": timedelta(days=3 + number), "capacity": FEWEST + number % 4}
        make_session(programme, station, f"BUSY-{number}", **columns, **most)
    make_session(programme, station, DOOR, starts_in=timedelta(minutes=110), capacity=400, **most)


class Cast:
    """Who does things, and the sessions as a page showed them when the process began; read once by every process."""

    def __init__(self, engine: type[Ours]):
        self.engine = engine
        self.omar = Role.objects.get(role="worker").person
        self.ada = Role.objects.get(role="liaison").person
        self.people = {
            person.pk: person for person in Person.objects.exclude(pk__in=[self.omar.pk, self.ada.pk])
        }
        self.firm = Organisation.objects.select_related("unit").get()
        there = Session.objects.select_related("programme", "station__unit").order_by("code")
        self.sessions = {session.pk: session for session in there}

    def some_session(self, *, busy: bool = False) -> Session:
        return random.choice([each for each in self.sessions.values() if not busy or each.code != DOOR])

    def some_row(self, rows: Any) -> SignUp | None:
        row = rows.only("session_id", "holder_id", "offered_until").order_by("?").first()
        if row:
            row.session = self.sessions[row.session_id]
        return row

    def holder_of(self, row: SignUp) -> Person | None:
        """Whoever has no account has the ticket's link."""
        return self.people.get(row.holder_id)

    def some_block(self) -> Block | None:
        block = Block.objects.order_by("?").first()
        if block:
            block.session, block.organisation = self.sessions[block.session_id], self.firm
        return block


class Plan(NamedTuple):
    """A deed about to be done: to which session and sign-up, and with what."""

    session: Session
    act: Callable[[], Any]
    row: SignUp | None = None
    asked: Any = None


DEEDS: dict[str, Callable[[Cast, str], Plan | None]] = {}
WEIGHTS: dict[str, int] = {}


def deed(weight: int) -> Callable[[Any], Any]:
    """Registers what processes do, so often among all."""

    def keep(function: Any) -> Any:
        DEEDS[function.__name__], WEIGHTS[function.__name__] = function, weight
        return function

    return keep


@deed(30)
def sign_up(cast: Cast, number: str) -> Plan:
    session, person = cast.some_session(), random.choice(list(cast.people.values()))
    attendee, wait = Attendee(random.choice(NAMES), needs=number), random.random() < 0.9

    def act() -> str:
        return cast.engine.sign_up(by=person, session=session, attendee=attendee, wait=wait).state

    return Plan(session, act)


@deed(12)
def sign_up_by_desk(cast: Cast, number: str) -> Plan:
    phone = random.choice([None, *range(PHONES)])
    contact = read_contact(f"138000000{phone:02}") if phone is not None else None
    attendee, session = Attendee(random.choice(NAMES), needs=number, contact=contact), cast.some_session()
    return Plan(session, lambda: sign_up_at_desk(by=cast.omar, session=session, attendee=attendee).state)


@deed(22)
def cancel_sign_up(cast: Cast, _number: str) -> Plan | None:
    rows = SignUp.objects.filter(session=cast.some_session())
    row = cast.some_row(random.choice([rows, rows.alive(), rows.seated(), rows.seated()]))
    act = row and partial(cast.engine.cancel_sign_up, by=cast.holder_of(row), sign_up=row)
    return row and Plan(row.session, act, row)


@deed(14)
def accept_offer(cast: Cast, _number: str) -> Plan | None:
    rows = SignUp.objects.filter(session=cast.some_session(busy=True))
    row = cast.some_row(rows.filter(state="offered") if random.random() < 0.9 else rows)
    return row and Plan(row.session, partial(actions.accept_offer, by=cast.holder_of(row), sign_up=row), row)


@deed(8)
def let_time_pass(cast: Cast, _number: str) -> Plan | None:
    """An offer is over: not a deed of ours, but what four hours without an answer come to."""
    row = cast.some_row(SignUp.objects.filter(state="offered", offered_until__gt=timezone.now()))

    @transaction.atomic
    def act() -> bool:
        hold(row.session)
        now = timezone.now()
        open_offer = SignUp.objects.filter(pk=row.pk, state="offered", offered_until__gt=now)
        return bool(open_offer.update(offered_until=now - timedelta(seconds=1)))

    return row and Plan(row.session, act, row)


@deed(8)
def lapse_offer(cast: Cast, _number: str) -> Plan | None:
    row = cast.some_row(SignUp.objects.filter(state="offered", offered_until__lte=timezone.now()))
    return row and Plan(row.session, partial(actions.lapse_offer, sign_up=row, until=row.offered_until), row)


@deed(5)
def change_capacity(cast: Cast, _number: str) -> Plan:
    """Mostly upward; from the most back to what is taken just then, so that others come in between."""
    session = cast.some_session(busy=True)
    capacity, taken = Session.objects.values_list("capacity", "taken").get(pk=session.pk)
    seats = capacity + 1 if capacity < MOST else max(FEWEST, taken)
    same = {field.name: getattr(session, field.name) for field in fields(Planned)}
    planned = Planned(**same | {"capacity": seats})
    act = partial(actions.change_session, by=cast.omar, session=session, planned=planned)
    return Plan(session, act, asked=seats)


@deed(4)
def take_block(cast: Cast, _number: str) -> Plan:
    session = cast.some_session()

    def act() -> None:
        actions.take_block(by=cast.ada, session=session, organisation=cast.firm, seats=1)

    return Plan(session, act)


@deed(3)
def give_block_back(cast: Cast, _number: str) -> Plan | None:
    block = cast.some_block()
    return block and Plan(block.session, partial(actions.give_block_back, by=cast.ada, block=block, seats=1))


@deed(3)
def name_in_block(cast: Cast, number: str) -> Plan | None:
    block = cast.some_block()

    def act() -> str:
        return actions.name_in_block(by=cast.ada, block=block, name=number).state

    return block and Plan(block.session, act)


@deed(2)
def enter_chain(cast: Cast, number: str) -> Plan:
    session, names = cast.some_session(), [f"{number}#{place}" for place in range(CHAIN)]
    return Plan(session, lambda: len(actions.enter_chain(by=cast.omar, session=session, names=names)))


@deed(8)
def check_in(cast: Cast, _number: str) -> Plan | None:
    row = cast.some_row(SignUp.objects.filter(session__code=DOOR))
    return row and Plan(row.session, partial(actions.check_in, by=cast.omar, sign_up=row), row)


@deed(3)
def take_back(cast: Cast, _number: str) -> Plan | None:
    row = cast.some_row(SignUp.objects.filter(session__code=DOOR, state="confirmed"))
    act = row and partial(actions.check_in, by=cast.omar, sign_up=row, came=False)
    return row and Plan(row.session, act, row)


@deed(6)
def look(cast: Cast, _number: str) -> Plan:
    """Between any two deeds the counts are right, and nobody waits for a seat that is free."""
    session = cast.some_session()

    @transaction.atomic
    def act() -> str:
        standing = hold(session)
        return ", ".join([*faults_of(standing), *("fill found work" for _offer in fill(standing))])

    return Plan(session, act)


def attempt(act: Callable[[], Any]) -> tuple[str, Any]:
    """What became of a deed. Whoever the database sends away does not know whether it was before or after the change."""
    try:
        return "ok", act()
    except Problem as problem:
        return "fail", type(problem).__name__
    except OperationalError as error:
        return "unknown", error
    except Exception as error:
        return "fail", f"broke: {error!r}"


def do_one(cast: Cast, history: History) -> None:
    """One deed at random, unless there is nothing to do it to."""
    weights = cast.engine.weights or WEIGHTS
    kind = random.choices(list(weights), list(weights.values()))[0]
    number = secrets.token_hex(6)
    plan = DEEDS[kind](cast, number)
    if plan is None:
        return
    row = str(plan.row.pk) if plan.row else ""
    about = {"kind": kind, "session": plan.session.code, "row": row, "asked": plan.asked}
    history.tell(number, about, partial(attempt, plan.act))
