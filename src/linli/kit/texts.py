"""What people type, cleaned: invisible and direction-changing characters out, rare characters kept, limits said."""

import re
import unicodedata

from django.utils.translation import ngettext

from linli.kit.rules import Problem

# Bidirectional controls and tag characters can make a name read as another; format characters of category Cf go,
# except the zero-width joiners that emoji and several scripts need between visible characters.
JOINERS = {"\u200c", "\u200d"}
SPACES = re.compile(r"[^\S\n]+")


def visible(character: str) -> bool:
    """False for characters that show nothing or change how others are read."""
    category = unicodedata.category(character)
    return character == "\n" or not (
        category in {"Cc", "Cs", "Co"} or (category == "Cf" and character not in JOINERS)
    )


def clean_prose(text: str, limit: int) -> str:
    """Several lines of text: normalised (NFC), invisible characters out. Problem when longer than `limit`."""
    check_length(text, limit * 4)
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not text.isprintable():  # quick to ask, and nearly always so
        text = "".join(filter(visible, text))
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    cleaned = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip().strip("".join(JOINERS))
    check_length(cleaned, limit)
    return cleaned


def clean_source(text: str, limit: int) -> str:
    """A text whose spaces mean something, such as Markdown: invisible characters out, every line as it was typed."""
    check_length(text, limit * 4)
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    cleaned = "".join(filter(visible, text)).strip("\n")
    check_length(cleaned, limit)
    return cleaned if cleaned.strip() else ""


def clean_line(text: str, limit: int) -> str:
    """One line of text, cleaned like prose, with line breaks turned into spaces."""
    return SPACES.sub(" ", clean_prose(text, limit).replace("\n", " ")).strip()


def check_length(text: str, limit: int) -> None:
    if len(text) > limit:
        sentence = ngettext(
            "Please keep this within %(limit)d character; it has %(length)d.",
            "Please keep this within %(limit)d characters; it has %(length)d.",
            limit,
        )
        raise Problem(sentence % {"limit": limit, "length": len(text)})


def half_width(text: str) -> str:
    """Full-width digits, letters and plus signs as a keyboard in China gives them, made plain."""
    return unicodedata.normalize("NFKC", text)


def mask_name(name: str) -> str:
    """张三 becomes 张*, Omar Khan becomes O*: enough to greet by, too little to find by."""
    return f"{name[:1]}*" if name else ""


def mask_phone(phone: str) -> str:
    """+8613812340000 becomes 138****0000."""
    digits = phone.removeprefix("+86")
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 7 else "****"
