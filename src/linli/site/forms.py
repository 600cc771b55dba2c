"""Forms of the site's own pages."""

from django.utils.translation import gettext_lazy as _

from linli.kit.forms import Form, LineField, ProseField


class ComplaintForm(Form):
    text = ProseField(
        label=_("What went wrong, or what should Linli not do?"),
        help_text=_(
            "No name or number is needed. The operator reads it and answers on a page only you know."
        ),
        max_length=4000,
    )


class AnswerForm(Form):
    text = ProseField(label=_("Answer"), max_length=4000)


class SetUpForm(Form):
    """Three rows: the network, its first organiser, its first station."""

    network = LineField(
        label=_("What is your network called?"),
        help_text=_("For example the name of a district or an estate."),
        max_length=80,
    )
    organiser = LineField(
        label=_("Who are you?"), help_text=_("Your name, as colleagues know you."), max_length=40
    )
    station = LineField(label=_("What is your first station called?"), max_length=80)

    use_required_attribute = True
