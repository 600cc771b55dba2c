"""What holds at a door right now."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.models import LiveStatus, Station
from linli.kit.forms import Form, LineField
from linli.kit.rules import Problem

STATES = [("closed", _("Closed")), ("full", _("Full")), ("open", _("Open"))]


class StatusForm(Form):
    """What holds at the door, until when. A time before now means tomorrow; none means until the next usual change."""

    state = forms.ChoiceField(label=_("What holds now"), choices=STATES, widget=forms.RadioSelect)
    until = forms.TimeField(
        label=_("Until when"),
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
