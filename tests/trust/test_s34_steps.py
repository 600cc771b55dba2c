"""S34: whatever people, the desk and the clock do to a small session, in whatever order: its seats are counted right."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from linli.kit.rules import Problem
from linli.programmes.actions import (
    accept_offer,
    cancel_session,
    cancel_sign_up,
    change_session,
    check_in,
    enter_chain,
    give_block_back,
    give_seat,
    lapse_offer,
    name_in_block,
    release_unused,
    sign_up,
    take_block,
)
from linli.programmes.actions.series import planned_of
from linli.programmes.actions.signing_up import Attendee, sign_up_at_desk
from linli.programmes.models import Block, Session, SignUp
from linli.programmes.models.sign_ups import ALIVE
from linli.programmes.rules import CALLING
from tests.factories import make_organisation, make_person, make_programme, make_role, make_session
from tests.programmes.people import NOON

NAMES = st.sampled_from("甲乙丙丁戊己庚辛")
WHICH, FEW, EITHER = st.integers(0, 11), st.integers(1, 2), st.booleans()
SEQUENCES, STEPS = 40, 30
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Seen:
    """A session's numbers; (state, block, arrived) of each sign-up; (seats, named) of each block."""

    OF_SESSION = ("taken", "waiting", "arrived", "capacity", "state", "starts_at")
    session: dict
    rows: list
    blocks: dict


class Seats(RuleBasedStateMachine):
    """One session of four seats, soon or tomorrow. What a sequence did is undone when it ends."""

    station = desk = firm = liaison = members = None
    begun = done = refused = 0

    def __init__(self):
        super().__init__()
        type(self).begun += 1
        self.own_time = time_machine.travel(NOON, tick=False)
        self.clock = self.own_time.start()
        self.sandbox = transaction.atomic()
        self.sandbox.__enter__()
        self.key = make_session(
            make_programme(self.station.unit), self.station, capacity=4, max_per_contact=9
        ).pk
        self.seen = self.look()

    @initialize(hours=st.sampled_from([36, 36, 5, 2, 0.5]), seats=st.integers(0, 2), names=st.integers(0, 6))
    def a_session_that_is_in_demand(self, hours, seats, names):
        starts_at = NOON + hours * HOUR
        Session.objects.filter(pk=self.key).update(starts_at=starts_at, ends_at=starts_at + 2 * HOUR)
        self.seen = self.look()
        if seats:
            self.attempt(
                take_block, by=self.liaison, session=self.session, organisation=self.firm, seats=seats
            )
        self.attempt(enter_chain, by=self.desk, session=self.session, names="子丑寅卯辰巳"[:names])

    def teardown(self):
        transaction.set_rollback(True)
        self.sandbox.__exit__(None, None, None)
        self.own_time.stop()

    @property
    def session(self) -> Session:
        """As a page hands it to a deed."""
        return Session.objects.select_related("programme", "station__unit").get(pk=self.key)

    def rows(self, which: int, **having) -> list[SignUp]:
        """One of the sign-ups that are like this, rather than another; none where there is none."""
        found = list(SignUp.objects.filter(session=self.key, **having).order_by("pk"))
        return [found[which % len(found)]] if found else []

    def look(self) -> Seen:
        """Who sits where, and every number that says so."""
        (session,) = Session.objects.filter(pk=self.key).values(*Seen.OF_SESSION)
        rows = SignUp.objects.filter(session=self.key).order_by("pk")
        blocks = Block.objects.filter(session=self.key)
        return Seen(
            session,
            list(rows.values_list("state", "block", "arrived_at")),
            {pk: (seats, named) for pk, seats, named in blocks.values_list("pk", "seats", "named")},
        )

    def hours_left(self) -> float:
        return (self.seen.session["starts_at"] - timezone.now()) / HOUR

    def attempt(self, deed, **what) -> None:
        """Does it, or is refused in words; a refusal leaves everything as it was."""
        try:
            deed(**what)
        except Problem:
            type(self).refused += 1
            assert self.look() == self.seen
        else:
            type(self).done += 1
            self.seen = self.look()

    # What people do; `by` None is whoever has the link of the ticket.

    @rule(which=WHICH, name=NAMES, wait=EITHER)
    def somebody_signs_up(self, which, name, wait):
        by = self.members[which % len(self.members)]
        self.attempt(sign_up, by=by, session=self.session, attendee=Attendee(name), wait=wait)

    @rule(which=WHICH)
    def somebody_gives_it_back(self, which):
        for row in self.rows(which, state__in=ALIVE) or self.rows(which):
            self.attempt(cancel_sign_up, by=None, sign_up=row)

    @rule(which=WHICH)
    def somebody_takes_an_offer(self, which):
        for row in self.rows(which, state="offered") or self.rows(which):
            self.attempt(accept_offer, by=None, sign_up=row)

    @rule(seats=FEW, which=WHICH)
    def a_firm_takes_or_gives_back_seats_or_names_somebody(self, seats, which):
        for block in Block.objects.filter(session=self.key):
            if which % 3 == 1:
                self.attempt(give_block_back, by=self.liaison, block=block, seats=seats)
            elif which % 3 == 2:
                self.attempt(name_in_block, by=self.liaison, block=block, name=f"同事{which}")
        if which % 3 == 0:
            self.attempt(
                take_block, by=self.liaison, session=self.session, organisation=self.firm, seats=seats
            )

    # What the desk does

    @rule(name=NAMES, other=NAMES, chain=EITHER)
    def the_desk_writes_somebody_down(self, name, other, chain):
        if chain:
            self.attempt(enter_chain, by=self.desk, session=self.session, names=[name, other])
        else:
            self.attempt(sign_up_at_desk, by=self.desk, session=self.session, attendee=Attendee(name))

    @rule(which=WHICH)
    def the_desk_gives_a_seat(self, which):
        for row in self.rows(which, state="waiting") or self.rows(which):
            self.attempt(give_seat, by=self.desk, sign_up=row)

    @precondition(lambda self: self.hours_left() <= 4)
    @rule(which=WHICH, slipped=EITHER)
    def the_desk_ticks_somebody_off(self, which, slipped):
        for row in self.rows(which):
            self.attempt(check_in, by=self.desk, sign_up=row)
            if slipped:
                self.attempt(check_in, by=self.desk, sign_up=row, came=False)

    @rule(capacity=st.integers(2, 6))
    def the_desk_changes_the_number_of_seats(self, capacity):
        session = self.session
        planned = replace(planned_of(session), capacity=capacity)
        self.attempt(change_session, by=self.desk, session=session, planned=planned)

    @precondition(lambda self: self.hours_left() < 36)
    @rule(hours=st.sampled_from([-2, 2, 24]))
    def the_desk_moves_it(self, hours):
        session = self.session
        times = {"starts_at": session.starts_at + hours * HOUR, "ends_at": session.ends_at + hours * HOUR}
        self.attempt(
            change_session, by=self.desk, session=session, planned=replace(planned_of(session), **times)
        )

    @precondition(lambda self: self.hours_left() < 12)
    @rule(really=st.sampled_from([False, False, True]))
    def the_desk_cancels_it(self, really):
        if really:
            self.attempt(cancel_session, by=self.desk, session=self.session, reason="下雨")

    # What the clock does

    @rule(which=WHICH)
    def an_offer_lapses(self, which):
        for row in self.rows(which, state="offered"):
            self.attempt(lapse_offer, sign_up=row, until=row.offered_until)

    @precondition(lambda self: self.hours_left() <= 1)
    @rule(by_the_clock=EITHER)
    def seats_nobody_came_for_are_released(self, by_the_clock):
        self.attempt(release_unused, by=None if by_the_clock else self.desk, session=self.session)

    @rule(
        how=st.sampled_from(
            ["an hour", "until nobody is asked", "until the doors open", "until it has begun"]
        )
    )
    def time_passes(self, how):
        start = self.seen.session["starts_at"]
        moment = {
            "an hour": timezone.now() + HOUR,
            "until nobody is asked": start - CALLING,
            "until the doors open": start - HOUR,
            "until it has begun": start + HOUR / 4,
        }[how]
        self.clock.move_to(max(moment, timezone.now()))

    # What is so after every step

    @invariant()
    def the_counters_say_what_the_rows_say(self):
        session, rows, blocks = self.seen.session, self.seen.rows, self.seen.blocks
        seated = [block for state, block, _arrived in rows if state in {"offered", "confirmed"}]
        assert session["taken"] == seated.count(None) + sum(seats for seats, _named in blocks.values())
        assert session["waiting"] == [state for state, *_rest in rows].count("waiting")
        assert session["arrived"] == sum(arrived is not None for *_rest, arrived in rows)
        assert {pk: named for pk, (_seats, named) in blocks.items()} == {
            pk: seated.count(pk) for pk in blocks
        }

    @invariant()
    def nobody_stands_who_was_given_a_seat(self):
        assert self.seen.session["taken"] <= self.seen.session["capacity"]

    @invariant()
    def no_seat_is_empty_while_somebody_waits_who_could_be_asked(self):
        session = self.seen.session
        if session["state"] == "open" and timezone.now() < session["starts_at"] - CALLING:
            assert session["taken"] == session["capacity"] or session["waiting"] == 0


