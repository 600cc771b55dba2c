"""`python -m linli.methods budgeting …`: words, runs, pictures; and the page for residents says what it says."""

import json

import pytest

from linli.methods.__main__ import main
from tests.methods.budgeting.test_recipe import QUARTER

PAGES = QUARTER.parents[1]


def test_the_page_for_residents_is_what_the_command_says(tmp_path, capsys):
    for language, page in (("en", "budgeting.md"), ("zh", "budgeting.zh-CN.md")):
        picture = tmp_path / f"outcome.{language}.svg"
        words = [
            "budgeting",
            "outcome",
            QUARTER,
            "--language",
            language,
            "--svg",
            picture,
            "--groups",
            "side",
        ]
        assert main([str(word) for word in words]) == 0
        assert picture.read_text("utf-8") == (QUARTER.parent / picture.name).read_text("utf-8")
        told, text = capsys.readouterr().out, (PAGES / page).read_text("utf-8")
        assert f"budgeting-example/{picture.name}" in text
        for figure in ("1,666.67", "1,729.67", "483.87", "967.74", "88,500", "7,847", "26,153", "50%", "53%"):
            assert figure in told
            assert figure in text.replace(" %", "%")


def test_what_the_page_says_of_most_votes_first(capsys):
    assert main(["budgeting", "outcome", str(QUARTER), "--rule", "greedy", "--groups", "side"]) == 0
    greedy = capsys.readouterr().out
    for figure in ("91,500", "84%", "5 of 60", "22 people", "16 people", "36,667", "12,500"):
        assert figure in greedy
    assert main(["budgeting", "outcome", str(QUARTER), "--completion", "none"]) == 0
    alone = capsys.readouterr().out
    for figure in ("20,500", "7,663", "1,337"):
        assert figure in alone


def test_a_run_is_verified_and_a_changed_one_is_not(tmp_path, capsys):
    run = tmp_path / "run.json"
    assert main(["budgeting", "outcome", str(QUARTER), "--voter", "v01", "--run", str(run), "--json"]) == 0
    assert run.read_text("utf-8") == capsys.readouterr().out
    assert main(["verify", str(run), "--files", str(QUARTER.parent)]) == 0
    changed = json.loads(run.read_text("utf-8"))
    changed["result"]["funded"].append("l2")
    run.write_text(json.dumps(changed), "utf-8")
    assert main(["verify", str(run), "--files", str(QUARTER.parent)]) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "section_missing (name: META)"),
        ("META\n", "value_missing (section: META)"),
        ("not an election", "section_missing (line: 1, name: META)"),
    ],
)
def test_what_is_no_election_is_told_in_one_line(text, says, tmp_path, capsys):
    path = tmp_path / "election.pb"
    path.write_text(text)
    assert main(["budgeting", "outcome", str(path)]) == 2
    assert capsys.readouterr().err == f"This cannot be taken: {says}\n"
    assert main(["budgeting", "outcome", str(tmp_path / "none.pb")]) == 2


def test_a_picture_where_nobody_pays_and_a_report_where_all_is_funded(tmp_path, capsys):
    assert (
        main(["budgeting", "outcome", str(QUARTER), "--rule", "greedy", "--svg", str(tmp_path / "a.svg")])
        == 0
    )
    assert "[f8] Fountain on the square 广场喷泉 0" in (tmp_path / "a.svg").read_text("utf-8")
    assert "Not funded" in capsys.readouterr().out
    rich = tmp_path / "rich.pb"
    rich.write_text(QUARTER.read_text("utf-8").replace("budget;100000", "budget;1000000"), "utf-8")
    assert main(["budgeting", "outcome", str(rich)]) == 0
    assert "Not funded" not in capsys.readouterr().out
