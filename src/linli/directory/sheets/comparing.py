"""What a sheet would change: every row is new, changed, the same, or not understood. Pure but for what it is given.

Rows are found by their code, else by area and name. What a sheet does not name stays as it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from linli.directory.sheets.checking import check, refuse_same_credit_code
from linli.directory.sheets.columns import CHINESE, ENGLISH, WORDS_OF
from linli.directory.sheets.headings import Layout
from linli.directory.sheets.held import Held, name_key
from linli.directory.sheets.known import Areas, Known
from linli.directory.sheets.outcomes import Outcome, Plan
from linli.directory.sheets.reading import Entry

CHINESE_CHARACTER = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
# What says which row is meant, and is no field of it.
WHICH = {"code", "area", "area_code"}
KEYS = {"stations": WHICH, "organisations": WHICH, "hours": WHICH | {"name", "first_day", "last_day"}}


def compare(entries: Iterable[Entry], layout: Layout, known: Known) -> Plan:
    """The plan of a sheet against what is known."""
    outcomes = [find(entry, layout, known) for entry in entries]
    refuse_twice(outcomes)
    for outcome in outcomes:
        if not outcome.faults:
            weigh(outcome, known)
    refuse_same_credit_code(outcomes)
    for outcome in outcomes:
        if outcome.faults:
            outcome.state, outcome.changes = "unclear", {}
    return Plan(known.kind, outcomes)


# Which row of the directory a row of the sheet is about


def find(entry: Entry, layout: Layout, known: Known) -> Outcome:
    outcome = Outcome(entry)
    area_ids = areas_named(entry, known.areas)
    blamed = {fault.column.partition(":")[0] for fault in entry.faults}
    if code := entry.values.get("code"):
        find_by_code(outcome, code, area_ids, known)
    elif not blamed & {"code", "area", "area_code", "name"}:
        find_by_place(outcome, area_ids, layout, known)
    if known.kind == "hours":
        outcome.season = entry.values.get("first_day") or "", entry.values.get("last_day") or ""
    else:
        give_language(outcome, known)
    return outcome


def areas_named(entry: Entry, areas: Areas) -> list[UUID]:
    """The areas that are meant, several where a name alone does not tell; none where none is named or known."""
    code, name = entry.values.get("area_code"), entry.values.get("area")
    by_code = areas.by_code.get(code.casefold()) if code else None
    by_name = areas.by_name.get(name_key(name), []) if name else []
    if code and by_code is None:
        entry.blame("area_code", "unknown_area", text=code)
    elif name and not by_name:
        entry.blame("area", "unknown_area", text=name[:40])
    elif code and name and by_code not in by_name:
        entry.blame("area", "areas_differ")
    else:
        return [by_code] if by_code else by_name
    return []


def find_by_code(outcome: Outcome, code: str, area_ids: list[UUID], known: Known) -> None:
    entry, held = outcome.entry, known.by_code.get(code.casefold())
    if held is not None:
        outcome.held, outcome.area_id = held, held.parent_id
        if area_ids and held.parent_id not in area_ids:
            entry.blame(one_of(entry, "area", "area_code"), "moved", area=known.areas.title(held.parent_id))
        if known.kind == "hours" and (name := entry.values.get("name")) and name_key(name) not in held.names:
            entry.blame("name", "other_name", name=held.row.name)
    elif code.casefold() in known.closed:
        entry.blame("code", "closed")
    elif known.kind == "hours":
        entry.blame("code", "unknown_station")
    elif code.casefold() in known.taken:
        entry.blame("code", "code_taken")
    else:
        outcome.area_id = only(entry, area_ids, known)
        for other in at_place(entry, outcome.area_id, known)[:1]:
            entry.blame("code", "other_code", name=other.row.name, code=other.row.code)


def find_by_place(outcome: Outcome, area_ids: list[UUID], layout: Layout, known: Known) -> None:
    entry = outcome.entry
    name = next((key for key in entry.values if key.partition(":")[0] == "name" and entry.values[key]), None)
    if not area_ids or name is None:
        there = (key for key in ("code", "area", "area_code", "name") if layout.at(key) is not None)
        entry.blame(next(there), "no_row_key")
        return
    found = {held.row.pk: held for area_id in area_ids for held in at_place(entry, area_id, known)}
    if len(found) > 1:
        entry.blame(name, "several", codes=", ".join(sorted(held.row.code for held in found.values())))
    elif found:
        [outcome.held] = found.values()
        outcome.area_id = outcome.held.parent_id
    elif known.kind == "hours":
        entry.blame(name, "unknown_station")
    else:
        outcome.area_id = only(entry, area_ids, known)


def at_place(entry: Entry, area_id: UUID | None, known: Known) -> list[Held]:
    """What stands directly under an area and goes by one of the names of the row."""
    names = {
        name_key(value) for key, value in entry.values.items() if key.partition(":")[0] == "name" and value
    }
    return [held for name in names for held in known.by_place.get((area_id, name), [])] if area_id else []


def only(entry: Entry, area_ids: list[UUID], known: Known) -> UUID | None:
    """The one area that is meant; of several the one that lies where the sheet was brought to."""
    near = area_ids if len(area_ids) < 2 else [each for each in area_ids if each in known.areas.reach]
    if len(near) == 1:
        return near[0]
    if area_ids:
        entry.blame("area", "several_areas", codes=", ".join(map(known.areas.code, area_ids)))
    return None


def one_of(entry: Entry, *keys: str) -> str:
    """The first of these columns in which the row says something."""
    return next((key for key in keys if entry.values.get(key) is not None), keys[0])


def give_language(outcome: Outcome, known: Known) -> None:
    """Words under a heading that names no language are in the row's own."""
    values = outcome.entry.values
    outcome.language = outcome.held.row.language if outcome.held else language_of(values)
    for base in WORDS_OF[known.model]:
        if base in values:
            values[f"{base}:{outcome.language}"] = values.pop(base)


