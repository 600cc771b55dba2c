"""`import_news --unit CODE PATH|URL…`: takes over articles from Markdown files with front matter, and from feeds."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.areas.models import Unit
from linli.kit.rules import Problem
from linli.news.actions.importing import Imported, import_articles, texts_of

EVERY = 50


class Command(BaseCommand):
    help = "Takes over articles from Markdown files with front matter, from folders of them, and from feeds by address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="+", metavar="PATH|URL")
        parser.add_argument("--unit", required=True, help="the code of the station or area they are news of")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="where a file names none")
        parser.add_argument("--licence", default="", help="of a feed's articles, where it names none")

    def handle(
        self, *args: Any, sources: list[str], unit: str, language: str, licence: str, **options: Any
    ) -> None:
        if language not in dict(settings.LANGUAGES):
            raise CommandError(f"--language is one of {', '.join(dict(settings.LANGUAGES))}.")
        under = Unit.objects.filter(code=unit, closed_on=None).first()
        if under is None:
            raise CommandError(f"No unit has the code {unit}.")
        try:
            done = import_articles(
                by=None,
                unit=under,
                files=texts_of(sources, licence),
                language=language,
                tell=self.say_how_far,
            )
        except (OSError, Problem) as error:
            raise CommandError(str(error)) from None
        for name, why in done.refused:
            self.stdout.write(f"left out  {name}: {why}")
        for name, what in done.dropped:
            self.stdout.write(f"not shown {name}: {what}")
        self.stdout.write(
            f"{done.new} new, {done.changed} changed, {done.same} the same, {len(done.refused)} left out."
        )

    def say_how_far(self, done: Imported) -> None:
        count = done.new + done.changed + done.same + len(done.refused)
        if count % EVERY == 0:
            self.stdout.write(f"  {count} files")
            self.stdout.flush()
