"""Where the headings stand, and which column is which.

Above them may stand a title; the headings may take two rows, the upper one merged over several columns ("坐标" over
"经度" and "纬度"). Columns may be missing, in any order, or unknown: unknown ones are left alone and named.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from linli.directory.sheets.cells import Raw, folded, is_blank
from linli.directory.sheets.columns import CHINESE, ENGLISH, SHEETS, Column, Sheet
from linli.directory.sheets.faults import Unreadable
from linli.directory.sheets.files import Row, Table

SEARCHED = 10
# So many headings must be recognised before a row is taken for the one of headings.
FEWEST = 2


@dataclass
class Layout:
    """`columns` by their place in the table; `rows`: how many rows of the table, titles included, come before the data;
    `unknown` headings as they stand."""

    sheet: Sheet
    rows: int
    columns: dict[int, Column]
    headings: dict[int, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def at(self, key: str) -> int | None:
        """The place of a column, by its key or by its field."""
        return next(
            (place for place, column in self.columns.items() if key in {column.key, column.base}), None
        )

    def heading(self, key: str) -> str:
        """What the sheet itself calls a column; else our own heading."""
        place = self.at(key)
        return self.headings[place] if place is not None else str(self.sheet.column(key).heading)


def find_layout(table: Table, kind: str = "") -> Layout:
    """The layout that explains most headings, of one kind of sheet or of any. Raises Unreadable."""
    sheets = [SHEETS[kind]] if kind else list(SHEETS.values())
    found = [
        layout for sheet in sheets for layout in candidates(table, sheet) if len(layout.columns) >= FEWEST
    ]
    if not found:
        raise Unreadable("no_headings", rows=SEARCHED)
    best = max(found, key=lambda layout: len(layout.columns))
    check_columns(best)
    if len(table.rows) <= best.rows:
        raise Unreadable("no_rows")
    return best


def candidates(table: Table, sheet: Sheet) -> list[Layout]:
    """Each of the first rows as the row of headings, alone and together with the next."""
    found = []
    for number, row in enumerate(table.rows[:SEARCHED]):
        single = {place: words_of(cell) for place, cell in enumerate(row.cells) if not is_blank(cell)}
        found.append(layout_of(sheet, number + 1, {place: [words] for place, words in single.items()}))
        if number + 1 < len(table.rows) and (double := two_rows(row, table.rows[number + 1], table)):
            layout = layout_of(sheet, number + 2, double)
            # A second row of headings says something that the first alone does not, and nothing but headings.
            if explains(sheet, table.rows[number + 1], layout, double):
                found.append(layout)
    return found


def two_rows(upper: Row, lower: Row, table: Table) -> dict[int, list[str]]:
    """For each place what it may be called: the lower heading, both together, the upper one."""
    spread = {
        (top, place): left
        for top, left, bottom, right in table.merges
        if top == upper.number and bottom - top <= 1 and right - left < 100
        for place in range(left, right + 1)
    }
    found, last = {}, ""
    for place in range(max(len(upper.cells), len(lower.cells))):
        above = words_at(upper, spread.get((upper.number, place), place))
        below = words_at(lower, place)
        # In a CSV file a merged heading stands over its first column only.
        last = above or last
        both = above or (last if below else "")
        if names := [name for name in (below, f"{both}{below}" if below else "", both) if name]:
            found[place] = names
    return found


def explains(sheet: Sheet, lower: Row, layout: Layout, names: dict[int, list[str]]) -> bool:
    known = sheet.by_heading()
    filled = [place for place, cell in enumerate(lower.cells) if not is_blank(cell)]
    by_lower = [place for place in filled if any(folded(name) in known for name in names.get(place, [])[:2])]
    return bool(by_lower) and all(place in by_lower or place not in layout.columns for place in filled)


def words_at(row: Row, place: int) -> str:
    return words_of(row.cells[place]) if place < len(row.cells) else ""


def words_of(cell: Raw) -> str:
    return str(cell).strip()[:200] if isinstance(cell, str) else ""


def layout_of(sheet: Sheet, rows: int, names: dict[int, list[str]]) -> Layout:
    """Of several names for one place the first that is known counts."""
    known, layout = sheet.by_heading(), Layout(sheet, rows, {})
    for place, candidates in names.items():
        said = next((name for name in candidates if folded(name) in known), None)
        layout.headings[place] = said or candidates[0]
        if said is not None:
            layout.columns[place] = known[folded(said)]
        elif candidates[0]:
            layout.unknown.append(candidates[0])
    give_languages(layout)
    return layout


def give_languages(layout: Layout) -> None:
    """A heading without a language beside one with it is the other language; two without are told by their script."""
    plain = defaultdict(list)
    for place, column in layout.columns.items():
        if column.read_only and any(other.key == f"{column.key}:{ENGLISH}" for other in layout.sheet.columns):
            plain[column.key].append(place)
    for key, places in plain.items():
        taken = {column.key for column in layout.columns.values()}
        free = [language for language in (CHINESE, ENGLISH) if f"{key}:{language}" not in taken]
        if len(places) == 2 and len(free) == 2:
            by_script = {place: ENGLISH if layout.headings[place].isascii() else CHINESE for place in places}
            if len(set(by_script.values())) == 2:
                layout.columns |= {place: layout.sheet.column(f"{key}:{language}") for place, language in by_script.items()}  # fmt: skip
        elif len(places) == 1 and len(free) == 1:
            layout.columns[places[0]] = layout.sheet.column(f"{key}:{free[0]}")


def check_columns(layout: Layout) -> None:
    """Each column once, and enough of them to know which row is about what."""
    keys = [column.key for column in layout.columns.values()]
    for key in keys:
        both = {f"{key}:{CHINESE}", f"{key}:{ENGLISH}"} <= set(keys)
        if (keys.count(key) > 1 and key != "problem") or both:
            raise Unreadable("twice", heading=layout.heading(key))
    has_area = layout.at("area") is not None or layout.at("area_code") is not None
    if layout.at("code") is None and not (has_area and layout.at("name") is not None):
        sheet = layout.sheet
        words = {each: str(sheet.column(each).heading) for each in ("code", "area", "name")}
        raise Unreadable("no_key", **words)
