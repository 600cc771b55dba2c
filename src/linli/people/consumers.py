"""What this app does a minute after a fact."""

from linli.ledger.facts import consumes
from linli.people import tombstones


@consumes("people.person_erased")
def keep_tombstones(_event) -> None:
    tombstones.keep()
