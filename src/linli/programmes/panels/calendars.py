"""Sessions as a calendar that any program can read. It says what stands on public pages, and nothing of anybody."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.kit.calendars import Calendar, Occurrence
from linli.kit.words import said
from linli.programmes.models import Session, SignUp

# How far back a calendar goes, how many sessions it holds, how long a cancelled one stays in one's own.
PAST, MOST, CANCELLED = timedelta(days=90), 400, timedelta(days=30)
REFRESH = timedelta(hours=1)
COLOUR = "teal"


def whole(sessions: Any) -> Any:
    """Sessions with all that a calendar says of them, and no more."""
    unsaid = "emergency", "came_of", "access", "programme__purpose", "programme__came_of", "station__about"
    return sessions.select_related("programme", "station", "room").defer(*unsaid)


def chosen(sessions: Any, now: datetime) -> list[Session]:
    """Those to come, and where they leave room the last that were; in their order."""
    coming = list(whole(sessions.filter(ends_at__gt=now)).order_by("starts_at", "id")[:MOST])
    past = sessions.filter(ends_at__lte=now, ends_at__gt=now - PAST).order_by("-starts_at", "-id")
    return sorted([*coming, *whole(past)[: MOST - len(coming)]], key=lambda each: (each.starts_at, each.pk))


def own(person: Any, now: datetime) -> tuple[list[Session], set[Any]]:
    """The sessions a person signed up for, and the keys of those in which no seat is theirs yet."""
    states = set(SignUp.objects.alive().filter(holder=person).values_list("session_id", "state"))
    kept = Q(state="open") | Q(state="cancelled", changed_at__gt=now - CANCELLED)
    sessions = Session.objects.filter(kept, pk__in={pk for pk, _state in states})
    seated = {pk for pk, state in states if state == "confirmed"}
    return chosen(sessions, now), {pk for pk, _state in states} - seated


def calendar_of(
    address: str,
    title: str,
    sessions: Iterable[Session],
    *,
    url: str,
    source_url: str = "",
    description: str = "",
    unsure: Collection[Any] = (),
) -> Calendar:
    """The sessions (see `whole`) in the active language; `address` is the installation's, before every path."""
    return Calendar(
        name=title,
        description=description,
        language=get_language() or "",
        url=address + url,
        source_url=source_url and address + source_url,
        refresh=REFRESH,
        occurrences=[occurrence(address, each, unsure) for each in sessions],
        colour=COLOUR,
    )


def many() -> str:
    """What a calendar of many sessions says of itself."""
    sentence = _("Sessions of the last %(days)d days and those to come, at most %(most)d.")
    return sentence % {"days": PAST.days, "most": MOST}


def occurrence(address: str, session: Session, unsure: Collection[Any]) -> Occurrence:
    name = said(session, "name")
    return Occurrence(
        uid=f"{session.pk}@linli",
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=session.time_zone,
        summary=name.text,
        changed_at=session.changed_at,
        description=described(session),
        location=located(session),
        url=address + session.get_absolute_url(),
        status="CANCELLED" if session.is_cancelled else "TENTATIVE" if session.pk in unsure else "CONFIRMED",
        categories=[said(session.programme, "name").text, *session.programme.tags],
        language=name.language,
        geo=session.station.point if session.place == "room" and not session.where else None,
    )


def described(session: Session) -> str:
    bring = "; ".join(filter(None, [said(session, "materials").text, said(session, "gear").text]))
    lines = {
        _("Cancelled: %(words)s"): session.reason if session.is_cancelled else "",
        "%(words)s": said(session, "about").text,
        _("What to bring: %(words)s"): bring,
        _("What it costs: %(words)s"): said(session, "cost").text,
    }
    return "\n\n".join(sentence % {"words": words} for sentence, words in lines.items() if words)


def located(session: Session) -> str:
    """Where to go. The link of an online session is for those who have a seat, and stands on their ticket."""
    if session.place == "online":
        return _("Online")
    station = said(session.station, "name").text
    if session.where:
        return said(session, "where").text
    room = said(session.room, "name").text if session.room else ""
    return ", ".join(filter(None, [room, station, session.station.address]))
