"""What the directory does by the clock."""

from typing import Any

from linli.directory.actions import lapse_status
from linli.ledger.facts import deed


@deed("directory.lapse_status")
def lapse(data: dict[str, Any]) -> None:
    lapse_status(status_id=data["status"])
