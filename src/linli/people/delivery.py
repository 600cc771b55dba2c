"""Bringing a code to a contact: by e-mail, by text message where a gateway is set, on the page in the demonstration."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from linli.kit.contacts import ContactValue
from linli.kit.rules import Problem

log = logging.getLogger("linli.people")
# The gateway's template; its one parameter is the code. Its wording is registered with the gateway.
CODE_TEMPLATE = "sign_in_code"


def require_way(contact: ContactValue) -> None:
    """Problem, with what to do instead, when no message can reach this kind of contact."""
    if contact.kind == "phone" and not settings.TEXT_MESSAGES and not settings.DEMONSTRATION:
        raise Problem(
            _(
                "This site does not send text messages. Use an e-mail address instead, "
                "or ask at the desk of a station: they print a slip with which you sign in without a phone."
            ),
            "contact",
        )


def deliver_code(contact: ContactValue, digits: str, minutes: int) -> None:
    """Sends the code. Problem when the mail server or the gateway does not take it; nothing is sent in the demonstration."""
    if settings.DEMONSTRATION:
        return
    try:
        if contact.kind == "phone":
            import_string(settings.TEXT_MESSAGES)(CODE_TEMPLATE, {"code": digits}, contact.value)
        else:
            mail_code(contact.value, digits, minutes)
    except Exception as error:
        # Whatever a gateway raises is its own and may quote the number: only the kind of error is kept.
        log.warning("a code could not be sent by %s: %s", contact.kind, type(error).__name__)
        raise Problem(
            _("The message could not be sent just now. Please try again in a few minutes."), "contact"
        ) from None


def mail_code(address: str, digits: str, minutes: int) -> None:
    send_mail(
        subject=_("Your code: %(code)s") % {"code": digits},
        message=_(
            "Your code is %(code)s. It is good for %(minutes)d minutes and once.\n\n"
            "Nobody from Linli will ever ask you for it. If you did not ask for it, you need not do anything."
        )
        % {"code": digits, "minutes": minutes},
        from_email=None,
        recipient_list=[address],
    )
