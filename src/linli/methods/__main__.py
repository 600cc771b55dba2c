"""`python -m linli.methods …`: methods on files, without the rest of Linli. The only place here that opens any.

opinion map VOTES.csv    draws a map and says what it shows
budgeting outcome ELECTION.pb    which projects are funded, and why the others are not
sortition panel PEOPLE.csv QUOTAS.csv --size N    the fairest lottery over panels, and the draw
verify RUN.json          works a run out again from the files that it read
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from linli.methods.bad_input import BadInput
from linli.methods.budgeting.__main__ import add_commands as budgeting_commands
from linli.methods.runs import Source, Tell, check, perform, quiet
from linli.methods.sortition.__main__ import add_commands as sortition_commands

NOTHING_FOUND, SOMETHING_FOUND, NOT_TAKEN = 0, 1, 2


def main(words: list[str]) -> int:
    options = parser().parse_args(words)
    try:
        code: int = options.do(options)
        sys.stdout.flush()
        return code
    except BadInput as wrong:
        print(f"This cannot be taken: {wrong}", file=sys.stderr)
    except BrokenPipeError:
        # Whoever read has read enough; what is still to be flushed goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as wrong:
        print(f"{wrong.filename}: {wrong.strerror}", file=sys.stderr)
    return NOT_TAKEN


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m linli.methods", description=(__doc__ or "").splitlines()[0])
    fields = top.add_subparsers(required=True, metavar="METHOD")
    opinion = fields.add_parser("opinion", help="opinion maps").add_subparsers(required=True, metavar="WHAT")
    draw = opinion.add_parser("map", help="from votes to groups, and what they say")
    draw.add_argument("votes", type=Path, help="votes.csv or participants-votes.csv")
    draw.add_argument("--comments", type=Path, help="comments.csv, for moderation and the texts")
    draw.add_argument("--before", type=Path, help="an earlier export of the votes: what changed since")
    draw.add_argument("--warm", action="store_true", help="begin from the map before")
    draw.add_argument(
        "--mode", default="open", choices=["open", "strict", "none"], help="which statements count"
    )
    draw.add_argument("--seed", type=int, default=1, help="of what is left to chance (1)")
    draw.add_argument("--times", type=int, default=30, help="pictures without a fifth of the people (30)")
    draw.add_argument("--shuffles", type=int, default=19, help="rooms dealt out anew (19)")
    draw.add_argument("--language", default="en", choices=["en", "zh"])
    draw.add_argument("--json", action="store_true", help="the run itself instead of words")
    draw.add_argument("--run", type=Path, help="writes the run to this file, to be verified later")
    draw.add_argument("--svg", type=Path, help="draws the map into this file")
    draw.set_defaults(do=draw_map)
    budgeting_commands(fields, progress)
    sortition_commands(fields, progress)
    verify = fields.add_parser("verify", help="works a run out again")
    verify.add_argument("run", type=Path)
    verify.add_argument("--files", type=Path, help="where the files it read are; beside the run unless told")
    verify.add_argument(
        "--rounding", action="store_true", help="accept the rounding of another kind of processor"
    )
    verify.set_defaults(do=verify_run)
    return top


def draw_map(options: argparse.Namespace) -> int:
    given = {"votes": options.votes, "comments": options.comments, "before": options.before}
    files = {role: Source(path.name, path.read_bytes()) for role, path in given.items() if path}
    parameters = {name: getattr(options, name) for name in ("mode", "warm", "times", "shuffles")}
    run = perform("opinion.map", files, parameters, options.seed, progress())
    wording = words_for(options.language, files)
    if options.run:
        options.run.write_text(written(run), "utf-8")
    if options.svg:
        from linli.methods.opinion.drawing import draw_svg

        options.svg.write_text(draw_svg(run["result"], run["trace"], wording), "utf-8")
    sys.stdout.write(written(run) if options.json else f"{wording.report(run['result'])}\n")
    return NOTHING_FOUND


def words_for(language: str, files: dict[str, Source]) -> Any:
    from linli.methods.opinion.files import read_statements
    from linli.methods.opinion.wording import Wording

    if "comments" not in files:
        return Wording(language)
    about = read_statements(files["comments"].data)
    return Wording(language, dict(zip(about.ids, about.texts, strict=True)))


def verify_run(options: argparse.Namespace) -> int:
    try:
        run = json.loads(options.run.read_text("utf-8"))
    except (ValueError, RecursionError):
        raise BadInput("not_a_run", file=options.run.name) from None
    folder, files = options.files or options.run.parent, {}
    described = run.get("input") if isinstance(run, dict) else None
    for role, source in (described if isinstance(described, dict) else {}).items():
        # A run may come from anybody: only the last part of a name is looked for, and only in that folder.
        path = folder / Path(str(source.get("name", "") if isinstance(source, dict) else "")).name
        if path.is_file():
            files[role] = path.read_bytes()
    findings = list(check(run, files, progress(), options.rounding))
    for found in findings:
        beside = f": stored {found.stored!r}, computed {found.computed!r}" if found.place else ""
        print(f"{found.code} {found.place}{beside}".rstrip())
    if any(found.code == "input_missing" for found in findings):
        print(f"{folder}: lay the files it read there, or say with --files where they are", file=sys.stderr)
    if findings:
        print(f"{len(findings)} findings: this run does not fit", file=sys.stderr)
        return SOMETHING_FOUND
    print(f"{run['method']} {run['version']}: every number comes out again")
    return NOTHING_FOUND


def written(run: dict[str, Any]) -> str:
    return json.dumps(run, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def progress() -> Tell:
    """One line on the terminal that says what is being done; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return quiet

    def tell(part: str, done: int, of: int) -> None:
        line = f"{part} … {done}/{of}" if done < of else ""
        sys.stderr.write(f"\r{line:60}\r")
        sys.stderr.flush()

    return tell


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
