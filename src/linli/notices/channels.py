"""The ways out of the house, e-mail and text message, and what each needs before it may be used."""

import smtplib
from collections.abc import Callable, Iterable
from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.module_loading import import_string

from linli.notices.models import Channel
from linli.notices.parcels import Parcel
from linli.people.models import Consent, Contact
from linli.people.purposes import PURPOSES

# Longer than a slow mail server, shorter than the lease of a delivery.
TIMEOUT_SECONDS = 60
PURPOSE = {Channel.EMAIL: "notices_by_email", Channel.TEXT: "notices_by_text"}
FIELD = {Channel.EMAIL: "by_email", Channel.TEXT: "by_text"}
CHANNEL_OF = {"email": Channel.EMAIL, "phone": Channel.TEXT}


class NotSent(Exception):
    """Certain: nothing reached anybody. `temporary`: worth another try later.

    A text message function raises it too; any other exception there counts as unknown, and nothing is tried again.
    """

    def __init__(self, *, temporary: bool, reason: str = "NotSent"):
        super().__init__(reason)
        self.temporary, self.reason = temporary, reason[:80]


def channels_on() -> list[Channel]:
    """The channels this installation has: text messages where a gateway is set, none in the demonstration."""
    if settings.DEMONSTRATION:
        return []
    return [Channel.EMAIL, Channel.TEXT] if settings.TEXT_MESSAGES else [Channel.EMAIL]


def addresses(person_ids: Iterable[UUID]) -> dict[tuple[UUID, Channel], Contact]:
    """For each person and channel the verified contact to use: the one that signs in, else the oldest."""
    found: dict[tuple[UUID, Channel], Contact] = {}
    verified = Contact.objects.filter(person_id__in=list(person_ids), verified_at__isnull=False)
    for contact in verified.order_by("-sign_in", "verified_at", "pk"):
        found.setdefault((contact.person_id, CHANNEL_OF[contact.kind]), contact)
    return found


def consenting(person_ids: Iterable[UUID], channel: Channel) -> set[UUID]:
    """Those of these persons whose consent to the channel is live and to words that still count."""
    purpose = PURPOSES[PURPOSE[channel]]
    given = Consent.objects.live().filter(purpose=purpose.key, text_digest__in=purpose.digests)
    return set(given.filter(person_id__in=list(person_ids)).values_list("person_id", flat=True))


def send_email(parcel: Parcel) -> None:
    """Plain text with one-click unsubscribing (RFC 8058). NotSent when the server surely took nothing."""
    line = get_connection(timeout=TIMEOUT_SECONDS)
    email = EmailMessage(
        parcel.title, parcel.text, to=[parcel.address], headers=headers(parcel), connection=line
    )
    try:
        line.open()
    except Exception as error:
        raise NotSent(temporary=True, reason=type(error).__name__) from error
    try:
        line.send_messages([email])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refusal:
        raise NotSent(temporary=400 <= code_of(refusal) < 500, reason=type(refusal).__name__) from refusal
    finally:
        # The server has answered by now; a line that breaks while closing changes nothing.
        with suppress(Exception):
            line.close()


def headers(parcel: Parcel) -> dict[str, str]:
    host = settings.ADDRESS.partition("//")[2].partition("/")[0].partition(":")[0]
    return {
        "List-Unsubscribe": f"<{parcel.stop_address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        # By this the operator finds an unknown delivery in the mail server's log.
        "Message-ID": f"<{parcel.id}@{host}>",
    }


def code_of(refusal: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> int:
    """The server's answer, e.g. 550; 4xx means later, 5xx never."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return max(code for code, _text in refusal.recipients.values())
    return refusal.smtp_code


def send_text(parcel: Parcel) -> None:
    """Through the function that settings.TEXT_MESSAGES names: gateways want a template and its parameters."""
    gateway: Callable[[str, dict[str, str], str], None] = import_string(settings.TEXT_MESSAGES)
    params = {"title": parcel.title, "address": parcel.page_address, "stop": parcel.stop_address}
    gateway("notice", params, parcel.address)


SENDERS: dict[str, Callable[[Parcel], None]] = {Channel.EMAIL: send_email, Channel.TEXT: send_text}
