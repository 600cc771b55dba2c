"""One cell: what people meant by it, and how it is written back. Reading is tolerant, but never a guess.

Each reader turns a raw cell (`files.Raw`) into a plain value of JSON and back. `read(write(value, language)) == value`
in every language of the installation: a sheet that was taken along comes back as it went.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.directory.sheets import times
from linli.directory.sheets.faults import Unclear
from linli.kit.texts import clean_line, clean_prose, half_width
from linli.kit.uscc import fault_of, meant

LONGEST_CELL = 5000
# What a cell says that empties its field, and what repeats the cell above.
EMPTYING = {"-", "--", "—", "——", "–", "－", "清空", "(empty)", "（清空）"}
DITTO = {"同上", "〃", "″", '"', "“", "”", "ditto", "同前", "ibid", "ibid."}
BETWEEN = re.compile(r"[、,，;；|\n]+")
# Excel counts days from here; a bare number between these is one of its dates that lost its format.
EPOCH, SERIALS = date(1899, 12, 30), range(20_000, 80_000)
DAY = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:\s+0{1,2}:00(?::00)?)?", re.ASCII
)
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]*")
EXTENSION = re.compile(r"\s*(?:转|分机|ext\.?|x|#)\s*(\d{1,10})$", re.IGNORECASE | re.ASCII)
PHONE = re.compile(r"\+?[\d\s()./-]{3,60}", re.ASCII)
MOST_PHONES = 10


@dataclass(frozen=True)
class Formula:
    """A cell that calculates, with its text; also a text that looks like one, for the sheet may be opened again."""

    text: str


@dataclass(frozen=True)
class ErrorValue:
    """What a formula came to when it failed: #REF!, #N/A."""

    text: str


Raw = str | int | float | bool | datetime | date | time | timedelta | Formula | ErrorValue | None


class Reader(Protocol):
    def read(self, raw: Raw) -> Any: ...

    def write(self, value: Any, language: str) -> str | float | date | None: ...


def is_blank(raw: Raw) -> bool:
    """Nothing at all, or nothing that can be seen."""
    if not isinstance(raw, str):
        return raw is None
    return not raw[:1].isalnum() and not clean_line(raw[:LONGEST_CELL], LONGEST_CELL)


def says(raw: Raw, words: set[str]) -> bool:
    return isinstance(raw, str) and len(raw) < 20 and raw.strip().lower() in words


def text_of(raw: Raw) -> str:
    """The words of a cell; a number as it reads, without the .0 that a spreadsheet adds."""
    if isinstance(raw, bool | datetime | date | time | timedelta):
        raise Unclear("not_text_cell")
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    return str(raw)


def line_of(raw: Raw) -> str:
    """One line in half-width characters."""
    return clean_line(half_width(text_of(raw)[:LONGEST_CELL]), 4 * LONGEST_CELL)


@dataclass(frozen=True)
class Words:
    """Text as it stands, cleaned of what cannot be seen; several lines where `prose`."""

    limit: int
    prose: bool = False

    def read(self, raw: Raw) -> str:
        clean = clean_prose if self.prose else clean_line
        text = clean(text_of(raw), 4 * LONGEST_CELL)
        if len(text) > self.limit:
            raise Unclear("too_long", limit=self.limit, length=len(text))
        return text

    def write(self, value: str, language: str) -> str:
        return value


class Code:
    """A code as it is said over the phone: letters, digits, hyphens."""

    limit = 20

    def read(self, raw: Raw) -> str:
        code = "".join(line_of(raw).split())
        if not CODE.fullmatch(code) or len(code) > self.limit:
            raise Unclear("not_a_code", limit=self.limit)
        return code

    def write(self, value: str, language: str) -> str:
        return value


class AreaCode(Code):
    limit = 40


