"""Runs of `sortition.replacement` and their command: who comes for whom, step by step, and what cannot be taken."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from linli.methods.__main__ import main
from linli.methods.bad_input import BadInput
from linli.methods.runs import Source, check, perform, seal
from linli.methods.sortition.files import read_people, read_quotas
from linli.methods.sortition.pool import make_pool
from linli.methods.sortition.quotas import make_quotas
from linli.methods.sortition.replacement import draw_replacement
from linli.methods.sortition.wording import Wording
from tests.methods.sortition.pools import keeps

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "sortition-example"
ASKED = {"size": 12, "id_column": "ticket", "household_column": "flat", "draw": True}
SEED = 2**255 + 7


def source(run):
    return Source("panel.json", json.dumps(run).encode())


@pytest.fixture(scope="module")
def files():
    return {
        role: Source(f"{role}.csv", (EXAMPLE / f"{role}.csv").read_bytes()) for role in ("people", "quotas")
    }


@pytest.fixture(scope="module")
def drawn(files):
    return perform("sortition.panel", files, ASKED, SEED)


def instead(files, panel, leaves, away=(), seed=SEED):
    asked = {"leaves": list(leaves), "away": list(away)}
    return perform("sortition.replacement", {**files, "panel": source(panel)}, asked, seed)


def test_one_after_the_other_leaves_and_the_panel_stays_a_panel(files, drawn):
    quotas = read_quotas(files["quotas"].data)
    people = read_people(files["people"].data, quotas, "ticket", "flat")
    runs = [drawn]
    for _step in range(4):
        now = runs[-1]["result"].get("panel") or drawn["result"]["drawn"]
        runs.append(instead(files, runs[-1], [now["ids"][-1]]))
    panels = [drawn["result"]["drawn"]["ids"], *(run["result"]["panel"]["ids"] for run in runs[1:])]
    for run, (before, after) in zip(runs[1:], pairwise(panels), strict=True):
        (came,) = run["result"]["came"]
        assert set(before) - set(after) == {came["leaves"]}
        assert set(after) - set(before) == {came["comes"]}
        assert keeps(people.pool, quotas.quotas, [people.ids.index(one) for one in after])
        assert run["result"]["panel"]["tickets"] == [people.ids.index(one) + 1 for one in after]
    left = [run["result"]["came"][0]["leaves"] for run in runs[1:]]
    assert runs[-1]["result"]["away"] == sorted(map(int, left))
    assert not set(left) & set(panels[-1])


def test_who_is_away_is_not_drawn_then_or_later(files, drawn):
    leaves = drawn["result"]["drawn"]["ids"][0]
    first = instead(files, drawn, [leaves])["result"]["came"][0]
    run = instead(files, drawn, [leaves], [first["comes"]])
    second = run["result"]["came"][0]
    assert second["comes"] != first["comes"]
    assert second["among"] == first["among"] - 1
    third = instead(files, run, [second["comes"]])["result"]["came"][0]
    assert third["comes"] not in (leaves, first["comes"], second["comes"])


def test_the_order_of_names_changes_nothing(files, drawn):
    leaves = drawn["result"]["drawn"]["ids"][:3]
    assert instead(files, drawn, leaves)["result"] == instead(files, drawn, leaves[::-1])["result"]


def test_a_run_comes_out_again_and_a_changed_one_does_not(files, drawn):
    run = json.loads(json.dumps(instead(files, drawn, drawn["result"]["drawn"]["ids"][:1])))
    data = {role: file.data for role, file in files.items()} | {"panel": source(drawn).data}
    assert list(check(run, data)) == []
    run["result"]["came"][0]["comes"] = "60"
    assert [one.place for one in check(run, data) if one.code == "result"] == ["result.came[0].comes"]


def test_a_seat_for_which_there_is_nobody_stays_empty(tmp_path, capsys):
    (tmp_path / "people.csv").write_text("id,age\na,young\nb,young\nc,old\nd,old\n")
    (tmp_path / "quotas.csv").write_text("feature,value,min,max\nage,young,1,1\nage,old,1,1\n")
    words = ["sortition", "panel", str(tmp_path / "people.csv"), str(tmp_path / "quotas.csv"), "--size", "2"]
    panel, then = tmp_path / "panel.json", tmp_path / "then.json"
    assert main([*words, "--id", "id", "--seed", "5", "--run", str(panel)]) == 0
    young, old = json.loads(panel.read_text())["result"]["drawn"]["ids"]
    other = {"a": "b", "b": "a", "c": "d", "d": "c"}
    capsys.readouterr()
    assert main(["sortition", "replace", str(panel), young, "--run", str(then)]) == 0
    assert f"{young} does not come any more. {other[young]} comes instead" in capsys.readouterr().out
    assert main(["sortition", "replace", str(then), other[young], old, "--language", "zh"]) == 1
    told = capsys.readouterr().out
    assert f"{other[young]} 不再参加。没有人能替补而仍满足全部配额：席位空缺，由人来决定。" in told
    assert "现在的名单，0 人" in told
    assert main(["sortition", "replace", str(then), old, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["result"]["panel"]["ids"] == sorted([other[young], other[old]])
    assert main(["verify", str(then)]) == 0


def test_who_comes_without_being_alike_is_said_to_differ():
    came = {"leaves": "7", "comes": "9", "apart": 2, "among": 3}
    counts = {"feature": "age", "values": ["old"], "min": [1], "max": [1], "panel": [1]}
    result = {"came": [came], "panel": {"ids": ["9"]}, "quotas": [counts]}
    assert "differ in as little as possible (2) and with whom every quota holds (3)" in Wording().succession(
        result
    )
    assert "差别最少（2 项）且全部配额仍能满足的人（3 人）" in Wording("zh").succession(result)


@pytest.mark.parametrize(
    ("code", "leaves", "away", "seed"),
    [
        ("nobody_leaves", [], [], SEED),
        ("id_unknown", ["61"], [], SEED),
        ("id_unknown", [0], ["x"], SEED),
        ("id_twice", [0, 0], [], SEED),
        ("id_twice", [0], [None, None], SEED),
        ("not_on_panel", [None], [], SEED),
        ("still_on_panel", [0], [1], SEED),
        ("seed_other", [0], [], SEED + 1),
    ],
)
def test_steps_that_cannot_be_taken(files, drawn, code, leaves, away, seed):
    """Numbers stand for places on the panel, None for somebody who is not on it."""
    on = drawn["result"]["drawn"]["ids"]
    off = next(one for one in drawn["result"]["people"]["ids"] if one not in on)
    names = [
        [off if one is None else on[one] if isinstance(one, int) else one for one in some]
        for some in (leaves, away)
    ]
    with pytest.raises(BadInput, match=code):
        instead(files, drawn, *names, seed)


@pytest.mark.parametrize("parameters", [{"leaves": "7"}, {"leaves": [7]}, {"who": ["7"]}])
def test_parameters_that_are_none(files, drawn, parameters):
    with pytest.raises(BadInput, match="parameter_unknown"):
        perform("sortition.replacement", {**files, "panel": source(drawn)}, parameters, SEED)


PAIRS = [[0], [0], [1], [1]]
ONE_OF_EACH = [[(1, 1), (1, 1)]]


@pytest.mark.parametrize(
    ("code", "panel", "away"),
    [
        ("not_on_panel", [1, 2], []),
        ("position_unknown", [0, 4], []),
        ("position_unknown", [0, 2], [-1]),
        ("no_replacement", [0, 2], [1]),
        # Two of one value already sit there where one may: nobody mends that.
        ("no_replacement", [0, 2, 3], []),
    ],
)
def test_replacements_that_cannot_be_drawn(code, panel, away):
    with pytest.raises(BadInput, match=code):
        draw_replacement(make_pool(PAIRS), make_quotas(ONE_OF_EACH), panel, 0, 7, away)


def resealed(run, **changes):
    changed = {**run, **changes}
    return {**changed, "seal": seal({name: part for name, part in changed.items() if name != "seal"})}


def test_panels_that_cannot_be_taken(files, drawn):
    result = drawn["result"]
    far, half = ({**result, "drawn": {"tickets": [ticket]}} for ticket in (99, 1.5))
    for code, panel in [
        ("not_a_run", 3),
        ("not_a_run", resealed(drawn, method="opinion.map")),
        ("seal_broken", {**drawn, "seed": 8}),
        ("input_changed", resealed(drawn, input={})),
        ("not_drawn", perform("sortition.panel", files, {**ASKED, "draw": False}, SEED)),
        ("not_a_run", resealed(drawn, result={"drawn": {"number": 3}})),
        ("not_a_run", resealed(drawn, result=far)),
        ("not_a_run", resealed(drawn, result=half)),
    ]:
        with pytest.raises(BadInput, match=code):
            instead(files, panel, ["7"])
    with pytest.raises(BadInput, match="not_a_run"):
        perform("sortition.replacement", {**files, "panel": Source("x", b"{")}, {"leaves": ["7"]}, SEED)
    other = {**files, "people": Source("people.csv", files["people"].data + b"\n")}
    with pytest.raises(BadInput, match="input_changed"):
        instead(other, drawn, ["7"])


def test_the_command_says_in_one_line_what_it_cannot_take(tmp_path, capsys, drawn):
    panel = tmp_path / "panel.json"
    for text in ("{", "3", json.dumps(drawn)):
        panel.write_text(text)
        assert main(["sortition", "replace", str(panel), "7"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["This cannot be taken: not_a_run (file: panel.json)"] * 2
    assert lines[2:] == [f"{tmp_path / 'people.csv'}: No such file or directory"]
