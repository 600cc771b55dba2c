"""Fields and forms that the pages of organisers share: names in every language, things found by code or name, points."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.areas.forms import language_key, naming_fields, read_naming
from linli.directory.actions import Naming
from linli.directory.models import Station
from linli.directory.models.base import DATUMS, placed
from linli.kit.forms import Form, LineField, ProseField
from linli.kit.rules import Problem
from linli.kit.texts import half_width
from linli.kit.words import said

DATUM_WORDS = {
    "wgs84": _("WGS-84 (satellites, OpenStreetMap)"),
    "gcj02": _("GCJ-02 (Amap, Tencent)"),
    "bd09": _("BD-09 (Baidu)"),
}
# Nobody types a longer list by hand.
MOST_LINES = 200


class NamedForm(Form):
    """A thing with a name in each language of the installation; one is enough."""

    # Fields of which only the words in the thing's own language are kept.
    SPOKEN: tuple[str, ...] = ()

    def __init__(self, *args: Any, thing: Any = None, initial: dict[str, Any] | None = None, **options: Any):
        super().__init__(*args, initial=names_of(thing) | (initial or {}), **options)
        self.own = thing.language if thing else get_language() or ""
        for name in self.SPOKEN:
            self.fields[name].widget.attrs["lang"] = self.own
        self.fields = {**naming_fields(), **self.fields}

    def clean(self) -> dict[str, Any]:
        if not self.naming().name:
            self.show(Problem(_("Please give it a name."), "name"))
        return self.cleaned_data

    def naming(self) -> Naming:
        read = read_naming(self.cleaned_data, own=self.own)
        others = {language: words["name"] for language, words in read["translations"].items()}
        return Naming(read["name"], read["language"], others)

    def show(self, problem: Problem) -> None:
        """A problem with the name belongs to the first of the name fields."""
        first = next(iter(naming_fields()))
        super().show(Problem(problem.sentence, first if problem.field == "name" else problem.field))


def names_of(thing: Any) -> dict[str, str]:
    if thing is None:
        return {}
    others = {language_key(key): words.get("name", "") for key, words in thing.translations.items()}
    return others | {language_key(thing.language): thing.name}


def line_of(thing: Any) -> str:
    """How a thing stands in a field: its code, then its name."""
    return f"{thing.code} {said(thing, 'name')}"


class ThingField(LineField):
    """One thing by its code, with or without the name behind it, or by its name where only one is called so."""

    def __init__(self, *, things: QuerySet[Any], **options: Any):
        super().__init__(max_length=300, **options)
        self.things = things

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return find(self.things.all(), [text])[0] if text else None


class StationsField(ProseField):
    """Stations, one a line, each by its code or its name, in this order."""

    def __init__(self, **options: Any):
        super().__init__(max_length=20_000, **options)

    def clean(self, value: Any) -> list[Station]:
        lines = [line for line in super().clean(value).split("\n") if line]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("Please keep this within %(most)s lines.") % {"most": MOST_LINES})
        return find(Station.objects.visible_to(None), lines)


def find(things: QuerySet[Any], lines: list[str]) -> list[Any]:
    """The thing each line names. One query; ValidationError with the line that names none, or several."""
    codes = [half_width(line).split()[0] for line in lines]
    # A unit's name is in its versions: units are found by code alone.
    names = Q(name__in=lines) if hasattr(things.model, "name") else Q()
    found = list(things.filter(Q(code__in=codes) | names))
    return [one_of(found, line, code) for line, code in zip(lines, codes, strict=True)]


def one_of(found: Iterable[Any], line: str, code: str) -> Any:
    named = [thing for thing in found if thing.code == code]
    named = named or [thing for thing in found if getattr(thing, "name", None) == line]
    if not named:
        raise forms.ValidationError(_("Nothing has the code or the name “%(text)s”.") % {"text": line[:60]})
    if len(named) > 1:
        raise forms.ValidationError(
            _("Several are called “%(text)s”. Please write the code.") % {"text": line[:60]}
        )
    return named[0]


class PointField(LineField):
    """Latitude and longitude in degrees, as maps copy them: "31.2291, 121.4561"."""

    def __init__(self, **options: Any):
        super().__init__(max_length=60, **options)

    def clean(self, value: Any) -> tuple[float, float] | None:
        text = half_width(super().clean(value)).replace(",", " ").replace("、", " ")
        if not text.strip():
            return None
        try:
            latitude, longitude = map(float, text.split())
        except ValueError:
            latitude = longitude = float("nan")
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise forms.ValidationError(_("Write latitude and longitude in degrees, like 31.2291, 121.4561."))
        return latitude, longitude


class PlacedForm(NamedForm):
    """A named thing that has a point on the map."""

    point = PointField(
        label=_("Latitude and longitude"),
        required=False,
        help_text=_("As a map copies them, like 31.2291, 121.4561."),
    )
    datum = forms.ChoiceField(
        label=_("Where the numbers come from"), choices=[(key, DATUM_WORDS[key]) for key in DATUMS]
    )

    def placed(self) -> dict[str, Any]:
        """The columns of the point."""
        values = self.cleaned_data
        return placed(*(values["point"] or (None, None)), values["datum"])


def point_of(thing: Any) -> dict[str, Any]:
    """The first values of the two fields."""
    if thing.latitude is None:
        return {"datum": thing.datum}
    return {"point": f"{thing.latitude}, {thing.longitude}", "datum": thing.datum}
