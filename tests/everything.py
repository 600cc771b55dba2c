"""`./linli test`: everything that is checked, with a heading and seconds for each, and all that failed at the end."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
APT = "apt-get install -y --no-install-recommends chromium fonts-noto-cjk"


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def call(command: list, **more: str) -> int:
    """Runs a child with its output visible; `more` is added to its environment."""
    return subprocess.run(command, cwd=ROOT, env=os.environ | more, check=False).returncode


def has_chromium() -> bool:
    given = os.environ.get("LINLI_CHROMIUM")
    if (given and Path(given).exists()) or any(map(shutil.which, BROWSERS)):
        return True
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def ensure_chromium() -> None:
    """A browser test never skips: a missing browser is installed where we may, else the line to run is said."""
    if has_chromium():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"== Chromium is missing: {APT} ==")
        if call(["apt-get", "update", "-q"]) == 0 and call(APT.split()) == 0:
            return
    sys.exit(
        f"The tests need Chromium. Run:  sudo {APT}\n"
        f"or, without root:  {sys.executable} -m playwright install --only-shell chromium"
    )


def linters() -> list[tuple[str, list]]:
    templates = sorted(ROOT.glob("src/linli/*/templates/**/*.html"))
    linli = [sys.executable, "-m", "linli"]
    return [
        ("ruff check", [TOOLS / "ruff", "check", ".", "linli"]),
        ("ruff format", [TOOLS / "ruff", "format", "--check", ".", "linli"]),
        ("djade", [TOOLS / "djade", "--check", "--target-version", "5.2", *templates]),
        ("import contracts", [TOOLS / "lint-imports"]),
        ("mypy", [TOOLS / "mypy"]),
        ("migrations", [*linli, "makemigrations", "--check", "--dry-run"]),
        ("catalogues", [*linli, "catalogue", "--check"]),
    ]


def passes(title: str, command: list, **more: str) -> bool:
    begun = time.monotonic()
    say(f"\n== {title} ==")
    good = call(command, **more) == 0
    say(f"== {title}: {'good' if good else 'FAILED'}, {time.monotonic() - begun:.1f} s ==")
    return good


def check_everything() -> list[str]:
    """The titles of what failed. The browser sees one database only: a page does not know which it is."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="linli-lint-") as folder:
        failed += [title for title, command in linters() if not passes(title, command, LINLI_DATA=folder)]
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    if not passes("tests on SQLite, with the browser", pytest, LINLI_TEST_DATABASE="sqlite"):
        failed.append("tests on SQLite")
    without_browser = [*pytest, "-m", "not browser"]
    if not passes("tests on PostgreSQL", without_browser, LINLI_TEST_DATABASE="postgres"):
        failed.append("tests on PostgreSQL")
    return failed


def main(arguments: list[str]) -> int:
    ensure_chromium()
    os.environ.pop("LINLI_DATA", None)  # every run makes its own
    pytest = [sys.executable, "-m", "pytest"]
    rest = [argument for argument in arguments if argument != "--screens"]
    if "--screens" in arguments:
        return call([*pytest, *(rest or ["-q", "tests/browser", "-k", "screen"])], LINLI_SCREENS="1")
    if rest:
        return call([*pytest, *rest])
    begun = time.monotonic()
    failed = check_everything()
    say(
        f"\n{'FAILED: ' + ', '.join(failed) if failed else 'Everything passed'}, {time.monotonic() - begun:.0f} s."
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
