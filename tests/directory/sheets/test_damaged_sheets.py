"""Real sheets, damaged in every named way in every column: what was meant is read, the rest comes back cell by cell,
and nothing is half-imported in silence."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.directory.sheets.books import (
    LINES,
    Lines,
    bring_in,
    changes,
    columns,
    csv_text,
    faults,
    filled_cells,
    look,
    place,
    read_back,
    taken_along,
    xlsx,
)
from tests.directory.sheets.damage import REFUSED, SHAPES, TOLERATED, fresh

from linli.directory.sheets.columns import PROBLEM, Column
from linli.directory.sheets.planning import open_sheet
from linli.directory.sheets.writing import csv_lines

pytestmark = pytest.mark.any_database

KINDS = list(LINES)
FORMS = ["xlsx", "csv"]


def written(lines: Lines, form: str) -> bytes:
    """As a spreadsheet stores it: in CSV everything is text."""
    return xlsx(lines) if form == "xlsx" else "".join(csv_lines([])).encode() + csv_text(lines).encode()


def damaged(kind: str, form: str, *, new: bool = True) -> list[tuple[str, str, Any, str]]:
    """(kind of damage, column, cell, fault) for every kind of damage and every column it can be done to, in a new row
    or one that is held."""
    return [
        (damage.name, column.key, *found)
        for damage in REFUSED
        for column in columns(kind)
        if (found := damage.cell(column)) and not (damage.only_xlsx and form == "csv")
        # A new row without a Chinese name is one with an English name.
        if not new or (column.key, found[1]) != ("name:zh-hans", "not_empty")
    ]


# Cells that cannot be understood


# Rows of a damaged sheet that stay as they are.
UNHARMED = 5


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_cell_is_named_and_no_other(network, kind, form):
    """Every kind of damage in every column it can be done to, each in a row of its own; as many sheets as that takes.
    All other rows are the same as before."""
    plain = taken_along(kind)
    cases = damaged(kind, form, new=False)
    for some in batched(cases, len(plain) - 1 - UNHARMED):
        lines, expected = [list(line) for line in plain], {}
        for row, (_name, key, cell, fault) in enumerate(some, start=1):
            lines[row][place(kind, key)] = cell
            expected[row + 1] = {(key, fault)}
        _opened, plan = look(written(lines, form), kind)
        assert faults(plan) == expected
        same = len(plain) - 1 - len(some)
        assert plan.tally == {"new": 0, "changed": 0, "same": same, "unclear": len(some)}


def batched(cases: list[tuple], size: int) -> list[list[tuple]]:
    return [cases[at : at + size] for at in range(0, len(cases), size)]


def template(kind: str, number: int, line: list[Any]) -> list[Any]:
    """A good row of something new, after the line of something held: another station, another organisation, another
    season of a station's hours."""
    row = list(line)
    if kind == "hours":
        for column in columns(kind)[4:-2]:
            row[place(kind, column.key)] = "09:30-12:00"
        day = date(2030, 1, 1) + timedelta(days=2 * number)
        row[-2:] = [day, day + timedelta(days=1)]
    else:
        row[0] = f"T-{number:04}"
        row[place(kind, "name:zh-hans")], row[place(kind, "name:en")] = f"新{number}", f"New {number}"
    return row


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_everything_at_once_comes_back_is_mended_and_comes_in(network, kind, form, record_property):
    """A good row and, for every kind of damage in every column, a row with that one cell: only the good row comes in;
    the error sheet holds all others, marks and names the cells, and comes in wholly once they are mended."""
    before = taken_along(kind)
    cases = damaged(kind, form)
    good = [template(kind, number, before[1]) for number in range(len(cases) + 1)]
    lines = [before[0], *(list(row) for row in good)]
    for number, (_name, key, cell, _fault) in enumerate(cases, start=2):
        lines[number][place(kind, key)] = cell
    plan, rest = bring_in(written(lines, form), kind)
    assert faults(plan) == {n: {(key, fault)} for n, (_name, key, _cell, fault) in enumerate(cases, start=3)}
    assert plan.tally == {"new": 1, "changed": 0, "same": 0, "unclear": len(cases)}
    assert sorted(map(str, taken_along(kind))) == sorted(map(str, [*before, good[0]]))
    back = read_back(rest)
    marks = {(row, place(kind, key) + 1) for row, (_name, key, _cell, _fault) in enumerate(cases, start=2)}
    if form == "xlsx":
        assert filled_cells(rest) == marks
    headings = dict(zip((column.key for column in columns(kind)), before[0], strict=True))
    for line, (_name, key, _cell, _fault) in zip(back[1:], cases, strict=True):
        assert line[-1].startswith(f"{headings[key]}: ")
    assert back[0] == [*before[0], str(PROBLEM.heading)]
    for row, column in marks:
        back[row - 1][column - 1] = plain(good[row - 1][column - 1], form)
    mended, rest = bring_in(written(back, form), kind)
    assert (mended.tally, rest) == ({"new": len(cases), "changed": 0, "same": 0, "unclear": 0}, b"")
    assert sorted(map(str, taken_along(kind))) == sorted(map(str, [*before, *good]))
    record_property("figure", f"{len(cases)} damaged cells of {kind} as {form}: named, mended, brought in")


