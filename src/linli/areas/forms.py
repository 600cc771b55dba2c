"""Forms of the tree. Names are asked once in each language of the installation; one is enough."""

from datetime import date

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.kit.forms import Form, LineField
from linli.kit.nouns import noun
from linli.kit.rules import Problem
from linli.kit.words import said

# Levels most networks know; others come from the data or are typed. Stations and organisations own their nodes.
LEVELS = [
    "city",
    "district",
    "subdistrict",
    "town",
    "grid",
    "neighbourhood",
    "street_block",
    "building",
    "park",
]
NOT_HERE = {"station", "organisation", "network"}
DAY_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
PART_CHOICES = range(2, 7)


class DayField(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **options):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(
            **{"widget": widget, "input_formats": DAY_FORMATS, "initial": timezone.localdate} | options
        )


def plain_line(label, help_text="", max_length=120, **attrs) -> LineField:
    widget = forms.TextInput(attrs={"autocomplete": "off"} | attrs)
    return LineField(label=label, help_text=help_text, max_length=max_length, required=False, widget=widget)


def language_key(language: str) -> str:
    return "name_" + language.replace("-", "_")


def naming_fields(prefix: str = "") -> dict:
    """A field for the name in each language of the installation."""
    return {
        prefix + language_key(language): plain_line(format_lazy(_("Name · {language}"), language=label))
        for language, label in settings.LANGUAGES
    }


def read_naming(values: dict, prefix: str = "", own: str = "") -> dict:
    """name, language and translations from what was typed; its own language, else the first with a name, leads."""
    typed = {language: values.get(prefix + language_key(language)) for language, _label in settings.LANGUAGES}
    names = {language: name for language, name in typed.items() if name}
    first = own if own in names else next(iter(names), settings.LANGUAGE_CODE)
    others = {language: {"name": name} for language, name in names.items() if language != first}
    return {"name": names.get(first, ""), "language": first, "translations": others}


def kind_choices(known_kinds) -> list[tuple[str, str]]:
    kinds = list(dict.fromkeys([*LEVELS, *sorted(known_kinds)]))
    return [(kind, noun(kind)) for kind in kinds if kind not in NOT_HERE]


class DatedForm(Form):
    """A change of the tree and the day from which it holds."""

    on = DayField(
        label=_("From which day on"),
        help_text=_("A day that has passed is allowed: the page then says that it was entered late."),
    )

    def last(self, *names: str) -> None:
        """Puts the fields of that name at the end."""
        for name in names:
            self.fields[name] = self.fields.pop(name)

    def show(self, problem: Problem) -> None:
        """A problem with the name belongs to the first of the name fields."""
        names = [field for field in self.fields if field.startswith("name_")]
        field = names[0] if problem.field == "name" and names else problem.field
        super().show(Problem(problem.sentence, field))


