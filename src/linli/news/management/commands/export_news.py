"""`export_news --unit CODE FOLDER`: writes each published article as a Markdown file with front matter."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.areas.models import Unit
from linli.news.fronts import write
from linli.news.models import Article


class Command(BaseCommand):
    help = "Writes the published articles of a unit and of all below it into a folder, one file each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--unit", required=True, help="the code of the station or area")

    def handle(self, *args: Any, folder: Path, unit: str, **options: Any) -> None:
        under = Unit.objects.filter(code=unit).first()
        if under is None:
            raise CommandError(f"No unit has the code {unit}.")
        folder.mkdir(parents=True, exist_ok=True)
        count = 0
        for article in Article.objects.out().of(under.pk).iterator(chunk_size=100):
            day = article.published_at.date().isoformat() if article.published_at else ""
            (folder / f"{day}-{article.code}.md").write_text(write(article), encoding="utf-8")
            count += 1
        self.stdout.write(f"{count} articles written.")
