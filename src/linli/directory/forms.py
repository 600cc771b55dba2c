"""Forms of the directory."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.actions import Hours
from linli.directory.listing import kind_choices
from linli.directory.models import LiveStatus, Station
from linli.kit.forms import Form, LineField, ProseField
from linli.kit.rules import Problem
from linli.kit.texts import half_width

STATES = [("closed", _("Closed")), ("full", _("Full")), ("open", _("Open"))]


class StatusForm(Form):
    """What holds at the door, until when. A time before now means tomorrow; none means until the next usual change."""

    state = forms.ChoiceField(label=_("What holds now"), choices=STATES, widget=forms.RadioSelect)
    until = forms.TimeField(
        label=_("Until"),
        required=False,
        help_text=_("Empty: until the usual hours next change."),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    note = LineField(label=_("A short reason, shown to visitors"), required=False, max_length=120)

    def moment(self, station: Station, now: datetime) -> datetime | None:
        until = self.cleaned_data["until"]
        if until is None:
            return None
        local = now.astimezone(ZoneInfo(station.time_zone))
        moment = local.replace(hour=until.hour, minute=until.minute, second=0, microsecond=0)
        return moment if moment > local else moment + timedelta(days=1)


def read_choice(value: str) -> tuple[str, datetime]:
    """The value of a one-tap button, "closed 2026-11-22T15:00:00+08:00". Problem when it is not one of ours."""
    state, _space, until = value.partition(" ")
    try:
        moment = datetime.fromisoformat(until)
    except ValueError:
        moment = None
    if state not in LiveStatus.State.values or moment is None or moment.tzinfo is None:
        raise Problem(_("Please use one of the buttons."))
    return state, moment


class StationForm(Form):
    """A new station: what it is called, what it is, where its door is."""

    name = LineField(label=_("What is the station called?"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: kind_choices()[1:])
    address = LineField(label=_("Address"), required=False, max_length=200)
    directions = LineField(
        label=_("Which door"),
        required=False,
        max_length=200,
        help_text=_("What somebody needs to know who stands in front of the building."),
    )
    about = ProseField(label=_("What happens there, in a few sentences"), required=False, max_length=1000)


class HoursForm(Form):
    """Weekly hours, one line a day: "09:00-12:00 13:30-21:00"; an empty line is a day off."""

    DAYS = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]

    def __init__(self, *args: object, **options: object):
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for number, day in enumerate(self.DAYS):
            self.fields[f"day{number}"] = SpansField(label=day, required=False, max_length=100)

    def clean(self) -> dict[str, Any]:
        """A week that came without its fields is a broken request, not a week of days off."""
        if any(name not in self.data for name in self.fields):
            raise forms.ValidationError(
                _("The week did not arrive whole. Nothing was changed; please send it again.")
            )
        return self.cleaned_data

    def hours(self) -> list[Hours]:
        return [Hours(number, *span) for number in range(7) for span in self.cleaned_data[f"day{number}"]]

    @staticmethod
    def of(station: Station) -> dict[str, str]:
        """The form's first values: the door's hours as they are."""
        lines: dict[str, list[str]] = {f"day{number}": [] for number in range(7)}
        for rule in station.rules.of_door().filter(nth=0, valid_from=None, valid_until=None):
            lines[f"day{rule.weekday}"].append(f"{rule.opens:%H:%M}-{rule.closes:%H:%M}")
        return {day: " ".join(spans) for day, spans in lines.items()}


class SpansField(LineField):
    """Times as people type them: "9:00-12:00 13:30-21:00", full-width digits and 至 or ～ accepted; "24:00" ends a day."""

    def clean(self, value: object) -> list[tuple[time, time]]:
        text = (
            half_width(super().clean(value))
            .translate(str.maketrans("～~—–至:：", "-----::"))
            .replace(" - ", "-")
        )
        return [self.span(piece) for piece in text.replace(",", " ").replace("、", " ").split()]

    def span(self, piece: str) -> tuple[time, time]:
        opens, _dash, closes = piece.partition("-")
        try:
            return read_time(opens), read_time(closes)
        except ValueError:
            sentence = _("“%(piece)s” is not understood. Write it like 09:00-12:00.")
            raise forms.ValidationError(sentence, params={"piece": piece[:30]}) from None


def read_time(text: str) -> time:
    """ "9:00", "09:00" or "24:00"; ValueError for anything else."""
    hour, colon, minute = text.partition(":")
    if not colon or len(minute) != 2:
        raise ValueError(text)
    return time(0) if (hour, minute) == ("24", "00") else time(int(hour), int(minute))
