"""Organisations: what they are, the group they have, the numbers they give."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.forms import DayField
from linli.directory.forms.fields import NamedForm
from linli.directory.models import Organisation
from linli.directory.panels.organisations import BANDS, COMMITTEES, COUNTED, KINDS, OPERATING
from linli.kit.forms import Form, LineField, ProseField
from linli.kit.uscc import WRONG, fault_of, meant


class CreditCodeField(LineField):
    """A unified social credit code, in capitals and half width; a mistyped one is found out by its last character."""

    def __init__(self, **options: Any):
        super().__init__(max_length=24, **options)

    def clean(self, value: Any) -> str:
        code = meant(super().clean(value))
        if code and (fault := fault_of(code)):
            raise forms.ValidationError(WRONG[fault])
        return code


class OrganisationForm(NamedForm):
    """What an organisation is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    description = ProseField(label=_("What it does, in a sentence or two"), required=False, max_length=1000)
    uscc = CreditCodeField(
        label=_("Unified social credit code"),
        required=False,
        help_text=_("18 characters; groups without one leave it empty."),
    )
    band = forms.ChoiceField(
        label=_("How many people work there"),
        required=False,
        choices=[("", _("Not known")), *BANDS.items()],
    )
    online_only = forms.BooleanField(label=_("It has no place of its own, only online"), required=False)
    operating = forms.ChoiceField(label=_("Is it working"), choices=list(OPERATING.items()))
    url = forms.URLField(label=_("Website"), required=False, max_length=500, assume_scheme="https")

    SPOKEN = ("description",)
    OWN = ("kind", "description", "uscc", "band", "online_only", "operating", "url")

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.OWN}

    @classmethod
    def of(cls, organisation: Organisation) -> dict[str, Any]:
        return {name: getattr(organisation, name) for name in cls.OWN}


class CommitteeForm(Form):
    """Whether it has a group of its own, as of a day."""

    committee = forms.ChoiceField(
        label=_("Group"), required=False, choices=[("", _("Not known")), *COMMITTEES.items()]
    )
    as_of = DayField(label=_("As of"))


class CountForm(Form):
    """A number it gave of itself, as of a day."""

    what = forms.ChoiceField(label=_("What is counted"), choices=list(COUNTED.items()))
    number = forms.IntegerField(label=_("How many"), min_value=0, max_value=1_000_000)
    as_of = DayField(label=_("As of"))