@dataclass(frozen=True)
class Degrees:
    """Latitude or longitude; with the letter of its direction, or without."""

    limit: int

    def read(self, raw: Raw) -> float:
        if isinstance(raw, float | int) and not isinstance(raw, bool):
            number = float(raw)
        else:
            text = re.sub(r"[°º度]|北纬|东经|[NE]\b", "", line_of(raw)).strip()
            if not NUMBER.fullmatch(text):
                raise Unclear("not_a_number")
            number = float(text)
        if not abs(number) <= self.limit:
            kind = "swapped" if self.limit == 90 and abs(number) <= 180 else "out_of_range"
            raise Unclear(kind, low=-self.limit, high=self.limit)
        return number

    def write(self, value: float, language: str) -> float:
        return value


@dataclass(frozen=True)
class Choice:
    """One of a few keys, by its label in any language of the installation, by another word for it, or by the key.

    `labels` answers the label of every key in a language; it is asked late, for labels are translated.
    """

    labels: Callable[[str], dict[str, str]]
    also: Callable[[], Iterable[tuple[str, str]]] = tuple

    def read(self, raw: Raw) -> str:
        found = self.key(text_of(raw))
        if found is None:
            raise Unclear("unknown_word", text=line_of(raw)[:40], choices=self.choices())
        return found

    def key(self, text: str) -> str | None:
        return known_words(self).get(folded(text))

    def choices(self) -> str:
        return _(", ").join(self.labels(get_language() or "en").values())

    def write(self, value: str, language: str) -> str:
        return self.labels(language)[value]


@cache
def known_words(choice: Choice) -> dict[str, str]:
    """Every word for a key; of two keys with one word the first has it."""
    from django.conf import settings

    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        for key, label in choice.labels(language).items():
            found.setdefault(folded(label), key)
    for word, key in (*choice.also(), *((key, key) for key in choice.labels("en"))):
        found.setdefault(folded(word), key)
    return found


def folded(text: str) -> str:
    """A word by which it is found again: half-width, small letters, nothing between the letters."""
    return "".join(each for each in half_width(text).casefold() if each.isalnum() or each == "+")


@dataclass(frozen=True)
class Several:
    """A list of keys of a Choice, in the order of the choice."""

    of: Choice

    def read(self, raw: Raw) -> list[str]:
        keys = set()
        for word in filter(str.strip, BETWEEN.split(text_of(raw))):
            keys.add(self.of.read(word))
        return [key for key in self.of.labels("en") if key in keys]

    def write(self, value: list[str], language: str) -> str:
        joined = ", " if language == "en" else "、"
        return joined.join(self.of.write(key, language) for key in value)


class YesNo:
    """Yes or no."""

    YES = {"是", "有", "对", "√", "✓", "yes", "y", "true", "1"}
    NO = {"否", "无", "不", "没有", "×", "✗", "no", "n", "false", "0"}

    def read(self, raw: Raw) -> bool:
        word = str(raw).lower() if isinstance(raw, bool) else line_of(raw).lower()
        if word in self.YES | self.NO:
            return word in self.YES
        raise Unclear("not_yes_or_no")

    def write(self, value: bool, language: str) -> str:
        return ("yes" if value else "no") if language == "en" else ("是" if value else "否")


class Phones:
    """Telephone numbers, each [number, extension], one after the other in one cell."""

    def read(self, raw: Raw) -> list[list[str]]:
        pieces = [piece.strip() for piece in BETWEEN.split(half_width(text_of(raw))) if piece.strip()]
        found = [self.one(clean_line(piece, 4 * LONGEST_CELL)) for piece in pieces]
        if not 1 <= len(found) <= MOST_PHONES:
            raise Unclear("not_a_phone", text=line_of(raw)[:30])
        return sorted(one for n, one in enumerate(found) if one not in found[:n])

    def one(self, text: str) -> list[str]:
        extension = EXTENSION.search(text)
        number = text[: extension.start()] if extension else text
        if not PHONE.fullmatch(number) or sum(each.isdigit() for each in number) < 3:
            raise Unclear("not_a_phone", text=text[:30])
        return [number.strip(), extension[1] if extension else ""]

    def write(self, value: list[list[str]], language: str) -> str:
        between, extended = ("; ", " ext. ") if language == "en" else ("；", " 转 ")
        return between.join(number + (f"{extended}{more}" if more else "") for number, more in value)


