"""S39 over the whole run: whatever any test makes happen, no log line of it holds a name of the cast, a contact or a word of
theirs. What was logged is looked at as the console shows it, at the end of the run, with the test that was running.
"""

import logging
import os
import re
from collections.abc import Iterator

import pytest

from linli.kit.logs import Impersonal, UtcFormatter

# Log lines are English: a Chinese character in one came from what somebody wrote.
PERSONAL = re.compile(
    r"[\u3400-\u9fff]|\b(?:Omar|Lena|Haddad)\b|@\w+\.example\b|@example\.(?:org|com)\b|1380000\d{4}"
)


class Canary(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(UtcFormatter("{levelname} {name} {message}", style="{"))
        self.lines, self.found = 0, []

    def emit(self, record: logging.LogRecord) -> None:
        Impersonal().filter(record)
        line = self.format(record)
        self.lines += 1
        if PERSONAL.search(line):
            self.found.append(f"{os.environ.get('PYTEST_CURRENT_TEST')}: {line[:300]}")


@pytest.fixture(autouse=True, scope="session")
def log_canary() -> Iterator[Canary]:
    canary, root = Canary(), logging.getLogger()
    root.addHandler(canary)
    yield canary
    root.removeHandler(canary)
    assert canary.found == []
