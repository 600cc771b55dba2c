"""Text messages under random kill -9, run as a program of its own: `python -m tests.notices.delivery_trial PEOPLE SEED`.

The gateway notes every message in a file and takes a moment before and after, so that many senders die with a message
on its way. At the end the file is compared with the rows.
"""

import json
import logging
import os
import random
import sys
import time
from collections import Counter
from datetime import time as clock
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

from tests.herd import Herd, run_alone, wait_for_no_disk

FOLDER = Path(os.environ["LINLI_DATA"])
TAKEN, FIGURES = FOLDER / "taken", FOLDER / "figures"
SENDERS, KILLS = 3, 60


def send(_template: str, _params: dict[str, str], phone: str) -> None:
    """The gateway."""
    time.sleep(random.uniform(0, 0.01))
    with TAKEN.open("a") as taken:
        taken.write(f"{phone}\n")
    time.sleep(random.uniform(0, 0.01))


def prepare() -> None:
    wait_for_no_disk(settings.DATABASES["default"])
    django.setup()
    logging.disable(logging.CRITICAL)
    from linli.notices.actions import delivering

    settings.TEXT_MESSAGES = "tests.notices.delivery_trial.send"
    delivering.LEASE = timedelta(seconds=3)


def write_people(number: int) -> None:
    """So many persons who agreed to text messages, told of one event, due at once."""
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone

    from linli.ledger.models import Event
    from linli.notices.actions import tell
    from linli.notices.models import Preference
    from linli.people.models import Consent, Contact, Person
    from linli.people.models.contacts import lookup_of
    from linli.people.purposes import PURPOSES

    call_command("migrate", verbosity=0)
    now, digest = timezone.now(), PURPOSES["notices_by_text"].text_digest
    with transaction.atomic():
        people = Person.objects.bulk_create(Person(name="R") for _ in range(number))
        awake = {"quiet_from": clock(0), "quiet_until": clock(0)}
        Preference.objects.bulk_create(Preference(person=person, **awake) for person in people)
        consent = {"purpose": "notices_by_text", "text_digest": digest}
        Consent.objects.bulk_create(Consent(person=person, **consent) for person in people)
        phones = {f"+86138{place:08d}": person for place, person in enumerate(people)}
        Contact.objects.bulk_create(
            Contact(person=person, kind="phone", value=phone, lookup=lookup_of(phone), verified_at=now)
            for phone, person in phones.items()
        )
        event = Event.objects.create(
            kind="trial.told", at=now, subject="trial.thing/1", scope="trial.thing/1"
        )
        tell(event=event, people=people)


def deliver_all() -> None:
    """A sender, until nothing is queued or on its way."""
    from django.db import OperationalError

    from linli.notices.actions import deliver_due
    from linli.notices.models import Delivery

    while True:
        try:
            deliver_due()
            if not Delivery.objects.filter(state__in=["queued", "sending"]).exists():
                return
        except OperationalError:
            continue
        time.sleep(0.05)


def audit() -> None:
    from linli.notices.models import Delivery

    states = {row.contact.value: row.state for row in Delivery.objects.select_related("contact")}
    # The last line may be half a number: its sender was killed while writing it.
    taken = Counter(TAKEN.read_text().split("\n")[:-1])
    counts = Counter(states.values())
    sent = {phone for phone, state in states.items() if state == "sent"}
    figures = {
        "messages": len(states),
        "sent": counts["sent"],
        "unknown": counts["unknown"],
        "neither": len(states) - counts["sent"] - counts["unknown"],
        "doubled": sum(count > 1 for count in taken.values()),
        "sent_but_not_taken": len(sent - set(taken)),
        "unknown_but_taken": len(set(taken) - sent),
    }
    FIGURES.write_text(json.dumps(figures))


def main(people: int, seed: int) -> None:
    prepare()
    run_alone(lambda: write_people(people))
    TAKEN.touch()
    herd = Herd([deliver_all] * SENDERS, seed)
    for _ in range(KILLS):
        herd.let_work(lambda: TAKEN.stat().st_size, most=15 * 10)
        herd.kill_one()
    herd.wait(120)
    run_alone(audit)
    figures = json.loads(FIGURES.read_text()) | {"kills": sum(herd.kills.values())}
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
