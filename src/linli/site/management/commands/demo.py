"""`linli manage demo`: fills an empty database with the demonstration network; `--stations N` grows a city around it."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from linli.kit.rules import Problem
from linli.site.demonstration.city import grow
from linli.site.demonstration.load import Loaded, load


class Command(BaseCommand):
    help = "Loads the demonstration network into an empty database; where it is already, nothing changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stations", type=int, default=0, metavar="N", help="a city of so many, for measurements"
        )

    def handle(self, *args: Any, stations: int, **options: Any) -> None:
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
        else:
            self.report(loaded, time.monotonic() - start)
        if stations:
            grow(stations, lambda there: self.say_count(there, stations))
            # So much at once: without counting it, the database plans as if its tables were still empty.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def say_count(self, there: int, of: int) -> None:
        self.stdout.write(f"\r  {there} of {of} stations", ending="\n" if there >= of else "")
        self.stdout.flush()

    def report(self, loaded: Loaded, seconds: float) -> None:
        self.stdout.write(
            f"The demonstration network: {loaded.stations} stations, {loaded.services} services, "
            f"{loaded.organisations} organisations, {loaded.areas} areas, a cast of {loaded.people}; "
            f"{seconds:.1f} s. Everything below the official divisions is invented."
        )
