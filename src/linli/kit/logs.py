"""Logs in UTC without a personal word: whatever looks like a phone, an e-mail address, a position or a secret link is
masked, and what would break a line or move a cursor is spelled out, so that nobody can write a line of their own.
"""

import logging
import re
import time
import traceback
from typing import Any

PERSONAL = re.compile(
    r"(?P<email>[^\s@<>\"']+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<phone>(?<![\w.-])(?!\d{4}-\d\d-\d\d)\+?\d[\d\s-]{8,16}\d(?![\w.-]))"
    r"|(?P<place>[-+]?\d{1,3}\.\d\d+(?:,|%2C)\s?[-+]?\d{1,3}\.\d\d+)"
    r"|(?P<link>(?<=/)(?:slip|stop|tickets|complaints|setup|calendars)/[\w-]{16,})"
)

UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def on_one_line(text: str) -> str:
    return UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)


def impersonal(text: str) -> str:
    return PERSONAL.sub(lambda match: f"[{match.lastgroup}]", text)


class Impersonal(logging.Filter):
    """Masks the finished message; the arguments are dropped, so no later formatter can bring them back."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = on_one_line(impersonal(record.getMessage())), ()
        return True


class UtcFormatter(logging.Formatter):
    """UTC times; of an exception its type and the lines of code it passed, never its message.

    A message may quote what a person wrote, and a template's error prints everything the page knew.
    """

    @staticmethod
    def converter(seconds: float | None) -> time.struct_time:
        return time.gmtime(seconds)

    def formatException(self, ei: Any) -> str:
        frames = "".join(traceback.format_tb(ei[2]))
        return f"{frames}{ei[0].__module__}.{ei[0].__qualname__}"
