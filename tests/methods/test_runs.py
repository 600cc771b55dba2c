"""A result that anybody can work out again, and in which no changed digit hides."""

import json
from copy import deepcopy

import numpy as np
import pytest

from linli.methods import runs
from linli.methods.bad_input import BadInput
from linli.methods.opinion.files import VotesFile, write_table, write_votes
from linli.methods.runs import Source, check, perform, plain, seal
from tests.methods.opinion.rooms import make_room

QUICK = {"times": 2, "shuffles": 19}


def export(seed=1, people=40, statements=10):
    votes, _camp = make_room(seed, people=people, statements=statements, answered=0.9)
    ids = [str(n) for n in range(people)], [str(n) for n in range(statements)]
    moments = 1_600_000_000_000 + 1000 * np.arange(len(votes))
    names = [ids[0][at] for at in votes.participants], [ids[1][at] for at in votes.statements]
    return write_votes(moments, names[1], names[0], votes.values), write_table(VotesFile(votes, *ids))


@pytest.fixture(scope="module")
def made():
    now, _table = export()
    before = b"".join(now.splitlines(keepends=True)[:200])
    comments = "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    comments += "".join(f"1,{n},1,0,0,{-1 if n == 3 else 1},say {n}\n" for n in range(10))
    files = {"votes": now, "before": before, "comments": comments.encode()}
    sources = {role: Source(f"{role}.csv", data) for role, data in files.items()}
    return json.loads(json.dumps(perform("opinion.map", sources, QUICK, 7))), files


def found(run, files, **more):
    return [finding.code for finding in check(run, files, **more)]


def test_a_run_says_all_that_it_takes(made):
    run, _files = made
    assert set(run) == {
        "linli_run", "method", "version", "parameters", "seed", "input", "result", "trace", "seal",
    }  # fmt: skip
    assert (run["method"], run["version"], run["seed"], run["parameters"]) == ("opinion.map", 1, 7, QUICK)
    assert set(run["input"]) == {"votes", "before", "comments"}
    assert run["result"]["statements"]["out"][3] is True
    assert run["result"]["changes"]
    assert run["trace"]["silhouettes"]


def test_it_comes_out_again(made):
    run, files = made
    assert found(run, files) == []
    again = perform(
        "opinion.map", {role: Source(f"{role}.csv", data) for role, data in files.items()}, QUICK, 7
    )
    assert again["seal"] == run["seal"]


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from leaves(each, (*path, index))
    else:
        yield path, value


def changed(run, path):
    other = deepcopy(run)
    place = other
    for step in path[:-1]:
        place = place[step]
    value = place[path[-1]]
    if isinstance(value, bool) or value is None:
        place[path[-1]] = not value
    elif isinstance(value, str):
        place[path[-1]] = f"{value}1"
    else:
        place[path[-1]] = value + (1 if isinstance(value, int) else max(abs(value), 1e-3) * 1e-11)
    return other


def test_a_changed_digit_anywhere_breaks_the_seal(made):
    run, _files = made
    paths = [path for path, _value in leaves(run)]
    for path in paths[:: max(1, len(paths) // 150)]:
        other = changed(run, path)
        body = {key: value for key, value in other.items() if key != "seal"}
        assert path == ("seal",) or seal(body) != other["seal"], path


def test_a_changed_digit_is_found_also_under_a_new_seal(made):
    run, files = made
    for part in ("result", "trace"):
        paths = [(part, *path) for path, value in leaves(run[part]) if not isinstance(value, str)]
        rng = np.random.default_rng(0)
        for path in [paths[at] for at in rng.choice(len(paths), 6, replace=False)]:
            other = changed(run, path)
            other["seal"] = seal({key: value for key, value in other.items() if key != "seal"})
            findings = list(check(other, files))
            assert [finding.code for finding in findings] == ["result"], path
            assert findings[0].place.startswith(f"{part}.{path[1]}")


def test_rounding_is_let_pass_only_when_asked(made):
    run, files = made
    other = changed(run, ("result", "axes", "total"))
    other["seal"] = seal({key: value for key, value in other.items() if key != "seal"})
    assert found(other, files) == ["result"]
    assert found(other, files, rounding=True) == []
    assert runs.close(1, 1.0) is False
    other["result"]["axes"]["total"] *= 1 + 1e-6
    other["seal"] = seal({key: value for key, value in other.items() if key != "seal"})
    assert found(other, files, rounding=True) == ["result"]


def test_other_files_and_other_runs_are_found(made):
    run, files = made
    assert (
        found(run, {**files, "votes": files["votes"].replace(b",1\r\n", b",0\r\n", 1)})[0] == "input_changed"
    )
    assert found(run, {"votes": files["votes"]}) == ["input_missing", "input_missing"]
    resealed = [
        ({"version": 2}, "version_other"),
        ({"method": "opinion.guess"}, "cannot_recompute"),
        ({"parameters": {"speed": 9}}, "cannot_recompute"),
        ({"seed": -1}, "cannot_recompute"),
    ]
    for change, code in resealed:
        other = {**run, **change}
        other["seal"] = seal({key: value for key, value in other.items() if key != "seal"})
        assert found(other, files)[0] == code


@pytest.mark.parametrize(
    "run",
    [
        None,
        3,
        [],
        {},
        {"linli_run": 1},
        {"linli_run": 2},
        {**dict.fromkeys(runs.KEYS), "linli_run": 1},
        {**dict.fromkeys(runs.KEYS), "linli_run": 1, "seed": 1, "parameters": {}, "input": 3},
    ],
)
def test_what_is_no_run_is_said(run):
    assert found(run, {})[0] in ("not_a_run", "parts")


def test_another_seed_is_another_chance_and_the_same_map(made):
    run, files = made
    sources = {role: Source(f"{role}.csv", data) for role, data in files.items()}
    other = perform("opinion.map", sources, QUICK, 8)
    assert other["result"]["people"] == run["result"]["people"]
    assert other["result"]["stability"]["agreements"] != run["result"]["stability"]["agreements"]


def test_a_table_without_moments_is_not_screened():
    _list, table = export()
    run = perform("opinion.map", {"votes": Source("t.csv", table)}, QUICK, 1)
    assert "screening" not in run["result"]


def test_a_warm_start_is_part_of_the_run(made):
    _run, files = made
    sources = {role: Source(f"{role}.csv", data) for role, data in files.items()}
    warm = perform("opinion.map", sources, {**QUICK, "warm": True}, 7)
    assert warm["parameters"]["warm"] is True
    assert found(warm, files) == []


@pytest.mark.parametrize(
    ("files", "parameters", "code"),
    [
        ({}, {}, "file_missing"),
        ({"votes": b"", "more": b""}, {}, "file_unknown"),
        ({"votes": b""}, {"k": 3}, "parameter_unknown"),
        ({"votes": b""}, {"mode": "loose"}, "parameter_unknown"),
        ({"votes": b""}, {"times": "9"}, "parameter_unknown"),
        ({"votes": b""}, {}, "empty_file"),
    ],
)
def test_bad_input(files, parameters, code):
    sources = {role: Source(role, data) for role, data in files.items()}
    with pytest.raises(BadInput, match=code):
        perform("opinion.map", sources, parameters, 1)


def test_numbers_that_are_none_are_never_written():
    with pytest.raises(BadInput, match="not_finite"):
        plain([float("nan")])
    with pytest.raises(BadInput, match="method_unknown"):
        perform("opinion.guess", {}, {}, 1)
    many = list(check_many())
    assert len(many) == runs.MOST_DIFFERENCES + 1


def check_many():
    return runs.differences([1] * 50, [2] * 50, "result", False)
