"""After a session: three answers without a name, and what came of it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.programmes.events import SessionChanged
from linli.programmes.models import Answer, Session, SignUp
from linli.programmes.rules import may_decide, may_keep_sessions


@transaction.atomic
def answer_session(
    *, by: Any, sign_up: SignUp, worth: int | None, again: int | None, words: str, may_be_guessed: bool
) -> None:
    """Keeps three answers of somebody who came, apart from who they are. Words are kept only if they may be guessed from.

    No fact is left. Problem for whoever did not come, before the end, and the second time.
    """
    require(may_decide(by, sign_up))
    session = sign_up.session
    if sign_up.arrived_at is None or session.ends_at > timezone.now():
        raise Problem(_("These questions are for those who came, once the session is over."))
    if worth is None and again is None and not words:
        raise Problem(_("Please answer at least one of the three."))
    if words and not may_be_guessed:
        raise Problem(
            _("Words can tell who wrote them. Please tick that this is all right, or leave them out."),
            "words",
        )
    if not SignUp.objects.filter(pk=sign_up.pk, has_answered=False).update(has_answered=True):
        raise Problem(_("You have answered already. Thank you."))
    today = timezone.localdate()
    Answer.objects.create(session=session, given_on=today, worth=worth, again=again, words=words)


@transaction.atomic
def say_what_came(*, by: Any, session: Session, came_of: str) -> None:
    """What came of it, in words, for everybody to read; the counts stand beside it by themselves."""
    require(may_keep_sessions(by, session.station))
    Session.objects.filter(pk=session.pk).update(came_of=came_of)
    record(
        SessionChanged(session.capacity or 0), by=by, subject=ref(session), scope=ref(session.station.unit)
    )
