"""The unified social credit code 统一社会信用代码 of an organisation (GB 32100): eighteen characters, the last a check.

The alphabet leaves out I, O, S, V and Z, which a hand or an eye mixes up. All codes are taken that the standard
allows, those of rural collectives (N…) and of the army (A…) among them.
"""

from django.utils.translation import gettext_lazy as _

from linli.kit.texts import half_width

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
LENGTH = len(WEIGHTS) + 1
# Characters 3 to 8 are the code of the administrative division.
DIVISION = slice(2, 8)
WRONG = {
    "length": _("A credit code has 18 characters."),
    "letters": _("A credit code has digits and capital letters, but never I, O, S, V or Z."),
    "district": _("Characters 3 to 8 of a credit code are digits, the code of a district."),
    "check": _("The last character does not fit the others, so one of the 18 is mistyped."),
}


def meant(text: str) -> str:
    """In capitals and half width, without spaces and hyphens."""
    return "".join(each for each in half_width(text).upper() if not each.isspace() and each != "-")


def fault_of(code: str) -> str:
    """What is wrong with a code, a key of `WRONG`; empty when nothing is."""
    if len(code) != LENGTH:
        return "length"
    if not set(code) <= set(ALPHABET):
        return "letters"
    if not code[DIVISION].isdigit():
        return "district"
    return "" if check_character(code[:-1]) == code[-1] else "check"


def check_character(first: str) -> str:
    """The character that follows the seventeen before it."""
    total = sum(weight * ALPHABET.index(character) for weight, character in zip(WEIGHTS, first, strict=True))
    return ALPHABET[-total % len(ALPHABET)]
