"""From a file to a run, to words, and back: the invented quarter of the page for residents."""

import json
from pathlib import Path

import pytest

from linli.methods import runs
from linli.methods.bad_input import BadInput
from linli.methods.budgeting import recipe
from linli.methods.budgeting.wording import Wording
from linli.methods.runs import plain

QUARTER = Path(__file__).resolve().parents[3] / "docs" / "methods" / "budgeting-example" / "quarter.pb"


@pytest.fixture(scope="module")
def data():
    return QUARTER.read_bytes()


def worked_out(data, **parameters):
    result, trace = recipe.compute({"election": data}, parameters, 1)
    return json.loads(runs.canonical(plain(result))), json.loads(runs.canonical(plain(trace)))


def test_the_quarter(data):
    result, trace = worked_out(data)
    assert result["election"]["voters"] == 60
    assert (result["funded"], result["spent"], result["left"]) == FUNDED
    assert result["within_budget"]
    assert result["passed_over"] == []
    assert result["comparison"]["first_is_kept"]
    assert len(trace["prices"]) == sum(each["by"] == "equal_shares" for each in result["rounds"]) + 1
    usual, _trace = worked_out(data, rule="greedy")
    assert usual["funded"] == ["m7", "b1", "l2", "k6"]


FUNDED = (["m7", "b1", "r5", "k6", "g4"], 88_500, 11_500)


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"completion": "none", "utility": "cardinality"},
        {"completion": "add1", "integral": True, "exhaustive": False},
        {"completion": "utilitarian", "groups": "side"},
        {"utility": "points", "voter": "v01"},
        {"rule": "phragmen", "ties": "name", "groups": "side", "voter": "v17"},
        {"rule": "greedy", "ties": "file", "per_cost": True, "voter": "v02"},
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_way_is_a_run_that_comes_out_again_and_can_be_said(data, parameters, language):
    run = runs.perform("budgeting.outcome", {"election": runs.Source("quarter.pb", data)}, parameters, 1)
    run = json.loads(json.dumps(run))
    assert list(runs.check(run, {"election": data})) == []
    report = Wording(language, run["result"]).report()
    for one in run["result"]["projects"]["ids"]:
        assert f"[{one}]" in report
    assert "{" not in report


def test_every_reason_has_words(data):
    """Also what the quarter does not show: points, groups left out, other outcomes of the city."""
    text = (
        data.decode()
        .replace("vote_type;approval", "vote_type;cumulative")
        .replace("voter_id;vote;side", "voter_id;vote;points")
    )
    head, votes = text.split("VOTES\n")
    rows = [row.split(";") for row in votes.splitlines()]
    rows = [
        rows[0],
        *(
            [who, what, ",".join("2" for _one in filter(None, what.split(",")))]
            for who, what, _side in rows[1:]
        ),
    ]
    text = head + "VOTES\n" + "\n".join(";".join(row) for row in rows)
    text = text.replace("project_id;cost;votes;name", "project_id;cost;selected;name")
    projects = text.index("b1;")
    text = text[:projects] + text[projects:].replace(";31;", ";1;").replace(";27;", ";0;").replace(";15;", ";0;").replace(
        ";19;", ";0;").replace(";26;", ";0;").replace(";25;", ";0;").replace(";24;", ";3;")  # fmt: skip
    result, _trace = worked_out(text.encode(), utility="points")
    assert result["official"]["funded"] == ["b1", "m7"]
    report = Wording("en", result).report()
    assert "for each point" in report
    assert "The city decided otherwise on: " in report
    result["official"]["differ"] = []
    result["comparison"]["first_is_kept"] = False
    result["passed_over"] = [{"project": "f8", "voters": 7, "most": 3, "part": 8.5}]
    result["unfunded"][0] |= {"why": "nobody"}
    report = Wording("en", result).report()
    for words in (
        "This is what the city decided.",
        "More prefer most votes first",
        "Passed over: 7 people",
        "nobody asked",
    ):
        assert words in report


def test_small_groups_are_told_together(data):
    text = data.decode().replace(";canal\n", ";one\n", 3).replace(";gate\n", ";two\n", 4)
    result, _trace = worked_out(text.encode(), groups="side")
    assert [(group["group"], group["voters"]) for group in result["groups"]] == [
        ("canal", 29),
        ("gate", 24),
        ("", 7),
    ]
    assert sum(group["money"] for group in result["groups"]) == pytest.approx(result["spent"])
    assert "others" in Wording("en", result).report()


def refused(data, code, **parameters):
    with pytest.raises(BadInput) as wrong:
        recipe.compute({"election": data}, parameters, 1)
    assert wrong.value.code == code


def test_groups_of_which_few_are_left_over_are_not_told(data):
    canal = data.decode().replace(";canal\n", ";other\n", 3)
    refused(canal.encode(), "groups_too_small", groups="side")


def test_what_is_not_known_is_refused(data):
    for parameters in (
        {"rule": "best"},
        {"utility": 3},
        {"integral": 1},
        {"fun": True},
        {"ties": "chance"},
        {"completion": ""},
    ):
        refused(data, "parameter_unknown", **parameters)
    refused(data, "column_missing", groups="age")
    refused(data, "column_missing", groups="vote")
    refused(data, "voter_unknown", voter="v99")
    refused(b"", "section_missing")
    for files, code in (({}, "file_missing"), ({"election": data, "votes": b""}, "file_unknown")):
        with pytest.raises(BadInput, match=code):
            recipe.compute(files, {}, 1)


def test_it_tells_how_far_it_is(data):
    told = []
    recipe.compute({"election": data}, {}, 1, lambda *said: told.append(said))
    assert told[0] == ("reading", 0, 3)
    assert told[-1] == ("done", 3, 3)
