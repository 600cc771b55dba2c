"""Every address of the installation, drawn from the URLconf, with something believable in each gap."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, get_resolver, reverse

BELIEVABLE = {
    "IntConverter": 1,
    "SlugConverter": "JA-0101",
    "StringConverter": "x" * 32,
    "PathConverter": "a/b",
    "UUIDConverter": "01930000-0000-7000-8000-000000000000",
}


class Address(NamedTuple):
    name: str
    path: str
    view: Any
    policy: str


def addresses(**given: Any) -> Iterator[Address]:
    """One Address for each route; `given` fills gaps by their name before the believable values do."""
    yield from below(get_resolver(), "", lambda _name: given)


def below(resolver: Any, space: str, given: Callable[[str], dict[str, Any]]) -> Iterator[Address]:
    """`given` says for each route by its name what fills its gaps."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            name = f"{space}{entry.name}"
            gaps = {
                gap: given(name).get(gap, BELIEVABLE.get(type(converter).__name__, "x"))
                for gap, converter in entry.pattern.converters.items()
            }
            yield Address(
                name, reverse(name, kwargs=gaps), entry.callback, getattr(entry.callback, "policy", "")
            )
        else:
            yield from below(entry, f"{entry.namespace}:" if entry.namespace else space, given)
