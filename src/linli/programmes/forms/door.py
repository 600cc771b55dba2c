"""What is shown, typed and counted at the door."""

from datetime import datetime

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from linli.kit.forms import Form, LineField, SourceField

# A scanner gun types wherever the cursor is: this field is what the page is opened for.
AT_ONCE = {
    "autofocus": True,
    "autocomplete": "off",
    "autocapitalize": "off",
    "spellcheck": "false",
    "enterkeyhint": "go",
}
# Lines that one desk can have noted in an evening without a line, and more.
MOST_LINES = 5000
A_LINE = 110


class ArrivalForm(Form):
    """One field for whatever somebody at the door has: a ticket that is scanned, its number, or a name."""

    typed = LineField(
        label=_("Ticket, number or name"),
        max_length=500,
        widget=forms.TextInput(attrs=AT_ONCE),
        help_text=_("Scan the code, or type the six digits, or a part of the name."),
        error_messages={"required": _("Show a ticket, or type a number or a name.")},
    )


class HeadsForm(Form):
    """How many more are there without a ticket."""

    number = forms.IntegerField(
        label=_("How many more"),
        min_value=-500,
        max_value=500,
        help_text=_("A minus before it takes some back."),
    )


class NotedForm(Form):
    """What a desk without a line has noted: a fingerprint and a moment a line."""

    lines = SourceField(max_length=MOST_LINES * A_LINE)

    def noted(self) -> list[tuple[str, datetime]]:
        """The lines that can be read, each ticket once, at its first moment."""
        first: dict[str, datetime] = {}
        for line in self.cleaned_data["lines"].splitlines():
            mark, _space, moment = line.strip().partition(" ")
            at = moment_of(moment)
            if mark and at is not None:
                first[mark] = min(at, first.get(mark, at))
        return list(first.items())


def moment_of(text: str) -> datetime | None:
    """A moment with its offset; None for anything else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
