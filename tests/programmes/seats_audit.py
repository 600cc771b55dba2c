"""Reads what all processes said and what stands in the database, and finds whatever cannot be."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from linli.kit.refs import ref
from linli.ledger.models import Event, Todo
from linli.programmes.actions.seats import hold
from linli.programmes.models import Block, Session, SignUp
from linli.programmes.rules import offers_go_out
from tests.programmes.seats_history import (
    ARRIVED,
    CHAIN,
    CONFIRMED,
    OFFERED,
    OVER,
    WAITING,
    Deed,
    is_explained,
    read,
)

SEATED = Q(state__in=["offered", "confirmed"])


def faults_of(session: Session) -> list[str]:
    """What is wrong with the seats of a session that the caller holds."""
    rows = SignUp.objects.filter(session=session)
    counted = rows.aggregate(
        own=Count("pk", filter=SEATED & Q(block=None)),
        waiting=Count("pk", filter=Q(state="waiting")),
        arrived=Count("pk", filter=Q(arrived_at__isnull=False)),
    )
    blocks = session.blocks.aggregate(seats=Sum("seats", default=0))["seats"]
    seated, waiting, arrived = counted["own"] + blocks, counted["waiting"], counted["arrived"]
    can_be_asked = offers_go_out(timezone.now(), session.starts_at)
    doubled = rows.alive().values("key").annotate(seats=Count("pk")).filter(seats__gt=1)
    contacts = rows.alive().exclude(holder_key="").values("holder_key").annotate(seats=Count("pk"))
    return [
        name
        for name, is_so in {
            "oversold": max(seated, session.taken) > session.capacity,
            "counted wrongly": (session.taken, session.waiting, session.arrived)
            != (seated, waiting, arrived),
            "empty while somebody waits": can_be_asked and waiting and seated < session.capacity,
            "two seats for one": doubled.exists(),
            "too many for a contact": contacts.filter(seats__gt=session.max_per_contact).exists(),
        }.items()
        if is_so
    ]


def state_of(row: SignUp) -> str:
    if row.state == OFFERED and row.offered_until <= timezone.now():
        return OVER
    return ARRIVED if row.arrived_at else row.state


def number_of(row: SignUp) -> str:
    """The number of the deed that made it: among its needs, or in its name where there is no other place."""
    return (row.needs or row.name).partition("#")[0]


class Audit:
    """Findings as (name, what it is about); the caller holds all sessions, so that nothing moves."""

    def __init__(self, deeds: list[Deed]):
        self.deeds = deeds
        self.rows = list(SignUp.objects.all())
        self.made = Counter(map(number_of, self.rows))
        self.entered = {deed.number: deed for deed in deeds if deed.enters}
        self.done_to: defaultdict[str, list[Deed]] = defaultdict(list)
        for deed in deeds:
            self.done_to[deed.row].append(deed)
        self.events: defaultdict[str, list[Event]] = defaultdict(list)
        for event in Event.objects.filter(kind__startswith="programmes."):
            self.events[event.subject].append(event)

    def findings(self) -> Iterator[tuple[str, Any]]:
        yield from self.in_answers()
        yield from self.in_rows()
        for session in Session.objects.all():
            yield from ((fault, session.code) for fault in faults_of(session))
            yield from self.in_capacity(session)
            yield from self.in_blocks(session)
            yield from self.in_facts(session)

    def in_answers(self) -> Iterator[tuple[str, Any]]:
        for deed in self.deeds:
            if deed.answer.startswith("broke"):
                yield "broke", deed
            if deed.kind == "look":
                yield from ((fault, deed) for fault in deed.answer.split(", ") if fault)

    def in_rows(self) -> Iterator[tuple[str, Any]]:
        for number, deed in self.entered.items():
            rows, whole = self.made[number], CHAIN if deed.kind == "enter_chain" else 1
            if deed.result == "ok" and rows != whole:
                yield "lost", deed
            if deed.result == "fail" and rows:
                yield "there although refused", deed
            if rows not in {0, whole}:
                yield "half there", deed
        for row in self.rows:
            if number_of(row) not in self.entered:
                yield "nobody's", row
            elif not is_explained(self.life_of(row), state_of(row)):
                yield "unexplained", (self.life_of(row), state_of(row))

    def life_of(self, row: SignUp) -> list[Deed]:
        """Everything that was done to a sign-up, beginning with how it came."""
        return [self.entered[number_of(row)], *self.done_to[str(row.pk)]]

    def of(self, session: Session, *kinds: str, result: str) -> list[Deed]:
        return [
            deed
            for deed in self.deeds
            if deed.session == session.code and deed.kind in kinds and deed.result == result
        ]

    def in_capacity(self, session: Session) -> Iterator[tuple[str, Any]]:
        """It is what one deed asked for, and no other was answered that began later."""
        answered = self.of(session, "change_capacity", result="ok")
        last_begun = max((deed.begun for deed in answered), default=0)
        latest = [
            deed
            for deed in answered + self.of(session, "change_capacity", result="unknown")
            if deed.ended >= last_begun
        ]
        if answered and session.capacity not in {deed.asked for deed in latest}:
            yield "capacity unexplained", (session.code, session.capacity, latest)

    def in_blocks(self, session: Session) -> Iterator[tuple[str, Any]]:
        def times(kind: str) -> tuple[int, int]:
            sure = len(self.of(session, kind, result="ok"))
            return sure, sure + len(self.of(session, kind, result="unknown"))

        taken, given = times("take_block"), times("give_block_back")
        block = Block.objects.filter(session=session).first()
        seats, named = (block.seats, block.named) if block else (0, 0)
        if not taken[0] - given[1] <= seats <= taken[1] - given[0]:
            yield "block unexplained", (session.code, seats, taken, given)
        if named != SignUp.objects.alive().filter(session=session, block__isnull=False).count():
            yield "counted wrongly", (session.code, "names of the block")

    def kind_of(self, row: SignUp) -> str:
        """How it came: by which deed."""
        deed = self.entered.get(number_of(row))
        return deed.kind if deed else ""

    def in_facts(self, session: Session) -> Iterator[tuple[str, Any]]:
        """Each change has its fact, and each fact its change."""
        events = self.events[ref(session)]
        kinds = Counter(event.kind.partition(".")[2] for event in events)
        rows = [row for row in self.rows if row.session_id == session.pk]
        by_kind = Counter(self.kind_of(row) for row in rows)
        states = Counter(row.state for row in rows)
        codes = {state: sorted(row.code for row in rows if row.state == state) for state in states}

        def told(kind: str) -> list[str]:
            return sorted(event.data["sign_up"] for event in events if event.kind == f"programmes.{kind}")

        offered = told("seat_offered")
        asked = {row.code for row in rows if row.state in {"offered", "lapsed"}}
        pairs = {
            "signed up": (kinds["signed_up"], by_kind["sign_up"] + by_kind["sign_up_by_desk"]),
            "chained": (kinds["chain_entered"] * CHAIN, by_kind["enter_chain"]),
            "cancelled": (kinds["sign_up_cancelled"], states["cancelled"]),
            "lapsed": (told("offer_lapsed"), codes.get("lapsed", [])),
            "offered once": (len(offered), len(set(offered))),
            "offers ended by the clock": (sorted(set(offered) & clocks()), sorted(set(offered))),
            "was asked": (sorted(asked - set(offered)), []),
            "waits though asked": (sorted(set(codes.get("waiting", [])) & set(offered)), []),
        }
        yield from (
            ("fact and change differ", (session.code, name, *pair))
            for name, pair in pairs.items()
            if pair[0] != pair[1]
        )
        yield from self.in_acceptances(session, rows, kinds["offer_accepted"], set(offered))
        yield from self.in_numbers(session, kinds)

    def in_acceptances(
        self, session: Session, rows: list[SignUp], facts: int, offered: set[str]
    ) -> Iterator[tuple[str, Any]]:
        least = most = 0
        for row in rows:
            if row.code in offered and row.state in {"confirmed", "cancelled"}:
                sure = self.was_surely_accepted(row)
                least, most = least + (sure is True), most + (sure is not False)
        if not least <= facts <= most:
            yield "fact and change differ", (session.code, "accepted", facts, least, most)

    def was_surely_accepted(self, row: SignUp) -> bool | None:
        """Of a seat that had been offered; None where those who were killed took the answer with them."""
        entered, *later = self.life_of(row)
        if entered.said == CONFIRMED:
            return False  # its own offer became a seat within the deed
        accepted = [deed.result for deed in later if deed.kind == "accept_offer"]
        if entered.said == WAITING or entered.kind == "enter_chain":
            if row.state == CONFIRMED or "ok" in accepted:
                return True
            return None if "unknown" in accepted else False
        return None if {"ok", "unknown"} & set(accepted) else False

    def in_numbers(self, session: Session, kinds: Counter[str]) -> Iterator[tuple[str, Any]]:
        """Of what leaves no row: as many facts as deeds that were answered, and at most as many more as are unknown."""
        for kind, fact in {
            "change_capacity": "session_changed",
            "take_block": "block_taken",
            "give_block_back": "block_given_back",
        }.items():
            sure, unknown = (len(self.of(session, kind, result=result)) for result in ("ok", "unknown"))
            if not sure <= kinds[fact] <= sure + unknown:
                yield "fact and change differ", (session.code, kind, kinds[fact], sure, unknown)
        block = Block.objects.filter(session=session).aggregate(seats=Sum("seats", default=0))["seats"]
        if kinds["block_taken"] - kinds["block_given_back"] != block:
            yield "fact and change differ", (session.code, "block", kinds, block)


def clocks() -> set[str]:
    """Sign-ups whose offer a planned deed ends."""
    keys = Todo.objects.filter(consumer="programmes.lapse").values_list("key", flat=True)
    return {key.split(":")[1] for key in keys}


@transaction.atomic
def figures_of(folder: Path) -> dict[str, Any]:
    """Findings by name, the first of them in full, and how much there was to find them in."""
    for session in Session.objects.order_by("pk"):
        hold(session)  # whoever was killed in the middle of a commit is waited for
    deeds = read(folder)
    audit = Audit(deeds)
    found = list(audit.findings())
    unknown = [deed for deed in deeds if deed.result == "unknown"]
    results = Counter(f"{deed.kind} {deed.result}" for deed in deeds)
    return {
        "findings": Counter(name for name, _about in found),
        "examples": [f"{name}: {about}" for name, about in found[:10]],
        "operations": len(deeds),
        "answered": len(deeds) - len(unknown),
        "unknown": len(unknown),
        "unknown_but_done": sum(deed.number in audit.made for deed in unknown),
        "sent_away": [deed.answer for deed in unknown if deed.answer],
        "by_kind": dict(sorted(results.items())),
        "rows": dict(Counter(state_of(row) for row in audit.rows)),
    }
