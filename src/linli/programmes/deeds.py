"""What programmes do by the clock."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from linli.kit.refs import ref
from linli.kit.rules import Problem
from linli.ledger.actions import record
from linli.ledger.facts import deed, every
from linli.people.models import Role
from linli.programmes.actions import extend_series, forget_picture, lapse_offer, release_unused
from linli.programmes.actions.series import AHEAD, moments, newest_of
from linli.programmes.answers import without
from linli.programmes.events import SeriesRunningOut, SeriesWithoutHost, SessionSummedUp
from linli.programmes.models import Host, Question, Series, Session, SignUp
from linli.programmes.rules import DESK
from linli.programmes.tidying import A_DAY, AN_HOUR, release_at

SOON, A_YEAR = timedelta(days=14), timedelta(days=366)


def session_of(data: dict[str, Any]) -> Session | None:
    return Session.objects.filter(code=data["session"]).select_related("station__unit").first()


def is_due(data: dict[str, Any], due_at: datetime) -> bool:
    """Whether this deed was planned for the time the session has now."""
    return datetime.fromisoformat(data["due_at"]) == due_at


@deed("programmes.lapse")
def lapse(data: dict[str, Any]) -> None:
    """An offer nobody took goes to the next."""
    sign_up = SignUp.objects.filter(pk=data["sign_up"]).select_related("session").first()
    if sign_up is not None:
        lapse_offer(sign_up=sign_up, until=datetime.fromisoformat(data["until"]))


@deed("programmes.release")
def release(data: dict[str, Any]) -> None:
    """Seats nobody came for go to those who wait, as was said at sign-up."""
    session = session_of(data)
    if session is None or session.releases_after is None or not is_due(data, release_at(session)):
        return
    try:
        release_unused(by=None, session=session)
    except Problem:
        return  # over, or cancelled meanwhile


@deed("programmes.sum_up")
def sum_up(data: dict[str, Any]) -> None:
    """The counts of a session that is over become a fact: that is its summary."""
    session = session_of(data)
    if session is not None and session.is_open and is_due(data, session.ends_at + AN_HOUR):
        fact = SessionSummedUp(session.came, session.taken, session.capacity or 0)
        record(fact, by=None, subject=ref(session), scope=ref(session.station.unit))


@deed("programmes.forget_emergency")
def forget_emergency(data: dict[str, Any]) -> None:
    """Whom to call on the way is needed no more."""
    session = session_of(data)
    if session is not None and is_due(data, session.ends_at + A_DAY):
        Session.objects.filter(pk=session.pk).update(emergency="")


@deed("programmes.forget_picture")
def forget(data: dict[str, Any]) -> None:
    """The files of a picture go once no programme shows them."""
    forget_picture(file=data["file"])


@every(minutes=24 * 60)
@deed("programmes.write_series_ahead")
def write_series_ahead(_data: dict[str, Any]) -> None:
    """Every running series for eight weeks; those that end soon, or whose host has left, say so once."""
    for series in Series.objects.running().select_related("programme"):
        # One that can no longer be held, as its station moved to another area, must not stop the others: it runs out.
        with suppress(Problem):
            extend_series(series=series)
        warn(series)


def warn(series: Series) -> None:
    pattern = newest_of(series)
    if pattern is None or pattern.series_day is None:
        return
    about: dict[str, Any] = {"by": None, "subject": ref(series), "scope": ref(pattern.station.unit)}
    today = timezone.localdate()
    if not series.told_end and pattern.series_day < today + SOON and not goes_on(series, pattern, today):
        Series.objects.filter(pk=series.pk).update(told_end=True)
        record(SeriesRunningOut(pattern.series_day.isoformat()), **about)
    if not series.told_host and not has_host(series, pattern):
        Series.objects.filter(pk=series.pk).update(told_host=True)
        record(SeriesWithoutHost(), **about)


def goes_on(series: Series, newest: Session, today: date) -> bool:
    """Whether the rule has a day after the newest session that is only too far off to be written yet."""
    days = (moment.date() for moment in moments(series, newest.station, today + AHEAD + A_YEAR))
    coming = next((day for day in days if newest.series_day is None or day > newest.series_day), None)
    return coming is not None and coming > today + AHEAD


def has_host(series: Series, pattern: Session) -> bool:
    """Whether whoever looks after it still works at the station."""
    here = Role.objects.current().filter(unit=pattern.station.unit, role__in=DESK)
    return here.filter(person__in=Host.objects.filter(series=series).values("person")).exists()


@every(minutes=24 * 60)
@deed("programmes.forget_answers")
def forget_answers(_data: dict[str, Any]) -> None:
    """The answers to a question are gone the day after it ended."""
    ended = Question.objects.filter(ends_on__lt=timezone.localdate())
    kept = SignUp.objects.filter(session__in=ended.values("session")).exclude(answers="")
    for sign_up in kept.iterator():
        codes = list(ended.filter(session=sign_up.session_id).values_list("code", flat=True))
        SignUp.objects.filter(pk=sign_up.pk).update(answers=without(sign_up.answers, codes))
