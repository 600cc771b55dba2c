"""Blocks of seats 团体名额: a liaison takes n seats, gives some back, and may say who comes."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.directory.models import Organisation
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.programmes.actions.seats import fill, give_back, hold, take
from linli.programmes.actions.signing_up import Attendee, check_time, insert
from linli.programmes.events import BlockGivenBack, BlockTaken
from linli.programmes.models import Block, Session, SignUp
from linli.programmes.rules import may_take_block

MOST = 50


@transaction.atomic
def take_block(*, by: Any, session: Session, organisation: Organisation, seats: int) -> Block:
    """So many more seats for an organisation, without names. Problem when fewer are free: a block never waits."""
    require(may_take_block(by, organisation))
    standing = hold(session)
    check_time(standing, timezone.now(), at_desk=False)
    block, _made = Block.objects.get_or_create(
        session=standing, organisation=organisation, defaults={"seats": 0}
    )
    if not 1 <= seats <= MOST - block.seats:
        raise Problem(_("An organisation has %(most)d seats of a session at most.") % {"most": MOST}, "seats")
    if not take(standing, seats):
        raise Problem(_("Fewer seats than that are free, or others wait for them."), "seats")
    Block.objects.filter(pk=block.pk).update(seats=F("seats") + seats)
    block.refresh_from_db()
    record(BlockTaken(seats), by=by, subject=ref(session), scope=ref(organisation.unit))
    return block


@transaction.atomic
def give_block_back(*, by: Any, block: Block, seats: int) -> None:
    """Gives seats back that bear no name; they go to those who wait. Problem when fewer are without a name."""
    require(may_take_block(by, block.organisation))
    session = hold(block.session)
    if session.starts_at <= timezone.now():
        raise Problem(_("The session has begun; a seat cannot be given back any more."))
    free = Block.objects.filter(pk=block.pk, seats__gte=F("named") + seats)
    if seats < 1 or not free.update(seats=F("seats") - seats):
        raise Problem(_("Fewer seats than that are without a name."), "seats")
    give_back(session, seats)
    record(BlockGivenBack(seats), by=by, subject=ref(session), scope=ref(block.organisation.unit))
    fill(session)


@transaction.atomic
def name_in_block(*, by: Any, block: Block, name: str) -> SignUp:
    """One of the organisation's own people gets one of its seats, and a ticket link the liaison passes on."""
    require(may_take_block(by, block.organisation))
    # Like every new sign-up: its own row first and the session last.
    made = insert(block.session, Attendee(name), None, block=block)
    session = hold(block.session)
    check_time(session, timezone.now(), at_desk=False)
    if not Block.objects.filter(pk=block.pk, named__lt=F("seats")).update(named=F("named") + 1):
        raise Problem(_("All seats of this block bear a name."), "name")
    return made
