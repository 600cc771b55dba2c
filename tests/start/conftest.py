"""The start file has no .py ending, so it is loaded by hand."""

import importlib.util
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

START = Path(__file__).resolve().parents[2] / "linli"


@pytest.fixture(scope="session")
def start() -> ModuleType:
    loader = SourceFileLoader("start_file", str(START))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("start_file", loader))
    loader.exec_module(module)
    return module
