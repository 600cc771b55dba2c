"""What tests of budgets may ask for: both paths through the numbers, the files of the field and what a peer made of them, where they lie beside us."""

import json
from functools import cache
from pathlib import Path

import pytest

from linli.methods.budgeting import kernels
from linli.methods.budgeting.pabulib import read_pb

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.fixture(params=["numpy", "numba"])
def either_path(request, monkeypatch):
    """Every test that asks for it runs twice: without compiled loops, and with them."""
    if request.param == "numba":
        pytest.importorskip("numba")
    monkeypatch.setattr(kernels, "worth", lambda looked_at: request.param == "numba")
    return request.param


@pytest.fixture(scope="session")
def shared():
    """Reads a file of the field by its name, each once."""
    if not (SHARED / "pabulib").exists():
        pytest.skip(f"needs the elections of the field in {SHARED}")

    @cache
    def read(name):
        return read_pb((SHARED / "pabulib" / f"{name}.pb").read_bytes())

    read.names = sorted(path.stem for path in (SHARED / "pabulib").glob("*.pb"))
    return read


@pytest.fixture(scope="session")
def golden():
    """Selections of pabutools 1.2.3 in exact fractions, ties by name."""
    path = SHARED / "golden" / "pabutools_selected.json"
    if not path.exists():
        pytest.skip(f"needs {path}")
    return json.loads(path.read_text("utf-8"))["selected"]
