"""What happens to sheets in offices: every named kind of damage, and to which columns it can be done.

REFUSED: a cell that cannot be understood, and the fault it must come back with. TOLERATED: another way to write a cell,
and nothing else may come of it than of the plain one. SHAPES: what happens to the sheet around the cells.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from tests.directory.sheets.books import LANGUAGE, Failed, Lines

from linli.directory.sheets import cells
from linli.directory.sheets.cells import Choice, Several, Words
from linli.directory.sheets.columns import SHEETS, Column

WHICH = {"code", "area_code", "area"}
LONG = "长" * 5001
MOMENT = datetime(2026, 11, 3)  # noqa: DTZ001 a spreadsheet knows no zones
HOURS = (cells.DayHours, cells.WeekHours)
ANY = object


class Damage:
    """Cells by the kind of column they go into: a reader's class, the key of a column, or any."""

    def __init__(self, name: str, *cases: tuple[Any, Any, str], only_xlsx: bool = False):
        self.name, self.cases, self.only_xlsx = name, cases, only_xlsx

    def cell(self, column: Column) -> tuple[Any, str] | None:
        """The damaged cell for a column and the fault it is; None where it cannot happen."""
        for target, value, kind in self.cases:
            if target == column.key or (isinstance(target, type) and isinstance(column.reader, target)):
                return (value(column) if callable(value) else value), kind
        return None


def one_more(column: Column) -> str:
    """A letter more than the field holds."""
    return "长" * (column.reader.limit + 1)


TEXTS = (
    Words,
    Choice,
    Several,
    cells.Code,
    cells.YesNo,
    cells.Phones,
    cells.Web,
    cells.Email,
    cells.CreditCode,
)
REFUSED = [
    Damage("text in a number", (cells.Degrees, "三十一度二", "not_a_number")),
    Damage("two numbers in one cell", (cells.Degrees, "31.23,121.47", "not_a_number")),
    Damage("a number out of range", (cells.Degrees, 999, "out_of_range")),
    Damage("latitude and longitude swapped", ("latitude", 121.47, "swapped")),
    Damage("an unknown word", (Choice, "火星", "unknown_word"), (Several, "饮用水、游泳池", "unknown_word"), (cells.YesNo, "也许", "not_yes_or_no")),
    Damage("an unknown area", ("area_code", "999999", "unknown_area"), ("area", "不存在的街道", "unknown_area")),
    Damage("a day that does not exist", (cells.Day, "2026-02-30", "no_such_day")),
    Damage("a day without a year", (cells.Day, "11月3日", "not_a_date")),
    Damage("a day in words", (cells.Day, "下周一", "not_a_date")),
    Damage("hours in words", *((hours, "九点到晚上", "not_hours") for hours in HOURS)),
    Damage("hours beyond the day", *((hours, "25:00-26:00", "not_hours") for hours in HOURS)),
    Damage("hours without an end", *((hours, "9:00-", "not_hours") for hours in HOURS)),
    Damage("hours that could be a date", *((hours, "11-3", "not_hours") for hours in HOURS)),
    Damage("an afternoon on the twelve-hour clock", *((hours, "9:00-12:00 1:30-5:00", "out_of_order") for hours in HOURS)),
    Damage("hours that end as they begin", *((hours, "9:00-9:00", "same_time") for hours in HOURS)),
    Damage("hours without their day", (cells.WeekHours, "9:00-12:00；周六 9:00-10:00", "days_missing")),
    Damage("hours turned into a date", *((hours, MOMENT, "hours_as_date") for hours in HOURS), only_xlsx=True),
    Damage("not a telephone number", (cells.Phones, "无", "not_a_phone")),
    Damage("a telephone number of too few digits", (cells.Phones, "12", "not_a_phone")),
    Damage("not a code", (cells.Code, "JA 06/01#", "not_a_code")),
    Damage("not a web address", (cells.Web, "没有网站", "not_an_address")),
    Damage("a web address that is a script", (cells.Web, "javascript://x", "not_an_address")),
    Damage("not an e-mail address", (cells.Email, "无", "not_an_email")),
    Damage("a credit code with a wrong check", (cells.CreditCode, "91310106MA1FY0UX0A", "uscc_check")),
    Damage("a credit code too short", (cells.CreditCode, "91310106", "uscc_length")),
    Damage("a credit code with an O", (cells.CreditCode, "9131O106MA1FY0UX0A", "uscc_letters")),
    Damage("a credit code of no district", (cells.CreditCode, "91ABCDEFMA1FY0UX0A", "uscc_district")),
    Damage("a cell that never ends", (ANY, LONG, "too_long")),
    Damage("a text longer than its field", (Words, one_more, "too_long")),
    Damage("a formula", (ANY, "=1+1", "formula")),
    Damage("a formula that reaches out", (ANY, '=HYPERLINK("https://evil.example","x")', "formula")),
    Damage("a formula that failed", (ANY, Failed("#REF!"), "error_value")),
    Damage("a date in a text", *((reader, MOMENT, "not_text_cell") for reader in TEXTS), only_xlsx=True),
    Damage("a truth value in a text", (cells.YesNo, 2, "not_yes_or_no"), *((reader, True, "not_text_cell") for reader in TEXTS), only_xlsx=True),
    Damage("emptied although it is needed", *((key, "-", "not_empty") for key in ("area_code", "area", "kind", "name", "name:zh-hans", "operating", "online_only", "follows_holidays"))),
]  # fmt: skip