class NewUnitForm(DatedForm):
    """A unit that does not exist yet."""

    kind = forms.ChoiceField(label=_("What kind of unit"))
    other_kind = plain_line(_("Another kind, in your own words"), max_length=40)
    reading = plain_line(
        _("Reading, to sort and search by"), _("Left empty, the pinyin of the name is taken."), max_length=400
    )
    code = plain_line(
        _("Code"),
        _("Letters, digits and hyphens; it never changes. Left empty, one is drawn."),
        max_length=40,
    )

    def __init__(self, *args, kinds=(), **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = kind_choices(kinds)
        self.fields = {**naming_fields(), **self.fields}
        self.last("on")

    def unit(self) -> dict:
        """What `open_unit` and `insert_level` want to know of it."""
        values = self.cleaned_data
        kind = values["other_kind"] or values["kind"]
        return {**read_naming(values), "kind": kind, "reading": values["reading"], "code": values["code"]}


class ChildrenField(forms.TypedMultipleChoiceField):
    """Some of the units below another; its values are codes."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, versions) -> None:
        self.units = {version.unit.code: version.unit for version in versions}
        self.choices = [
            (version.unit.code, f"{said(version, 'name')} · {version.unit.code}") for version in versions
        ]
        self.coerce = self.units.__getitem__


class InsertForm(NewUnitForm):
    """A unit that comes between another and some of its children."""

    children = ChildrenField(label=_("Units that will stand under it"))

    def __init__(self, *args, children, **options):
        super().__init__(*args, **options)
        self.fields["children"].offer(children)
        self.last("children", "on")


class RenameForm(DatedForm):
    """A name in each language, and how it is read."""

    reading = plain_line(
        _("Reading, to sort and search by"), _("Left empty, the pinyin of the name is taken."), max_length=400
    )

    def __init__(self, *args, version, **options):
        own = {language_key(version.language): version.name, "reading": version.reading}
        others = {language_key(key): words.get("name", "") for key, words in version.translations.items()}
        super().__init__(*args, initial=own | others, **options)
        self.version = version
        self.fields = {**naming_fields(), **self.fields}
        self.last("on")

    def naming(self) -> dict:
        """The new words. Languages the form does not ask for stay; the old reading goes with the old name."""
        old, naming = self.version, read_naming(self.cleaned_data, own=self.version.language)
        asked = dict(settings.LANGUAGES)
        kept = {language: words for language, words in old.translations.items() if language not in asked}
        reading = self.cleaned_data["reading"]
        if reading == old.reading and naming["name"] != old.name:
            reading = ""
        return naming | {"translations": kept | naming["translations"], "reading": reading}


class MoveForm(DatedForm):
    """Another place for a unit."""

    parent = plain_line(
        _("The unit it will stand under"),
        _("Its code, or its name if no other unit has it."),
        list="suggestions",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["parent"].required = True
        self.last("on")


class MergeForm(DatedForm):
    """Units that become part of this one."""

    units = ChildrenField(label=_("Units beside it that become part of it"), required=False)
    others = plain_line(_("Codes of units elsewhere"), _("Several with spaces between them."), max_length=400)

    def __init__(self, *args, siblings, **options):
        super().__init__(*args, **options)
        self.fields["units"].offer(siblings)
        if not siblings:
            del self.fields["units"]
        self.last("on")


class SplitForm(DatedForm):
    """Names for the parts, and for each child the part it goes to."""

    closes = forms.ChoiceField(
        label=_("What becomes of the old unit"),
        widget=forms.RadioSelect,
        choices=[("yes", _("It ends; the parts take its place")), ("no", _("It goes on beside the parts"))],
        initial="yes",
    )

    def __init__(self, *args, children, count, **options):
        super().__init__(*args, **options)
        self.children, self.numbers = list(children), range(1, count + 1)
        for number in self.numbers:
            self.add_part(number)
        for version in self.children:
            self.add_child(version)
        self.last("on")

    def add_part(self, number: int) -> None:
        for name, field in naming_fields(f"name_part{number}_").items():
            field.label = format_lazy(_("Part {number} · {label}"), number=number, label=field.label)
            self.fields[name] = field
        self.fields[f"code_part{number}"] = plain_line(
            format_lazy(_("Part {number} · {label}"), number=number, label=_("Code")), max_length=40
        )

    def add_child(self, version) -> None:
        parts = [(str(number), format_lazy(_("Part {number}"), number=number)) for number in self.numbers]
        self.fields[f"child_{version.unit.code}"] = forms.ChoiceField(
            label=format_lazy(
                _("{name} · {code} goes to"), name=str(said(version, "name")), code=version.unit.code
            ),
            choices=[("", _("the old unit, as before")), *parts],
            required=False,
        )

    def parts(self) -> list[dict]:
        """One entry for each part: what it is called, its code and its children; parts left empty are dropped."""
        values = self.cleaned_data
        found = []
        for number in self.numbers:
            naming = read_naming(values, f"name_part{number}_")
            mine = [v.unit for v in self.children if values[f"child_{v.unit.code}"] == str(number)]
            if naming["name"] or mine:
                found.append({**naming, "code": values[f"code_part{number}"], "children": mine})
        return found


class DayForm(Form):
    """A day to look at the tree of, from the address of the page."""

    on = DayField(label=_("Day"), initial=None)

    @classmethod
    def day(cls, query) -> tuple["DayForm", date | None]:
        """The form and its day; None for today, also where the address holds no day at all."""
        form = cls(query if query.get("on") else None)
        return form, form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