def plain(value: Any, form: str) -> Any:
    """What somebody types into the cell."""
    return "" if value is None and form == "csv" else str(value) if form == "csv" else value


@pytest.mark.parametrize("kind", KINDS)
def test_what_came_back_and_was_not_mended_comes_back_again(network, kind):
    """The error sheet says nothing less than the sheet did, a formula as little as anything else."""
    first, held = taken_along(kind)[:2]
    lines = [first, *(template(kind, number, held) for number in range(len(damaged(kind, "xlsx"))))]
    for number, (_name, key, cell, _fault) in enumerate(damaged(kind, "xlsx"), start=1):
        lines[number][place(kind, key)] = cell
    first, rest = bring_in(written(lines, "xlsx"), kind)
    again, rest_again = bring_in(rest, kind)
    blamed = [[fault.column for fault in outcome.faults] for outcome in first.unclear]
    assert [[fault.column for fault in outcome.faults] for outcome in again.unclear] == blamed
    assert (again.good, len(read_back(rest_again))) == ([], len(lines))


# Other ways to write a cell


def changed_sheet(kind: str) -> tuple[Lines, dict[str, dict[str, Any]], dict[str, int]]:
    """The sheet with one row for each column in which that one cell is new; what that means, by the code of the row;
    and the number of the line for each column."""
    lines, meant, at = taken_along(kind), {}, {}
    free = list(range(1, len(lines)))
    for column in columns(kind):
        if (new := fresh(kind, column)) is None:
            continue
        number = next(n for n in free if fits(kind, column.key, lines[n], new[0]))
        free.remove(number)
        lines[number][place(kind, column.key)] = new[0]
        meant[lines[number][0]], at[column.key] = {column.key: new[1]}, number
    return lines, meant, at


def fits(kind: str, key: str, line: list[Any], new: Any) -> bool:
    """Whether the new cell would be a change here, and one that can stand alone."""
    needs = {"committee_as_of": "committee", "make_up": "mon", "holiday": "mon"}.get(key)
    return line[place(kind, key)] != new and (needs is None or line[place(kind, needs)] is not None)


