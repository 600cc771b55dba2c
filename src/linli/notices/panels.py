"""What notices show on pages of others."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from linli.kit.refs import Ref
from linli.kit.rules import require
from linli.notices.models import Delivery, Follow, Notice, State

MANY = 99


def unseen_count(person: Any) -> int:
    """How many notices the person has not read; one cheap query that counts no further than 100."""
    return Notice.objects.of(person).unseen().order_by()[: MANY + 1].count()


@dataclass(frozen=True)
class FollowButton:
    """For `{% include "notices/follow_button.html" with follow=… %}`.

    `back`: where the button stands; empty means the page that is being rendered.
    """

    subject: Ref
    is_followed: bool
    is_member: bool
    back: str = ""

    @property
    def dom_id(self) -> str:
        return "follow-" + re.sub(r"[^a-z0-9]+", "-", self.subject.lower())


def follow_button(person: Any, ref: Ref, back: str = "") -> FollowButton:
    """The button by which `person` follows the subject, or stops; a visitor is asked to sign in first."""
    if not person.is_authenticated:
        return FollowButton(ref, is_followed=False, is_member=False, back=back)
    followed = Follow.objects.filter(person=person, subject=ref).exists()
    return FollowButton(ref, is_followed=followed, is_member=True, back=back)


@dataclass(frozen=True)
class UnknownDelivery:
    """A message nobody knows the fate of: by its id it is found in the mail server's log. It names no person."""

    id: UUID
    channel: str
    kind: str
    ended_at: datetime
    error: str


@dataclass(frozen=True)
class Deliveries:
    """For `{% include "notices/deliveries.html" with deliveries=… %}`; `counts` by state, every state named."""

    counts: dict[str, int]
    unknown: list[UnknownDelivery]


def deliveries(person: Any) -> Deliveries:
    """How messages fare, for the operator: counts of the last month, and the newest 50 of unknown fate. Two queries."""
    require(person.is_operator)
    found = dict(Delivery.objects.order_by().values_list("state").annotate(Count("pk")))
    lost = Delivery.objects.filter(state=State.UNKNOWN).order_by("-ended_at")
    fields = lost.values_list("id", "channel", "notice__kind", "ended_at", "error")
    return Deliveries(
        {state.value: found.get(state.value, 0) for state in State},
        [UnknownDelivery(*row) for row in fields[:50]],
    )
