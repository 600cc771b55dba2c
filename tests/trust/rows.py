"""What a deed did to the database: which rows there were before and after, table by table."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from linli.kit.personal import registered

# A session moves its idle end on, a counter counts, a look tells a person who saw their data: none is a deed.
NO_DEED = {"people.SignedIn", "people.Throttle", "people.Look"}
WRITES = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)
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


def state(*, but: frozenset[str] | set[str] = frozenset(NO_DEED)) -> dict[str, list[Any]]:
    """Every row of every table, by model."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in own_models()
        if model._meta.label not in but
    }


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> set[str]:
    return {label for label in before if before[label] != after[label]}


def watched(deed: Callable[[], Any], before: dict[str, list[Any]]) -> tuple[Any, set[str]]:
    """What a deed answers, and the tables it changed. Only after a statement that writes is every row compared."""
    written: set[str] = set()

    def listen(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(sql):
            written.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        response = deed()
    unheeded = {model._meta.db_table for model in own_models() if model._meta.label in NO_DEED}
    return response, changed(before, state()) if written - unheeded else set()


def about(person: Any) -> dict[str, list[Any]]:
    """Every registered row about one person."""
    return {
        f"{entry.model} by {entry.person}": list(entry.rows(person).values_list())
        for entry in registered()
        if entry.model not in NO_DEED
    }


def shapes(known: set[UUID]) -> dict[str, list[Any]]:
    """Every row without what is drawn afresh each time: two runs of one deed leave the same.

    `known`: the numbers of rows there were before; any other number reads as new, and a moment as its year.
    """
    found = {}
    for model in own_models():
        label = model._meta.label
        if label in NO_DEED:
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
