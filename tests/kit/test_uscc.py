"""Unified social credit codes, against the table of the standard itself."""

import pytest

from linli.kit.uscc import ALPHABET, LENGTH, WEIGHTS, check_character, fault_of, meant

# GB 32100-2015, table 3: what the i-th character counts, 3 to the power of i - 1 modulo 31.
PUBLISHED = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]


def test_the_weights_are_those_of_the_standard():
    assert list(WEIGHTS) == PUBLISHED == [3**n % 31 for n in range(17)]
    assert (len(ALPHABET), LENGTH, set("IOSVZ") & set(ALPHABET)) == (31, 18, set())


def oracle(code):
    """By the words of the standard: C18 = 31 - MOD(sum, 31), and 0 for 31."""
    rest = 31 - sum(ALPHABET.index(c) * w for c, w in zip(code[:17], PUBLISHED, strict=True)) % 31
    return ALPHABET[0 if rest == 31 else rest]


# Made up, with every registrar whose codes begin otherwise: 工商 9, 民政 5, 机构编制 1, 农业 N, 军队 A, others Y.
BEGINNINGS = [
    "91310106MA1FY0UX0", "51310000501234567", "11310106002456789", "N2310120MF1234567", "A1310000MB0123456", "Y1310000000000001",
]  # fmt: skip


@pytest.mark.parametrize("first", BEGINNINGS)
def test_the_check_character(first):
    assert check_character(first) == oracle(first)
    assert fault_of(first + oracle(first)) == ""


@pytest.mark.parametrize("first", BEGINNINGS)
def test_one_mistyped_character_is_always_found(first):
    """Of every character and every other one: 17 × 30 for each code, and each of the check itself."""
    code = first + check_character(first)
    for place in range(18):
        for other in ALPHABET.replace(code[place], ""):
            typed = code[:place] + other + code[place + 1 :]
            assert fault_of(typed) in {"check", "district"}, typed


@pytest.mark.parametrize("place", range(16))
def test_two_neighbours_that_changed_places_are_found(place):
    code = "91310106MA1FY0UX07"
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (fault_of(swapped) == "") == (swapped == code)


def test_what_people_type_is_understood():
    assert meant(" ９１３１０１０６ｍａ1fy0-ux07\n") == "91310106MA1FY0UX07"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", "length"),
        ("91310106MA1FY0UX0", "length"),
        ("91310106MA1FY0UX077", "length"),
        ("9131O106MA1FY0UX07", "letters"),
        ("91310106MA1FY0UX0一", "letters"),
        ("9131A106MA1FY0UX07", "district"),
        ("91310106MA1FY0UX08", "check"),
    ],
)
def test_what_is_wrong_is_named(code, fault):
    assert fault_of(code) == fault
