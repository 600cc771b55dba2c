"""What tests of opinion maps may ask for: both paths through the numbers, a room, the conversations of the field."""

from pathlib import Path

import pytest

from linli.methods.opinion import kernels
from tests.methods.opinion.rooms import make_room

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "polis"


@pytest.fixture(params=["numpy", "numba"])
def either_path(request, monkeypatch):
    """Every test that asks for it runs twice: without compiled loops, and with them wherever there are any."""
    if request.param == "numba":
        pytest.importorskip("numba")
    monkeypatch.setattr(kernels, "worth", lambda steps: request.param == "numba")
    return request.param


@pytest.fixture
def room():
    return make_room(1)[0]


@pytest.fixture(scope="session")
def shared():
    if not SHARED.exists():
        pytest.skip(f"needs the conversations of the field in {SHARED}")
    return SHARED
