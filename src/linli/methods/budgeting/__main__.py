"""`… budgeting`: the part of the command line that decides a shared budget.

budgeting outcome ELECTION.pb    which projects are funded, why the others are not, and the checks
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from linli.methods.runs import Source, Tell, perform


def add_commands(fields: Any, progress: Any) -> None:
    """The commands of this method, for the parser of all. `progress` makes what tells how far the work is."""
    top = fields.add_parser("budgeting", help="shared budgets").add_subparsers(required=True, metavar="WHAT")
    outcome = top.add_parser("outcome", help="from ballots to funded projects, and why")
    outcome.add_argument("election", type=Path, help="a .pb file as the field keeps them")
    add_rule(outcome)
    outcome.add_argument(
        "--groups", default="", help="how the money falls on the values of this column of voters"
    )
    outcome.add_argument("--voter", default="", help="what the part of this voter paid for")
    outcome.add_argument("--language", default="en", choices=["en", "zh"])
    outcome.add_argument("--json", action="store_true", help="the run itself instead of words")
    outcome.add_argument("--run", type=Path, help="writes the run to this file, to be verified later")
    outcome.add_argument("--svg", type=Path, help="draws the outcome into this file")
    outcome.set_defaults(do=lambda options: tell_outcome(options, progress()))


def add_rule(command: argparse.ArgumentParser) -> None:
    rules, utilities = ["equal_shares", "phragmen", "greedy"], ["cost", "cardinality", "points"]
    completions = ["none", "add1", "utilitarian", "add1u"]
    command.add_argument("--rule", default="equal_shares", choices=rules)
    command.add_argument(
        "--utility", default="cost", choices=utilities, help="what a project is worth to who asked"
    )
    command.add_argument("--completion", default="add1u", choices=completions, help="of equal shares (add1u)")
    command.add_argument("--integral", action="store_true", help="add1 begins at whole units for everybody")
    command.add_argument(
        "--to-the-end",
        dest="exhaustive",
        action="store_false",
        help="add1 goes on when nothing more fits, until it would overspend",
    )
    command.add_argument("--per-cost", action="store_true", help="greedy by votes per cost")
    command.add_argument("--ties", default="votes", choices=["votes", "name", "file"], help="who goes first")


def tell_outcome(options: argparse.Namespace, tell: Tell) -> int:
    names = ("rule", "utility", "completion", "integral", "exhaustive", "per_cost", "ties", "groups", "voter")
    parameters = {name: getattr(options, name) for name in names}
    files = {"election": Source(options.election.name, options.election.read_bytes())}
    run = perform("budgeting.outcome", files, parameters, 0, tell)
    text = json.dumps(run, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
    if options.run:
        options.run.write_text(text, "utf-8")
    if options.svg or not options.json:
        from linli.methods.budgeting.drawing import draw_svg
        from linli.methods.budgeting.wording import Wording

        wording = Wording(options.language, run["result"])
        if options.svg:
            options.svg.write_text(draw_svg(run["result"], wording), "utf-8")
    sys.stdout.write(text if options.json else wording.report() + "\n")
    return 0
