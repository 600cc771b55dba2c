"""The register of personal fields: what is held about people, why, on which basis, for how long, and who reads it.

Each app registers its models in its `personal.py`. Export, erasure and the transparency page walk this register,
and a house test refuses a model that points at a person without standing in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.apps import apps
from django.db.models import Field, Model, QuerySet

OnErase = Literal["delete", "blank", "keep"]


@dataclass(frozen=True)
class PersonalField:
    """One field of the register; the four answers are translatable sentences, shown to people as they stand.

    `stays`: kept when its row is blanked, because a count or a proof needs it and it names nobody.
    `exported`: False for secrets and digests, which the export lists without their value.
    """

    name: str
    purpose: Any
    basis: Any
    retention: Any
    readers: Any
    stays: bool = False
    exported: bool = True


@dataclass(frozen=True)
class PersonalModel:
    """One model, `person` being the lookup from its row to the person ("pk" for the person's own row), and `title`
    what such rows are called when we tell people of them ("Your roles").

    `person` is None for rows that name somebody without pointing at an account; they must end by themselves.
    `on_erase` says what erasure does to the rows: delete them, blank their fields, or keep them as they are,
    which is only right when nothing in them tells who it was once the person's own row is blank.
    A model with two ways to a person is registered once for each.
    """

    model: str
    person: str | None
    on_erase: OnErase
    fields: Sequence[PersonalField]
    title: Any
    exportable: bool = True

    @property
    def table(self) -> type[Model]:
        """The model class."""
        return apps.get_model(self.model)

    def rows(self, person: Any) -> QuerySet[Any]:
        """Every row that is about `person`; none where rows do not point at an account."""
        manager = self.table._base_manager
        if self.person is None:
            return manager.none()
        value = person.pk if self.person == "pk" else person
        return manager.filter(**{self.person: value}).order_by("pk")

    def blanks(self) -> dict[str, Any]:
        """What each field becomes when a row is blanked."""
        return {field.name: empty(self.column(field.name)) for field in self.fields if not field.stays}

    def column(self, name: str) -> "Field[Any, Any]":
        """The model field of that name."""
        column = self.table._meta.get_field(name)
        if not isinstance(column, Field):
            raise TypeError(f"{self.model}.{name} is not a column")
        return column


def empty(column: "Field[Any, Any]") -> Any:
    """NULL where the column allows it, else its empty text, bytes or list; ValueError where nothing is empty."""
    if column.null:
        return None
    if column.empty_strings_allowed:
        return ""
    raise ValueError(f"{column} has no empty value: let it stay, allow NULL, or delete the row.")


_register: dict[tuple[str, str | None], PersonalModel] = {}


def register(entry: PersonalModel) -> None:
    """Adds one model to the register; ValueError when the same way to the person is registered twice."""
    key = (entry.model.lower(), entry.person)
    if key in _register:
        raise ValueError(f"{entry.model} is registered twice for {entry.person}.")
    _register[key] = entry


def registered() -> tuple[PersonalModel, ...]:
    """Every registered model, by name."""
    return tuple(_register[key] for key in sorted(_register, key=lambda key: (key[0], key[1] or "")))
