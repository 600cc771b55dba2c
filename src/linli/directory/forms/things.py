"""Rooms, entrances, supplies, difficulties and temporary notices, as a station's people write them down."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Announcement, Difficulty, Entrance, Facility, Room, Station, Supply
from linli.directory.models.base import DATUMS, placed
from linli.kit.forms import Form, LineField, ProseField
from linli.kit.nouns import noun

noun_later = lazy(noun, str)


class ThingForm(Form):
    """What all of them have in common: first values from a thing, columns for it."""

    MODEL: type

    def __init__(self, *args: Any, station: Station, thing: Any = None, **options: Any):
        self.station, self.thing = station, thing
        super().__init__(*args, initial=self.first_values(), **options)

    def first_values(self) -> dict[str, Any]:
        if self.thing is None:
            return {}
        return {name: getattr(self.thing, name) for name in self.base_fields if hasattr(self.thing, name)}

    def columns(self) -> dict[str, Any]:
        """The columns of the thing as they were typed."""
        return dict(self.cleaned_data)


class RoomForm(ThingForm):
    MODEL = Room
    name = LineField(label=_("What the room is called"), max_length=100)
    floor = LineField(label=_("Floor"), required=False, max_length=20)
    seats = forms.IntegerField(label=_("Seats"), required=False, min_value=0, max_value=10_000)
    functions = LineField(label=_("What it is used for"), required=False, max_length=200)
    equipment = LineField(label=_("What is in it"), required=False, max_length=200)


class EntranceForm(ThingForm):
    MODEL = Entrance
    name = LineField(label=_("What the entrance is called"), max_length=100)
    directions = LineField(
        label=_("How one finds it"),
        required=False,
        max_length=300,
        help_text=_("For somebody who stands in the street."),
    )
    steps = forms.IntegerField(
        label=_("Steps"),
        required=False,
        min_value=0,
        max_value=500,
        help_text=_("0 is step-free; empty: nobody has counted."),
    )
    bike = LineField(label=_("Where to leave the bike"), required=False, max_length=200)
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    datum = forms.ChoiceField(
        label=_("Read off"),
        choices=[
            ("gcj02", _("a Chinese map (GCJ-02)")),
            ("bd09", _("Baidu’s map (BD-09)")),
            ("wgs84", _("a satellite receiver (WGS-84)")),
        ],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            raise forms.ValidationError(_("A point needs both numbers, or neither."))
        return data

    def columns(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        point = [data.pop(name) for name in ("latitude", "longitude", "datum")]
        return data | placed(point[0], point[1], point[2] if point[2] in DATUMS else "gcj02")


class SupplyForm(ThingForm):
    MODEL = Supply
    name = LineField(label=_("What it is"), max_length=100)
    stock = forms.IntegerField(label=_("How many there are"), min_value=0, max_value=1_000_000)
    low = forms.IntegerField(
        label=_("Low mark"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("At this number the desk is told to restock."),
    )
    facility = forms.ChoiceField(
        label=_("What runs dry with it"),
        required=False,
        choices=lambda: [("", _("Nothing")), *((kind, noun_later(kind)) for kind in Facility.Kind.values)],
    )


class DifficultyForm(ThingForm):
    MODEL = Difficulty
    what = LineField(label=_("What is hard"), max_length=300)
    help_wanted = LineField(label=_("What help is wanted"), required=False, max_length=300)
    since = forms.DateField(
        label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def first_values(self) -> dict[str, Any]:
        return super().first_values() or {"since": timezone.localdate()}

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return since


class NoticeForm(ThingForm):
    MODEL = Announcement
    text = ProseField(label=_("What people should know"), max_length=500)
    reason = LineField(label=_("The reason"), max_length=200)
    starts_at = forms.DateTimeField(
        label=_("Shown from"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    ends_at = forms.DateTimeField(
        label=_("Until when"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def first_values(self) -> dict[str, Any]:
        now = timezone.now().replace(second=0, microsecond=0)
        given = super().first_values() or {"starts_at": now, "ends_at": now + timedelta(days=1)}
        zone = ZoneInfo(self.station.time_zone)
        return given | {
            name: given[name].astimezone(zone).replace(tzinfo=None) for name in ("starts_at", "ends_at")
        }

    def clean(self) -> dict[str, Any]:
        """Typed by the station's own clock."""
        data, zone = self.cleaned_data, ZoneInfo(self.station.time_zone)
        for name in ("starts_at", "ends_at"):
            if data.get(name):
                data[name] = data[name].replace(tzinfo=zone)
        if data.get("starts_at") and data.get("ends_at") and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends_at", _("It must end after it begins."))
        return data


class FacilitiesForm(Form):
    """What one can use here without asking, as a checklist."""

    kinds = forms.MultipleChoiceField(
        label=_("One can use here"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(kind, noun_later(kind)) for kind in Facility.Kind.values],
    )
    ebike = forms.ChoiceField(
        label=_("If e-bikes are charged: where"),
        choices=[("outdoors", _("Outside, under the sky")), ("indoors", _("Inside the building"))],
        widget=forms.RadioSelect,
        initial="outdoors",
    )


NOUNS: dict[str, type[ThingForm]] = {
    "rooms": RoomForm,
    "entrances": EntranceForm,
    "stock": SupplyForm,
    "difficulties": DifficultyForm,
    "notices": NoticeForm,
}
