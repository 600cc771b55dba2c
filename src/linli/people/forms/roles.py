"""Forms of the roles page: giving a role, ending one, handing one over."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.forms import Form, LineField
from linli.people.roles import A_YEAR, LONGEST, ROLES


def in_a_year():
    return timezone.localdate() + A_YEAR


class GrantForm(Form):
    contact = LineField(
        label=_("Who is it for?"),
        help_text=_("Their phone number, their e-mail address, or the code of a slip from this place."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Until"),
        help_text=_("The first day without the role. One year if you change nothing."),
        initial=in_a_year,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, grantable, **options):
        super().__init__(*args, **options)
        self.fields["role"].choices = [(key, ROLES[key].label) for key in grantable]
        if len(grantable) == 1:
            self.fields["role"].initial = grantable[0]
        today = timezone.localdate()
        limits = {"min": (today + timedelta(days=1)).isoformat(), "max": (today + LONGEST).isoformat()}
        self.fields["until"].widget.attrs.update(limits)


class RoleForm(Form):
    """Names the row a button stands in."""

    role = forms.UUIDField(widget=forms.HiddenInput)


class HandOverForm(RoleForm):
    to = forms.UUIDField(label=_("Hand over to"), widget=forms.Select)

    def __init__(self, *args, colleagues, **options):
        super().__init__(*args, **options)
        # Rows of roles, not people: nobody's own number leaves the house.
        self.fields["to"].widget.choices = [(row.pk, row.person.name) for row in colleagues]
