"""`… sortition`: the part of the command line that makes lotteries, seals lists and draws.

sortition panel PEOPLE.csv QUOTAS.csv --size N              the fairest lottery; with --seed also the panel
sortition replace PANEL.json LEAVES …                       who comes for those who cannot
sortition seal PEOPLE.csv QUOTAS.csv --size N … LIST.json   salts for every ticket, and the list to publish
sortition seed LIST.json ENTERED AGAIN                      the seed, once the public value is known
"""

import argparse
import json
import secrets
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from linli.methods.bad_input import BadInput
from linli.methods.runs import Source, Tell, perform, quiet
from linli.methods.sortition.draw import LEAST_SALT, SealedList, make_seed, seal_list
from linli.methods.sortition.drawing import draw_svg
from linli.methods.sortition.wording import Wording


def add_commands(fields: Any, progress: Any) -> None:
    """The commands of this method, for the parser of all. `progress` makes what tells how far the work is."""
    top = fields.add_parser("sortition", help="panels by lot").add_subparsers(required=True, metavar="WHAT")
    panel = top.add_parser("panel", help="from people and quotas to a lottery, and with a seed to a panel")
    add_pool(panel)
    panel.add_argument("--seed", type=int, help="draws the panel; before there is a seed nobody is drawn")
    add_telling(panel)
    panel.add_argument("--svg", type=Path, help="draws panel and pool side by side into this file")
    panel.set_defaults(do=lambda options: make_panel(options, progress()))
    replace = top.add_parser("replace", help="who comes for those on a drawn panel who cannot")
    replace.add_argument("panel", type=Path, help="the run of the panel, or of the replacement before")
    replace.add_argument("leaves", nargs="+", help="ids of those who do not come any more")
    replace.add_argument("--away", nargs="+", default=[], help="ids of others who cannot come either")
    replace.add_argument("--files", type=Path, help="where people and quotas are; beside the run unless told")
    add_telling(replace)
    replace.set_defaults(do=lambda options: replace_people(options, progress()))
    seal = top.add_parser("seal", help="the list that is published before the seed can exist")
    add_pool(seal)
    seal.add_argument("list", type=Path, help="the list to publish is written to this file")
    seal.add_argument("--value", required=True, help="the public value that will decide: what and when")
    seal.add_argument("--fallback", required=True, help="what counts if that value never comes")
    seal.add_argument("--salts", type=Path, required=True, help="tickets and salts, secret, to this new file")
    seal.set_defaults(do=lambda options: seal_people(options, progress()))
    seed = top.add_parser("seed", help="the seed from the list and the value, entered by two people")
    seed.add_argument("list", type=Path)
    seed.add_argument("entered")
    seed.add_argument("again")
    seed.add_argument("--fallback", action="store_true", help="the value is that of the fallback")
    seed.set_defaults(do=tell_seed)


def add_telling(command: argparse.ArgumentParser) -> None:
    command.add_argument("--language", default="en", choices=["en", "zh"])
    command.add_argument("--json", action="store_true", help="the run itself instead of words")
    command.add_argument("--run", type=Path, help="writes the run to this file, to be verified later")


def add_pool(command: argparse.ArgumentParser) -> None:
    command.add_argument("people", type=Path, help="one person a line, a column for each feature")
    command.add_argument("quotas", type=Path, help="feature,value,min,max")
    command.add_argument("--size", type=int, required=True, help="people on the panel")
    command.add_argument(
        "--rule",
        default="leximin",
        choices=["leximin", "maximin", "nash", "goldilocks"],
        help="what fair means",
    )
    command.add_argument(
        "--gamma", type=float, default=1.0, help="goldilocks: how much small chances weigh (1)"
    )
    command.add_argument("--id", dest="id_column", default="", help="the column with the ids of people")
    command.add_argument(
        "--household", dest="household_column", default="", help="one of a household at most, by this column"
    )


