"""References between siblings: the string "directory.station/JA-0601", resolved through `visible_to`."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NewType

from django.apps import apps
from django.db.models import Model

Ref = NewType("Ref", str)


def ref(thing: Model) -> Ref:
    """The reference of a saved object that has a public `code`."""
    return Ref(f"{thing._meta.label_lower}/{thing.code}")  # type: ignore[attr-defined]


def split(reference: str) -> tuple[str, str]:
    """("directory.station", "JA-0601"); both empty when the text is no reference."""
    label, slash, code = reference.partition("/")
    return (label, code) if slash and label.count(".") == 1 and code else ("", "")


def resolve(reference: str, person: Any) -> Any:
    """The object behind a reference if `person` may see it, else None: gone and hidden look the same."""
    return resolve_all([reference], person).get(Ref(reference))


def resolve_all(references: Iterable[str], person: Any, *, briefly: bool = False) -> dict[Ref, Any]:
    """Every visible object among the references, one query for each kind of object.

    `briefly`: only what a row of a list shows, of kinds that say what that is (`briefly()` of their queryset).
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for reference in references:
        label, code = split(reference)
        if label:
            wanted[label].append(code)
    found: dict[Ref, Any] = {}
    for label, codes in wanted.items():
        queryset = visible(label, person)
        if briefly and hasattr(queryset, "briefly"):
            queryset = queryset.briefly()
        if queryset is not None:
            found.update((ref(thing), thing) for thing in queryset.filter(code__in=codes))
    return found


def visible(label: str, person: Any) -> Any:
    """The objects of a kind that `person` may see; None for an unknown kind or one that declares no sight."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    queryset = model._default_manager.all()
    if not hasattr(queryset, "visible_to") or not hasattr(model, "code"):
        return None
    return queryset.visible_to(person)
