"""What a deed did to the database: which rows there were before and after, table by table."""

from typing import Any

from django.apps import apps
from django.db import models

from linli.kit.personal import registered

# A session moves its idle end on, a counter counts, a look tells a person who saw their data: none is a deed.
NO_DEED = {"people.SignedIn", "people.Throttle", "people.Look"}
# What differs between two runs of the same deed: numbers drawn, moments, secrets, and what is made of them.
DRAWN = {
    "site.Complaint": {"code", "link_digest"},
    "ledger.Event": {"subject", "data"},
    "ledger.Todo": {"key"},
    "people.Slip": {"token_hash", "code_hash"},
    "people.SignInCode": {"code_hash"},
    "people.DeskMachine": {"token_hash"},
    "people.SecondFactor": {"secret"},
    "people.Pin": {"hash"},
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


def about(person: Any) -> dict[str, list[Any]]:
    """Every registered row about one person."""
    return {
        f"{entry.model} by {entry.person}": list(entry.rows(person).values_list())
        for entry in registered()
        if entry.model not in NO_DEED
    }


def shapes() -> dict[str, list[Any]]:
    """Every row without what is drawn afresh each time: two runs of one deed leave the same."""
    found = {}
    for model in own_models():
        label = model._meta.label
        if label in NO_DEED:
            continue
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if is_steady(field, DRAWN.get(label, set()))
        ]
        found[label] = sorted(map(repr, model._base_manager.values_list(*columns)))
    return found


def is_steady(field: models.Field, drawn: set[str]) -> bool:
    fresh = field.primary_key or isinstance(field, models.DateTimeField | models.AutoField | models.UUIDField)
    return not fresh and not field.is_relation and field.name not in drawn
