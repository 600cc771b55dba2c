"""The shape of the house: which files a feature has, how large they grow, which way keys and names point."""

import ast
import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

PACKAGE = settings.PACKAGE
LAYERS = [
    "kit",
    "ledger",
    "areas",
    "people",
    "notices",
    "directory",
    "news",
    "programmes",
    "records",
    "interop",
    "site",
]
# Lines a file may have; a stylesheet has one declaration a line.
BUDGET = {".py": 400, ".html": 150, ".js": 200, ".css": 560}
# Files that a feature is made of; a noun split off as a package may stand in for any of them.
ANATOMY = {
    "__init__", "apps", "events", "consumers", "deeds", "panels", "models", "rules", "compute", "actions", "forms",
    "views", "urls", "personal", "retention", "notices", "migrations", "templates", "static", "locale", "management", "templatetags",
}  # fmt: skip
# What each app has beside the anatomy, and why a reader meets it there.
EXTRA = {
    "kit": None,  # no feature: a box of single sheets
    "ledger": {"edition", "facts", "sealing", "tree", "work"},
    "areas": {"tree", "calendar", "holidays", "festivals", "history", "finding", "browse", "sums", "data", "packs"},
    "people": {
        "access", "backends", "browsers", "delivery", "desks", "limits", "purposes", "roles", "sessions", "throttle",
        "tombstones",
    },
    "notices": {"channels", "inbox", "messages", "parcels", "stops", "subjects"},
    "directory": {
        "doors", "geojson", "hearsay", "hours", "hsds", "importing", "indexing", "listing", "nearby", "nearest", "spans", "timetables", "wording",
        "nodes",  # places in the tree, many at once: for both ways of importing
        "sheets",  # spreadsheets in and out, a package of its own like hsds
    },
    "news": {"fronts", "indexing", "syndication", "texts"},
    "programmes": {
        "answers", "chains", "indexing", "recurrence", "tickets",
        "tidying",  # which deeds the times of a session call for: for actions and deeds alike
    },
    "interop": {"hsds"},
    "records": {"backups", "databases", "diary", "exporting", "fingerprints"},
    "site": {
        "appearance", "certificate", "condition", "context", "demonstration", "errors", "health", "nearby", "offline", "searching", "setting_up", "styleguide", "tiles",
    },
}  # fmt: skip
FORBIDDEN_NAMES = re.compile(r"(Manager|Helper|Handler)$|^(utils|misc|common|helpers)$")


def python_files():
    return [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]


def test_files_stay_within_their_budget():
    sources = [
        *python_files(),
        *(path for kind in ("html", "css", "js") for path in PACKAGE.rglob(f"*.{kind}")),
    ]
    long = {
        str(path.relative_to(PACKAGE)): n
        for path in sources
        if (n := lines(path)) > BUDGET.get(path.suffix, 400)
    }
    assert long == {}


def lines(path: Path) -> int:
    return path.read_text("utf-8").count("\n")


def test_the_kit_is_made_of_single_sheets():
    long = {path.name: n for path in (PACKAGE / "kit").glob("*.py") if (n := lines(path)) > 160}
    assert long == {}


def test_every_app_is_built_alike():
    strange = {
        f"{app}/{path.stem}"
        for app, extra in EXTRA.items()
        if extra is not None
        for path in (PACKAGE / app).iterdir()
        if path.stem not in ANATOMY | extra | {"__pycache__"}
    }
    assert strange == set(), (
        "Find it a room in the anatomy (ARCHITECTURE.md), or add it to EXTRA with a reason."
    )


def test_names_say_what_a_thing_is():
    names = {path.stem for path in python_files()}
    for path in python_files():
        names |= {
            node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ClassDef)
        }
    assert {name for name in names if FORBIDDEN_NAMES.search(name)} == set()


def test_most_functions_fit_in_a_glance():
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    )
    middle, nine_in_ten = lengths[len(lengths) // 2], lengths[len(lengths) * 9 // 10]
    assert (middle < 10, nine_in_ten < 30, lengths[-1] <= 60) == (True, True, True), (
        middle,
        nine_in_ten,
        lengths[-1],
    )


def test_foreign_keys_point_down():
    upward = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in LAYERS
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model._meta.app_label in LAYERS
        if LAYERS.index(field.related_model._meta.app_label) > LAYERS.index(model._meta.app_label)
    }
    assert upward == set()


def test_no_model_overrides_save_and_no_signal_is_used():
    guilty = {
        str(path.relative_to(PACKAGE))
        for path in python_files()
        if re.search(r"models\.signals|post_save|pre_save|GenericForeignKey", path.read_text())
        or ("models" in str(path.relative_to(PACKAGE)) and "def save(" in path.read_text())
    }
    assert guilty == set()


def test_only_the_ledger_writes_events():
    writing = re.compile(
        r"\bEvent(\.objects)?\.(create|bulk_create|update|delete)\(|(?<!threading\.)\bEvent\("
    )
    guilty = {
        str(path.relative_to(PACKAGE))
        for path in python_files()
        if writing.search(path.read_text())
        and path.parts[-2:] not in {("ledger", "actions.py"), ("ledger", "models.py")}
    }
    assert guilty == set()


def test_migrations_are_linear():
    for app in LAYERS:
        numbers = [path.name[:4] for path in sorted((PACKAGE / app / "migrations").glob("0*.py"))]
        assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)], app


def test_every_template_is_used():
    sources = "\n".join(
        path.read_text("utf-8") for path in [*python_files(), *PACKAGE.rglob("templates/**/*.*")]
    )
    unused = []
    for path in PACKAGE.rglob("templates/**/*.*"):
        name = str(path).split("/templates/")[1]
        # A view may name its template after its verb: f"areas/{verb}.html".
        by_verb = f'"{name.split("/")[0]}/{{verb}}.html"' in sources and f'"{path.stem}"' in sources
        if name not in sources and not by_verb:
            unused.append(name)
    assert unused == []
