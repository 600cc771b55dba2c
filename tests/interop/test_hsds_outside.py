"""An outside tester, schemathesis, asks the API whatever its own description allows and forbids."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from linli.interop.hsds.kinds import KINDS
from linli.wsgi import application
from tests.interop.conftest import make_announcement, make_many

pytestmark = pytest.mark.any_database

OPERATIONS = [
    ("/", "GET"),
    *((f"/{kind}", method) for kind in KINDS for method in ("GET", "POST")),
    *((f"/{kind}/{{id}}", "GET") for kind in KINDS),
]
# Nothing can be asked of the root, so nothing wrongly.
QUESTIONS = [
    (*operation, mode)
    for operation in OPERATIONS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or operation != ("/", "GET")
]
# What no description can say: that a distance needs a point, that minimal and full exclude each other.
UNSAYABLE = "positive_data_acceptance"


@pytest.fixture
def asked_here():
    """A request leaves the connection open, as Django's own test client has it: the test's transaction is on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(directory, asked_here):
    make_many(directory, 3)
    make_announcement(directory.tower, "空调检修")
    return schemathesis.openapi.from_wsgi("/hsds/openapi.json", application)


def test_every_operation_is_asked(described):
    found = [result.ok() for result in described.get_all_operations()]
    assert {(each.path, each.method.upper()) for each in found} == set(OPERATIONS)


@pytest.mark.parametrize(("path", "method", "mode"), QUESTIONS)
def test_schemathesis_finds_nothing(described, path, method, mode, record_property):
    """No error of ours; statuses, types, headers and bodies are those described; what is forbidden is refused."""
    load_all_checks()
    operation, asked = described[path][method], []

    @settings(
        max_examples=12,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def ask(data):
        case = data.draw(operation.as_strategy(generation_mode=mode))
        case.call_and_validate(excluded_checks=CHECKS.get_by_names([UNSAYABLE]))
        asked.append(case)

    ask()
    assert len(asked) > 0
    record_property("figure", f"{len(asked)} questions of {mode.value} kind to {method} {path}, errors 0")
