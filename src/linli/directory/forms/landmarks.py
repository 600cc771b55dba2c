"""Landmarks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.forms.fields import PlacedForm
from linli.directory.models import Landmark

KINDS = {
    Landmark.Kind.METRO: _("Metro exit"),
    Landmark.Kind.PLACE: _("Crossing, market or another place"),
}


class LandmarkForm(PlacedForm):
    """A point by which people say where they are."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
