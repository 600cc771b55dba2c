"""What would you like? To ask it, and to answer without a name."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.areas.models import Unit
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.programmes.events import PollOpened
from linli.programmes.models import Choice, Poll
from linli.programmes.rules import may_keep_programmes

LONGEST, MOST = timedelta(days=60), 12


@transaction.atomic
def open_poll(
    *, by: Any, unit: Unit, question: str, choices: Sequence[str], closes_on: date, language: str
) -> Poll:
    """Asks everybody, until the end of that day, at most sixty days on. It then stays to be read, and ends by itself."""
    require(may_keep_programmes(by, unit))
    different = list(dict.fromkeys(choices))
    if not 2 <= len(different) <= MOST:
        raise Problem(
            _("Please give from two to %(most)d things to choose from.") % {"most": MOST}, "choices"
        )
    if not timezone.localdate() < closes_on <= timezone.localdate() + LONGEST:
        raise Problem(_("It has to end tomorrow at the earliest, and within sixty days."), "closes_on")
    poll = Poll.objects.create(
        unit=unit, question=question, language=language, closes_on=closes_on, asked_at=timezone.now()
    )
    Choice.objects.bulk_create(
        Choice(poll=poll, number=number, text=text) for number, text in enumerate(different, start=1)
    )
    fact = PollOpened(closes_on.isoformat(), len(different))
    record(fact, by=by, subject=ref(poll), scope=ref(unit))
    return poll


@transaction.atomic
def vote(*, poll: Poll, numbers: Sequence[int]) -> None:
    """Adds one to each of these choices. Nobody is kept with it and no fact is left; who asks sees to once a browser."""
    if timezone.localdate() > poll.closes_on:
        raise Problem(_("This poll is over."))
    changed = Choice.objects.filter(poll=poll, number__in=set(numbers)).update(votes=F("votes") + 1)
    if not changed:
        raise Problem(_("Please choose at least one."), "numbers")
