"""Methods know numbers: no Django, no clock, no chance of their own, no files but in one place; and their examples hold."""

import ast
import doctest
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
METHODS = ROOT / "src" / "linli" / "methods"
MODULES = sorted(METHODS.rglob("*.py"))
ALLOWED = {"numpy", "scipy", "highspy", "numba", "linli"}
FORBIDDEN = {
    "time",
    "random",
    "socket",
    "urllib",
    "logging",
    "secrets",
    "uuid",
    "threading",
    "multiprocessing",
}
PAGES = sorted((ROOT / "docs" / "methods").glob("*.md"))


def module_name(path):
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_takes_numbers_only(path):
    known = ALLOWED | set(sys.stdlib_module_names)
    assert set(imports(path)) <= known
    if path.name != "__main__.py":
        assert not set(imports(path)) & FORBIDDEN
        called = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {"open", "print", "input", "exec", "eval"}


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "loops.py"], ids=module_name)
def test_examples_in_docstrings_hold(path):
    failed, _tried = doctest.testmod(import_module(module_name(path)))
    assert failed == 0


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_examples_in_the_pages_hold(path):
    failed, _tried = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
    assert failed == 0


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_every_module_and_class_says_what_it_is(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    silent = [
        node.name for node in tree.body if isinstance(node, ast.ClassDef) and not ast.get_docstring(node)
    ]
    assert silent == []


def test_neither_django_nor_numba_is_loaded_by_a_small_map():
    script = (
        "import sys; from linli.methods.opinion.opinion_map import draw_map;"
        "from linli.methods.opinion.votes import from_table; draw_map(from_table([[1, -1], [-1, 1]]));"
        "print(sorted({'django', 'numba', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_the_same_answer_whatever_the_number_of_threads(tmp_path):
    script = (
        "from tests.methods.opinion.rooms import make_room; from linli.methods.opinion.opinion_map import draw_map;"
        "import hashlib; found = draw_map(make_room(1, people=900, statements=120)[0]);"
        "print(hashlib.sha256(found.places.tobytes() + found.groups.labels.tobytes() + found.priority.tobytes()).hexdigest())"
    )
    told = set()
    for threads in ("1", "2"):
        env = {"PYTHONPATH": "src:.", "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=True
        )
        told.add(done.stdout)
    assert len(told) == 1
