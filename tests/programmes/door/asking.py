"""What one does at the door, and how its answers are read."""

import re
from html import unescape

from django.utils import timezone

from linli.people.models import Contact
from linli.people.models.contacts import lookup_of

DOOR = "/sessions/SES-1/door/"
JSON = {"accept": "application/json"}


def show(client, typed, path=DOOR, **more):
    return client.post(f"{path}check-in/", {"typed": typed}, **more)


def text_of(response):
    """What stands on a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def said(response):
    """The sentence a page answers with."""
    found = re.search(r'id="door-said"[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", found.group(1))).split()) if found else ""


def counts(session):
    session.refresh_from_db()
    return session.taken, session.waiting, session.arrived, session.heads


def asked(client, path, method="get"):
    response = getattr(client, method)(path)
    leads = response.headers.get("Location", "")
    return (
        "in"
        if leads.startswith("/sign-in/")
        else "second factor"
        if "second-factor" in leads
        else response.status_code
    )


def phone_of(person, value, *, verified=True, kind="phone"):
    at = timezone.now() if verified else None
    return Contact.objects.create(
        person=person, kind=kind, value=value, lookup=lookup_of(value), verified_at=at
    )


def dialled(page):
    return re.findall(r'href="((?:tel|mailto):[^"]+)"', page.content.decode())
