"""Forms of one's own data: consents, and the erasure of the account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kit.forms import Form
from linli.people.purposes import PURPOSES


class ConsentForm(Form):
    """One tap: a purpose, and whether yes or no."""

    purpose = forms.ChoiceField(choices=[(purpose.key, purpose.label) for purpose in PURPOSES.values()])
    answer = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))])


class ExportForm(Form):
    """One button."""


class EraseForm(Form):
    understood = forms.BooleanField(
        label=_("Yes, erase my account. I know that it cannot be brought back."),
        error_messages={"required": _("Please tick this box if you are sure.")},
    )
