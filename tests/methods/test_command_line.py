"""`python -m linli.methods` and `./linli verify RUN.json`: files in, words, runs and pictures out, without a database."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from linli.methods.__main__ import main
from linli.methods.opinion.drawing import draw_svg
from linli.methods.opinion.wording import CHANGES, FINDINGS, VERDICTS, WORDS, Wording
from tests.methods.test_runs import export

ROOT = Path(__file__).resolve().parents[2]
QUICK = ["--times", "2", "--shuffles", "19"]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def folder(tmp_path):
    votes, _table = export(people=45)
    (tmp_path / "votes.csv").write_bytes(votes)
    (tmp_path / "before.csv").write_bytes(b"".join(votes.splitlines(keepends=True)[:150]))
    head = "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    rows = "".join(f"1,{n},1,0,0,1,<b>说 {n}</b>\n" for n in range(10))
    (tmp_path / "comments.csv").write_text(head + rows, "utf-8")
    return tmp_path


def draw(folder, *words):
    return main(["opinion", "map", str(folder / "votes.csv"), *QUICK, *map(str, words)])


def test_a_report_in_words(folder, capsys):
    assert draw(folder, "--comments", folder / "comments.csv", "--before", folder / "before.csv") == 0
    told = capsys.readouterr().out
    assert "45 people cast" in told
    assert "Group A" in told
    assert "<b>说" in told
    assert "Since the map before" in told
    assert "Votes: 149 →" in told


def test_in_chinese_too(folder, capsys):
    assert draw(folder, "--language", "zh") == 0
    assert "A 组" in capsys.readouterr().out


def test_a_run_is_written_and_verified(folder, capsys):
    run = folder / "run.json"
    assert draw(folder, "--json", "--run", run) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(run.read_text())
    assert main(["verify", str(run)]) == 0
    assert "every number comes out again" in capsys.readouterr().out
    text = run.read_text()
    at = text.index('"total":') + 12
    run.write_text(text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :])
    assert main(["verify", str(run)]) == 1
    told = capsys.readouterr().out
    assert "seal" in told
    assert "result.axes.total" in told


def test_the_files_may_lie_elsewhere_but_nowhere_else(folder, tmp_path_factory, capsys):
    run = folder / "run.json"
    draw(folder, "--run", run)
    other = tmp_path_factory.mktemp("other") / "run.json"
    stored = json.loads(run.read_text())
    stored["input"]["votes"]["name"] = str(folder / "votes.csv")
    other.write_text(json.dumps(stored))
    assert main(["verify", str(other)]) == 1
    told = capsys.readouterr()
    assert "input_missing" in told.out
    assert "say with --files where they are" in told.err
    other.write_text(run.read_text())
    assert main(["verify", str(other), "--files", str(folder)]) == 0


def test_what_cannot_be_taken_is_said_in_one_line(folder, capsys):
    assert main(["opinion", "map", str(folder / "none.csv")]) == 2
    (folder / "votes.csv").write_text("a,b\n1\n")
    assert draw(folder) == 2
    (folder / "run.json").write_text("{")
    assert main(["verify", str(folder / "run.json")]) == 2
    (folder / "run.json").write_text("[" * 100_000)
    assert main(["verify", str(folder / "run.json")]) == 2
    (folder / "run.json").write_text("3")
    assert main(["verify", str(folder / "run.json")]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 5
    assert "Traceback" not in "".join(lines)


def test_whoever_stops_reading_is_not_told_of_it(folder):
    """As `… --json | head -1` does."""
    line = (
        f"{sys.executable} -m linli.methods opinion map {folder / 'votes.csv'} --times 2 --json | head -c 1"
    )
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=ROOT,
        env={"PYTHONPATH": "src", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("{", "")


def test_long_work_says_how_far_it_is(folder, monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert draw(folder) == 0
    told = capsys.readouterr().err
    assert "asking whether the groups hold … 2/4" in told
    assert told.endswith(f"\r{'':60}\r")


def test_where_nothing_is_shared_it_says_so(tmp_path, capsys):
    table = "participant,group-id,n-disagree,0,1\n" + "".join(
        f"{n},,0,{(1, -1, 0)[n % 3]},{(1, -1, 0)[n % 3]}\n" for n in range(9)
    )
    (tmp_path / "votes.csv").write_text(table)
    assert draw(tmp_path) == 0
    told = capsys.readouterr().out
    assert "Too few people to speak of groups yet." in told
    assert "nothing yet" in told


def test_the_picture_tells_those_who_cannot_see_it(folder):
    draw(folder, "--svg", folder / "map.svg", "--run", folder / "run.json")
    root = ET.parse(folder / "map.svg").getroot()  # noqa: S314
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "map-title map-desc"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title.text == "Opinion map of 45 people"
    assert "Group A" in desc.text
    shapes = {each.tag for each in root if each.tag in (f"{SVG}circle", f"{SVG}polygon")}
    assert len(shapes) == 2
    run = json.loads((folder / "run.json").read_text())
    assert draw_svg(run["result"], run["trace"], Wording()) == (folder / "map.svg").read_text()


def test_of_few_people_only_groups_are_drawn(tmp_path):
    votes, _table = export(people=20)
    (tmp_path / "votes.csv").write_bytes(votes)
    draw(tmp_path, "--svg", tmp_path / "map.svg", "--run", tmp_path / "run.json")
    root = ET.parse(tmp_path / "map.svg").getroot()  # noqa: S314
    groups = len(json.loads((tmp_path / "run.json").read_text())["result"]["groups"])
    marks = [each for each in root if each.tag in (f"{SVG}circle", f"{SVG}polygon")]
    assert len(marks) == 2 * groups
    assert "not single people" in root.find(f"{SVG}desc").text


def test_every_code_has_words_in_both_languages():
    from linli.methods.opinion.screening import Finding
    from linli.methods.opinion.stability import Verdict

    assert set(VERDICTS) == set(Verdict)
    assert set(FINDINGS) == set(Finding)
    for words in (VERDICTS, FINDINGS, CHANGES, WORDS):
        assert all(len(pair) == 2 and all(pair) for pair in words.values())


def test_linli_verify_needs_no_database(folder):
    """The start file hands a run to the methods, and anything else to Django."""
    draw(folder, "--run", folder / "run.json")
    words = [sys.executable, "-c", SCRIPT, str(folder / "run.json")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["linli.methods", "verify", str(folder / "run.json")], done.stderr


SCRIPT = """
import runpy, sys
start = runpy.run_path("linli", run_name="start")
start["main"].__globals__.update(install=lambda name: None, hand_over=lambda words, env: print(*words))
start["main"](["verify", *sys.argv[1:]])
"""
