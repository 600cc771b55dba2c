"""The log of signing in and of refusals: what happened and when (UTC), never to whom.

The eight characters that let two lines of one day be told to belong together are another pseudonym every day.
"""

import logging

from django.utils import timezone

log = logging.getLogger("linli.access")


def noted(what: str, *, person=None, allowed: bool = True) -> None:
    """One line: `allowed code 3fa9c210`, `refused pin -`."""
    day = timezone.now().date().isoformat()
    who = person.pseudonym(f"log/{day}")[:8] if person is not None and person.salt else "-"
    log.info("%s %s %s", "allowed" if allowed else "refused", what, who)
