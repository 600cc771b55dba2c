"""`linli manage prepare`: what must be in place before the server starts, in one process because each costs a second."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from linli.site.certificate import ensure_certificate


class Command(BaseCommand):
    help = (
        "Compiles the catalogues, brings the database up to date and, where asked, loads the demonstration."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--certificate-for", nargs="+", metavar="NAME", help="makes a certificate for https"
        )

    def handle(self, *args: Any, certificate_for: list[str] | None, **options: Any) -> None:
        self.do("texts", lambda: call_command("catalogue", compile_only=True))
        self.do("database", lambda: call_command("migrate", interactive=False, verbosity=0))
        if settings.DEMONSTRATION:
            self.do("demonstration network", lambda: call_command("demo"))
        if certificate_for:
            folder = settings.DATA / "https"
            self.do("certificate", lambda: ensure_certificate(folder, certificate_for))

    def do(self, title: str, work: Callable[[], object]) -> None:
        with self.step(title):
            work()

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """One line when it begins, one with its seconds when it took long enough to wonder."""
        begun = time.monotonic()
        self.stdout.write(f"· {title} …")
        self.stdout.flush()
        yield
        self.stdout.write(f"  {title}: {time.monotonic() - begun:.1f} s")
