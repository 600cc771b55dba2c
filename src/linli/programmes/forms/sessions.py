"""Where and when a session is, and how its seats are given; and how it comes back."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from linli.directory.forms.fields import NamedForm
from linli.directory.models import Room, Station
from linli.kit.forms import Form, LineField, ProseField
from linli.kit.texts import half_width
from linli.kit.words import said
from linli.programmes.actions.sessions import Planned
from linli.programmes.forms.fields import DayField, MomentField, PlacedInTime
from linli.programmes.models import Session
from linli.programmes.recurrence import Rule

PLACES = [
    ("room", _("In a room")),
    ("online", _("Online")),
    ("outdoors", _("Outdoors, along a route")),
]


class SessionForm(PlacedInTime, NamedForm):
    """A session of a station; `thing` is the one that is changed or copied."""

    SPOKEN = (
        "about", "where", "route", "route_end", "gear", "audience", "cost", "materials", "access", "held_in",
    )  # fmt: skip

    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))
    place = forms.ChoiceField(label=_("Where it is held"), choices=PLACES)
    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.none(), required=False)
    where = LineField(
        label=_("Where exactly"),
        required=False,
        max_length=200,
        help_text=_("Outdoors: the meeting point. In a room that is not in the list: where it is."),
    )
    link = forms.URLField(
        label=_("Link of the online room"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Shown only to those who have a seat."),
    )
    route = LineField(label=_("Route"), required=False, max_length=300)
    route_end = LineField(label=_("Where it ends"), required=False, max_length=200)
    gear = LineField(label=_("What one needs"), required=False, max_length=300)
    weather_at = MomentField(label=_("When the weather is decided on"), required=False)
    emergency = LineField(
        label=_("Whom to call on the way"),
        required=False,
        max_length=100,
        help_text=_("Shown to those who have a seat; gone a day after the session."),
    )
    about = ProseField(label=_("What happens"), required=False, max_length=2000)
    audience = LineField(label=_("Who it is for"), required=False, max_length=200)
    cost = LineField(
        label=_("What it costs"),
        required=False,
        max_length=100,
        help_text=_("Paid at the desk; nothing is paid here."),
    )
    materials = LineField(label=_("What to bring"), required=False, max_length=300)
    access = LineField(label=_("Steps, toilets, quiet, signs"), required=False, max_length=300)
    held_in = LineField(label=_("Language it is held in"), required=False, max_length=60)
    capacity = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=1,
        max_value=5000,
        help_text=_("Empty: nobody signs up, people just come."),
    )
    max_per_contact = forms.IntegerField(
        label=_("Seats for one contact, at most"), min_value=1, max_value=9, initial=4
    )
    opens_at = MomentField(label=_("Sign-up opens"), required=False, help_text=_("Empty: at once."))
    releases_after = forms.IntegerField(
        label=_("Minutes after which unused seats go to others by themselves"),
        required=False,
        min_value=5,
        max_value=120,
        help_text=_("It is said at sign-up. Empty: the desk decides."),
    )

    TIMES = ("starts_at", "ends_at", "weather_at", "opens_at")
    OWN = tuple(
        name
        for name in Planned.__dataclass_fields__
        if name not in {"name", "language", "translations", "origin"}
    )

    def __init__(self, *args: Any, station: Station, thing: Session | None = None, **options: Any):
        first = {name: getattr(thing, name) for name in self.OWN} if thing else {}
        super().__init__(*args, thing=thing, initial=first | options.pop("initial", {}), **options)
        rooms = self.fields["room"]
        rooms.queryset = Room.objects.filter(station=station).order_by("name")  # type: ignore[attr-defined]
        rooms.label_from_instance = lambda room: str(said(room, "name"))  # type: ignore[attr-defined]
        self.set_zone(thing.zone if thing else station.zone)
        self.origin = thing.origin if thing else ""

    def clean_room(self) -> Room | None:
        """A room is where it is held only in a room."""
        return self.cleaned_data["room"] if self.cleaned_data.get("place") == "room" else None

    def planned(self) -> Planned:
        naming, values = self.naming(), self.cleaned_data
        return Planned(
            name=naming.name,
            language=naming.language,
            translations={language: {"name": name} for language, name in naming.others.items()},
            origin=self.origin,
            **{name: values[name] for name in self.OWN},
        )


class RuleForm(Form):
    """How a series comes back, in words."""

    every = forms.ChoiceField(
        label=_("It comes back"),
        choices=[
            ("week", _("on days of the week")),
            ("month_day", _("on the same day of the month")),
            ("month_weekday", _("on one weekday of the month")),
        ],
    )
    interval = forms.IntegerField(
        label=_("Every how many weeks or months"), min_value=1, max_value=12, initial=1
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        choices=[(number, name) for number, name in WEEKDAYS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    nth = forms.TypedChoiceField(
        label=_("Which one of the month"),
        choices=[(1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (-1, _("last"))],
        coerce=int,
        required=False,
        empty_value=1,
    )
    until = DayField(label=_("Until"), required=False, help_text=_("Empty: until somebody ends it."))
    skip = LineField(
        label=_("Not on"),
        required=False,
        max_length=500,
        help_text=_("Days like 2027-02-06, with spaces between them."),
    )
    skips_holidays = forms.BooleanField(label=_("Not on public holidays"), required=False)

    def clean_skip(self) -> list[date]:
        words = half_width(self.cleaned_data["skip"]).replace(",", " ").replace("、", " ").split()
        try:
            return [date.fromisoformat(word) for word in words]
        except ValueError:
            raise ValidationError(_("Please write days like 2027-02-06, with spaces between them.")) from None

    def rule(self) -> Rule:
        """Problem where the parts do not make a rule."""
        values = self.cleaned_data
        weekdays = () if values["every"] == "month_day" else tuple(values["weekdays"])
        return Rule(
            values["every"],
            values["interval"],
            weekdays,
            values["nth"] if values["every"] == "month_weekday" else 0,
            values["until"],
            frozenset(values["skip"]),
        )


def first_rule(rule: Rule, skips_holidays: bool) -> dict[str, Any]:
    """What the form shows of a rule there is."""
    return {
        "every": rule.every,
        "interval": rule.interval,
        "weekdays": list(rule.weekdays),
        "nth": rule.nth or 1,
        "until": rule.until,
        "skip": " ".join(sorted(day.isoformat() for day in rule.skip)),
        "skips_holidays": skips_holidays,
    }


class CancelForm(Form):
    """Why a session is not held."""

    reason = LineField(
        label=_("Why"),
        max_length=300,
        help_text=_("One line; everybody who signed up reads it, and it stays on the page."),
    )


class LeaderForm(Form):
    """Who leads a session."""

    contact = LineField(
        label=_("Phone or e-mail they sign in with"),
        max_length=254,
        help_text=_("They see who is expected, from an hour before until a day after."),
    )


class MessageForm(Form):
    """A message to those who have a seat."""

    text = ProseField(
        label=_("The message"),
        max_length=500,
        help_text=_(
            "It stands on every ticket, and goes to the inbox of those with an account. Nobody sees a number."
        ),
    )


class CameOfForm(Form):
    """What came of a session, in its language."""

    came_of = ProseField(
        label=_("What came of it"),
        max_length=2000,
        required=False,
        help_text=_("Everybody reads it. The counts stand beside it."),
    )

    def __init__(self, *args: Any, session: Session, **options: Any):
        super().__init__(*args, initial={"came_of": session.came_of}, **options)
        self.fields["came_of"].widget.attrs["lang"] = session.language


def copied(session: Session, now: Any = None) -> dict[str, Any]:
    """First values of a copy: a week later, or as many as it takes to lie ahead."""
    now = now or timezone.now()
    weeks = max(1, (now - session.starts_at) // timedelta(weeks=1) + 1)
    later = timedelta(weeks=weeks)
    return {
        "starts_at": session.starts_at + later,
        "ends_at": session.ends_at + later,
        "opens_at": None,
        "weather_at": None,
    }
