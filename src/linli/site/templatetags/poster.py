"""What only the poster needs: two languages side by side."""

from django import template

from linli.directory.panels.poster import Side

register = template.Library()
# Rows of a week in several languages: (language, day, hours) for each.
Row = tuple[tuple[str, str, str], ...]


@register.filter
def by_day(sides: list[Side]) -> list[Row]:
    """The same weekday of every side in one row."""
    languages = [side.language for side in sides]
    return [
        tuple((language, *day) for language, day in zip(languages, days, strict=True))
        for days in zip(*(side.days for side in sides), strict=True)
    ]


@register.filter
def hours(row: Row) -> list[tuple[str, str]]:
    """(language, hours); figures alone read alike in every language and stand once."""
    said = {hours: language for language, _day, hours in reversed(row)}
    return [(language, hours) for language, _day, hours in row if said[hours] == language]


@register.filter
def width(text: str) -> str:
    """How large it can be written: a Latin letter takes half the room of a Chinese one."""
    room = sum(1 if ord(character) > 0x2E80 else 0.55 for character in text)
    return "short" if room <= 11 else "medium" if room <= 24 else "long"
