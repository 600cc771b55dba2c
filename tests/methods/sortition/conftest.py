"""What tests of sortition may ask for: the pools of the field and what peers made of them, where they lie beside."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.fixture(scope="session")
def shared():
    if not (SHARED / "sortition").exists():
        pytest.skip(f"needs the pools of the field in {SHARED}")
    return SHARED
