"""Buildings, and the stations that serve them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Unit
from linli.directory.forms.fields import PlacedForm, StationsField, ThingField, line_of, point_of
from linli.directory.models import Building, Organisation, Station
from linli.kit.forms import Form, LineField


def serving_fields() -> dict[str, forms.Field]:
    return {
        "stations": StationsField(
            label=_("Stations that serve it"),
            required=False,
            help_text=_("One a line, by code or name."),
        ),
        "responsible": ThingField(
            label=_("The responsible one of them"), required=False, things=Station.objects.all()
        ),
    }


class BuildingForm(PlacedForm):
    """What a building is called and where it is."""

    aliases = LineField(
        label=_("Other names people use for it"),
        required=False,
        max_length=400,
        help_text=_("Several with semicolons between them."),
    )
    address = LineField(label=_("Address"), required=False, max_length=300)
    floors = forms.IntegerField(label=_("Number of floors"), required=False, min_value=1, max_value=300)
    property_company = ThingField(
        label=_("Property company"),
        required=False,
        things=Organisation.objects.all(),
        help_text=_("Its code, or its name if no other is called so."),
    )

    SPOKEN = ("address",)

    def details(self) -> dict[str, Any]:
        values = self.cleaned_data
        names = values["aliases"].replace("；", ";").split(";")
        return {
            "aliases": [name.strip() for name in names if name.strip()],
            "address": values["address"],
            "floors": values["floors"],
            "property_company": values["property_company"],
            **self.placed(),
        }


class NewBuildingForm(BuildingForm):
    """A building that is not in the directory yet."""

    is_responsible = forms.BooleanField(
        label=_("This area is responsible for it"),
        required=False,
        initial=True,
        help_text=_("A building can lie across two areas: without the tick none is named yet."),
    )

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields |= serving_fields()

    def serving(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("is_responsible", "stations", "responsible")}


class ChangeBuildingForm(BuildingForm):
    """The same, and the area that is responsible."""

    unit = ThingField(
        label=_("Responsible area"),
        required=False,
        things=Unit.objects.all(),
        help_text=_("The code of the area; empty while none has been named."),
    )

    @staticmethod
    def of(building: Building) -> dict[str, Any]:
        company = building.property_company
        return {
            "aliases": "; ".join(building.aliases),
            "address": building.address,
            "floors": building.floors,
            "property_company": line_of(company) if company else "",
            "unit": building.unit.code if building.unit else "",
            **point_of(building),
        }


class ServingForm(Form):
    """The stations that serve a building."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields |= serving_fields()

    @staticmethod
    def of(building: Building) -> dict[str, str]:
        rows = building.served_by.select_related("station").order_by("station__reading")
        lines = {row.station: line_of(row.station) for row in rows}
        responsible = next((row.station for row in rows if row.responsible), None)
        return {
            "stations": "\n".join(lines.values()),
            "responsible": lines[responsible] if responsible else "",
        }
