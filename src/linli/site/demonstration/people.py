"""The cast as rows: people, what they may do, and what one of them follows."""

from django.utils import timezone

from linli.areas.models import Unit
from linli.directory.models import Station
from linli.notices.actions import follow
from linli.people.actions import grant_role
from linli.people.models import Contact, Person
from linli.people.models.contacts import lookup_of
from linli.site.demonstration import data


def bring_in(units: dict[str, Unit], stations: dict[str, Station]) -> dict[str, Person]:
    """Makes the cast with their roles and follows; returns them by their key."""
    cast: dict[str, Person] = {}
    for row in data.rows("cast", "person"):
        person = Person.objects.create(cast=row["cast"], name=row["name"], language=row["language"])
        cast[person.cast] = person
        for role, codes in row.get("roles", {}).items():
            for code in codes:
                grant_role(by=None, person=person, unit=units[code], role=role)
        for code in row.get("follows", []):
            follow(by=person, subject=stations[code])
        if "email" in row:
            add_email(person, row["email"])
    return cast


def add_email(person: Person, email: str) -> None:
    now = timezone.now()
    Contact.objects.create(
        person=person, kind="email", value=email, lookup=lookup_of(email), verified_at=now, sign_in=True
    )
