"""Complaints about Linli itself: made without an account, answered by the operator, followed by secret link."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kit.ids import digest, token
from linli.kit.refs import Ref, ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.site.events import ComplaintAnswered, ComplaintMade
from linli.site.models import Complaint

INSTALLATION = Ref("site.installation/this")


def may_answer(person: Any) -> bool:
    """The operator of the installation answers for it."""
    return person.is_authenticated and person.is_operator


@transaction.atomic
def complain(*, text: str) -> tuple[Complaint, str]:
    """Keeps a complaint; returns it with the secret of its page, which is stored only as a digest."""
    secret = token()
    complaint = Complaint.objects.create(text=text, link_digest=digest(secret), made_at=timezone.now())
    record(ComplaintMade(), by=None, subject=ref(complaint), scope=INSTALLATION)
    return complaint, secret


@transaction.atomic
def answer(*, by: Any, complaint: Complaint, text: str) -> None:
    """Answers once. The complainer reads it on the page of the secret link."""
    require(may_answer(by))
    now = timezone.now()
    answered = Complaint.objects.filter(pk=complaint.pk, answered_at=None).update(
        answer=text, answered_at=now
    )
    if not answered:
        raise Problem(_("This complaint has been answered already."))
    days = (now - complaint.made_at).days
    record(ComplaintAnswered(days), by=by, subject=ref(complaint), scope=INSTALLATION)
