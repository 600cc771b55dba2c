"""Runs: every public result with all that it takes to work it out again.

A run says which method in which version, with which parameters and which seed, read which bytes (by their SHA-256), and
what came out; a seal over all of it shows any change. Checking a run needs its file and the files it read, and nothing
else: no database, no network, not this machine.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from math import isfinite
from typing import Any

import numpy as np

from linli.methods.bad_input import BadInput

FORMAT = 1
# Methods by the name that stands in their runs. Each module has VERSION and compute(files, parameters, seed, tell).
METHODS = {
    "opinion.map": "linli.methods.opinion.recipe",
    "budgeting.outcome": "linli.methods.budgeting.recipe",
    "sortition.panel": "linli.methods.sortition.recipe",
    "sortition.replacement": "linli.methods.sortition.succession",
}
# Beyond so many digits processors round differently.
DIGITS = 12
CLOSE = 1e-9
MOST_DIFFERENCES = 20

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Source:
    """A file that a method reads: what it is called, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Finding:
    """Something that does not fit: a code, and where in the run it is."""

    code: str
    place: str = ""
    stored: Any = None
    computed: Any = None


def quiet(_part: str, _done: int, _of: int) -> None:
    """Tells nobody how far the work is."""


def perform(
    method: str, files: Mapping[str, Source], parameters: Mapping[str, Any], seed: int, tell: Tell = quiet
) -> dict[str, Any]:
    """A run of that method on these files, which are named by what they are to it.

    Raises BadInput: `method_unknown`, and what the method raises.
    """
    module = method_named(method)
    result, trace = module.compute({role: file.data for role, file in files.items()}, parameters, seed, tell)
    run = {
        "linli_run": FORMAT,
        "method": method,
        "version": module.VERSION,
        "parameters": plain(parameters),
        "seed": seed,
        "input": {role: described(file) for role, file in sorted(files.items())},
        "result": plain(result),
        "trace": plain(trace),
    }
    return {**run, "seal": seal(run)}


def fill_in(
    files: Mapping[str, bytes],
    parameters: Mapping[str, Any],
    defaults: Mapping[str, Any],
    needed: Collection[str],
    welcome: Collection[str] = (),
) -> dict[str, Any]:
    """What is asked of a method, with its defaults where nothing is said.

    Raises BadInput: `parameter_unknown`, `file_unknown`, `file_missing`.
    """
    for name in parameters:
        if name not in defaults:
            raise BadInput("parameter_unknown", name=name)
    for role in files:
        if role not in needed and role not in welcome:
            raise BadInput("file_unknown", role=role)
    for role in sorted(needed):
        if role not in files:
            raise BadInput("file_missing", role=role)
    return {**defaults, **parameters}


def check(
    run: Any, files: Mapping[str, bytes], tell: Tell = quiet, rounding: bool = False
) -> Iterator[Finding]:
    """Everything about a run that does not fit, nothing if all does. `files` by what they are to the method.

    `rounding` accepts numbers that differ by less than a billionth part, as on another kind of processor.
    """
    wrong_shape = list(misshapen(run))
    yield from wrong_shape
    if wrong_shape:
        return
    if run["seal"] != seal({key: value for key, value in run.items() if key != "seal"}):
        yield Finding("seal")
    missing = [role for role in run["input"] if role not in files]
    for role, stored in run["input"].items():
        if role in missing:
            yield Finding("input_missing", f"input.{role}", stored.get("name"))
        elif described(Source(stored.get("name", ""), files[role])) != stored:
            yield Finding("input_changed", f"input.{role}", stored.get("sha256"))
    if missing:
        return
    try:
        module = method_named(run["method"])
        if run["version"] != module.VERSION:
            yield Finding("version_other", "version", run["version"], module.VERSION)
        own = {role: files[role] for role in run["input"]}
        result, trace = module.compute(own, run["parameters"], run["seed"], tell)
    except BadInput as wrong:
        yield Finding("cannot_recompute", computed=str(wrong))
        return
    for name, computed in (("result", result), ("trace", trace)):
        yield from differences(run[name], plain(computed), name, rounding)


KEYS = {"linli_run", "method", "version", "parameters", "seed", "input", "result", "trace", "seal"}


def misshapen(run: Any) -> Iterator[Finding]:
    """What keeps it from being a run at all."""
    if not isinstance(run, dict) or run.get("linli_run") != FORMAT:
        yield Finding("not_a_run")
    elif set(run) != KEYS:
        yield Finding("parts", ", ".join(sorted(KEYS.symmetric_difference(run))))
    elif not (type(run["seed"]) is int and isinstance(run["parameters"], dict)):
        yield Finding("not_a_run", "seed, parameters")
    elif not (isinstance(run["input"], dict) and all(isinstance(one, dict) for one in run["input"].values())):
        yield Finding("not_a_run", "input")


def method_named(name: str) -> Any:
    if name not in METHODS:
        raise BadInput("method_unknown", method=name)
    return import_module(METHODS[name])


def described(file: Source) -> dict[str, Any]:
    digest = hashlib.sha256(file.data).hexdigest()
    return {"name": file.name, "bytes": len(file.data), "sha256": digest}


def seal(run: Mapping[str, Any]) -> str:
    """SHA-256 of the run written in one fixed way.

    >>> seal({"b": 1, "a": [1.5, None]})[:12]
    'cf0c4895ed70'
    """
    return hashlib.sha256(canonical(run).encode()).hexdigest()


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def plain(value: Any) -> Any:
    """Results as JSON has them, numbers to 12 digits.

    >>> plain({"x": np.array([1 / 3, 2.0]), "n": np.int64(4)})
    {'x': [0.333333333333, 2.0], 'n': 4}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return plain(value.tolist())
    if isinstance(value, float):
        if not isfinite(value):
            raise BadInput("not_finite")
        return float(f"{value:.{DIGITS}g}")
    return str(value) if isinstance(value, str) else value


def differences(stored: Any, computed: Any, place: str, rounding: bool) -> Iterator[Finding]:
    """Where two results differ, the first twenty places."""
    for count, found in enumerate(unlike(stored, computed, place, rounding)):
        if count == MOST_DIFFERENCES:
            yield Finding("more_differences", place)
            return
        yield found


def unlike(stored: Any, computed: Any, place: str, rounding: bool) -> Iterator[Finding]:
    if isinstance(stored, dict) and isinstance(computed, dict) and stored.keys() == computed.keys():
        for key in stored:
            yield from unlike(stored[key], computed[key], f"{place}.{key}", rounding)
    elif isinstance(stored, list) and isinstance(computed, list) and len(stored) == len(computed):
        for index, (one, other) in enumerate(zip(stored, computed, strict=True)):
            yield from unlike(one, other, f"{place}[{index}]", rounding)
    elif (type(stored) is not type(computed) or stored != computed) and not (
        rounding and close(stored, computed)
    ):
        yield Finding("result", place, stored, computed)


def close(one: Any, other: Any) -> bool:
    if not (isinstance(one, float) and isinstance(other, float)):
        return False
    return abs(one - other) <= CLOSE * max(1.0, abs(one), abs(other))
