"""What people may consent to: one entry a purpose, each with the very sentence that is agreed to.

A consent keeps the digest of its sentence. Change a sentence and earlier consents no longer count, unless the old
digest is listed in `earlier` because the meaning is the same.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from linli.kit.ids import digest


@dataclass(frozen=True)
class Purpose:
    """`text` stands in the source language, so that mending a translation asks nobody again."""

    key: str
    label: Any
    text: str
    earlier: tuple[str, ...] = field(default=())

    @property
    def words(self) -> str:
        """The sentence in the reader's language."""
        return gettext(self.text)

    @property
    def text_digest(self) -> str:
        return digest(self.text)

    @property
    def digests(self) -> tuple[str, ...]:
        """Every version of the sentence that still counts."""
        return (self.text_digest, *self.earlier)


_TABLE = (
    Purpose(
        "notices_by_email",
        _("Notices by e-mail"),
        gettext_noop(
            "You may write to my e-mail address when something I follow changes. "
            "I can stop this at any time, here or with the link in each message."
        ),
    ),
    Purpose(
        "notices_by_text",
        _("Notices by text message"),
        gettext_noop(
            "You may send a text message to my phone when something I follow changes. "
            "I can stop this at any time, here or with the link in each message."
        ),
    ),
)
PURPOSES: dict[str, Purpose] = {purpose.key: purpose for purpose in _TABLE}
