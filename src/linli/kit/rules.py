"""How a deed says no: `Refused` for who may not (403), `Problem` for what cannot be (422, on its form)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class Refused(PermissionDenied):
    """This person may not do this; the sentence is shown on the page that says so."""


class Problem(Exception):
    """Something the person can mend, said in their language; `field` names the form field it belongs to.

    `retry_after`: in how many seconds to try again, where waiting is the cure (then `status` is 429).
    """

    status = 422
    retry_after: int | None = None

    def __init__(self, sentence: Any, field: str | None = None):
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


def require(allowed: bool, why: Any = None) -> None:
    """Raises Refused unless `allowed`."""
    if not allowed:
        raise Refused(why or _("This is not yours to do. If you think it should be, ask your station."))
