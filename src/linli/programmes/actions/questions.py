"""Questions to those who sign up: never without purpose and end, never for a number that identifies."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.programmes.events import QuestionAsked, QuestionDecided
from linli.programmes.models import Question, Session
from linli.programmes.rules import asks_identity, is_delicate, may_ask, may_decide_question

MOST = 5


@transaction.atomic
def ask_question(
    *, by: Any, session: Session, text: str, purpose: str, ends_on: date, language: str
) -> Question:
    """Asks it on the form from now on, or, where it touches religion, health or party, once somebody else has agreed.

    Problem for a question after an identity number, for a sixth one, and for an end that is past or long after the session.
    """
    require(may_ask(by, session))
    if asks_identity(f"{text} {purpose}"):
        raise Problem(_("Numbers of identity papers are never asked for here."), "text")
    last = session.ends_at.astimezone(session.zone).date()
    if not timezone.localdate() <= ends_on <= last:
        raise Problem(
            _("It has to end on a day until the session: its answers are gone the day after."), "ends_on"
        )
    if Question.objects.filter(session=session).exclude(state="refused").count() >= MOST:
        raise Problem(_("A session asks %(most)d questions at most.") % {"most": MOST})
    delicate = is_delicate(f"{text} {purpose}")
    question = Question.objects.create(
        session=session,
        language=language,
        text=text,
        purpose=purpose,
        ends_on=ends_on,
        state=Question.State.WAITING if delicate else Question.State.ASKED,
        asked_by=by.pseudonym(ref(session.station)),
        asked_at=timezone.now(),
    )
    fact = QuestionAsked(ends_on.isoformat(), delicate)
    record(fact, by=by, subject=ref(session), scope=ref(session.station.unit))
    return question


@transaction.atomic
def decide_question(*, by: Any, question: Question, agree: bool) -> None:
    """The second yes, or the no. Nobody gives it to their own question."""
    station = question.session.station
    mine = by.pseudonym(ref(station)) if by.is_authenticated else ""
    require(may_decide_question(by, question, mine), _("Somebody else has to agree to your question."))
    state = Question.State.ASKED if agree else Question.State.REFUSED
    if Question.objects.filter(pk=question.pk, state=Question.State.WAITING).update(state=state):
        record(QuestionDecided(agree), by=by, subject=ref(question.session), scope=ref(station.unit))


@transaction.atomic
def stop_question(*, by: Any, question: Question) -> None:
    """Asks it no more from tomorrow on; then its answers go too."""
    require(may_ask(by, question.session))
    Question.objects.filter(pk=question.pk, ends_on__gt=timezone.localdate()).update(
        ends_on=timezone.localdate()
    )