@pytest.fixture
def seats(town):
    """The machine with its people; they have been here before any of its sequences."""
    with time_machine.travel(NOON, tick=False):
        desk, liaison = make_person("Omar"), make_person("联络员")
        firm = make_organisation("ORG-1", "晨星软件", town.west)
        make_role(desk, town.tower.unit, "worker")
        make_role(liaison, firm.unit, "liaison")
        members = [make_person(name) for name in ("梅", "Lena", "高", "李")]
    people = {"station": town.tower, "desk": desk, "firm": firm, "liaison": liaison, "members": members}
    return type("SeatsOfTheTower", (Seats,), people)


def test_s34_every_sequence_of_deeds_keeps_the_seats_in_order(seats, record_property):
    # A sequence that fails is shown as it is: to make it shorter would take longer than a test may, and thirty steps can
    # be read.
    found = settings(
        max_examples=SEQUENCES,
        stateful_step_count=STEPS,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(seats, settings=found)
    # Sequences in which nothing could be done, or nothing was ever refused, would have shown nothing.
    assert (seats.begun >= SEQUENCES, seats.done > SEQUENCES, seats.refused > SEQUENCES) == (True, True, True)
    record_property(
        "figure",
        f"{seats.begun} sequences of {seats.done} deeds and {seats.refused} refusals on one session, "
        "miscounted, oversold or left empty 0",
    )
