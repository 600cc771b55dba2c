"""`linli manage catalogue`: keeps the catalogues of all apps complete, and compiles them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.kit.catalogue import compile_catalogue, merged, texts_of, untranslated


def catalogues() -> list[tuple[Path, Path]]:
    """(app folder, its catalogue) of every app that has texts."""
    apps = sorted(path.parent for path in settings.PACKAGE.glob("*/apps.py"))
    return [(app, app / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po") for app in apps]


class Command(BaseCommand):
    help = "Adds new texts to the catalogues and compiles them. --check changes nothing and fails on a missing translation."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--compile-only", action="store_true")

    def handle(self, *args: Any, check: bool, compile_only: bool, **options: Any) -> None:
        missing = []
        for app, path in catalogues():
            if not compile_only:
                missing += self.renew(app, path, write=not check)
            if path.exists():
                compile_catalogue(path)
        for place in missing:
            self.stdout.write(place)
        if missing and check:
            raise CommandError(f"{len(missing)} texts are not in 简体中文 yet; run: ./linli manage catalogue")

    def renew(self, app: Path, path: Path, *, write: bool) -> list[str]:
        texts = texts_of(app)
        if not texts:
            return []
        catalogue = merged(path, texts)
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path))
        return [f"{app.name}: {text}" for text in untranslated(catalogue)]
