"""`python -m linli demo`: fills an empty database with the demonstration network."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from linli.kit.rules import Problem
from linli.site.demonstration.load import load


class Command(BaseCommand):
    help = "Loads the demonstration network into an empty database; where it is already, nothing changes."

    def handle(self, *args: Any, **options: Any) -> None:
        # Without the setting no page would say that the data is invented.
        if not settings.DEMONSTRATION:
            raise CommandError(
                "The demonstration is marked on every page only with LINLI_DEMO=1: set it first."
            )
        start = time.monotonic()
        try:
            loaded = load()
        except Problem as problem:
            raise CommandError(str(problem)) from None
        if loaded is None:
            self.stdout.write("The demonstration network is here already.")
            return
        self.stdout.write(
            f"The demonstration network: {loaded.stations} stations, {loaded.services} services, "
            f"{loaded.organisations} organisations, {loaded.areas} areas, a cast of {loaded.people}; "
            f"{time.monotonic() - start:.1f} s. Everything below the official divisions is invented."
        )
