"""Other hours on one day."""

from datetime import date, datetime, time
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.directory.forms.hours import SpansField
from linli.kit.forms import Form, LineField
from linli.kit.rules import Problem


class ExceptionForm(Form):
    """A day, its hours in one line (none: closed all day), and why."""

    on = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hours = SpansField(
        label=gettext_lazy("Hours on that day"),
        help_text=gettext_lazy("Like 09:00-12:00 13:30-16:00. Empty: closed all day."),
        required=False,
        max_length=100,
    )
    reason = LineField(
        label=gettext_lazy("A short reason, shown to visitors"), required=False, max_length=200
    )


class TakeBackForm(Form):
    """Names the day a button stands beside."""

    on = forms.DateField(widget=forms.HiddenInput)


class Choice(NamedTuple):
    """A day on which a door stays closed, or closes at `until`."""

    on: date
    until: time | None


def read_choice(value: str) -> Choice:
    """The value of a one-tap button: "closed 2026-11-22", "until 2026-11-22T16:00". Problem when it is not one of ours."""
    word, _space, moment = value.partition(" ")
    try:
        if word == "closed":
            return Choice(date.fromisoformat(moment), None)
        if word == "until" and "T" in moment:
            until = datetime.fromisoformat(moment)
            return Choice(until.date(), until.time())
    except ValueError:
        pass
    raise Problem(_("Please use one of the buttons."))
