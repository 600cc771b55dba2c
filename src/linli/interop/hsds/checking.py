"""Holds the API against the official JSON Schemas of HSDS, from a folder somebody fetched. No schema lies here."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from linli.interop.hsds import shapes
from linli.interop.hsds.asked import MOST, MOST_WHOLE
from linli.interop.hsds.kinds import KINDS, Kind

# path below /hsds/ → the JSON it answers with. Raises OSError where there is no answer.
Ask = Callable[[str], Any]


@dataclass
class Tally:
    """What was looked at in one list, and what was wrong with it."""

    pages: int = 0
    rows: int = 0
    errors: list[str] = field(default_factory=list)


class Schemas:
    """The official schemas in a folder, the repository's root or its `schema/`. Raises OSError where there are none."""

    def __init__(self, folder: Path):
        self.folder = folder / "schema" if (folder / "schema").is_dir() else folder
        if not (self.folder / "service.json").is_file():
            raise FileNotFoundError(self.folder / "service.json")
        self.registry, self.kept = registry(self.folder), dict[str, Any]()

    def validator(self, name: str) -> Any:
        """A validator for one file; None where the folder does not have it."""
        if name not in self.kept:
            exists = (self.folder / name).is_file()
            self.kept[name] = (
                strict()({"$ref": name}, registry=self.registry, format_checker=formats()) if exists else None
            )
        return self.kept[name]

    def page(self) -> Any:
        """The validator for the header of a list, which stands in the description of the API."""
        path = self.folder / "openapi.json"
        if not path.is_file():
            return None
        return strict()(json.loads(path.read_text("utf-8"))["components"]["schemas"]["Page"])

    def errors(self, shape: str, thing: dict[str, Any], *, whole: bool) -> Iterator[str]:
        for name in (f"{shape}.json", f"compiled/{shape}{'' if whole else '_list'}.json"):
            if validator := self.validator(name):
                for error in validator.iter_errors(thing):
                    yield f"{shape} {thing.get('id')}, {error.json_path}: {error.message[:200]} ({name})"

    def known(self, shape: str) -> set[str]:
        """The fields the standard has for an object."""
        paths = [self.folder / f"{shape}.json", self.folder / "compiled" / f"{shape}.json"]
        found = [json.loads(path.read_text("utf-8"))["properties"] for path in paths if path.is_file()]
        return {name for properties in found for name in properties}


def registry(folder: Path) -> Any:
    """The files refer to each other by name, those in `compiled/` too."""
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    def read(name: str) -> Any:
        return Resource(json.loads((folder / name).read_text("utf-8")), specification=DRAFT202012)

    return Registry(retrieve=read)


def strict() -> Any:
    """JSON Schema 2020-12 that also heeds the standard's own word for a date."""
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    def of_type(validator: Any, kind: str, value: Any, schema: Any) -> Iterator[Any]:
        if kind == "date" and isinstance(value, str) and not holds(date.fromisoformat, value):
            yield ValidationError(f"{value!r} is not a date")

    return extend(Draft202012Validator, {"datapackage_type": of_type})


def formats() -> Any:
    """Formats that are checked, with the two that need libraries otherwise."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=["uuid", "email", "date"])
    checker.checks("uri")(lambda value: not isinstance(value, str) or is_uri(value))
    checker.checks("date-time")(
        lambda value: not isinstance(value, str) or holds(datetime.fromisoformat, value)
    )
    return checker


def is_uri(text: str) -> bool:
    return bool(urlsplit(text).scheme) and not any(character.isspace() for character in text)


def holds(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def check(schemas: Schemas, ask: Ask) -> Iterator[tuple[str, Tally]]:
    """Every page of every list, brief and whole, and objects by themselves; one tally for each list."""
    yield "/", of_root(ask)
    yield "shapes", of_shapes(schemas)
    for kind in KINDS.values():
        yield kind.name, of_list(schemas, ask, kind, whole=False)
        if "full" in kind.parameters:
            yield f"{kind.name}?full=true", of_list(schemas, ask, kind, whole=True)


def of_root(ask: Ask) -> Tally:
    found = ask("")
    missing = {"version", "profile", "openapi_url"} - set(found)
    return Tally(1, 1, [f"/: without {name}" for name in sorted(missing)])


def of_shapes(schemas: Schemas) -> Tally:
    """No field is made up: what the standard does not have is marked as ours."""
    tally = Tally()
    for shape in shapes.TABLES:
        if known := schemas.known(shape):
            tally.rows += 1
            strange = {each.name for each in shapes.fields(shape) if not each.ours} - known
            strange |= {each.name for each in shapes.fields(shape) if each.ours} & known
            tally.errors += [f"{shape}: {name} is not as the standard has it" for name in sorted(strange)]
    return tally


def of_list(schemas: Schemas, ask: Ask, kind: Kind, *, whole: bool) -> Tally:
    """Walks a list from its first page to its last; every object once, as many as were announced."""
    tally, seen, number, total = Tally(), list[str](), 0, 0
    header = schemas.page()
    last, last_page = {}, False
    while not last_page:
        number += 1
        full = {"full": "true"} if whole else {}
        page = ask(
            f"{kind.name}?{urlencode({'page': number, 'per_page': MOST_WHOLE if whole else MOST} | full)}"
        )
        last_page, total = page["last_page"], page["total_items"]
        tally.pages += 1
        tally.errors += (
            [f"{kind.name} page {number}: {error.message}" for error in header.iter_errors(page)]
            if header
            else []
        )
        for thing in page["contents"]:
            seen.append(thing["id"])
            tally.errors += schemas.errors(kind.shape, thing, whole=whole)
            last = thing
    tally.rows = len(seen)
    if len(set(seen)) != len(seen) or len(seen) != total:
        tally.errors.append(
            f"{kind.name}: {len(set(seen))} different objects in {len(seen)}, {total} announced"
        )
    if last and ("full" not in kind.parameters or whole):
        alone = ask(f"{kind.name}/{last['id']}")
        tally.pages += 1
        tally.errors += [] if alone == last else [f"{kind.name}/{last['id']} is not what the list shows"]
    return tally
