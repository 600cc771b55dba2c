"""One cell at a time: every word we write is read back, in both languages, and hostile text costs nothing."""

import time as clock
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest

from linli.directory.sheets import cells
from linli.directory.sheets.cells import Choice, Several, is_blank, known_words
from linli.directory.sheets.columns import SHEETS, Sheet
from linli.directory.sheets.faults import Unclear
from linli.directory.sheets.reading import value_of

LANGUAGES = ["zh-hans", "en"]
CHOICES = {
    f"{sheet.key} {column.key}": column.reader.of if isinstance(column.reader, Several) else column.reader
    for sheet in SHEETS.values()
    for column in sheet.columns
    if isinstance(column.reader, Choice | Several)
}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=list(SHEETS))
def test_every_heading_names_one_column(sheet: Sheet):
    seen: dict[str, set[str]] = {}
    for column in sheet.columns:
        for heading in column.known_as():
            seen.setdefault(heading, set()).add(column.key)
    assert {heading: keys for heading, keys in seen.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("choice", CHOICES.values(), ids=list(CHOICES))
def test_every_label_means_its_key_and_no_other(choice: Choice):
    for language in LANGUAGES:
        labels = choice.labels(language)
        assert len(set(labels.values())) == len(labels)
        for key, label in labels.items():
            assert (choice.read(label), choice.read(key), choice.write(key, language)) == (key, key, label)


@pytest.mark.parametrize("choice", CHOICES.values(), ids=list(CHOICES))
def test_no_word_means_two_things(choice: Choice):
    """Also among the words of all terminology packs."""
    meanings: dict[str, set[str]] = {}
    for word, key in choice.also():
        meanings.setdefault(cells.folded(word), set()).add(key)
    assert {word: keys for word, keys in meanings.items() if len(keys) > 1} == {}
    assert set(meanings) <= set(known_words(choice))


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2026-11-3", "2026-11-03"),
        ("2026.11.3", "2026-11-03"),
        ("2026/11/03", "2026-11-03"),
        ("2026年11月3日", "2026-11-03"),
        ("２０２６．１１．３", "2026-11-03"),
        ("20261103", "2026-11-03"),
        ("2026-11-03 00:00:00", "2026-11-03"),
        (datetime(2026, 11, 3), "2026-11-03"),  # noqa: DTZ001
        (date(2026, 11, 3), "2026-11-03"),
        (46329, "2026-11-03"),
        (46329.0, "2026-11-03"),
        (20261103, "2026-11-03"),
    ],
)
def test_days(raw, day):
    assert cells.Day().read(raw) == day


@pytest.mark.parametrize(
    "raw", ["11月3日", "2026-13-01", "3.11.2026", "明天", 12, 46329.5, True, "0001-01-01"]
)
def test_no_day(raw):
    with pytest.raises(Unclear):
        cells.Day().read(raw)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (time(9), "09:00"),
        (timedelta(hours=9), "09:00"),
        (0.375, "09:00"),
        (1, "00:00"),
        (0, "00:00"),
        ("9点半", "09:30"),
    ],
)
def test_clock_times(raw, said):
    assert cells.Clock().read(raw) == said


@pytest.mark.parametrize(
    ("raw", "numbers"),
    [
        ("021-5550-1201", [["021-5550-1201", ""]]),
        ("+86 21 5550 1201", [["+86 21 5550 1201", ""]]),
        ("(021) 5550 1201", [["(021) 5550 1201", ""]]),
        ("０２１－５５５０－１２０１", [["021-5550-1201", ""]]),
        ("021-5550-1201 转 12", [["021-5550-1201", "12"]]),
        ("021-5550-1201转12", [["021-5550-1201", "12"]]),
        ("021 5550 1201 ext. 12", [["021 5550 1201", "12"]]),
        ("12345、110", [["110", ""], ["12345", ""]]),
        ("110；110", [["110", ""]]),
        (2155501201, [["2155501201", ""]]),
        (2155501201.0, [["2155501201", ""]]),
    ],
)
def test_telephone_numbers(raw, numbers):
    assert cells.Phones().read(raw) == numbers
    for language in LANGUAGES:
        assert cells.Phones().read(cells.Phones().write(numbers, language)) == numbers


@pytest.mark.parametrize("raw", ["无", "12", "1", "110 或 119", "2.15E+09", "-", ",,", "5" * 70])
def test_no_telephone_number(raw):
    with pytest.raises(Unclear):
        cells.Phones().read(raw)


@pytest.mark.parametrize(
    ("raw", "degrees"),
    [
        ("31.23", 31.23),
        ("３１．２３", 31.23),
        ("31.23°N", 31.23),
        ("北纬31.23度", 31.23),
        (31, 31.0),
        ("-31.5", -31.5),
    ],
)
def test_degrees(raw, degrees):
    assert cells.Degrees(90).read(raw) == degrees


@pytest.mark.parametrize("raw", ["31,23", "nan", "inf", "1e1", "31.2.3", "", True, "31°14′"])
def test_no_degrees(raw):
    with pytest.raises(Unclear):
        cells.Degrees(90).read(raw)


def test_what_is_blank():
    assert [is_blank(raw) for raw in (None, "", " \u3000\n", "\u200b\u202e", 0, False, "x", "。")] == [
        True, True, True, True, False, False, False, False,
    ]  # fmt: skip


HOSTILE = [
    each * (cells.LONGEST_CELL // len(each))
    for each in (" ", "1", "1 ", "9:00-", "9:00-12:00 ", "周一", "周一、", "(", "，", "转1", "x1", "-", "a@", "http://", "年1", "〃", "\u202e", "点半", "0.")
]  # fmt: skip


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=list(SHEETS))
def test_no_cell_takes_long(sheet: Sheet):
    """Cells of five thousand characters that make a careless pattern walk back and forth, in every column."""
    slowest = 0.0
    for column in sheet.columns:
        for text in HOSTILE:
            begun = clock.process_time()
            with suppress(Unclear):
                value_of(column, text)
            slowest = max(slowest, clock.process_time() - begun)
    assert slowest < 0.1
