"""Entering a station."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.listing import kind_choices
from linli.kit.forms import Form, LineField, ProseField


class StationForm(Form):
    """A new station: what it is called, what it is, where its door is."""

    name = LineField(label=_("What is the station called?"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: kind_choices()[1:])
    address = LineField(label=_("Address"), required=False, max_length=200)
    directions = LineField(
        label=_("Which door"),
        required=False,
        max_length=200,
        help_text=_("What somebody needs to know who stands in front of the building."),
    )
    about = ProseField(label=_("What happens there, in a few sentences"), required=False, max_length=1000)
