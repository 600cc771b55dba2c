"""Who takes over from whom at a station."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kit.forms import Form


class HandOverForm(Form):
    """Names rows of roles, not people: nobody's own number leaves the house."""

    leaver = forms.ChoiceField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Who takes over?"))

    def __init__(self, *args: Any, leaver: str, colleagues: list[tuple[str, str]], **options: Any):
        super().__init__(*args, **options)
        self.fields["leaver"].choices = [(leaver, "")]  # type: ignore[attr-defined]
        self.fields["leaver"].initial = leaver
        # Nobody is chosen beforehand: what passes does not come back by itself.
        self.fields["to"].choices = [("", _("Please choose")), *colleagues]  # type: ignore[attr-defined]
