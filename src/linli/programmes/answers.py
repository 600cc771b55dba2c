"""Answers to the questions of a session, as they are kept on a sign-up: JSON by the code of the question."""

import json
from collections.abc import Iterable


def read_answers(kept: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(kept) if kept else {}
    return found


def without(kept: str, codes: Iterable[str]) -> str:
    """The same without the answers to these questions; empty where none is left."""
    gone = set(codes)
    left = {code: said for code, said in read_answers(kept).items() if code not in gone}
    return json.dumps(left, ensure_ascii=False) if left else ""
