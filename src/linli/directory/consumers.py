"""What the directory does a moment after its own facts."""

from django.utils import timezone

from linli.directory.models import Station
from linli.directory.spans import renew_old_spans
from linli.kit.refs import resolve
from linli.ledger.facts import consumes
from linli.ledger.models import Event
from linli.notices.actions import tell
from linli.people.models import Person, Role


@consumes(
    "directory.status_declared",
    "directory.status_ended",
    "directory.exception_set",
    "directory.exception_taken_back",
)
def tell_followers(event: Event) -> None:
    """Everyone who follows the station hears that its door is closed, full or open, and when that has ended; and on
    which days it does not do as usual."""
    tell(event=event, followers_of=event.subject, kind=event.kind, data=event.data)


@consumes("directory.door_reported")
def tell_workers(event: Event) -> None:
    """Those who work at the door hear what two people say of it; one alone disturbs nobody."""
    station = resolve(event.subject, None)
    if event.data["confirmed"] and station is not None:
        here = Role.objects.current().at(station.unit).filter(role__in=["worker", "manager"])
        tell(event=event, people=Person.objects.filter(pk__in=here.values("person")))


@consumes("areas.holidays_imported")
def follow_holidays(_event: Event) -> None:
    """Doors that keep other hours on public holidays are looked at anew."""
    Station.objects.filter(follows_holidays=True).update(spans_until=None)
    renew_old_spans(timezone.now())
