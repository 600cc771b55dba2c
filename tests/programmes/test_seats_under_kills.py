"""Never oversold, and never a seat empty while somebody waits for it, whoever is killed and when."""

import os
from math import inf

import pytest
from django.db import connection

from tests import programs
from tests.programmes.seats_deeds import DEEDS
from tests.programmes.seats_history import Deed, History, is_explained, read

OPERATIONS, SEED, SESSIONS = 2_000, 20261122, 4


@pytest.fixture
def trial(transactional_db, tmp_path):
    """trial(operations, sessions, engine) → what the processes did, and what was found in the database of this run."""

    def run(operations: int, sessions: int, engine: str = "ours") -> dict:
        environment = os.environ | {
            "PYTHONPATH": f"{programs.ROOT / 'src'}{os.pathsep}{programs.ROOT}",
            "DJANGO_SETTINGS_MODULE": "linli.settings",
            "LINLI_TRIAL_DATABASE": str(connection.settings_dict["NAME"]),
            "LINLI_TRIAL_FOLDER": str(tmp_path),
            "LINLI_TRIAL_ENGINE": engine,
        }
        numbers = operations, SEED, sessions
        return programs.run("tests.programmes.seats_trial", *numbers, environment=environment)

    return run


@pytest.mark.processes
def test_no_seat_is_sold_twice_or_left_empty_while_processes_are_killed(trial, capsys):
    figures = trial(OPERATIONS, SESSIONS)
    told = ["operations", "unknown", "unknown_but_done", "kills", "rows", "by_kind", "seconds"]
    programs.tell_figures(capsys, {name: figures[name] for name in told})

    assert (figures["findings"], figures["examples"]) == ({}, [])
    # Nobody was sent away by the database itself: deeds wait for each other, and never in a ring.
    assert figures["sent_away"] == []
    # And there was something to find.
    assert figures["answered"] >= OPERATIONS
    assert figures["kills"] >= OPERATIONS / 50
    assert figures["unknown"] >= OPERATIONS / 100
    assert [kind for kind in DEEDS if f"{kind} ok" not in figures["by_kind"]] == []
    assert {"waiting", "confirmed", "arrived", "cancelled", "lapsed"} <= set(figures["rows"])


@pytest.mark.processes
@pytest.mark.parametrize(
    ("engine", "operations", "sessions", "finds"),
    [
        ("count then insert", 250, 6, "oversold"),
        ("cancel without fill", 700, 1, "empty while somebody waits"),
        ("in two steps", 700, 2, "there although refused"),
    ],
)
def test_the_trial_finds_what_a_broken_engine_does(engine, operations, sessions, finds, trial):
    """As many operations as it takes to find it a dozen times and more: by chance it may be found less often."""
    assert trial(operations, sessions, engine)["findings"].get(finds, 0) > 0


def life(*deeds: tuple) -> list[Deed]:
    """(kind, begun, ended, answer), the answer None for whoever was killed."""
    return [
        Deed("", kind, "", "", None, begun, inf, "unknown")
        if answer is None
        else Deed("", kind, "", "", None, begun, ended, "fail" if answer == "no" else "ok", answer)
        for kind, begun, ended, answer in deeds
    ]


SEAT, QUEUE = ("sign_up", 0, 1, "confirmed"), ("sign_up", 0, 1, "waiting")
LIVES = {
    "a seat stays": (life(SEAT), "confirmed"),
    "who waits is offered a seat by anybody's deed": (life(QUEUE), "offered"),
    "of two who cancel at once one did it": (
        life(SEAT, ("cancel_sign_up", 2, 5, "False"), ("cancel_sign_up", 3, 4, "True")),
        "cancelled",
    ),
    "whoever was killed did it": (life(SEAT, ("cancel_sign_up", 2, 3, None)), "cancelled"),
    "or did not": (life(SEAT, ("cancel_sign_up", 2, 3, None)), "confirmed"),
    "an offer was over, so it was not accepted": (
        life(QUEUE, ("let_time_pass", 2, 3, "True"), ("accept_offer", 4, 5, "no"), ("lapse_offer", 6, 7, "True")),
        "lapsed",
    ),
    "who came and was taken back has a seat": (
        life(SEAT, ("check_in", 2, 3, "True"), ("take_back", 4, 5, "True")),
        "confirmed",
    ),
}  # fmt: skip
IMPOSSIBLE = {
    "a seat became a place in the queue": (life(SEAT), "waiting"),
    "a cancelled seat is back": (life(SEAT, ("cancel_sign_up", 2, 3, "True")), "confirmed"),
    "a seat went without a deed": (life(SEAT), "cancelled"),
    "two gave the same seat back": (
        life(SEAT, ("cancel_sign_up", 2, 5, "True"), ("cancel_sign_up", 3, 4, "True")),
        "cancelled",
    ),
    "it was accepted after it had lapsed": (
        life(QUEUE, ("let_time_pass", 2, 3, "True"), ("lapse_offer", 4, 5, "True"), ("accept_offer", 6, 7, "None")),
        "confirmed",
    ),
    "it was accepted after its time": (
        life(QUEUE, ("let_time_pass", 2, 3, "True"), ("accept_offer", 4, 5, "None")),
        "confirmed",
    ),
    "an accepted offer lapsed": (
        life(QUEUE, ("let_time_pass", 2, 3, None), ("accept_offer", 4, 5, "None"), ("lapse_offer", 6, 7, None)),
        "lapsed",
    ),
    "it was given back before the other noticed that it was not": (
        life(SEAT, ("cancel_sign_up", 2, 3, "True"), ("check_in", 4, 5, "True")),
        "cancelled",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("deeds", "state"), LIVES.values(), ids=LIVES)
def test_what_can_have_been(deeds, state):
    assert is_explained(deeds, state) is True


@pytest.mark.parametrize(("deeds", "state"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_have_been(deeds, state):
    assert is_explained(deeds, state) is False


def test_a_history_is_read_up_to_the_line_in_which_its_process_was_killed(tmp_path):
    history, about = History(tmp_path), {"kind": "sign_up", "session": "BUSY-0", "row": "", "asked": None}
    history.tell("first", about, lambda: ("ok", "confirmed"))
    history.write(number="second", **about)
    os.write(history.lines, b'{"number": "second", "resu')
    first, second = read(tmp_path)
    assert (first.number, first.result, first.answer, first.ended > first.begun) == (
        "first",
        "ok",
        "confirmed",
        True,
    )
    assert (second.number, second.result, second.ended) == ("second", "unknown", inf)
