"""What people type is cleaned without harming a rare name."""

import pytest

from linli.kit.rules import Problem
from linli.kit.texts import clean_line, clean_prose, half_width, mask_name, mask_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  梅  小雨 ", "梅 小雨"),
        ("𠮷野", "𠮷野"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("e\u0301", "é"),
        ("Omar\u202eadmin", "Omaradmin"),
        ("O\u200bmar", "Omar"),
        ("a\U000e0041b", "ab"),
        ("a\x00b\x1bc", "abc"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("one\ntwo\tthree", "one two three"),
        ("\u200d\u200d", ""),
    ],
)
def test_a_line(typed, kept):
    assert clean_line(typed, 40) == kept


def test_prose_keeps_its_paragraphs():
    assert clean_prose("one  \r\n\r\n\r\n\r\ntwo ", 100) == "one\n\ntwo"


@pytest.mark.parametrize("length", [41, 10_000, 10**6])
def test_what_is_too_long_is_refused_in_words(length):
    with pytest.raises(Problem) as problem:
        clean_line("长" * length, 40)
    assert str(length) in str(problem.value)


def test_full_width_digits_become_plain():
    assert half_width("１３８＋") == "138+"


@pytest.mark.parametrize(("name", "masked"), [("张三", "张*"), ("Omar Khan", "O*"), ("", ""), ("𠮷", "𠮷*")])
def test_names_are_masked(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(("phone", "masked"), [("+8613812340000", "138****0000"), ("12345", "****")])
def test_phones_are_masked(phone, masked):
    assert mask_phone(phone) == masked
