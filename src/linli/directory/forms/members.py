"""First and last days of memberships and occupancies."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.forms import DayField
from linli.directory.forms.fields import ThingField
from linli.directory.models import Organisation
from linli.kit.forms import Form, LineField


class JoinForm(Form):
    """An organisation that joins."""

    organisation = ThingField(
        label=_("Organisation"),
        things=Organisation.objects.all(),
        help_text=_("Its code, or its name if no other is called so."),
    )
    since = DayField(label=_("From which day on"))


class MoveInForm(JoinForm):
    """An organisation that moves into a building."""

    floor = LineField(label=_("Floor"), required=False, max_length=20)

    field_order = ["organisation", "floor", "since"]


class EndForm(Form):
    """The first day on which a term does not hold any more."""

    term = forms.UUIDField(widget=forms.HiddenInput)
    until = DayField(label=_("First day on which it is over"))

    @classmethod
    def beside(cls, terms: Iterable[Any], sent: "EndForm | None") -> list[tuple[Any, "EndForm | None"]]:
        """Each term with the form that ends it: the one just sent keeps what was typed, terms with an end have none."""
        return [(term, None if term.until else cls.of(term, sent)) for term in terms]

    @classmethod
    def of(cls, term: Any, sent: "EndForm | None") -> "EndForm":
        if sent is not None and sent.data.get("term") == str(term.pk):
            return sent
        return cls(initial={"term": term.pk}, auto_id=f"id_{term.pk}_%s")
