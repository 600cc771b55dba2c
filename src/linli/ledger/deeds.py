"""What the ledger does by the clock."""

from typing import Any

from linli.ledger.facts import deed, every
from linli.ledger.sealing import seal


@every(minutes=10)
@deed("ledger.seal")
def seal_events(_data: dict[str, Any]) -> None:
    while seal():
        pass
