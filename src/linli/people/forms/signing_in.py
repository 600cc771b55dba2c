"""Forms for signing in: the contact, the code that came, the code on a slip."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kit.contacts import ContactValue, read_contact
from linli.kit.forms import DigitsField, Form, LineField
from linli.kit.rules import Problem


class ContactField(LineField):
    """A phone number or e-mail address, cleaned into a ContactValue."""

    def __init__(self, **options):
        super().__init__(max_length=254, **options)

    def clean(self, value) -> ContactValue:
        text = super().clean(value)
        try:
            return read_contact(text)
        except Problem as problem:
            raise forms.ValidationError(str(problem)) from None


class NextForm(Form):
    """Keeps where to return to; only `kit.pages.safe_next` ever reads it."""

    next = LineField(required=False, max_length=2000, widget=forms.HiddenInput)


class ContactForm(NextForm):
    contact = ContactField(
        label=_("Phone number or e-mail address"),
        help_text=_("We send a code to it. Nobody else gets to see it."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )


class CodeForm(NextForm):
    digits = DigitsField(label=_("The six digits we sent"), max_length=20)

    def clean_digits(self) -> str:
        digits = self.cleaned_data["digits"]
        if len(digits) != 6:
            raise forms.ValidationError(_("The code has six digits."))
        return digits


class SlipCodeForm(NextForm):
    code = LineField(
        label=_("The code on your slip"),
        help_text=_("Ten letters and digits; capitals, spaces and hyphens do not matter."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class SlipLinkForm(NextForm):
    """One button: opening the link alone changes nothing."""
