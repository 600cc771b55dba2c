"""Fields that several forms of programmes share."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone

from linli.kit.forms import Form


class MomentField(forms.DateTimeField):
    """A day and a time by the clock of a place, which the form says (`PlacedInTime`)."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    zone = ZoneInfo(settings.TIME_ZONE)

    def __init__(self, **options: Any):
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"], **options)

    def to_python(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)


class DayField(forms.DateField):
    """A day."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlacedInTime(Form):
    """A form whose moments are read by the clock of `zone`."""

    def set_zone(self, zone: ZoneInfo) -> None:
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.zone = zone
