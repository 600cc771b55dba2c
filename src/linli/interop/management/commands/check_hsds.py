"""Holds `/hsds/` against the official JSON Schemas of the standard (docs/hsds.md)."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from linli.interop.hsds.checking import Ask, Schemas, check

SHOWN = 20


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--schemas", type=Path, required=True, help="folder of the standard's repository")
        parser.add_argument(
            "--address", default="", help="of an installation elsewhere; else this one is asked"
        )

    def handle(self, *, schemas: Path, address: str, **options: Any) -> None:
        ask = asking_elsewhere(address) if address else asking_here()
        pages = rows = 0
        errors: list[str] = []
        for name, tally in check(opened(schemas), ask):
            self.stdout.write(f"{name:36} {tally.pages:>6} {tally.rows:>8} {len(tally.errors):>6}")
            pages, rows, errors = pages + tally.pages, rows + tally.rows, errors + tally.errors
        for error in errors[:SHOWN]:
            self.stderr.write(error)
        said = {"pages": pages, "rows": rows, "errors": len(errors)}
        summary = _("%(pages)d pages, %(rows)d objects, %(errors)d errors.") % said
        if errors:
            raise CommandError(summary)
        self.stdout.write(summary)


def opened(folder: Path) -> Schemas:
    try:
        return Schemas(folder)
    except ImportError:
        raise CommandError(_("This needs the library jsonschema: pip install jsonschema.")) from None
    except OSError:
        raise CommandError(
            _("%(folder)s holds no schemas of HSDS. docs/hsds.md says how to fetch them.")
            % {"folder": folder}
        ) from None


def asking_here() -> Ask:
    """Asks this installation without a server."""
    client, root = Client(SERVER_NAME=urlsplit(settings.ADDRESS).hostname), reverse("hsds:root")

    def ask(path: str) -> Any:
        # A request leaves its reader's language behind.
        with translation.override(translation.get_language()):
            answer = client.get(root + path)
        if answer.status_code != 200:
            raise CommandError(
                _("%(path)s answered %(status)d.") % {"path": path, "status": answer.status_code}
            )
        return answer.json()

    return ask


def asking_elsewhere(address: str) -> Ask:
    """Asks a server, `address` being that of its root page."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise CommandError(_("The address begins with http:// or https://."))

    def ask(path: str) -> Any:
        try:
            with urlopen(f"{address.rstrip('/')}{reverse('hsds:root')}{path}", timeout=60) as answer:  # noqa: S310
                return json.load(answer)
        except OSError as error:
            raise CommandError(_("%(path)s: %(why)s.") % {"path": path, "why": error}) from None

    return ask
