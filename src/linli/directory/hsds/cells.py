"""Single cells made fit to keep: text, ids, addresses of the web, degrees."""

import html
import math
import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from linli.directory.hsds.files import Row
from linli.directory.hsds.records import Directory
from linli.kit.texts import clean_line, clean_prose

ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]+);", re.IGNORECASE)
DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?")
# More than any cell can hold: cleaning must not refuse what is cut afterwards.
WHOLE_CELL = 1_000_000
is_url = URLValidator(schemes=["http", "https"])


def ids(row: Row, column: str) -> list[str]:
    """The ids of one cell, which may hold a list of them."""
    return [each.strip() for each in re.split(r"[,;|]", row[column]) if each.strip()]


def line(directory: Directory, row: Row, column: str, limit: int) -> str:
    """One line of text, cleaned, at most `limit` characters."""
    return cut(directory, row, column, clean_line(unescape(directory, row, column), WHOLE_CELL), limit)


def prose(directory: Directory, row: Row, column: str, limit: int = 20_000) -> str:
    """Text with its line breaks, cleaned."""
    return cut(directory, row, column, clean_prose(unescape(directory, row, column), WHOLE_CELL), limit)


def unescape(directory: Directory, row: Row, column: str) -> str:
    if ENTITY.search(row[column]):
        directory.note("entities", row, column)
    return html.unescape(row[column])


def cut(directory: Directory, row: Row, column: str, text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    directory.note("cut", row, column)
    return text[: limit - 1].rstrip() + "…"


def url(directory: Directory, row: Row, *columns: str) -> str:
    """The first of these columns that is filled, if it is one address of the web; no other schemes, ever."""
    column = next((column for column in columns if row[column]), columns[0])
    if not row[column]:
        return ""
    try:
        is_url(row[column])
    except ValidationError:
        directory.note("url_unread", row, column)
        return ""
    return cut(directory, row, column, row[column], 500)


def email(directory: Directory, row: Row, column: str = "email") -> str:
    try:
        if row[column]:
            validate_email(row[column])
            return cut(directory, row, column, row[column], 254)
    except ValidationError:
        directory.note("email_unread", row, column)
    return ""


def coordinates(directory: Directory, row: Row) -> tuple[float | None, float | None]:
    """Latitude and longitude, both or none. 0, 0 in the ocean is what programs write when they know nothing."""
    texts = (row["latitude"], row["longitude"])
    if not any(texts):
        return None, None
    if all(DEGREES.fullmatch(text) for text in texts):
        latitude, longitude = map(float, texts)
        if abs(latitude) <= 90 and abs(longitude) <= 180 and not math.hypot(latitude, longitude) < 0.001:
            return latitude, longitude
    directory.note("coordinates_unread", row, "latitude", ", ".join(texts))
    return None, None
