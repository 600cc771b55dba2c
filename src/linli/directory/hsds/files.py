"""Opens a folder of CSV files and gives their rows one by one, or says in words why a file cannot be read."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

# Each table under the names that versions 1 to 3 of the standard give its file.
FILES = {
    "organizations": ("organizations.csv", "organization.csv"),
    "locations": ("locations.csv", "location.csv"),
    "services": ("services.csv", "service.csv"),
    "offers": ("services_at_location.csv", "service_at_locations.csv", "service_at_location.csv"),
    "schedules": ("schedules.csv", "schedule.csv", "regular_schedules.csv"),
    "addresses": ("physical_addresses.csv", "addresses.csv", "address.csv"),
    "phones": ("phones.csv", "phone.csv"),
}
# Without these columns a table says nothing that can be used.
NEEDED = {
    "organizations": {"id", "name"},
    "locations": {"id"},
    "services": {"id", "name"},
    "offers": {"service_id", "location_id"},
    "schedules": {"id"},
    "addresses": {"location_id"},
    "phones": {"number"},
}


class Unreadable(Exception):
    """The package cannot be read; the sentence says which file, which row, and what to do."""

    def __init__(self, sentence: Any):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` counts as a spreadsheet does: the header is row 1. `surplus` cells go beyond the header."""

    file: str
    number: int
    cells: dict[str, str]
    surplus: int = 0

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()


@dataclass(frozen=True)
class Package:
    """A folder that holds at least one table of the standard."""

    folder: Path
    encoding: str

    def files(self, table: str) -> list[str]:
        """The names of the files that hold a table, usually one."""
        return [name for name in FILES[table] if (self.folder / name).is_file()]

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, streamed; none where the package has no such file."""
        for name in self.files(table):
            yield from read_rows(self.folder / name, NEEDED[table], self.encoding)


def open_package(path: Path, encoding: str = "utf-8-sig") -> Package:
    """The package in a folder, or in its subfolder `data` as some publishers have it."""
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise Unreadable(_("There is no encoding called %(encoding)s.") % {"encoding": encoding}) from None
    if not path.exists():
        raise Unreadable(_("There is nothing at %(path)s.") % {"path": path})
    if not path.is_dir():
        raise Unreadable(
            _("%(path)s is not a folder. Please give the folder of the package's CSV files, unpacked.")
            % {"path": path}
        )
    for folder in (path, path / "data"):
        if any((folder / name).is_file() for names in FILES.values() for name in names):
            return Package(folder, encoding)
    raise Unreadable(
        _("%(path)s holds none of the files of the standard, such as %(files)s.")
        % {"path": path, "files": ", ".join(names[0] for names in FILES.values())}
    )


def read_rows(path: Path, needed: set[str], encoding: str) -> Iterator[Row]:
    """Streams one file. Raises Unreadable for a wrong encoding, a missing column or a file that is cut off."""
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            lines = LastLine(file)
            reader = csv.reader(lines, strict=True)
            header = [name.strip().lower() for name in next(reader, [])]
            check_header(path, header, needed)
            number, usual = 1, 0
            for number, cells in enumerate(reader, start=2):
                if lines.is_cut() and len(cells) < usual:
                    raise Unreadable(
                        _("%(file)s ends in the middle of row %(row)d. Please fetch it again.")
                        % {"file": path.name, "row": number}
                    )
                usual = len(cells)
                if any(cells):
                    yield Row(path.name, number, dict(zip(header, cells, strict=False)), usual - len(header))
    except UnicodeDecodeError as error:
        raise Unreadable(wrong_encoding(path, number, encoding)) from error
    except csv.Error as error:
        raise Unreadable(broken_row(path, number + 1, str(error))) from error
    except OSError as error:
        raise Unreadable(
            _("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error.strerror}
        ) from error


class LastLine:
    """Passes lines on and remembers the last, to tell a file that was cut off from one that ends."""

    def __init__(self, lines: Iterator[str]):
        self.lines, self.line = lines, "\n"

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.line = line
            yield line

    def is_cut(self) -> bool:
        return not self.line.endswith(("\n", "\r"))


def check_header(path: Path, header: list[str], needed: set[str]) -> None:
    missing = ", ".join(sorted(needed - set(header)))
    if missing:
        raise Unreadable(
            _("%(file)s has no column %(missing)s. Its first row must name the columns, separated by commas.")
            % {"file": path.name, "missing": missing}
        )


def wrong_encoding(path: Path, row: int, encoding: str) -> str:
    name = "UTF-8" if encoding == "utf-8-sig" else encoding
    return _(
        "%(file)s is not %(encoding)s (after row %(row)d). If you know its encoding, say it, for example"
        " --encoding gb18030 or --encoding latin-1."
    ) % {"file": path.name, "encoding": name, "row": row}


def broken_row(path: Path, row: int, why: str) -> str:
    if "field limit" in why:
        return _(
            "%(file)s, row %(row)d: a cell is longer than %(limit)d characters."
            " Most likely a quotation mark is opened there and never closed."
        ) % {"file": path.name, "row": row, "limit": csv.field_size_limit()}
    return _("%(file)s, row %(row)d cannot be taken apart into cells (%(why)s). Is the file complete?") % {
        "file": path.name,
        "row": row,
        "why": why,
    }
