"""What a method says of input that it cannot take."""

from typing import Any


class BadInput(ValueError):
    """A code that a page can put into words, and where it happened.

    >>> str(BadInput("vote_unknown", at=3, value=7))
    'vote_unknown (at: 3, value: 7)'
    """

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        where = ", ".join(f"{name}: {value}" for name, value in params.items())
        super().__init__(f"{code} ({where})" if where else code)
