"""What people read of the sessions they follow, signed up for or look after."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.kit.templatetags.linli import when
from linli.kit.words import said
from linli.notices.messages import Message, notice


def name_of(session: Any) -> str:
    return said(session, "name").text if session is not None else _("A session")


def at(session: Any, iso: str) -> str:
    """A moment of the ledger as people say it, by the clock of the place."""
    return when(datetime.fromisoformat(iso), session.zone if session is not None else None)


@notice("programmes.session_planned")
def session_planned(data: dict[str, Any], session: Any) -> Message:
    if session is None:
        return Message(_("A session was planned that you can no longer see"))
    if data.get("is_proposal"):
        return session_proposed(session)
    if data.get("state") == "submitted":
        return session_submitted(session)
    words = {"name": name_of(session), "when": when(session.starts_at, session.zone)}
    return Message(_("%(name)s, %(when)s") % words, _("New at a place or in a programme that you follow."))


def session_proposed(session: Any) -> Message:
    return Message(
        _("A group proposes: %(name)s") % {"name": name_of(session)},
        _("Say yes or no on its page; the group hears of it."),
    )


def session_submitted(session: Any) -> Message:
    return Message(
        _("A session waits for your agreement: %(name)s") % {"name": name_of(session)},
        _("Say yes or no on its page; then it stands open, or the station hears why not."),
    )


@notice("programmes.session_agreed")
def session_agreed(data: dict[str, Any], session: Any) -> Message:
    words = {"name": name_of(session)}
    if data.get("state") == "submitted":
        return Message(_("The station agrees to %(name)s") % words, _("Now an organiser has to agree too."))
    return Message(
        _("%(name)s is open") % words, _("What you proposed can be seen and signed up for by everybody.")
    )


@notice("programmes.session_declined")
def session_declined(data: dict[str, Any], session: Any) -> Message:
    reason = session.reason if session is not None else ""
    return Message(_("%(name)s will not be held") % {"name": name_of(session)}, reason)


@notice("programmes.session_moved")
def session_moved(data: dict[str, Any], session: Any) -> Message:
    words = {
        "name": name_of(session),
        "from": at(session, data["from_at"]),
        "to": at(session, data["starts_at"]),
    }
    if data["from_at"] == data["starts_at"]:
        title = _("%(name)s: something has changed") % words
    else:
        title = _("%(name)s is moved: %(to)s instead of %(from)s") % words
    return Message(
        title, _("On your ticket you say with one tap whether you keep your seat or leave it to others.")
    )


@notice("programmes.session_cancelled")
def session_cancelled(data: dict[str, Any], session: Any) -> Message:
    words = {"name": name_of(session), "when": at(session, data["starts_at"])}
    reason = session.reason if session is not None else ""
    return Message(_("%(name)s of %(when)s is cancelled") % words, reason)


@notice("programmes.seat_offered")
def seat_offered(data: dict[str, Any], session: Any) -> Message:
    words = {"name": name_of(session), "until": at(session, data["until"])}
    return Message(
        _("A seat is free for you: %(name)s") % words,
        _("It is kept for you until %(until)s. Take it on your ticket; after that it goes to the next.")
        % words,
    )


@notice("programmes.offer_lapsed")
def offer_lapsed(data: dict[str, Any], session: Any) -> Message:
    return Message(
        _("The seat that was kept for you went to the next: %(name)s") % {"name": name_of(session)},
        _("If seats are left you can sign up anew."),
    )


@notice("programmes.message_sent")
def message_sent(data: dict[str, Any], session: Any) -> Message:
    if session is None:
        return Message(_("A message from those who hold a session you have a seat in"), data["text"])
    return Message(_("About %(name)s") % {"name": name_of(session)}, data["text"])


@notice("programmes.series_running_out")
def series_running_out(data: dict[str, Any], series: Any) -> Message:
    name = said(series.programme, "name").text if series is not None else _("A series")
    return Message(
        _("The last session of a series comes soon: %(name)s") % {"name": name},
        _("Give it a later end, or say goodbye to it: nobody should find a closed door."),
    )


@notice("programmes.series_without_host")
def series_without_host(data: dict[str, Any], series: Any) -> Message:
    name = said(series.programme, "name").text if series is not None else _("A series")
    return Message(
        _("Nobody looks after a series any more: %(name)s") % {"name": name},
        _("Whoever did has left the station. Take it over on its page, or end it."),
    )
