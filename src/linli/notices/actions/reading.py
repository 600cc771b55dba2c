"""To have read one's inbox."""

from django.utils import timezone

from linli.kit.rules import require
from linli.notices.models import Notice
from linli.notices.rules import may_choose


def mark_seen(*, by, until: Notice) -> int:
    """Marks the person's new notices as read, up to the newest they were shown; returns how many.

    A notice that came in the meantime stays new. Nobody is told: there are no read receipts.
    """
    require(may_choose(by))
    return Notice.objects.filter(person=by, seen_at=None, at__lte=until.at).update(seen_at=timezone.now())
