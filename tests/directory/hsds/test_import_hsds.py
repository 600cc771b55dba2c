"""The command: what it prints, what it lists, and what it does with a package that is no good."""

import csv
import io
import shutil

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from tests.directory.hsds.samples import PACKAGE

from linli.areas import tree
from linli.directory.hsds.remarks import KINDS
from linli.directory.models import OpeningRule, Organisation, Station
from linli.ledger.models import Event

ZONE = "--time-zone=America/New_York"


def run(*arguments, **options):
    out = io.StringIO()
    call_command("import_hsds", *map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


def refusal(*arguments):
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    return str(refused.value)


@pytest.fixture
def copy(tmp_path):
    """A copy of our package that a test may damage."""
    return shutil.copytree(PACKAGE, tmp_path / "larkfield")


def test_prints_what_it_reads_and_writes(town):
    lines = run(PACKAGE, ZONE)
    assert lines[:17] == [
        f"Reading {PACKAGE} as “package”.",
        "  organizations.csv: 6 rows",
        "  physical_addresses.csv: 6 rows",
        "  locations.csv: 6 rows",
        "  services.csv: 6 rows",
        "  services_at_location.csv: 8 rows",
        "  schedules.csv: 40 rows",
        "  phones.csv: 9 rows",
        "Writing …",
        "  organisations: 3 new, 0 changed, 0 the same",
        "  places: 5 new, 0 changed, 0 the same",
        "  services: 6 new, 0 changed, 0 the same",
        "  services at places: 6 new, 0 changed, 0 the same",
        "  opening hours: 40 new, 0 changed, 0 the same",
        "  telephone numbers: 5 new, 0 changed, 0 the same",
        "Unusual, but read without doubt:",
        "      12  The times stand in columns meant for dates. [times_in_date_columns]",
    ]
    assert "       4  A time is given, but not on which days. [days_not_said]" in lines
    assert lines[-2] == "For the list row by row, add --report FILE.csv"
    assert lines[-1].startswith("Done in ")


def test_a_second_run_says_that_nothing_changed(town):
    run(PACKAGE, ZONE)
    events = Event.objects.count()
    lines = run(PACKAGE, ZONE)
    assert "  places: 0 new, 0 changed, 5 the same" in lines
    assert "Nothing has changed since the last import." in lines
    assert Event.objects.count() == events


def test_says_what_went_and_what_was_kept(town, copy):
    run(copy, ZONE)
    (copy / "services_at_location.csv").write_text("id,service_id,location_id\n1,s1,l1\n")
    (copy / "services.csv").write_text("id,name\ns1,Hot Meals\n")
    lines = run(copy, ZONE)
    assert "  services: 0 new, 1 changed, 0 the same, 5 kept although the package no longer has them" in lines
    assert "  services at places: 0 new, 0 changed, 1 the same, 5 removed" in lines


def test_the_report_lists_row_by_row(town, tmp_path):
    report = tmp_path / "report.csv"
    lines = run(PACKAGE, ZONE, "--report", report)
    assert lines[-2] == f"Row by row: {report}"
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["file", "row", "id", "column", "found", "kind", "outcome", "why"]
    assert [
        "schedules.csv",
        "16",
        "14",
        "valid_from",
        "Nights",
        "times_unread",
        "kept as words",
        "This is not a time of day.",
    ] in rows
    assert len(rows) == 58


def test_the_report_does_not_calculate(town, copy, tmp_path):
    (copy / "phones.csv").write_text('id,location_id,number\n1,l1,"=HYPERLINK(""http://x"")"\n')
    report = tmp_path / "report.csv"
    run(copy, ZONE, "--report", report)
    assert "'=HYPERLINK" in report.read_text()


def test_a_long_file_shows_how_far_it_is_to_somebody_who_watches(tmp_path):
    class Screen(io.StringIO):
        def isatty(self):
            return True

    (tmp_path / "locations.csv").write_text("id,name\n" + "".join(f"{n},x\n" for n in range(6_000)))
    screen = Screen()
    call_command("import_hsds", str(tmp_path), ZONE, "--check", "--no-color", stdout=screen)
    assert "  locations.csv: 5000 rows\r  locations.csv: 6000 rows\n" in screen.getvalue()


def test_check_writes_nothing(db):
    lines = run(PACKAGE, ZONE, "--check")
    assert "Writing …" not in lines
    assert "Left out:" in lines
    assert not Station.objects.exists()


def test_an_empty_installation_gets_its_root_when_it_is_named(db):
    assert refusal(PACKAGE, ZONE) == (
        "There is no network yet. Set it up in the browser first,"
        ' or give it a name here: --network "Our town".'
    )
    run(PACKAGE, ZONE, "--network", "Larkfield")
    root = tree.root()
    assert (root.kind, tree.standing([root.id])[root.id].name) == ("network", "Larkfield")
    assert Station.objects.count() == 5
    run(PACKAGE, ZONE, "--network", "Ignored")
    assert tree.root() == root


def test_under_a_unit_with_a_source_and_a_language_of_ones_own(town):
    run(PACKAGE, ZONE, "--under", town.east.code, "--source", "Larkfield 2027", "--language", "en-GB")
    station = Station.objects.get(source="Larkfield 2027", source_id="l1")
    assert tree.standing([station.unit_id])[station.unit_id].parent_id == town.east.id
    assert station.language == "en-GB"


def test_the_time_zone_is_never_guessed(town, copy):
    sentence = "Please say in which time zone the places are, for example --time-zone America/New_York: the package does not."
    assert refusal(copy) == sentence
    (copy / "schedules.csv").write_text(
        "id,location_id,weekday,opens_at,closes_at,timezone\n1,l2,Monday,09:00,17:00,Europe/Paris\n"
    )
    run(copy)
    assert Station.objects.get(source_id="l2").time_zone == "Europe/Paris"
    assert OpeningRule.objects.filter(station__source_id="l2").count() == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--time-zone", "Mars/Olympus"], "There is no time zone called Mars/Olympus."),
        ([ZONE, "--language", "English!"], "English! is not the code of a language, such as en or zh-hans."),
        ([ZONE, "--under", "XX"], "There is no unit with the code XX."),
        ([ZONE, "--encoding", "klingon"], "There is no encoding called klingon."),
        (
            [ZONE, "--report", "/nowhere/report.csv"],
            "/nowhere/report.csv cannot be written: No such file or directory.",
        ),
    ],
)
def test_what_is_said_wrongly_is_refused_in_words(town, arguments, sentence):
    assert refusal(PACKAGE, *arguments) == sentence
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "phones.csv").write_bytes("id,number\n1,电话\n".encode("gb18030")),
        lambda folder: (folder / "phones.csv").write_text('id,number\n1,"never closed\n'),
        lambda folder: (folder / "phones.csv").write_text("id,number\n1," + "9" * 1_000_000 + "\n"),
        lambda folder: (folder / "phones.csv").write_text("no,header\n"),
        lambda folder: (folder / "services.csv").write_bytes((folder / "services.csv").read_bytes()[:-12]),
    ],
)
def test_a_damaged_file_leaves_nothing_half_imported(town, copy, damage):
    damage(copy)
    assert refusal(copy, ZONE).startswith(("phones.csv", "services.csv"))
    assert not Organisation.objects.exists()
    assert not Event.objects.filter(kind="directory.imported").exists()


def test_another_encoding_can_be_said(town, copy):
    (copy / "organizations.csv").write_bytes("id,name\no1,邻里厨房\n".encode("gb18030"))
    for file in copy.glob("*.csv"):
        if file.name != "organizations.csv":
            file.write_bytes(file.read_text().encode("gb18030"))
    run(copy, ZONE, "--encoding", "gb18030")
    assert Organisation.objects.get(source_id="o1").name == "邻里厨房"


def test_every_kind_of_remark_is_explained_in_the_documentation():
    text = (settings.PACKAGE.parents[1] / "docs" / "import-hsds.md").read_text()
    explained = [
        line.split("`")[1] for line in text.splitlines() if line.startswith("| `") and line.count("|") == 5
    ]
    assert explained == list(KINDS)
    outcomes = [
        line.split(" | ")[-1].strip(" |")
        for line in text.splitlines()
        if line.count("|") == 5 and "`" in line
    ]
    assert outcomes == [kind.outcome for kind in KINDS.values()]
