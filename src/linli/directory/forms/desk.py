"""Small forms of the desk: stock, walk-ins, roster, and what a visitor says is wrong."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.models import WrongNote
from linli.kit.forms import Form, LineField, ProseField
from linli.people.models import Person, Role

WRONG = [
    (WrongNote.What.HOURS, _("The hours")),
    (WrongNote.What.ADDRESS, _("The address, or which door")),
    (WrongNote.What.PHONE, _("The telephone number")),
    (WrongNote.What.FACILITIES, _("What is there")),
    (WrongNote.What.OTHER, _("Something else")),
]


class StockForm(Form):
    """−1, +1, or how many there are."""

    change = forms.IntegerField(required=False, min_value=-100, max_value=100)
    stock = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)


class LateForm(Form):
    """Walk-ins of an hour that is over."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.IntegerField(
        label=_("Hour"), min_value=0, max_value=23, help_text=_("14 is from 14:00 to 15:00.")
    )
    count = forms.IntegerField(label=_("How many came"), min_value=0, max_value=10_000)


class DutyForm(Form):
    """A colleague's duty; an end before the beginning lies on the next day."""

    person = forms.ChoiceField(label=_("Who"))
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Until when"), widget=forms.TimeInput(attrs={"type": "time"}))

    def __init__(self, *args: Any, roles: list[Role], today: date, **options: Any):
        self.roles = {str(role.pk): role for role in roles}
        super().__init__(*args, initial={"on": today}, **options)
        self.fields["person"].choices = [(key, role.person.name) for key, role in self.roles.items()]  # type: ignore[attr-defined]

    def clean_person(self) -> Person:
        return self.roles[self.cleaned_data["person"]].person


class WrongForm(Form):
    what = forms.ChoiceField(label=_("What is wrong"), choices=WRONG, widget=forms.RadioSelect)
    text = ProseField(
        label=_("In a few words"),
        max_length=500,
        help_text=_(
            "Please no names or telephone numbers: the desk reads this, and nobody asks who you are."
        ),
    )


class MendForm(Form):
    note = LineField(max_length=20)
