"""What people fill in about their notices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kit.forms import Form, LineField
from linli.notices.models import REF_LENGTH
from linli.people.purposes import PURPOSES


class Clock(forms.TimeInput):
    """The browser's own field for a time of day."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class SubjectForm(Form):
    subject = LineField(max_length=REF_LENGTH)


class SeenForm(Form):
    until = forms.UUIDField()


class ChannelsForm(Form):
    """Each channel shows the very sentence that switching it on agrees to."""

    by_email = forms.BooleanField(
        required=False, label=_("Send me an e-mail too"), help_text=_(PURPOSES["notices_by_email"].text)
    )
    by_text = forms.BooleanField(
        required=False, label=_("Send me a text message too"), help_text=_(PURPOSES["notices_by_text"].text)
    )
    quiet_from = forms.TimeField(label=_("Quiet hours begin at"), widget=Clock)
    quiet_until = forms.TimeField(
        label=_("Quiet hours end at"),
        widget=Clock,
        help_text=_("Two equal times mean that there are no quiet hours."),
    )
