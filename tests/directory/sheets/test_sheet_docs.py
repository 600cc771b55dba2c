"""docs/sheets.md says what the code does."""

import re

from django.conf import settings

from linli.directory.sheets import files, guard
from linli.directory.sheets.cells import LONGEST_CELL, Words
from linli.directory.sheets.columns import SHEETS

DOCS = (settings.PACKAGE.parent.parent / "docs" / "sheets.md").read_text("utf-8")


def table(title: str) -> list[tuple[str, str, str]]:
    part = DOCS.split(f"### {title}\n")[1].split("\n### ")[0]
    return re.findall(r"^\| (?!heading)([^|-][^|]*?) \| (.*?) \| (.*?) \|$", part, re.M)


def test_every_column_is_documented_under_both_its_headings():
    for sheet in SHEETS.values():
        rows = [(english, chinese) for english, chinese, _holds in table(sheet.key.capitalize())]
        columns = [(each.heading_in("en"), each.heading_in("zh-hans")) for each in sheet.written]
        assert rows == columns


def test_every_limit_of_a_text_is_documented():
    for sheet in SHEETS.values():
        for column, (_english, _chinese, holds) in zip(
            sheet.written, table(sheet.key.capitalize()), strict=True
        ):
            if isinstance(column.reader, Words) and (said := re.search(r"up to ([\d,]+) characters", holds)):
                assert int(said[1].replace(",", "")) == column.reader.limit, column.key


def test_every_cap_is_documented():
    caps = [
        f"{guard.LARGEST_FILE // guard.MEGABYTE} MB",
        f"({guard.LARGEST_UNPACKED // guard.MEGABYTE} MB unpacked)",
        f"{files.MOST_ROWS:,} rows",
        f"{files.MOST_COLUMNS} columns",
        f"{LONGEST_CELL:,}",
    ]
    assert [cap for cap in caps if cap not in DOCS.replace("\n  ", " ")] == []