def by_code(plan) -> dict[str, dict[str, Any]]:
    codes = {outcome.entry.number: outcome.code for outcome in plan.good}
    return {codes[number]: changed for number, changed in changes(plan).items()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_another_way_to_write_it_means_the_same(network, kind, form):
    """Every style in every column it can happen to: a sheet writes each column in one style, as many sheets as the
    column with the most styles takes."""
    lines, meant, at = changed_sheet(kind)
    ways = {key: styled(column_of(kind, key), lines[n][place(kind, key)], form) for key, n in at.items()}
    for turn in range(max(map(len, ways.values()))):
        odd, expected = [list(line) for line in lines], {code: dict(said) for code, said in meant.items()}
        used = {key: some[turn] for key, some in ways.items() if turn < len(some)}
        for key, (style, cell) in used.items():
            odd[at[key]][place(kind, key)] = cell
            if style == "a telephone number as a number":
                expected[lines[at[key]][0]] = {key: [["2155509999", ""]]}
        _opened, plan = look(written(odd, form), kind)
        written_as = {key: style for key, (style, _cell) in used.items()}
        assert (faults(plan), by_code(plan)) == ({}, expected), written_as


def column_of(kind: str, key: str) -> Column:
    return columns(kind)[place(kind, key)]


def styled(column: Column, plain: Any, form: str) -> list[tuple[str, Any]]:
    """(style, cell) for every way to write the plain cell of a column in a file of this form."""
    return [
        (style.name, cell)
        for style in TOLERATED
        if (cell := style.cell(column, plain)) is not None and not (style.only_xlsx and form == "csv")
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_another_shape_of_the_sheet_means_the_same(network, shape, kind, form):
    lines, meant, _at = changed_sheet(kind)
    opened, plan = look(written(SHAPES[shape](lines), form), kind)
    assert (faults(plan), by_code(plan)) == ({}, meant)
    assert plan.tally["same"] == len(lines) - 1 - len(meant)
    assert opened.layout.unknown == (["序号"] if shape == "an unknown column in front" else [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_column_is_left_as_it_is(network, kind):
    lines, meant, _at = changed_sheet(kind)
    for number, column in enumerate(columns(kind)):
        fewer = [[*line[:number], *line[number + 1 :]] for line in lines]
        _opened, plan = look(written(fewer, "xlsx"), kind)
        expected = {code: said for code, said in meant.items() if column.key not in said}
        if column.key == "name:zh-hans":
            # Without that column the sheet has one of names only, and that is English all the same.
            assert by_code(plan) == expected
        assert (faults(plan), by_code(plan)) == ({}, expected), column.key


@pytest.mark.parametrize("kind", KINDS)
def test_the_other_language_is_understood_as_well(network, kind):
    english = taken_along(kind, "en")
    lines, meant, at = changed_sheet(kind)
    for key, number in at.items():
        english[number][place(kind, key)] = lines[number][place(kind, key)]
    for form in FORMS:
        _opened, plan = look(written(english, form), kind)
        assert (faults(plan), by_code(plan)) == ({}, meant)


TEXT_FILES = {
    "UTF-8": ("utf-8", ",", "\r\n"),
    "UTF-8 with its mark": ("utf-8-sig", ",", "\r\n"),
    "GB18030": ("gb18030", ",", "\r\n"),
    "UTF-16": ("utf-16", "\t", "\r\n"),
    "line feeds": ("utf-8", ",", "\n"),
    "carriage returns": ("utf-8", ",", "\r"),
    "semicolons": ("gb18030", ";", "\r\n"),
    "tabs": ("gb18030", "\t", "\n"),
}


@pytest.mark.parametrize("file", TEXT_FILES)
def test_text_files_of_every_kind(network, file):
    """Also with line breaks, quotation marks and dividers inside a cell."""
    encoding, delimiter, end = TEXT_FILES[file]
    lines, meant, at = changed_sheet("stations")
    line, where = lines[at["about:zh-hans"]], place("stations", "about:zh-hans")
    line[where] = meant[line[0]]["about:zh-hans"] = '两行\n"第二行"，逗号,分号;'
    _opened, plan = look(csv_text(lines, delimiter, end).encode(encoding))
    assert (faults(plan), by_code(plan)) == ({}, meant)


# What is repeated


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("word", ["同上", "〃", "ditto", "“"])
def test_a_cell_that_repeats_the_one_above(network, word, form):
    """Three rows one below the other: the first says something new in every column that may, the others repeat it."""
    lines = taken_along("stations")
    same_area = [n for n, line in enumerate(lines) if line[1] == "310106015"][:3]
    lines = [lines[0], *(lines[n] for n in same_area)]
    meant = {}
    for column in columns("stations"):
        if new := fresh("stations", column):
            lines[1][place("stations", column.key)] = new[0]
            meant[column.key] = new[1]
            for line in lines[2:]:
                line[place("stations", column.key)] = word
    for line in lines[2:]:
        line[1] = line[2] = word
    _opened, plan = look(written(lines, form))
    assert (faults(plan), list(changes(plan).values())) == ({}, [meant] * 3)


def test_cells_merged_over_rows_say_the_same_in_each(network):
    lines = taken_along("stations")
    same_area = [line for line in lines if line[1] == "310106015"][:3]
    phone = place("stations", "phone")
    for line in same_area:
        line[phone] = line[1] = line[2] = None
    same_area[0][1:3], same_area[0][phone] = ["310106015", None], "021-5550-9999"
    letter = "P"
    assert open_sheet(xlsx([lines[0], *same_area])).layout.at("phone") == ord(letter) - ord("A")
    _opened, plan = look(xlsx([lines[0], *same_area], merge=["B2:B4", f"{letter}2:{letter}4"]))
    assert list(changes(plan).values()) == [{"phone": [["021-5550-9999", ""]]}] * 3


def test_merged_headings_over_two_rows(network):
    """ "坐标" over its two columns, "名称" over both languages, all others merged downwards."""
    lines, meant, _at = changed_sheet("stations")
    upper, lower = list(lines[0]), [None] * len(lines[0])
    point, name = place("stations", "latitude"), place("stations", "name:zh-hans")
    upper[point : point + 2], lower[point : point + 2] = ["坐标", None], ["纬度", "经度"]
    upper[name : name + 2], lower[name : name + 2] = ["名称", None], ["中文", "英文"]
    _opened, plan = look(
        xlsx([["一览表"], upper, lower, *lines[1:]], merge=["A1:W1", "M2:N2", "E2:F2", "A2:A3", "B2:B3"])
    )
    assert (faults(plan), by_code(plan)) == ({}, meant)


@pytest.mark.parametrize("form", FORMS)
def test_what_was_repeated_stands_in_the_error_sheet_in_full(network, form):
    """The row above does not come back, so 同上 would point at another one."""
    lines = taken_along("stations")
    same_area = [line for line in lines if line[1] == "310106015"][:3]
    for line in same_area[1:]:
        line[1] = line[2] = "同上"
    same_area[2][place("stations", "latitude")] = "不详"
    _plan, rest = bring_in(written([lines[0], *same_area], form))
    back = read_back(rest)
    assert [line[:3] for line in back[1:]] == [[same_area[2][0], "310106015", same_area[0][2]]]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_above_to_repeat(network, kind):
    lines = taken_along(kind)[:2]
    lines[1] = ["同上"] * len(lines[0])
    _opened, plan = look(written(lines, "xlsx"), kind)
    assert faults(plan) == {2: {(column.key, "ditto") for column in columns(kind)}}


# Between the rows


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_two_rows_about_the_same_come_back_both(network, kind, form):
    lines = taken_along(kind)
    before = taken_along(kind)
    lines.append(list(lines[3]))
    lines[-1][-1 if kind != "hours" else 4] = "10:00-11:00" if kind == "hours" else lines[-1][-1]
    plan, rest = bring_in(written(lines, form), kind)
    assert faults(plan) == {4: {("code", "row_twice")}, len(lines): {("code", "row_twice")}}
    assert [outcome.faults[0].facts["row"] for outcome in plan.unclear] == [len(lines), 4]
    assert (taken_along(kind), len(read_back(rest))) == (before, 3)


def test_the_same_new_one_twice_by_its_name(network):
    lines = taken_along("stations")
    row = [None, *template("stations", 1, lines[1])[1:]]
    _opened, plan = look(xlsx([lines[0], row, row]))
    assert faults(plan) == {number: {("name:zh-hans", "row_twice")} for number in (2, 3)}


def test_two_organisations_of_one_credit_code(network):
    lines = taken_along("organisations")
    for number in (4, 7):
        lines[number][place("organisations", "uscc")] = "91310106MA1FY0UX07"
    _opened, plan = look(xlsx(lines))
    assert faults(plan) == {5: {("uscc", "uscc_twice")}, 8: {("uscc", "uscc_twice")}}
