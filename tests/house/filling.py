"""A row of any model, filled with the plainest values that fit: for tests that walk every model there is."""

from datetime import date, timedelta
from itertools import count

from django.db import models
from django.utils import timezone

from linli.kit.ids import uuid7
from linli.people.models import Person
from tests.factories import make_unit

number = count(1)


def make_row(model, person, **given):
    """A saved row whose every way to a person leads to `person`; `given` where the plain values break a rule."""
    values = given | {
        field.name: value_for(field, person)
        for field in model._meta.concrete_fields
        if field.name not in given and needs_value(field)
    }
    return model._base_manager.create(**values)


def needs_value(field) -> bool:
    if isinstance(field, models.GeneratedField | models.AutoField):
        return False
    if field.is_relation and field.related_model is Person:
        return True
    return not field.null and not field.has_default()


def value_for(field, person):
    """By kind of column; texts differ each time, so that unique columns stay unique."""
    if field.is_relation:
        return related_to(field, person)
    if field.choices:
        return field.choices[0][0]
    by_kind = {
        "BooleanField": False,
        "DateField": timezone.localdate() + timedelta(days=1),
        "DateTimeField": timezone.now() + timedelta(days=1),
        "TimeField": "12:00",
        "JSONField": {},
        "BinaryField": b"x",
        "UUIDField": uuid7(),
        "FloatField": 0.0,
        "DecimalField": 0,
    }
    kind = field.get_internal_type()
    if kind in by_kind:
        return by_kind[kind]
    return next(number) if "Integer" in kind else f"x{next(number)}"[: field.max_length]


def related_to(field, person):
    model = field.related_model
    if model is Person:
        return person
    if model._meta.label == "areas.Unit":
        return make_unit(f"F{next(number)}", "station", "某站", None, opened_on=date(2020, 1, 1))
    return make_row(model, person)