def language_of(values: dict[str, Any]) -> str:
    """Of a new row: that of its name, by the column or, where that says nothing, by the script."""
    for language in (CHINESE, ENGLISH):
        if values.get(f"name:{language}"):
            return language
    return CHINESE if CHINESE_CHARACTER.search(values.get("name") or "") else ENGLISH


def refuse_twice(outcomes: list[Outcome]) -> None:
    """Two rows about the same thing: nobody knows which of them holds, so both come back."""
    rows: dict[Any, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if (identity := identity_of(outcome)) is not None:
            rows[identity].append(outcome)
    for same in rows.values():
        for outcome in same if len(same) > 1 else ():
            other = same[0] if outcome is not same[0] else same[1]
            names = (key for key in outcome.entry.values if key.startswith("name"))
            outcome.entry.blame(one_of(outcome.entry, "code", *names), "row_twice", row=other.entry.number)


def identity_of(outcome: Outcome) -> Any:
    if outcome.held is not None:
        return outcome.held.row.pk, outcome.season
    if outcome.code:
        return outcome.code.casefold()
    return (outcome.area_id, name_key(outcome.title)) if outcome.area_id and outcome.title else None


# What would change


def weigh(outcome: Outcome, known: Known) -> None:
    """New, changed or the same; and whether what comes of it can be, and is theirs to do."""
    held, values = outcome.held, outcome.entry.values
    outcome.fields = {key: value for key, value in values.items() if key not in KEYS[known.kind]}
    if held is not None:
        outcome.before = held.season(outcome.season) if known.kind == "hours" else held.values
    check(outcome, known)
    pairs = {key: (outcome.before.get(key), value) for key, value in outcome.fields.items()}
    outcome.changes = {
        key: (before, nothing_for_empty(after))
        for key, (before, after) in pairs.items()
        if before != nothing_for_empty(after)
    }
    is_new = held is None or (known.kind == "hours" and outcome.season not in held.seasons)
    outcome.state = ("new" if is_new else "changed") if outcome.changes else "same"
    if outcome.state != "same" and outcome.reached_through not in known.areas.reach:
        names = (key for key in values if key.startswith("name"))
        where = one_of(outcome.entry, "code", "area", "area_code", *names)
        outcome.entry.blame(where, "outside", unit=known.areas.title(known.areas.under.pk))


def nothing_for_empty(value: Any) -> Any:
    """A day off and a day of which nothing is said keep the same hours: none."""
    return None if value == [] else value
