"""The one job by which rows end (kit.retention), and its dry run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from linli.kit.retention import Rule, rules
from linli.people.models import Hold

BATCH = 2_000


@dataclass(frozen=True)
class Ended:
    """Of one rule: rows past their date that nothing holds (now deleted, unless it was a dry run), and rows held."""

    rule: Rule
    past: int
    held: int


def past_their_date(now: datetime) -> Iterator[Ended]:
    """The dry run: what `end_rows` would delete now, counted."""
    for rule in rules():
        past = rule.past(now)
        free = not_held(rule, past, now).count()
        yield Ended(rule, free, (past.count() - free) if rule.persons else 0)


def end_rows(*, now: datetime) -> list[Ended]:
    """Deletes every row past its date that no legal hold keeps, a batch at a time. No fact is left: it is no news."""
    done = list(past_their_date(now))
    for ended in done:
        while ended.past and delete_batch(ended.rule, now):
            pass
    return done


@transaction.atomic
def delete_batch(rule: Rule, now: datetime) -> int:
    """At most BATCH rows with what hangs on them; returns how many rows of the rule went."""
    keys = list(not_held(rule, rule.past(now), now).order_by("pk").values_list("pk", flat=True)[:BATCH])
    rule.table._base_manager.filter(pk__in=keys).delete()
    return len(keys)


def not_held(rule: Rule, rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    """Of these rows those that are about nobody on whom a hold lies."""
    held = Hold.objects.in_force(now).values("person")
    for lookup in rule.persons:
        # A row that is about nobody is held by nobody; "not in" alone would say unknown of it.
        rows = rows.filter(Q(**{f"{lookup}__isnull": True}) | ~Q(**{f"{lookup}__in": held}))
    return rows
