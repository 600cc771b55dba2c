"""Forms of the desk: slips, machines, PINs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kit.forms import DigitsField, Form, LineField
from linli.people.forms.signing_in import NextForm


class SlipForm(Form):
    name = LineField(
        label=_("Name, as the person wants to be called"),
        help_text=_("May stay empty. No papers are needed."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    earlier = LineField(
        label=_("Code of an earlier slip of this person"),
        help_text=_("Only if they bring one: then they find their things again."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class MachineForm(Form):
    label = LineField(
        label=_("What this machine is called"),
        help_text=_("For example: front desk, left."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PinField(DigitsField):
    widget = forms.PasswordInput

    def widget_attrs(self, widget) -> dict:
        return super().widget_attrs(widget) | {"autocomplete": "off", "maxlength": 6}


class PinForm(Form):
    pin = PinField(label=_("Six digits"), help_text=_("Not a date and no pattern."), max_length=20)
    again = PinField(label=_("The same six digits again"), max_length=20)

    def clean(self) -> dict:
        values = super().clean()
        if {"pin", "again"} <= values.keys() and values["pin"] != values["again"]:
            self.add_error("again", _("The two are not the same."))
        return values


class SwitchForm(NextForm):
    person = forms.UUIDField(label=_("Colleague"), widget=forms.RadioSelect)
    pin = PinField(label=_("PIN"), max_length=20)

    def __init__(self, *args, colleagues, **options):
        super().__init__(*args, **options)
        self.fields["person"].widget.choices = [
            (person.pk, person.name or _("without a name")) for person in colleagues
        ]
