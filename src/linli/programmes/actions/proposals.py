"""A self-run group proposes a session; a station takes it into its care; an organiser agrees where the programme wants it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.areas.models import Unit
from linli.directory.models import Station
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.programmes.actions.seats import hold
from linli.programmes.actions.sessions import Planned, enter, make_public
from linli.programmes.events import SessionAgreed, SessionDeclined
from linli.programmes.models import Programme, Session
from linli.programmes.rules import may_agree, may_propose


def propose_session(
    *, by: Any, group: Unit, programme: Programme, station: Station, planned: Planned
) -> Session:
    """Lays a session before a station; only those two see it until the station has agreed. Its people are told."""
    require(may_propose(by, group))
    state = Session.State.PROPOSED
    return enter(by=by, programme=programme, station=station, planned=planned, state=state, group=group)


@transaction.atomic
def agree_to_session(*, by: Any, session: Session) -> None:
    """The station's yes, or the organiser's. The group is told; once it is open, followers too."""
    require(may_agree(by, session))
    standing = hold(session)
    require(may_agree(by, standing))
    if standing.starts_at <= timezone.now():
        raise Problem(_("This time has passed already."))
    wants_more = standing.state == "proposed" and standing.programme.needs_approval
    state = Session.State.SUBMITTED if wants_more else Session.State.OPEN
    Session.objects.filter(pk=session.pk).update(state=state, changed_at=timezone.now())
    session.refresh_from_db()
    if session.is_open:
        make_public(session)
    record(SessionAgreed(state), by=by, subject=ref(session), scope=ref(session.station.unit))


@transaction.atomic
def decline_session(*, by: Any, session: Session, reason: str) -> None:
    """The station's no, or the organiser's, with its reason. Whoever proposed it is told."""
    require(may_agree(by, session))
    require(may_agree(by, hold(session)))
    Session.objects.filter(pk=session.pk).update(state=Session.State.DECLINED, reason=reason)
    session.refresh_from_db()
    record(SessionDeclined(), by=by, subject=ref(session), scope=ref(session.station.unit))
