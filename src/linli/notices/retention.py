"""What of notices ends by itself."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kit.retention import Rule, ends

ends(Rule("notices.Notice", "at", timedelta(days=365), _("Notices in inboxes"), ["person"]))
ends(
    Rule("notices.Delivery", "ended_at", timedelta(days=30), _("Messages that went out"), ["notice__person"])
)
