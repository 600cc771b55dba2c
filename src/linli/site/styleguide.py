"""The living page of the house style: every component with example data, in any language and look."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from linli.kit.forms import DigitsField, Form, LineField, ProseField
from linli.kit.policies import public
from linli.site.appearance import shown_as_asked

COLOURS = [
    "paper",
    "card",
    "wash",
    "ink",
    "soft",
    "edge",
    "accent",
    "accent-wash",
    "good",
    "good-wash",
    "care",
    "care-wash",
]
MONDAY = date(2026, 3, 2)
HOURS = list(range(7, 23))


class SampleForm(Form):
    """Every kind of field a page of ours uses."""

    name = LineField(label=_("What is it about"), max_length=80, help_text=_("A few words are enough."))
    story = ProseField(label=_("What happened"), max_length=1000, required=False)
    place = forms.ChoiceField(
        label=_("Where"),
        choices=[("", _("Choose a place")), ("hall", _("Entrance hall")), ("roof", _("Roof garden"))],
    )
    on = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(
        label=_("At what time"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    reach = forms.ChoiceField(
        label=_("How may we reach you"),
        widget=forms.RadioSelect,
        choices=[
            ("phone", _("By phone")),
            ("letter", _("By letter")),
            ("not", _("Not at all, I will look myself")),
        ],
        help_text=_("Only the person who answers you sees this."),
    )
    needs = forms.MultipleChoiceField(
        label=_("What would help"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("step", _("No steps")), ("sign", _("Sign language"))],
    )
    code = DigitsField(label=_("The six digits on your slip"), max_length=6)
    agreed = forms.BooleanField(label=_("My words may be shown without my name"), required=False)
    came_from = LineField(widget=forms.HiddenInput, required=False, max_length=20)


def filled_wrongly() -> SampleForm:
    """What a person sees after sending a form with slips: what was typed is kept."""
    return SampleForm({"name": "", "place": "roof", "on": "", "code": "12a"}, auto_id="wrong_%s")


def steps() -> list[dict[str, Any]]:
    return [
        {"label": _("Heard"), "state": "done", "when": _("2 March"), "who": _("Omar, at the desk")},
        {
            "label": _("With those who can mend it"),
            "state": "now",
            "when": _("until 9 March"),
            "who": _("Building office"),
        },
        {"label": _("Answered"), "state": "next"},
        {"label": _("You say whether it helped"), "state": "next"},
    ]


def week() -> list[dict[str, Any]]:
    """Nine to twelve and half past one to five on working days."""
    spans = [{"x": 9, "width": 3}, {"x": 13.5, "width": 3.5}]
    return [
        {
            "label": date_format(MONDAY + timedelta(days=n), "l"),
            "words": "09:00–12:00, 13:30–17:00" if n < 5 else _("closed"),
            "spans": spans if n < 5 else [],
            "today": n == 2,
        }
        for n in range(7)
    ]


def open_by_hour() -> list[dict[str, Any]]:
    """How many stations of an invented network are open, by weekday and hour."""
    return [
        {"on": MONDAY + timedelta(days=day), "cells": [open_then(day, hour) for hour in HOURS]}
        for day in range(7)
    ]


def open_then(day: int, hour: int) -> int:
    night_owls = 6
    if 9 <= hour < 17 and day < 5:
        return 46 if hour != 12 else 31
    return night_owls + 12 if 9 <= hour < 21 else night_owls - (2 if day == 6 else 0)


def chart() -> dict[str, Any]:
    counts = [(_("Heard"), 42), (_("Being worked on"), 17), (_("Answered"), 25)]
    return {
        "bars": [
            {"label": label, "value": value, "share": round(100 * value / 42)} for label, value in counts
        ],
        "columns": [{"label": _("Step")}, {"label": _("Matters"), "number": True}],
        "rows": [[label, value] for label, value in counts],
    }


def samples() -> dict[str, Any]:
    tabs = [("#tabs", _("All"), True), ("#tabs", _("Open now"), False), ("#tabs", _("Near me"), False)]
    return {
        "colours": COLOURS,
        "form": SampleForm(),
        "wrong": filled_wrongly(),
        "steps": steps(),
        "week": week(),
        "hours": HOURS,
        "days": open_by_hour(),
        "tabs": [{"url": url, "label": label, "current": current} for url, label, current in tabs],
        "page": Paginator(range(60), 20).get_page(2),
        **chart(),
    }


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """All components; the address may name a language and a look."""
    return shown_as_asked(request, "site/styleguide.html", samples())
