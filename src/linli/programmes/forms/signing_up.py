"""Who is to come."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.contacts import ContactValue, read_contact
from linli.kit.forms import Form, LineField, ProseField
from linli.kit.rules import Problem
from linli.programmes.actions.signing_up import Attendee
from linli.programmes.forms.fields import DayField
from linli.programmes.models import Question


class AttendeeForm(Form):
    """One attendee, with the questions the session asks."""

    name = LineField(label=_("Who comes"), required=False, max_length=60)
    is_child = forms.BooleanField(
        label=_("It is a child I look after"),
        required=False,
        help_text=_("A child needs no name here: leave it empty, then it says “one child”."),
    )
    needs = LineField(
        label=_("What we should be ready for"),
        required=False,
        max_length=200,
        help_text=_(
            "A wheelchair, a seat in front, somebody who signs. Only those who hold the session read it."
        ),
    )

    def __init__(self, *args: Any, questions: Iterable[Question] = (), **options: Any):
        super().__init__(*args, **options)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[f"question_{question.code}"] = LineField(
                label=question.text,
                required=False,
                max_length=200,
                help_text=_("Asked for: %(purpose)s Kept until %(until)s.")
                % {"purpose": question.purpose, "until": question.ends_on},
            )

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not values.get("name") and not values.get("is_child") and "name" not in self.errors:
            self.add_error("name", _("Please say who comes."))
        return values

    def attendee(self) -> Attendee:
        values = self.cleaned_data
        said = {question.code: values[f"question_{question.code}"] for question in self.questions}
        return Attendee(
            name=values["name"],
            is_child=values["is_child"],
            needs=values["needs"],
            contact=values.get("contact"),
            answers={code: text for code, text in said.items() if text},
        )


class WholeSeriesForm(AttendeeForm):
    """The same for a session that comes back."""

    whole_series = forms.BooleanField(
        label=_("For all of this series that can be signed up for"), required=False
    )


class AtDeskForm(AttendeeForm):
    """Somebody at the desk or on the phone."""

    contact = LineField(
        label=_("Phone or e-mail"),
        required=False,
        max_length=254,
        help_text=_("To call them when something changes. Without it they have the paper ticket."),
    )
    field_order = ["name", "contact", "is_child", "needs"]

    def clean_contact(self) -> ContactValue | None:
        text = self.cleaned_data["contact"]
        try:
            return read_contact(text) if text else None
        except Problem as problem:
            raise ValidationError(str(problem)) from None


class ChainForm(Form):
    """A chain 接龙 as it was pasted."""

    chain = ProseField(
        label=_("The chain"),
        max_length=20_000,
        help_text=_(
            "As it stands in the group: one line, one attendee. You look at it before anybody is signed up."
        ),
    )


class BlockForm(Form):
    """Seats of an organisation."""

    seats = forms.IntegerField(label=_("How many seats"), min_value=1, max_value=50)


class NameForm(Form):
    """Who sits on one of them."""

    name = LineField(label=_("Name"), max_length=60)


class QuestionForm(Form):
    """A question to those who sign up."""

    text = LineField(label=_("The question"), max_length=200)
    purpose = LineField(
        label=_("What the answers are needed for"),
        max_length=200,
        help_text=_("It stands beside the question, and both are public for good."),
    )
    ends_on = DayField(label=_("Asked until"), help_text=_("The day after it, the answers are gone."))


SCALE = [("", _("no answer")), *((number, str(number)) for number in range(1, 6))]


class AnswerForm(Form):
    """Three questions to somebody who came."""

    worth = forms.TypedChoiceField(
        label=_("Was it worth your time? 1: not at all, 5: very much"),
        choices=SCALE, coerce=int, empty_value=None, required=False,
    )  # fmt: skip
    again = forms.TypedChoiceField(
        label=_("Would you come again? 1: surely not, 5: surely"),
        choices=SCALE, coerce=int, empty_value=None, required=False,
    )  # fmt: skip
    words = ProseField(label=_("What should be otherwise?"), required=False, max_length=500)
    may_be_guessed = forms.BooleanField(label=_("They may guess from my words who I am"), required=False)


class PollForm(Form):
    """What would you like?"""

    question = LineField(label=_("The question"), max_length=200)
    choices = ProseField(
        label=_("What one can choose"), max_length=2000, help_text=_("One a line, from two to twelve.")
    )
    closes_on = DayField(label=_("Last day to answer"))

    def clean_choices(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["choices"].split("\n") if line.strip()]
        if any(len(line) > 120 for line in lines):
            raise ValidationError(_("Please keep each line within 120 characters."))
        return lines

    @staticmethod
    def first() -> dict[str, Any]:
        return {"closes_on": timezone.localdate() + timedelta(days=14)}


class VoteForm(Form):
    """One's choices."""

    numbers = forms.TypedMultipleChoiceField(
        label=_("Choose as many as you like"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[int, str]] = (), **options: Any):
        super().__init__(*args, **options)
        self.fields["numbers"].choices = list(choices)  # type: ignore[attr-defined]


class ProposalWordsForm(Form):
    """Why a proposal is declined."""

    reason = LineField(label=_("Why not"), required=False, max_length=300)
