"""What the directory does a moment after its own facts."""

from linli.ledger.facts import consumes
from linli.ledger.models import Event
from linli.notices.actions import tell


@consumes("directory.status_declared", "directory.status_ended")
def tell_followers(event: Event) -> None:
    """Everyone who follows the station hears that its door is closed, full or open, and when that has ended."""
    tell(event=event, followers_of=event.subject, kind=event.kind, data=event.data)
