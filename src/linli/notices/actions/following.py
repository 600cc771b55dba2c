"""To follow a subject, and to stop following it."""

from django.db import transaction
from django.utils import timezone

from linli.kit.refs import Ref, ref
from linli.kit.rules import require
from linli.notices.models import Delivery, Follow, State
from linli.notices.rules import may_choose, may_follow


def follow(*, by, subject) -> Ref:
    """`by` hears of `subject`, an object they can see, from now on. Twice is once; nobody is told."""
    require(may_follow(by, subject))
    Follow.objects.bulk_create(
        [Follow(person=by, subject=ref(subject), since_at=timezone.now())], ignore_conflicts=True
    )
    return ref(subject)


@transaction.atomic
def unfollow(*, by, subject: Ref) -> None:
    """`by` hears no more of `subject`, also where they can no longer see it. Notices they have stay."""
    require(may_choose(by))
    end_follow(by, subject)


def end_follow(person, subject: Ref) -> None:
    """Drops the follow, and what was still waiting to go out about the subject."""
    Follow.objects.filter(person=person, subject=subject).delete()
    waiting = Delivery.objects.filter(state=State.QUEUED, notice__person=person, notice__subject=subject)
    waiting.delete()
