"""Whether readers of calendars made by others, each independent of the rest, read in ours what we wrote.

Three come with the test lock and are also asked by every run of the tests. Two of Node's and libical are fetched into a
folder that is thrown away; where npm, or apt with dpkg, is not there, the table says so. Exits with 1 unless five agree
on every occurrence and nobody differs.
"""

import ctypes.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from tests.programmes.awkward import AWKWARD, FOLDER, SHANGHAI, at
from tests.programmes.readers import READERS, Reading, truth

from linli.kit.calendars import Calendar, Occurrence, icalendar

Read = Callable[[Path], list[Reading]]
TRIALS = Path(__file__).parent / "trials"
ENOUGH = 5
# Which readers take the time zones from the file; the others know them by name.
FROM_FILE = {"vobject", "ical.js", "libical"}


class Missing(Exception):
    """A reader that cannot be had here, and why."""


def written(path: Path, occurrences: list[Occurrence]) -> Path:
    path.write_bytes(icalendar(Calendar("试读", "", "zh-hans", "", "", timedelta(hours=1), occurrences)))
    return path


def told(command: list, folder: Path) -> list[Reading]:
    """What a reader in a process of its own printed."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        raise ValueError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no answer")
    return [
        Reading(uid, *(datetime.fromtimestamp(end, UTC) for end in ends), *rest)
        for uid, *ends, summary, description, status, sequence in json.loads(done.stdout)
        for rest in [(summary, description, status, sequence)]
    ]


def must(command: list, folder: Path) -> None:
    if shutil.which(command[0]) is None:
        raise Missing(f"no {command[0]} here")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise Missing(f"{command[0]} could not")


def of_python(name: str) -> tuple[str, Read]:
    return version(name), lambda file: READERS[name](file.read_bytes())


def of_node(name: str, folder: Path) -> tuple[str, Read]:
    must(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, name], folder)
    script = shutil.copy(TRIALS / f"{name.replace('.', '_').replace('-', '_')}.mjs", folder)
    described = json.loads((folder / "node_modules" / name / "package.json").read_text())
    return described["version"], lambda file: told(["node", script, file], folder)


def of_c(folder: Path) -> tuple[str, Read]:
    """The library this machine has, or its distribution's."""
    library, number = ctypes.util.find_library("ical"), "installed"
    if library is None:
        must(["apt-get", "download", "libical3"], folder)
        package = next(folder.glob("libical3_*.deb"))
        must(["dpkg", "-x", package, folder], folder)
        library, number = next(folder.rglob("libical.so.3")), package.name.split("_")[1]
    script = [sys.executable, "-m", "benchmarks.trials.libical", library]
    return number, lambda file: told([*script, file], TRIALS.parent.parent)


def compared(read: Read, file: Path, occurrences: list[Occurrence]) -> str:
    """ "agrees", or what is read otherwise."""
    try:
        found = read(file)
    except (ValueError, OSError) as problem:
        return f"cannot read it: {problem}"
    wanted = [truth(each) for each in occurrences]
    wrong = [each.summary for each, right in zip(found, wanted, strict=False) if each != right]
    if len(found) != len(wanted):
        return f"{len(found)} of {len(wanted)} occurrences"
    return f"differs in {wrong}" if wrong else "agrees"


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        awkward = written(folder / "awkward.ics", AWKWARD)
        moment = at(SHANGHAI, 2026, 3, 1, 9)
        path = [Occurrence("1@linli", 0, moment, moment + timedelta(hours=1), SHANGHAI, FOLDER, moment)]
        backslash = written(folder / "backslash.ics", path)
        getters: dict[str, Callable[[], tuple[str, Read]]] = {
            **{each: lambda each=each: of_python(each) for each in READERS},
            **{each: lambda each=each: of_node(each, folder) for each in ("ical.js", "node-ical")},
            "libical": lambda: of_c(folder),
        }
        results: dict[str, str] = {}
        print(
            f"{'reader':10} {'version':12} {'time zones':11} {f'{len(AWKWARD)} occurrences':16} backslash before n"
        )
        for each, get in getters.items():
            try:
                number, read = get()
            except Missing as why:
                print(f"{each:10} {why}")
                continue
            results[each] = compared(read, awkward, AWKWARD)
            zones = "by the file" if each in FROM_FILE else "by name"
            print(
                f"{each:10} {number:12} {zones:11} {results[each]:16} {compared(read, backslash, path)}",
                flush=True,
            )
    agreed = sum(result == "agrees" for result in results.values())
    figures = {"occurrences": len(AWKWARD), "readers": len(results), "agree": agreed}
    print(json.dumps({"bench": "parsers", "figures": figures, "readers": results}, ensure_ascii=False))
    return 0 if agreed == len(results) >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