class Day:
    """A day: "2026.11.3", "2026年11月3日", "20261103", or a date of the spreadsheet's own."""

    def read(self, raw: Raw) -> str:
        if isinstance(raw, datetime | date):
            return (raw.date() if isinstance(raw, datetime) else raw).isoformat()
        if (
            isinstance(raw, int | float)
            and not isinstance(raw, bool)
            and int(raw) == raw
            and int(raw) in SERIALS
        ):
            return (EPOCH + timedelta(days=int(raw))).isoformat()
        found = DAY.fullmatch(line_of(raw)) or COMPACT_DAY.fullmatch(line_of(raw))
        if found is None:
            raise Unclear("not_a_date")
        try:
            day = date(*map(int, found.groups()))
        except ValueError:
            raise Unclear("no_such_day") from None
        if not 1900 <= day.year <= 2200:
            raise Unclear("no_such_day")
        return day.isoformat()

    def write(self, value: str, language: str) -> date:
        return date.fromisoformat(value)


class Clock:
    """A time of day: "9:00", "9点半", 0.375, or a time of the spreadsheet's own. Read only."""

    def read(self, raw: Raw) -> str:
        if isinstance(raw, datetime):
            raise Unclear("hours_as_date")
        if isinstance(raw, time):
            return f"{raw:%H:%M}"
        if isinstance(raw, timedelta):
            raw = raw.total_seconds() / 86400
        if isinstance(raw, float | int) and not isinstance(raw, bool) and 0 <= raw <= 1:
            return times.of_fraction(float(raw))
        return times.read_clock(line_of(raw))

    def write(self, value: str, language: str) -> str:
        return value


def hours_text(raw: Raw) -> str:
    if isinstance(raw, datetime | date):
        raise Unclear("hours_as_date")
    if isinstance(raw, time | timedelta):
        raise Unclear("not_hours", text=str(raw))
    return clean_prose(text_of(raw), 4 * LONGEST_CELL)


class DayHours:
    """The hours of one weekday: "09:00-12:00 13:30-21:00", or that it is a day off."""

    def read(self, raw: Raw) -> times.Week:
        return sorted(times.read_day(hours_text(raw)))

    def write(self, value: times.Week, language: str) -> str:
        return times.write_day(value) or ("closed" if language == "en" else "休息")


class WeekHours:
    """The hours of a week in one cell: "周一至周五 9:00-18:00；周六 10:00-16:00"."""

    def read(self, raw: Raw) -> times.Week:
        return times.read_week(hours_text(raw))

    def write(self, value: times.Week, language: str) -> str:
        return times.write_week(value, language)


class Web:
    """A web address; without a scheme, https is meant."""

    limit = 500

    def read(self, raw: Raw) -> str:
        text = line_of(raw)
        address = text if "://" in text else f"https://{text}"
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            raise Unclear("not_an_address") from None
        if len(address) > self.limit:
            raise Unclear("too_long", limit=self.limit, length=len(address))
        return address

    def write(self, value: str, language: str) -> str:
        return value


class Email:
    """An e-mail address of an organisation."""

    limit = 254

    def read(self, raw: Raw) -> str:
        address = line_of(raw)
        try:
            validate_email(address)
        except ValidationError:
            raise Unclear("not_an_email") from None
        if len(address) > self.limit:
            raise Unclear("too_long", limit=self.limit, length=len(address))
        return address

    def write(self, value: str, language: str) -> str:
        return value


class CreditCode:
    """A unified social credit code 统一社会信用代码."""

    def read(self, raw: Raw) -> str:
        code = meant(line_of(raw))
        if fault := fault_of(code):
            raise Unclear(f"uscc_{fault}")
        return code

    def write(self, value: str, language: str) -> str:
        return value
