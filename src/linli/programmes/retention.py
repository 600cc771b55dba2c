"""What of programmes ends by itself: names three months after the session. The counts stay on the session."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kit.retention import Rule, ends

THREE_MONTHS = timedelta(days=90)

ends(
    Rule(
        "programmes.SignUp",
        "session_ends_at",
        THREE_MONTHS,
        _("Sign-ups of sessions that are over"),
        ["holder"],
    )
)
ends(Rule("programmes.Message", "sent_at", THREE_MONTHS, _("Messages to those who had a seat")))
# Answers without a name may show what a year was like, and then have done their work.
ends(Rule("programmes.Answer", "given_on", timedelta(days=400), _("Answers after a session")))
