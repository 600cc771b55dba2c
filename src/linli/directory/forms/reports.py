"""What somebody at the door says of it, or the desk of that: one tap."""

from django import forms

from linli.directory.models.reports import What
from linli.kit.forms import Form


class ReportForm(Form):
    what = forms.ChoiceField(choices=What)
