"""The engines alone, without pages: function calls in several processes at once (`python -m benchmarks.signups.bare …`)."""

import json
import multiprocessing
import os
import sys
import time
from typing import Any


def calls(engine: str, shares: list[tuple[Any, str]], start: Any, told: Any) -> None:
    """One process: each share is a person and the code of the session they want a seat in."""
    from benchmarks.signups.engines import ENGINES
    from linli.programmes.actions import signing_up
    from linli.programmes.models import Session

    signing_up.enter = ENGINES[engine]
    seats = refused = 0
    Session.objects.exists()
    start.wait()
    for person, code in shares:
        session = Session.objects.select_related("programme").get(code=code)
        try:
            attendee = signing_up.Attendee(person.name)
            signing_up.sign_up(by=person, session=session, attendee=attendee, wait=False)
            seats += 1
        except signing_up.Full:
            refused += 1
    told.put((seats, refused, time.process_time()))


def run(engine: str, prefix: str, number: str, attempts: str, processes: str) -> dict[str, Any]:
    """All want seats in the first session, then in the second …, each process with every n-th person."""
    from django.db import connection

    from linli.people.models import Person

    total, several = int(number) * int(attempts), int(processes)
    people = list(Person.objects.filter(cast="").order_by("-id")[:total])
    wanted = [(person, f"{prefix}-{n // int(attempts)}") for n, person in enumerate(people)]
    connection.close()
    fork = multiprocessing.get_context("fork")
    start, told = fork.Barrier(several + 1), fork.Queue()
    children = [
        fork.Process(target=calls, args=(engine, wanted[n::several], start, told)) for n in range(several)
    ]
    for child in children:
        child.start()
    start.wait()
    begun = time.perf_counter()
    found = [told.get() for _child in children]
    seconds = time.perf_counter() - begun
    for child in children:
        child.join()
    return {
        "accepted": sum(seats for seats, _refused, _cpu in found),
        "refused": sum(refused for _seats, refused, _cpu in found),
        "seconds": seconds,
    }


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.settings")
    import django

    django.setup()
    print(json.dumps(run(*sys.argv[1:])))


if __name__ == "__main__":
    main()
