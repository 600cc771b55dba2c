"""What programmes do a moment after their own facts: tell people."""

from uuid import UUID

from django.utils import timezone

from linli.areas import tree
from linli.areas.models import Unit
from linli.kit.refs import ref, resolve
from linli.ledger.facts import consumes
from linli.ledger.models import Event
from linli.notices.actions import tell
from linli.people.models import Person, Role
from linli.programmes.actions.seats import fill, hold, leave
from linli.programmes.models import Series, Session, SignUp
from linli.programmes.rules import DESK


def session_of(event: Event) -> Session | None:
    code = event.subject.partition("/")[2]
    return Session.objects.filter(code=code).select_related("programme", "station__unit", "group").first()


def holders(session: Session) -> list[Person]:
    """Everybody with an account who wants to come, or waits."""
    held = SignUp.objects.alive().filter(session=session, holder__isnull=False)
    return list(Person.objects.filter(pk__in=held.values("holder")))


def in_role(unit: Unit | UUID, roles: set[str] | frozenset[str]) -> list[Person]:
    return list(
        Person.objects.filter(
            pk__in=Role.objects.current().filter(unit=unit, role__in=roles).values("person")
        )
    )


def organisers_above(unit: Unit) -> list[Person]:
    """The organisers of the nearest unit above that has any."""
    for above in tree.ancestors(unit.pk):
        if found := in_role(above, {"organiser"}):
            return found
    return []


@consumes("programmes.session_planned", "programmes.session_agreed")
def tell_followers(event: Event) -> None:
    """Whoever follows the station or the programme hears of a session that stands open; its station of a proposal."""
    session = session_of(event)
    if session is None:
        return
    if session.is_open and opens(event, session) and not comes_back(session):
        for followed in (session.station, session.programme):
            tell(event=event, followers_of=ref(followed), kind="programmes.session_planned")
    asks = session.state == Session.State.SUBMITTED and not event.data.get("is_proposal")
    if asks and not comes_back(session):
        awaited = {"kind": "programmes.session_planned", "data": {"state": session.state}}
        tell(event=event, people=organisers_above(session.station.unit), **awaited)
    if event.kind == "programmes.session_planned" and session.state == Session.State.PROPOSED:
        tell(event=event, people=in_role(session.station.unit, DESK))
    elif event.kind == "programmes.session_agreed" and session.group is not None:
        tell(event=event, people=in_role(session.group, {"group_lead"}))


def comes_back(session: Session) -> bool:
    """Whether followers have heard of its series already: eight weeks of it are no eight pieces of news."""
    if session.series_id is None or session.series_day is None:
        return False
    return Session.objects.filter(series=session.series_id, series_day__lt=session.series_day).exists()


def opens(event: Event, session: Session) -> bool:
    """Whether it is this fact by which the session came to stand open; there may be a later one already."""
    if event.kind == "programmes.session_agreed":
        return bool(event.data["state"] == Session.State.OPEN)
    return not (event.data["is_proposal"] or session.programme.needs_approval)


@consumes("programmes.session_declined")
def tell_group(event: Event) -> None:
    session = session_of(event)
    if session is not None and session.group is not None:
        tell(event=event, people=in_role(session.group, {"group_lead"}))


@consumes("programmes.session_moved", "programmes.session_cancelled")
def tell_holders(event: Event) -> None:
    """Everybody who signed up with an account; whom no message reaches stands on the desk's list to call."""
    session = session_of(event)
    if session is not None:
        tell(event=event, people=holders(session))


@consumes("programmes.seat_offered", "programmes.offer_lapsed")
def tell_holder(event: Event) -> None:
    """Unless it is no longer so: who signed up just as a seat came free has it by now, and nothing to answer."""
    state = {"programmes.seat_offered": "offered", "programmes.offer_lapsed": "lapsed"}[event.kind]
    sign_up = SignUp.objects.filter(code=event.data["sign_up"], state=state).select_related("holder").first()
    if sign_up is not None and sign_up.holder is not None:
        tell(event=event, people=[sign_up.holder])


@consumes("programmes.series_running_out", "programmes.series_without_host")
def tell_station(event: Event) -> None:
    series = resolve(event.subject, None)
    newest = (
        Session.objects.filter(series=series).select_related("station__unit").order_by("-series_day").first()
    )
    if isinstance(series, Series) and newest is not None:
        tell(event=event, people=in_role(newest.station.unit, DESK))


@consumes("people.person_erased")
def give_seats_back(_event: Event) -> None:
    """Who erased their account comes no more: what they held goes to those who wait. What has been stays counted."""
    gone = SignUp.objects.alive().filter(holder__erased_at__isnull=False, session__state="open")
    for sign_up in gone.filter(session__starts_at__gt=timezone.now()).select_related("session"):
        session = hold(sign_up.session)
        if leave(SignUp.objects.get(pk=sign_up.pk), SignUp.State.CANCELLED):
            fill(session)
