"""What people's accounts need by the clock."""

from linli.ledger.facts import deed, every
from linli.people.actions.looks import forget_old_looks
from linli.people.actions.sweeping import sweep_ended


@every(minutes=60)
@deed("people.sweep_ended")
def sweep(_data: dict) -> None:
    sweep_ended()


@every(minutes=24 * 60)
@deed("people.forget_old_looks")
def forget_looks(_data: dict) -> None:
    forget_old_looks()
