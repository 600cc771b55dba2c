"""What the tests of notices ask for besides the cast."""

from datetime import UTC, datetime, time

import pytest
from django.utils import timezone

from linli.kit.refs import ref
from linli.ledger.models import Event
from linli.notices.models import Channel, Follow, Notice, Preference
from linli.people.actions.consents import give_consent
from linli.people.models import Contact
from linli.people.models.contacts import lookup_of
from tests.notices import gateway
from tests.notices.post_office import PostOffice

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)  # 12:00 in Shanghai, a Monday


@pytest.fixture
def texts(settings):
    """The text messages that the installation's gateway took: [(template, params, phone)]."""
    settings.TEXT_MESSAGES = "tests.notices.gateway.send"
    gateway.taken.clear()
    gateway.answers.clear()
    return gateway.taken


@pytest.fixture
def post_office(settings):
    """A real mail server on a port of its own; `.answers` says how it behaves."""
    with PostOffice() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        yield office


@pytest.fixture
def closed(town):
    """closed(at=NOON) → the fact that the tower station is closed until 15:00."""
    return lambda at=NOON, station=town.tower: make_event(station, at)


def make_event(station, at):
    data = {"state": "closed", "until": "2026-11-23T15:00:00+08:00"}
    kind = "directory.status_declared"
    return Event.objects.create(kind=kind, at=at, subject=ref(station), scope=ref(station), data=data)


def make_follow(person, subject):
    return Follow.objects.create(person=person, subject=ref(subject), since_at=timezone.now())


def make_notice(person, event, **fields):
    shape = {"kind": event.kind, "subject": event.subject, "data": event.data, "at": event.at}
    return Notice.objects.create(person=person, **({"event_id": event.pk} | shape | fields))


def reach(person, *, email="", phone="", consent=True, quiet=None):
    """The person has a verified contact and agreed to hear by it; quiet hours (from, until), none unless said."""
    for kind, value, purpose in [("email", email, "notices_by_email"), ("phone", phone, "notices_by_text")]:
        if value:
            Contact.objects.create(
                person=person, kind=kind, value=value, lookup=lookup_of(value), verified_at=timezone.now()
            )
            if consent:
                give_consent(by=person, purpose=purpose)
    start, end = quiet or (time(0), time(0))
    Preference.objects.update_or_create(person=person, defaults={"quiet_from": start, "quiet_until": end})


def ways(delivery_rows):
    """[(channel, state)] of deliveries, by channel."""
    return sorted((row.channel, row.state) for row in delivery_rows)


__all__ = ["Channel", "make_event", "make_follow", "make_notice", "reach", "ways"]
