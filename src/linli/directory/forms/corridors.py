"""Corridors of stations."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.directory.forms.fields import NamedForm, StationsField, ThingField, line_of
from linli.directory.models import Corridor, Station
from linli.kit.forms import ProseField


class CorridorForm(NamedForm):
    """What a corridor is, and its stations in order."""

    about = ProseField(label=_("What they do together"), required=False, max_length=1000)
    stations = StationsField(
        label=_("Its stations, in the order one walks them"),
        help_text=_("One a line, by code or name; of any area."),
    )
    lead = ThingField(
        label=_("The station that leads"),
        things=Station.objects.all(),
        help_text=_("One of them, by code or name."),
    )

    SPOKEN = ("about",)

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("about", "stations", "lead")}

    @staticmethod
    def of(corridor: Corridor) -> dict[str, Any]:
        stops = corridor.stops.select_related("station")
        return {
            "about": corridor.about,
            "stations": "\n".join(line_of(stop.station) for stop in stops),
            "lead": line_of(corridor.lead) if corridor.lead else "",
        }