def run_of(options: argparse.Namespace, seed: int | None, tell: Tell = quiet) -> dict[str, Any]:
    files = {role: Source(path.name, path.read_bytes()) for role, path in
             (("people", options.people), ("quotas", options.quotas))}  # fmt: skip
    names = ("size", "rule", "gamma", "id_column", "household_column")
    parameters = {name: getattr(options, name) for name in names} | {"draw": seed is not None}
    return perform("sortition.panel", files, parameters, seed or 0, tell)


def make_panel(options: argparse.Namespace, tell: Tell) -> int:
    run = run_of(options, options.seed, tell)
    wording = Wording(options.language)
    if options.svg and run["result"]["feasible"]:
        options.svg.write_text(draw_svg(run["result"], wording), "utf-8")
    tell_run(options, run, wording.report(run["result"]))
    return 0 if run["result"]["feasible"] else 1


def tell_run(options: argparse.Namespace, run: dict[str, Any], words: str) -> None:
    text = json.dumps(run, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if options.run:
        options.run.write_text(text + "\n", "utf-8")
    sys.stdout.write((text if options.json else words) + "\n")


def replace_people(options: argparse.Namespace, tell: Tell) -> int:
    """1 where a seat stays empty. The files are looked for by the names that stand in the run, and in one folder only."""
    source = Source(options.panel.name, options.panel.read_bytes())
    names, seed = named_in(source)
    folder = options.files or options.panel.parent
    files = {role: Source(name, (folder / name).read_bytes()) for role, name in names.items()}
    asked = {"leaves": options.leaves, "away": options.away}
    run = perform("sortition.replacement", {**files, "panel": source}, asked, seed, tell)
    tell_run(options, run, Wording(options.language).succession(run["result"]))
    return 0 if all(one["comes"] is not None for one in run["result"]["came"]) else 1


def named_in(source: Source) -> tuple[dict[str, str], int]:
    """What the files of people and quotas are called in a run, and its seed."""
    try:
        run = json.loads(source.data)
        names = {role: Path(run["input"][role]["name"]).name for role in ("people", "quotas")}
        return names, int(run["seed"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BadInput("not_a_run", file=source.name) from None


def seal_people(options: argparse.Namespace, tell: Tell) -> int:
    """The digest of the sheet is among the terms, so that with the list the 1,000 panels are sealed too."""
    result = run_of(options, None, tell)["result"]
    if not result["feasible"]:
        sys.stdout.write(Wording().report(result) + "\n")
        return 1
    ids = result["people"]["ids"]
    salts = [secrets.token_bytes(2 * LEAST_SALT) for _ticket in ids]
    sealed = seal_list(salts, options.value, options.fallback, f"sheet {result['sheet']['digest']}")
    rows = (f"{n},{one},{salt.hex()}\n" for n, (one, salt) in enumerate(zip(ids, salts, strict=True), 1))
    with options.salts.open("x", encoding="utf-8") as file:
        options.salts.chmod(0o600)
        file.write("ticket,id,salt\n" + "".join(rows))
    options.list.write_text(json.dumps(asdict(sealed), ensure_ascii=False, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{len(ids)} tickets, {sealed.terms}\nlist {sealed.digest}\n")
    return 0


def tell_seed(options: argparse.Namespace) -> int:
    seed = make_seed(read_list(options.list), options.entered, options.again, options.fallback)
    sys.stdout.write(f"{seed.number}\n")
    return 0


def read_list(path: Path) -> SealedList:
    try:
        found = json.loads(path.read_text("utf-8"))
        words = {name: found[name] for name in ("value", "fallback", "terms", "digest")}
        tickets = tuple(found["tickets"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BadInput("not_a_list", file=path.name) from None
    if not all(isinstance(word, str) for word in (*words.values(), *tickets)):
        raise BadInput("not_a_list", file=path.name)
    return SealedList(tickets, **words)
