"""Runs of `sortition.panel` and its commands: files in; words, runs, lists and seeds out."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from linli.methods.__main__ import main
from linli.methods.bad_input import BadInput
from linli.methods.runs import Source, check, perform
from linli.methods.sortition.draw import hash_ticket
from linli.methods.sortition.recipe import digest_of
from linli.methods.sortition.wording import GAPS, RULES, WORDS, Wording

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "docs" / "methods" / "sortition-example"
POOL = [str(EXAMPLE / "people.csv"), str(EXAMPLE / "quotas.csv"), "--size", "12", "--id", "ticket"]
ASKED = {"size": 12, "id_column": "ticket", "household_column": "flat"}


def files(**changed):
    data = {role: (EXAMPLE / f"{role}.csv").read_bytes() for role in ("people", "quotas")} | changed
    return {role: Source(f"{role}.csv", each) for role, each in data.items()}


@pytest.fixture(scope="module")
def run():
    return perform("sortition.panel", files(), {**ASKED, "draw": True}, 2**255 + 7)


def test_a_run_says_everything_and_comes_out_again(run):
    result = run["result"]
    assert result["fairness"]["certified"]
    assert result["drawn"]["ids"] == [str(ticket) for ticket in result["drawn"]["tickets"]]
    assert result["sheet"]["panels"][result["drawn"]["number"] - 1] == result["drawn"]["tickets"]
    for one in result["quotas"]:
        assert all(
            least <= n <= most for least, n, most in zip(one["min"], one["panel"], one["max"], strict=True)
        )
    again = json.loads(json.dumps(run))
    assert list(check(again, {role: file.data for role, file in files().items()})) == []


def test_chances_follow_from_the_lottery_in_the_trace(run):
    people, trace = run["result"]["people"], run["trace"]
    means = [0.0] * len(trace["kinds"]["sizes"])
    for panel, chance in zip(trace["panels"], trace["chances"], strict=True):
        for kind, count in panel:
            means[kind] += chance * count
    for kind, chance in zip(people["kinds"], people["probabilities"], strict=True):
        assert chance == pytest.approx(means[kind] / trace["kinds"]["sizes"][kind], abs=1e-9)


def test_the_lottery_does_not_know_the_seed(run):
    before = perform("sortition.panel", files(), ASKED, 0)["result"]
    assert before["drawn"] is None
    assert before["sheet"] == run["result"]["sheet"]


def test_a_changed_draw_is_found(run):
    run = json.loads(json.dumps(run))
    run["result"]["drawn"]["number"] = run["result"]["drawn"]["number"] % 1000 + 1
    found = {one.code for one in check(run, {role: file.data for role, file in files().items()})}
    assert found == {"seal", "result"}


@pytest.mark.parametrize(
    ("code", "asked", "seed", "given"),
    [
        ("parameter_unknown", {"sise": 12}, 1, files()),
        ("parameter_unknown", {"size": "12"}, 1, files()),
        ("parameter_unknown", {"size": 12, "rule": "fair"}, 1, files()),
        ("parameter_unknown", {"size": 12, "gamma": True}, 1, files()),
        ("file_missing", {"size": 12}, 1, {"people": Source("x", b"")}),
        ("file_unknown", {"size": 12}, 1, {**files(), "votes": Source("x", b"")}),
        ("out_of_bounds", {"size": 12}, 2**256, files()),
        ("out_of_bounds", {"size": 12, "rule": "goldilocks", "gamma": 0}, 1, files()),
        ("pool_small", {"size": 61}, 1, files()),
        ("quotas_over_size", {"size": 9}, 1, files()),
    ],
)
def test_what_a_run_cannot_take(code, asked, seed, given):
    with pytest.raises(BadInput, match=code):
        perform("sortition.panel", given, asked, seed)


def test_quotas_that_no_panel_keeps_come_back_with_the_smallest_change(tmp_path, capsys):
    (tmp_path / "people.csv").write_text("age,home\nyoung,own\nyoung,own\nold,rent\nold,own\n")
    (tmp_path / "quotas.csv").write_text(
        "feature,value,min,max\nage,young,2,2\nage,old,1,1\nhome,own,1,2\nhome,rent,1,1\n"
    )
    words = ["sortition", "panel", str(tmp_path / "people.csv"), str(tmp_path / "quotas.csv"), "--size", "3"]
    assert main(words) == 0
    (tmp_path / "people.csv").write_text("age,home\nyoung,own\nyoung,own\nold,own\nold,own\n")
    assert main(words) == 1
    told = capsys.readouterr().out
    assert "home, own: at most 3 instead of 2" in told
    assert "home, rent: at least 0 instead of 1" in told
    assert main([*words, "--language", "zh"]) == 1
    assert "至少 0 人" in capsys.readouterr().out
    sealing = ["--value", "a", "--fallback", "b", "--salts", str(tmp_path / "salts.csv")]
    assert main(["sortition", "seal", *words[2:], str(tmp_path / "list.json"), *sealing]) == 1
    assert "home, rent: at least 0 instead of 1" in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.csv", "quotas.csv"]


def test_from_the_sealed_list_to_the_panel_and_back(tmp_path, capsys):
    salts, sealed = tmp_path / "salts.csv", tmp_path / "list.json"
    seal = ["sortition", "seal", *POOL, str(sealed), "--salts", str(salts)]
    assert main([*seal, "--value", "Lottery of 6 May", "--fallback", "Lottery of 9 May"]) == 0
    assert salts.stat().st_mode & 0o077 == 0
    published = json.loads(sealed.read_text())
    ticket, _name, salt = salts.read_text().splitlines()[1].split(",")
    assert published["tickets"][0] == hash_ticket(int(ticket), bytes.fromhex(salt))
    assert main([*seal, "--value", "Lottery of 6 May", "--fallback", "Lottery of 9 May"]) == 2
    capsys.readouterr()
    assert main(["sortition", "seed", str(sealed), "5 12 40", "5 12  40"]) == 0
    seed = capsys.readouterr().out.strip()
    written = tmp_path / "run.json"
    assert main(["sortition", "panel", *POOL, "--seed", seed, "--run", str(written)]) == 0
    assert "Drawn: panel number" in capsys.readouterr().out
    assert main(["verify", str(written), "--files", str(EXAMPLE)]) == 0
    panels = json.loads(written.read_text())["result"]["sheet"]["panels"]
    lines = "".join(" ".join(map(str, panel)) + "\n" for panel in panels)
    assert published["terms"] == f"sheet {hashlib.sha256(lines.encode()).hexdigest()}"
    assert main(["sortition", "seed", str(sealed), "5 12 40", "5 12 41"]) == 2
    for nothing in ("{}", json.dumps({**published, "value": 3})):
        sealed.write_text(nothing)
        assert main(["sortition", "seed", str(sealed), "1", "1"]) == 2


def test_a_report_in_each_language_and_nothing_else_on_the_way_out(tmp_path):
    env = {"PYTHONPATH": str(ROOT / "src")}
    words = [sys.executable, "-m", "linli.methods", "sortition", "panel", *POOL, "--json"]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    run = json.loads(done.stdout)
    assert done.stderr == ""
    assert "Proven" in Wording("en").report(run["result"])
    assert "已证明" in Wording("zh").report(run["result"])
    assert digest_of(np.array(run["result"]["sheet"]["panels"]) - 1) in Wording().report(run["result"])


def test_words_stand_in_both_languages():
    for words in (RULES, GAPS, WORDS):
        for pair in words.values():
            english, chinese = pair
            assert english.strip()
            assert chinese.strip()
            assert english.count("{") == chinese.count("{")
