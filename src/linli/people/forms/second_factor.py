"""Forms of the second step and of confirming."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kit.forms import LineField
from linli.people.forms.signing_in import CodeForm, NextForm


class AppCodeForm(CodeForm):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["digits"].label = _("The six digits your app shows now")


class RecoveryForm(NextForm):
    code = LineField(
        label=_("One of your recovery codes"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
