"""The lists a person sees of their own: notices and follows, each row with the words of its subject."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.kit.refs import Ref, resolve_all
from linli.notices.channels import consenting
from linli.notices.messages import Message, message
from linli.notices.models import Channel, Follow, Notice, Preference
from linli.notices.subjects import name_of, path_of


@dataclass(frozen=True)
class NoticeRow:
    message: Message
    path: str
    at: datetime
    is_new: bool


def notice_rows(person: Any, notices: Iterable[Notice]) -> list[NoticeRow]:
    """The notices in words; one query for each kind of subject."""
    held = list(notices)
    subjects = resolve_all({notice.subject for notice in held}, person)
    return [notice_row(notice, subjects.get(Ref(notice.subject))) for notice in held]


def notice_row(notice: Notice, subject: Any) -> NoticeRow:
    words = message(notice.kind, notice.data, subject)
    return NoticeRow(words, path_of(subject), notice.at, notice.seen_at is None)


@dataclass(frozen=True)
class FollowRow:
    """`name` is empty where the person may not see the subject any more; it can be dropped all the same."""

    subject: Ref
    name: str
    path: str
    since_at: datetime


def follow_rows(person: Any) -> list[FollowRow]:
    """All a person follows, newest first; one query for each kind of subject."""
    follows = list(Follow.objects.filter(person=person).order_by("-since_at", "-id"))
    subjects = resolve_all([follow.subject for follow in follows], person)
    return [follow_row(follow, subjects.get(Ref(follow.subject))) for follow in follows]


def follow_row(follow: Follow, subject: Any) -> FollowRow:
    return FollowRow(Ref(follow.subject), name_of(subject), path_of(subject), follow.since_at)


def choices(person: Any) -> dict[str, Any]:
    """How the person is reached now, as the form shows it: on means wish and consent."""
    wish = Preference.objects.filter(pk=person.pk).first() or Preference()
    return {
        "by_email": wish.by_email and bool(consenting([person.pk], Channel.EMAIL)),
        "by_text": wish.by_text and bool(consenting([person.pk], Channel.TEXT)),
        "quiet_from": wish.quiet_from,
        "quiet_until": wish.quiet_until,
    }
