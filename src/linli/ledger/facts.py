"""The registers: which facts there are, who hears of them, which deeds run by the clock."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import timedelta
from typing import Any

PRIMITIVES = {str, int, bool, float}


@dataclass(frozen=True)
class Kind:
    """What is known of a kind of fact: its class, its sentence, and whether it is sealed in daily batches."""

    name: str
    shape: type
    says: Any
    daily: bool


KINDS: dict[str, Kind] = {}
NAMES: dict[type, str] = {}
CONSUMERS: dict[str, Callable[..., None]] = {}
HEARD_BY: dict[str, list[str]] = defaultdict(list)
DEEDS: dict[str, Callable[[dict[str, Any]], None]] = {}
PERIODS: dict[str, timedelta] = {}
# Deeds that keep their own transactions.
ALONE: set[str] = set()


def fact(kind: str, *, says: Any, daily: bool = False) -> Callable[[type], type]:
    """Registers a frozen dataclass of primitives as a fact.

    `says` is its translatable sentence with the field names as placeholders. `daily` is for acts of residents: they are
    sealed once a day in shuffled order, so that the ledger is no timeline of a person.
    """

    def register(shape: type) -> type:
        if not is_dataclass(shape) or not shape.__dataclass_params__.frozen:  # type: ignore[attr-defined]
            raise TypeError(f"{kind}: a fact is a frozen dataclass")
        for field in fields(shape):
            if field.type not in PRIMITIVES:
                raise TypeError(f"{kind}.{field.name}: a fact holds primitives only")
        if kind in KINDS:
            raise ValueError(f"{kind} is registered twice")
        KINDS[kind] = Kind(kind, shape, says, daily)
        NAMES[shape] = kind
        return shape

    return register


def consumes(*kinds: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers a function of one event, run by the worker once for each event of these kinds."""

    def register(consumer: Callable[..., None]) -> Callable[..., None]:
        name = f"{consumer.__module__.removeprefix('linli.')}.{consumer.__name__}"
        CONSUMERS[name] = consumer
        for kind in kinds:
            HEARD_BY[kind].append(name)
        return consumer

    return register


def deed(name: str, *, alone: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers a function of one dict, run when its time has come (`schedule`), in one transaction with "done".

    `alone`: long work that shows how far it is, so it runs outside of any transaction and keeps its own. Killed halfway
    it is run again from the start: it must find out by itself what is done.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        DEEDS[name] = function
        if alone:
            ALONE.add(name)
        function.deed = name  # type: ignore[attr-defined]
        return function

    return register


def every(*, minutes: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Above `@deed`: runs it again and again, once in each period however many workers there are."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        PERIODS[function.deed] = timedelta(minutes=minutes)  # type: ignore[attr-defined]
        return function

    return register