def label(column: str, key: str, language: str = LANGUAGE) -> str:
    """What a sheet of organisations calls it."""
    return str(SHEETS["organisations"].column(column).reader.write(key, language))


# For each column a value that is new to every row, as a plain cell, and what it means.
FRESH: dict[str, dict[str, tuple[Any, Any]]] = {
    "stations": {
        "kind": ("地点", "place"),
        "latitude": (31.25, 31.25),
        "longitude": (121.5, 121.5),
        "datum": ("BD-09", "bd09"),
        "phone": ("021-5550-9999", [["021-5550-9999", ""]]),
        "facilities": ("饮用水、打印机", ["water", "printer"]),
        "hours": ("周一至周三 10:00-16:00", [[day, 0, "10:00", "16:00"] for day in range(3)]),
        "follows_holidays": ("是", True),
    },
    "hours": {key: ("10:15-16:45", [[0, "10:15", "16:45"]]) for key in ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday", "make_up")},
    "organisations": {
        "kind": (label("kind", "group"), "group"),
        "uscc": ("91310106MA1FY0UX07", "91310106MA1FY0UX07"),
        "band": (label("band", "300+"), "300+"),
        "operating": (label("operating", "suspended"), "suspended"),
        "online_only": ("是", True),
        "committee_as_of": (date(2026, 1, 31), "2026-01-31"),
        "phone": ("021-5550-9999", [["021-5550-9999", ""]]),
        "url": ("https://example.org/new", "https://example.org/new"),
        "email": ("new@example.org", "new@example.org"),
    },
}  # fmt: skip


def fresh(kind: str, column: Column) -> tuple[Any, Any] | None:
    """(cell, value); None for columns that say which row is meant, or that only change together with another."""
    if isinstance(column.reader, Words) and column.key not in {*WHICH, "name"}:
        return f"新的{column.key}", f"新的{column.key}"
    return FRESH[kind].get(column.key)


def full_width(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def hidden(text: str) -> str:
    """With characters that show nothing or turn the direction of reading."""
    return f"\u202e\u200b{text[:1]}\u2066\u00ad{text[1:]}\ufeff\u2069"


class Style:
    """Another way to write the plain cell of a column; `to` says to which readers it can happen."""

    def __init__(
        self,
        name: str,
        to: tuple[type, ...],
        write: Callable[[Any], Any],
        *keys: str,
        only_xlsx: bool = False,
    ):
        self.name, self.to, self.write, self.keys, self.only_xlsx = name, to, write, keys, only_xlsx

    def cell(self, column: Column, plain: Any) -> Any:
        """None where it cannot happen."""
        fits = isinstance(column.reader, self.to) and (not self.keys or column.key in self.keys)
        return self.write(plain) if fits else None


# For the plain cells of choices: the key, and another word for it.
KEYS = {
    "地点": ("place", "Place"),
    "BD-09": ("bd09", "Baidu"),
    **{label(*each): (each[1], label(*each, "en")) for each in (("kind", "group"), ("band", "300+"), ("operating", "suspended"))},
}  # fmt: skip
NO_WORDS = (
    cells.Degrees,
    Choice,
    Several,
    cells.YesNo,
    cells.Phones,
    cells.Day,
    *HOURS,
    cells.CreditCode,
    cells.Code,
)
TOLERATED = [
    Style("full-width characters", NO_WORDS, lambda plain: full_width(str(plain))),
    Style("spaces around it", (ANY,), lambda plain: f"　 {plain}\u00a0 "),
    Style("hidden and bidirectional characters", (ANY,), lambda plain: hidden(str(plain))),
    Style("a line break behind it", (ANY,), lambda plain: f"{plain}\n"),
    Style("a number as text", (cells.Degrees,), str),
    Style("degrees with their letter", (cells.Degrees,), lambda plain: f"{plain}°N" if plain < 90 else f"东经{plain}°"),
    Style("a telephone number as a number", (cells.Phones,), lambda plain: 2155509999, only_xlsx=True),
    Style("an unusual dash", (*HOURS,), lambda plain: plain.replace("-", "～")),
    Style("hours with 点", (*HOURS,), lambda plain: plain.replace(":15", "点15分").replace(":45", "点45").replace(":00", "点")),
    Style("hours with 至", (*HOURS,), lambda plain: plain.replace("-", "至")),
    Style("hours with full-width colons", (*HOURS,), lambda plain: plain.replace(":", "：")),
    Style("hours as parts of a day", (cells.DayHours,), lambda plain: "0.427083333-0.697916667"),
    Style("a day with dots", (cells.Day,), lambda plain: f"{plain.year}.{plain.month}.{plain.day}"),
    Style("a day in Chinese", (cells.Day,), lambda plain: f"{plain.year}年{plain.month}月{plain.day}日"),
    Style("a day without dividers", (cells.Day,), lambda plain: f"{plain:%Y%m%d}"),
    Style("a day with slashes", (cells.Day,), lambda plain: f"{plain.year}/{plain.month}/{plain.day}"),
    Style("a day that lost its format", (cells.Day,), lambda plain: (plain - date(1899, 12, 30)).days, only_xlsx=True),
    Style("a moment instead of a day", (cells.Day,), lambda plain: datetime.combine(plain, time(0)), only_xlsx=True),
    Style("small letters", (cells.CreditCode,), str.lower),
    Style("a credit code in groups", (cells.CreditCode,), lambda plain: f"{plain[:2]} {plain[2:8]}-{plain[8:]}"),
    Style("the key itself", (Choice,), lambda plain: KEYS[plain][0]),
    Style("the word in English", (Choice,), lambda plain: KEYS[plain][1]),
    Style("yes in English", (cells.YesNo,), lambda plain: " Yes"),
    Style("a tick", (cells.YesNo,), lambda plain: "√"),
    Style("a truth value", (cells.YesNo,), lambda plain: True, only_xlsx=True),
    Style("another order and dividers", (Several,), lambda plain: "打印机；饮用水 ，"),
    Style("a web address without its scheme", (cells.Web,), lambda plain: plain.removeprefix("https://")),
]  # fmt: skip


def shuffled(lines: Lines) -> Lines:
    order = list(range(len(lines[0])))
    random.Random(4).shuffle(order)
    return [[line[place] for place in order] for line in lines]


def blank_rows(lines: Lines) -> Lines:
    empty = [None] * len(lines[0])
    return [each for line in lines for each in (line, empty, [" "] * len(line))]


def two_heading_rows(lines: Lines) -> Lines:
    """Every heading with a language in two rows, as under a merged cell: "名称" over "（中文）" and "（英文）"."""
    upper, lower = [], []
    for heading in lines[0]:
        name, bracket, language = heading.partition("（")
        upper.append(None if bracket and name in upper else name)
        lower.append(f"（{language}" if bracket else None)
    return [upper, lower, *lines[1:]]


# What happens to the sheet around its cells; nothing else may come of it.
SHAPES: dict[str, Callable[[Lines], Lines]] = {
    "columns in another order": shuffled,
    "rows in another order": lambda lines: [lines[0], *reversed(lines[1:])],
    "blank rows between": blank_rows,
    "a title above": lambda lines: [["某区一览表", *[None] * 5], ["2026 年 11 月"], *lines],
    "two rows of headings": two_heading_rows,
    "headings repeated on every page": lambda lines: [each for n, line in enumerate(lines) for each in ([lines[0], line] if n and n % 9 == 0 else [line])],
    "an unknown column in front": lambda lines: [["序号", *lines[0]], *([n, *line] for n, line in enumerate(lines[1:]))],
    "empty columns behind": lambda lines: [[*line, None, " ", None] for line in lines],
    "headings with spaces and brackets": lambda lines: [[f" {heading} ".replace("（", "(\n").replace("）", ")") for heading in lines[0]], *lines[1:]],
    "a problem column that was left": lambda lines: [[*lines[0], "问题"], *([*line, "纬度：这不是数字"] for line in lines[1:])],
}  # fmt: skip
