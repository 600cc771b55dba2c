"""S11: no text that leaves in a spreadsheet is calculated by it, whoever wrote it and wherever it stands."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from linli.directory.models import Organisation, Phone, Station
from linli.directory.sheets.columns import SHEETS, WORDS_OF
from linli.directory.sheets.exports import hours_lines, organisation_lines, station_lines
from linli.directory.sheets.files import read_table
from linli.directory.sheets.planning import error_sheet, make_plan, open_sheet
from linli.directory.sheets.writing import csv_lines, xlsx_bytes
from tests.factories import make_station, together

pytestmark = pytest.mark.any_database

BEGINNINGS = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"]
BEFORE = ["", "'", '"', "''", "\"'", " ", "\n", "\ufeff", "\u200b", '\n"', "“", "\u3000"]
CALLS = ["1+1", 'HYPERLINK("http://evil.example","x")', "cmd|'/C calc'!A0", 'WEBSERVICE("http://evil.example")', "DDE(1)", "SUM(A1:A9)", "{1}", "IMPORTXML(1)", "A1"]  # fmt: skip
PAYLOADS = [
    *(f"{before}{beginning}{CALLS[(n + m) % len(CALLS)]}" for n, before in enumerate(BEFORE) for m, beginning in enumerate(BEGINNINGS)),
    *(f"{beginning}{call}" for beginning in "=+-@" for call in CALLS),
    'x\n=1+1', '"\r\n=1+1', "%0A=1+1", ";=1+1", ",=1+1", '","=1+1', "a\t=1+1", "=1+1\n=2+2",
]  # fmt: skip
# What a spreadsheet begins to calculate with, also after what it skips; written apart from the code.
CALCULATED = re.compile(r"^[\s\"'\ufeff\u200b\u3000“”‘’]*[=+\-@\t\r＝＋－＠]")
WORDS = {"stations": Station, "organisations": Organisation}
LINES = {"stations": station_lines, "organisations": organisation_lines, "hours": hours_lines}
# Columns of text that people fill in, by sheet and field.
FIELDS = [(kind, field) for kind, model in WORDS.items() for field in WORDS_OF[model]]


def stored(town, payloads):
    """As many stations and organisations as there are payloads, each with one in every text it has."""
    with together():
        stations = [make_station(f"P-{n:03}", "micro", "x", town.west) for n in range(len(payloads))]
    for number, (station, payload) in enumerate(zip(stations, payloads, strict=True)):
        words = dict.fromkeys(WORDS_OF[Station], payload)
        Station.objects.filter(pk=station.pk).update(**words, translations={"en": words})
        Phone.objects.create(station=station, number=payload[:60])
        words = dict.fromkeys(WORDS_OF[Organisation], payload)
        Organisation.objects.create(
            code=f"P-{number:03}",
            language="zh-hans",
            url=f"https://e.example/{number}",
            **words,
            translations={"en": words},
        )


def written(kind, form):
    model = Organisation if kind == "organisations" else Station
    lines = LINES[kind](model.objects.filter(code__startswith="P-").order_by("code"), "en")
    return "".join(csv_lines(lines)).encode() if form == "csv" else xlsx_bytes(kind, lines)


def places(kind, field):
    return [n for n, column in enumerate(SHEETS[kind].written) if column.base == field]


@pytest.mark.parametrize("kind", WORDS)
def test_s11_no_text_of_a_csv_file_begins_a_formula(town, kind, record_property):
    stored(town, PAYLOADS)
    first, *rows = csv.reader(io.StringIO(written(kind, "csv").decode("utf-8-sig"), newline=""))
    assert len(rows) == len(PAYLOADS)
    numbers = {n for n, column in enumerate(SHEETS[kind].written) if column.key in {"latitude", "longitude"}}
    loose = [cell for row in [first, *rows] for n, cell in enumerate(row) if n not in numbers and CALCULATED.match(cell) and not cell.startswith("'")]  # fmt: skip
    assert loose == []
    guarded = 0
    for field in WORDS_OF[WORDS[kind]]:
        for place in places(kind, field):
            for payload, row in zip(PAYLOADS, rows, strict=True):
                risky = CALCULATED.match(payload) is not None
                assert row[place] == (f"'{payload}" if risky else payload).replace("\r\n", "\n")
                guarded += risky
    record_property("figure", f"{guarded} payloads in texts of {kind} as CSV, formulas 0")


@pytest.mark.parametrize("kind", WORDS)
def test_s11_every_text_of_a_workbook_is_a_text_cell(town, kind, record_property):
    stored(town, PAYLOADS)
    sheet = load_workbook(io.BytesIO(written(kind, "xlsx"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert [cell.coordinate for cell in cells if cell.data_type in {"f", "e"}] == []
    # Somebody who clicks into the cell and leaves it again must not make a formula of it.
    loose = [c.coordinate for c in cells if isinstance(c.value, str) and CALCULATED.match(c.value) and not c.quotePrefix]  # fmt: skip
    assert loose == []
    record_property("figure", f"{len(cells)} cells of {kind} as XLSX, formulas 0")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", WORDS)
def test_s11_what_was_written_is_read_back(town, kind, form):
    """The apostrophe is ours alone: it comes off again, and one that somebody typed stays."""
    stored(town, PAYLOADS)
    rows = read_table(written(kind, form)).rows[1:]
    for field in WORDS_OF[WORDS[kind]]:
        for place in places(kind, field):
            for payload, row in zip(PAYLOADS, rows, strict=True):
                cell = row.cells[place] if place < len(row.cells) else ""
                shown = getattr(cell, "text", cell) or ""
                # A workbook holds neither carriage returns alone nor spaces at the ends of what it was not told to keep.
                plain = (
                    (lambda text: "".join(text.split()))
                    if form == "xlsx"
                    else (lambda text: text.replace("\r\n", "\n"))
                )
                assert plain(shown) == plain(payload)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_s11_what_was_not_understood_goes_back_as_text(town, form):
    """The error sheet holds what others typed: formulas come back as the text they are, and are refused again."""
    payloads = [payload for payload in PAYLOADS if "\r" not in payload]
    lines = [["编号", "类型", "名称"], *([f"Q-{n}", payload, payload] for n, payload in enumerate(payloads))]
    sheet = xlsx_bytes("x", lines) if form == "xlsx" else "".join(csv_lines(lines)).encode()
    opened = open_sheet(sheet)
    plan = make_plan(opened, town.network)
    rest = error_sheet(opened, plan)
    assert len(plan.unclear) == len(payloads)
    if form == "csv":
        cells = [
            cell for row in csv.reader(io.StringIO(rest.decode("utf-8-sig"), newline="")) for cell in row
        ]
        assert [cell for cell in cells if CALCULATED.match(cell) and not cell.startswith("'")] == []
    else:
        cells = [cell for row in load_workbook(io.BytesIO(rest)).active.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    again = open_sheet(rest)
    assert len(make_plan(again, town.network).unclear) == len(payloads)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_s11_our_own_words_begin_no_formula(language):
    words = [column.heading_in(language) for sheet in SHEETS.values() for column in sheet.columns]
    assert [word for word in words if CALCULATED.match(word)] == []
