"""What pages keep ends with the next fact, in whatever order facts of one moment stand."""

import time_machine
from django.db import transaction
from django.utils import timezone

from linli.kit.refs import ref
from linli.ledger.actions import record
from linli.ledger.edition import edition
from linli.people.events import PinSet


def test_every_fact_is_another_edition(town):
    """Also of two hundred at one moment."""
    with time_machine.travel("2026-03-02T02:00:00Z", tick=False):
        at, seen = timezone.now(), set()
        for _n in range(200):
            with transaction.atomic():
                record(PinSet(), by=None, subject=ref(town.tower), scope=ref(town.tower))
            seen.add(edition(at))
    assert len(seen) == 200


def test_so_is_every_minute_and_nothing_else(town):
    at = timezone.now().replace(second=10)
    assert edition(at) == edition(at.replace(second=50))
    assert edition(at) != edition(at + timezone.timedelta(minutes=1))
