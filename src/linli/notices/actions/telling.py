"""To tell people what happened: a notice for each, and what is to go out by mail or text message."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from linli.kit.refs import Ref
from linli.ledger.models import Event
from linli.notices.channels import addresses, channels_on, consenting
from linli.notices.models import Delivery, Follow, Notice, Preference
from linli.notices.rules import after_quiet
from linli.people.models import Person

CHUNK = 500


@transaction.atomic
def tell(
    *,
    event: Event,
    people: Iterable[Person] = (),
    followers_of: Ref | str | None = None,
    kind: str | None = None,
    data: dict | None = None,
) -> int:
    """Puts a notice of `event` into the inbox of each of these people and followers; returns how many are new.

    Once a person and event, however often it is called: a consumer that is tried again tells nobody twice. Where the
    person agreed to a channel its delivery is queued in the same transaction. Persons erased or disabled are left out.
    """
    told = 0
    for ids in chunks(recipients(people, followers_of)):
        shape = {"kind": kind or event.kind, "data": event.data if data is None else data}
        fresh = insert_notices(event, ids, shape)
        Delivery.objects.bulk_create(deliveries(fresh, timezone.now()), ignore_conflicts=True)
        told += len(fresh)
    return told


def recipients(people: Iterable[Person], followers_of: Ref | str | None) -> list[UUID]:
    """Ids of active persons, each once."""
    named = [person.pk for person in people if person.is_active]
    following = Follow.objects.filter(subject=followers_of or "", person__is_active=True)
    return list(dict.fromkeys([*named, *following.order_by("id").values_list("person_id", flat=True)]))


def chunks(ids: list[UUID]) -> Iterator[list[UUID]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def insert_notices(event: Event, ids: list[UUID], shape: dict) -> list[Notice]:
    """The notices of this event that these persons did not have yet."""
    of_event = Notice.objects.filter(event_id=event.pk, person_id__in=ids)
    had = set(of_event.values_list("person_id", flat=True))
    wanted = [
        Notice(person_id=pk, event_id=event.pk, subject=event.subject, at=event.at, **shape)
        for pk in ids
        if pk not in had
    ]
    Notice.objects.bulk_create(wanted, ignore_conflicts=True)
    # Read back: another process may have told some of them first, and then our rows were not taken.
    return list(of_event.filter(pk__in=[notice.pk for notice in wanted]))


def deliveries(notices: list[Notice], now: datetime) -> Iterator[Delivery]:
    """What is to go out for these notices: where there is an address, consent, and the person did not switch it off."""
    ids, zone = [notice.person_id for notice in notices], ZoneInfo(settings.TIME_ZONE)
    reachable, preferences = addresses(ids), Preference.objects.in_bulk(ids)
    agreed = {channel: consenting(ids, channel) for channel in channels_on()}
    for notice in notices:
        wish = preferences.get(notice.person_id) or Preference()
        due_at = after_quiet(now, wish.quiet_from, wish.quiet_until, zone)
        for channel, people in agreed.items():
            contact = reachable.get((notice.person_id, channel))
            if contact and notice.person_id in people and wish.allows(channel):
                yield Delivery(notice=notice, contact=contact, channel=channel, due_at=due_at)
