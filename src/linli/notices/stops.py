"""The signed address by which one tap ends what somebody is sent, without signing in."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from linli.kit.refs import Ref
from linli.notices.models import Channel
from linli.people.models import Person

SALT = "linli.notices.stop"


@dataclass(frozen=True)
class Stop:
    """What a link can end: messages to `person` by `channel`, or only those about `subject`."""

    person: Person
    channel: Channel
    subject: Ref


def stop_token(person_id: UUID, channel: str, subject: str) -> str:
    """A token for the link in one message. It never expires: an old message must be stoppable too."""
    return signing.dumps([person_id.hex, channel, subject], salt=SALT)


def read_stop(token: str) -> Stop | None:
    """What the token can end; None when we did not sign it or the person is gone."""
    try:
        person_hex, channel, subject = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = Person.objects.active().filter(pk=UUID(hex=person_hex)).first()
    return Stop(person, Channel(channel), Ref(subject)) if person else None
