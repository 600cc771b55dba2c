"""`linli manage import_sheet`: says what would change, and brings in what it is told to."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from tests.directory.sheets.books import csv_text, read_back, xlsx

from linli.directory.models import Phone

GOOD = [["编号", "电话", "备注"], ["JA-0101", "110", "x"]]
HALF = [*GOOD, ["JA-0101X", "没有", ""]]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def run(town, tmp_path):
    """Runs the command on a sheet; answers what it said."""

    def call(lines, *options, form="csv"):
        path = tmp_path / f"sheet.{form}"
        path.write_bytes(xlsx(lines) if form == "xlsx" else csv_text(lines).encode())
        out = io.StringIO()
        try:
            call_command("import_sheet", str(path), *options, stdout=out)
        finally:
            call.said = out.getvalue()
        return out.getvalue()

    return call


def numbers():
    return list(Phone.objects.values_list("number", flat=True))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_brings_in_a_sheet_without_a_fault(run, form):
    said = run(GOOD, form=form)
    assert "Stations: 0 new, 1 changed, 0 the same, 0 not understood." in said
    assert "These columns are not known here and were left alone: 备注" in said
    assert "1 of 1 rows compared" in said
    assert numbers() == ["110"]


def test_a_dry_run_writes_nothing(run):
    assert "Nothing was written: this was only a look." in run(HALF, "--dry-run")
    assert numbers() == []


def test_a_fault_stops_it(run):
    with pytest.raises(CommandError, match="Nothing was written"):
        run(HALF)
    assert "Row 3, 电话 “没有”: “没有” is not a telephone number." in run.said
    assert numbers() == []


def test_the_good_rows_and_an_error_sheet(run, tmp_path):
    rest = tmp_path / "rest.csv"
    assert f"The error sheet: {rest}" in run(HALF, "--good-rows", "--errors", str(rest))
    assert numbers() == ["110"]
    assert [line[0] for line in read_back(rest.read_bytes())] == ["编号", "JA-0101X"]


def test_only_below_a_unit(run):
    with pytest.raises(CommandError):
        run([["编号", "电话"], ["JA-0201", "110"]], "--under", "310106012")
    assert "This lies outside West Nanjing Road, so it is not yours to change." in run.said


def test_many_unclear_cells_are_counted(run):
    with pytest.raises(CommandError):
        run([["编号", "电话"], *([f"X-{n}", "?"] for n in range(25))])
    assert "… and 5 more cells" in run.said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--under", "NOWHERE"], "There is no unit with the code NOWHERE."),
        (["--kind", "hours"], "No row of headings was recognised"),
        (["--good-rows", "--errors", "/nowhere/rest.csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_is_said(run, options, said):
    with pytest.raises(CommandError, match=said):
        run([["编号", "电话"], ["X", "?"]], *options)
    assert numbers() == []


def test_a_file_that_is_not_there(town):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_sheet", "/nowhere.xlsx", stdout=io.StringIO())


def test_an_old_file_gets_the_cure(town, tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(CommandError, match=r"save it as \.xlsx"):
        call_command("import_sheet", str(path), stdout=io.StringIO())


def test_before_there_is_a_network(db, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(csv_text(GOOD).encode())
    with pytest.raises(CommandError, match="There is no network yet"):
        call_command("import_sheet", str(path), stdout=io.StringIO())


def test_where_somebody_watches_the_line_is_written_over(town, tmp_path):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    path, out = tmp_path / "x.csv", Terminal()
    path.write_bytes(csv_text([["编号", "电话"], *(["JA-0101", "110"] for _n in range(1000))]).encode())
    with pytest.raises(CommandError):
        call_command("import_sheet", str(path), stdout=out, no_color=True)
    lines = out.getvalue().split("\r")
    assert ["  500 rows read" in lines, "  500 of 1000 rows compared" in lines] == [True, True]
