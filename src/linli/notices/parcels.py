"""A notice made ready to leave: words in the person's language, the addresses of its page and of its stop."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from linli.kit.refs import resolve
from linli.notices.messages import message
from linli.notices.models import Delivery
from linli.notices.stops import stop_token
from linli.notices.subjects import name_of, path_of


@dataclass(frozen=True)
class Parcel:
    """All a channel needs. `text` is the whole letter, `title` its one line."""

    id: UUID
    address: str
    title: str
    text: str
    page_address: str
    stop_address: str


def wrap(delivery: Delivery) -> Parcel:
    """The parcel of a delivery; a subject the person may not see any more is neither named nor linked."""
    notice = delivery.notice
    subject = resolve(notice.subject, notice.person)
    token = stop_token(notice.person_id, delivery.channel, notice.subject)
    with override(notice.person.language or settings.LANGUAGE_CODE):
        words = message(notice.kind, notice.data, subject)
        title = " ".join(str(words.title).split())
        page = settings.ADDRESS + (path_of(subject) or reverse("notices:inbox"))
        stop = settings.ADDRESS + reverse("notices:stop", args=[token])
        context = {
            "title": title,
            "body": str(words.body),
            "page": page,
            "stop": stop,
            "name": name_of(subject),
        }
        text = render_to_string("notices/letter.txt", context)
    return Parcel(delivery.pk, delivery.contact.value, title, text, page, stop)
