"""What the sign-in tests share: asking for a code as a browser would, and doing something in many processes at once."""

import multiprocessing
import re
from uuid import UUID

from django.core import mail
from django.db import connections

from linli.kit.contacts import read_contact
from linli.kit.rules import Problem
from linli.people.actions import send_code
from linli.people.models import Contact
from linli.people.models.contacts import lookup_of

HERE = "198.51.100.1"
ELSEWHERE = "203.0.113.9"


def ask_code(contact="mei@example.org", *, by=None, network=HERE, purpose="sign_in") -> tuple[UUID, str]:
    """Asks for a code and reads the message: the attempt and its digits."""
    sent = send_code(by=by, contact=read_contact(contact), network=network, purpose=purpose)
    return sent.attempt, digits_mailed()


def digits_mailed() -> str:
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def wrong(digits: str) -> str:
    """Other six digits."""
    return f"{(int(digits) + 1) % 1_000_000:06}"


def give_contact(person, text="mei@example.org", **fields) -> Contact:
    """A verified sign-in contact, made straight in the database."""
    from django.utils import timezone

    contact = read_contact(text)
    values = {"verified_at": timezone.now(), "sign_in": True} | fields
    return Contact.objects.create(
        person=person, kind=contact.kind, value=contact.value, lookup=lookup_of(contact.value), **values
    )


def in_processes(count: int, deed) -> list[str]:
    """Runs deed(number) in `count` processes that start together; what each returned, or the Problem's class name.

    Forked, so that they share the test database; the parent lets go of its connections first.
    """
    context = multiprocessing.get_context("fork")
    start, answers = context.Barrier(count), context.Queue()
    connections.close_all()

    def child(number: int) -> None:
        start.wait(60)
        try:
            answers.put(str(deed(number)))
        except Problem as problem:
            answers.put(type(problem).__name__)
        except BaseException as error:
            answers.put(f"broke: {error!r}")
        finally:
            connections.close_all()

    children = [context.Process(target=child, args=(number,)) for number in range(count)]
    for process in children:
        process.start()
    results = [answers.get(timeout=120) for _process in children]
    for process in children:
        process.join(60)
    return results
