"""What a programme says of itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.forms.fields import NamedForm
from linli.kit.forms import LineField, ProseField
from linli.programmes.actions.programmes import Described
from linli.programmes.models import Programme

KINDS = [
    ("study", _("Study")),
    ("culture", _("Culture and sport")),
    ("volunteering", _("Volunteering and giving")),
    ("governance", _("Shared governance")),
]


class ProgrammeForm(NamedForm):
    """A programme with its name in each language."""

    SPOKEN = ("purpose", "cycle", "came_of")

    kind = forms.ChoiceField(label=_("What kind of thing it is"), choices=KINDS)
    purpose = ProseField(label=_("What it is, and for whom"), required=False, max_length=2000)
    cycle = LineField(
        label=_("How often"), required=False, max_length=100, help_text=_("In words: every second Saturday.")
    )
    tags = LineField(
        label=_("Tags"), required=False, max_length=200, help_text=_("Several with semicolons between them.")
    )
    weekly_limit = forms.IntegerField(
        label=_("Sessions a week for one contact, at most"),
        required=False,
        min_value=1,
        max_value=20,
        help_text=_("Leave it empty where there are seats enough for everybody."),
    )
    needs_approval = forms.BooleanField(
        label=_("An organiser agrees to each session before it stands open"), required=False
    )
    came_of = ProseField(label=_("What came of it"), required=False, max_length=2000)

    OWN = ("kind", "purpose", "cycle", "weekly_limit", "needs_approval", "came_of")

    def __init__(self, *args: Any, thing: Programme | None = None, **options: Any):
        first = (
            {name: getattr(thing, name) for name in self.OWN} | {"tags": "; ".join(thing.tags)}
            if thing
            else {}
        )
        super().__init__(*args, thing=thing, initial=first, **options)

    def described(self) -> Described:
        naming, values = self.naming(), self.cleaned_data
        tags = values["tags"].replace("；", ";").split(";")
        return Described(
            name=naming.name,
            language=naming.language,
            translations={language: {"name": name} for language, name in naming.others.items()},
            tags=list(dict.fromkeys(tag.strip() for tag in tags if tag.strip())),
            **{name: values[name] for name in self.OWN},
        )
