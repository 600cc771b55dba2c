"""What a deed did to the database: which rows there were before and after, table by table."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from linli.kit.personal import PersonalModel, registered

# A session moves its idle end on, a counter counts, a look tells a person who saw their data: none is a deed.
NO_DEED = {"people.SignedIn", "people.Throttle", "people.Look"}
WRITES = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)
READS = re.compile(r"[\s(]*(?:SELECT|EXPLAIN|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK|BEGIN)\b", re.IGNORECASE)
# A public code as `kit.ids.code` draws it.
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{6}\b", re.IGNORECASE)
# What differs between two runs of the same deed: numbers drawn, moments, secrets, and what is made of them.
DRAWN = {
    "site.Complaint": {"link_digest"},
    "directory.SheetUpload": {"code"},
    "ledger.Event": {"actor", "data"},
    "ledger.Todo": {"key", "data"},
    "directory.DoorReport": {"device", "network"},
    "people.Slip": {"token_hash", "code_hash"},
    "people.SignInCode": {"code_hash"},
    "people.DeskMachine": {"token_hash"},
    "people.SecondFactor": {"secret"},
    "people.Pin": {"hash"},
    "programmes.Calendar": {"digest"},
    "programmes.SignUp": {"spoken"},
    "people.Person": {"salt"},
}


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("linli.")]


def state(
    *, but: Collection[str] = frozenset(NO_DEED), only: Collection[str] | None = None
) -> dict[str, list[Any]]:
    """Every row of every table, by model; `only` of the tables that are named."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in own_models()
        if model._meta.label not in but and (only is None or model._meta.label in only)
    }


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> set[str]:
    return {label for label in after if before[label] != after[label]}


@contextmanager
def written() -> Iterator[set[str]]:
    """The models whose tables statements write to; all there are when a statement does not say it of one of ours."""
    labels = {model._meta.db_table: model._meta.label for model in own_models()}
    found: set[str] = set()

    def listen(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not READS.match(sql):
            named = WRITES.match(sql)
            found.update({labels[named[1]]} if named and named[1] in labels else labels.values())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield found


def watched(
    deed: Callable[[], Any], before: dict[str, list[Any]], but: Collection[str] = frozenset(NO_DEED)
) -> tuple[Any, set[str]]:
    """What a deed answers, and the tables it changed. Only tables that a statement wrote to are compared."""
    with written() as tables:
        response = deed()
    only = tables.difference(but)
    return response, changed(before, state(but=but, only=only)) if only else set()


def about(person: Any, tables: Collection[str] | None = None) -> dict[str, list[Any]]:
    """Every registered row about one person; of `tables`, where only those have changed."""
    return {
        f"{entry.model} by {entry.person}": list(entry.rows(person).values_list())
        for entry in registered()
        if entry.model not in NO_DEED and (tables is None or entry.model in tables or leads_through(entry))
    }


def leads_through(entry: PersonalModel) -> bool:
    """Whether rows of another table say whom a row is about."""
    return "__" in (entry.person or "")


def shapes(known: set[UUID], only: Collection[str] | None = None) -> dict[str, list[Any]]:
    """Every row without what is drawn afresh each time: two runs of one deed leave the same. `only`: as in `state`.

    `known`: the numbers of rows there were before; any other number reads as new, and a moment as its year.
    """
    found = {}
    for model in own_models():
        label = model._meta.label
        if label in NO_DEED or (only is not None and label not in only):
            continue
        columns = [field.attname for field in model._meta.concrete_fields if is_steady(field, label)]
        rows = model._base_manager.values_list(*columns) if columns else [()] * model._base_manager.count()
        found[label] = sorted(repr([steady(value, known) for value in row]) for row in rows)
    return found


def is_steady(field: models.Field, label: str) -> bool:
    return not isinstance(field, models.AutoField) and field.name not in DRAWN.get(label, set())


def steady(value: Any, known: set[UUID]) -> Any:
    if isinstance(value, datetime):
        return value.year
    if isinstance(value, str):
        # Words in order: the search keeps its tokens sorted, and a drawn one falls anywhere among them.
        return " ".join(sorted(CODE.sub("drawn", value).split()))
    return value if not isinstance(value, UUID) or value in known else "new"


def numbers() -> set[UUID]:
    """The numbers of all rows there are."""
    keyed = [model for model in own_models() if isinstance(model._meta.pk, models.UUIDField)]
    return {number for model in keyed for number in model._base_manager.values_list("pk", flat=True)}
