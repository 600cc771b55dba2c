"""What comes of each row of a sheet, and all of them as a plan that somebody looks at first."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from linli.directory.sheets.faults import Fault
from linli.directory.sheets.held import ALL_YEAR, Held, Season
from linli.directory.sheets.reading import Entry

STATES = ("new", "changed", "same", "unclear")


@dataclass
class Outcome:
    """What comes of one row. `held`: what it is about; `fields`: what it says of it; `changes`: for each column of
    which it says something else than what is held `before`, what was there and what comes."""

    entry: Entry
    state: str = "unclear"
    held: Held | None = None
    area_id: UUID | None = None
    language: str = ""
    season: Season = ALL_YEAR
    fields: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def faults(self) -> list[Fault]:
        return self.entry.faults

    @property
    def code(self) -> str:
        return self.held.row.code if self.held else self.entry.values.get("code") or ""

    def after(self, key: str) -> Any:
        """What will be held: what the row says, else what is there."""
        return self.fields[key] if key in self.fields else self.before.get(key)

    @property
    def reached_through(self) -> UUID | None:
        """Whoever may change what stands below this unit may change this row; None is above the root."""
        return self.held.parent_id if self.held else self.area_id

    @property
    def title(self) -> str:
        """What the row is about, by the first name it has."""
        named = (
            value for key, value in self.entry.values.items() if key.partition(":")[0] == "name" and value
        )
        return self.held.row.name if self.held else next(named, "")


@dataclass
class Plan:
    """All rows of a sheet, in its order."""

    kind: str
    outcomes: list[Outcome]

    @property
    def tally(self) -> dict[str, int]:
        counted = Counter(outcome.state for outcome in self.outcomes)
        return {state: counted[state] for state in STATES}

    @property
    def good(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.state in {"new", "changed"}]

    @property
    def unclear(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.state == "unclear"]

    def digest(self) -> str:
        """The same as long as the same would come of it, in whichever language it is read."""
        said = [
            [each.entry.number, each.state, each.code, str(each.area_id), each.season, each.changes]
            + [[fault.column, fault.kind] for fault in each.faults]
            for each in self.outcomes
            if each.state != "same"
        ]
        return hashlib.sha256(json.dumps([self.kind, said], sort_keys=True).encode()).hexdigest()
