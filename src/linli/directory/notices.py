"""What followers of a station read."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.kit.templatetags.linli import day_name, when
from linli.kit.words import said
from linli.notices.messages import Message, notice


def name_of(station: Any) -> str:
    return said(station, "name").text if station is not None else _("A station you follow")


@notice("directory.status_declared")
def status_declared(data: dict[str, Any], station: Any) -> Message:
    """`data` as in the fact; the times are said in the reader's language."""
    words = {"station": name_of(station), "until": when(datetime.fromisoformat(data["until"]))}
    titles = {
        "closed": _("%(station)s is closed until %(until)s"),
        "full": _("%(station)s is full until about %(until)s"),
        "open": _("%(station)s is open until %(until)s"),
    }
    return Message(
        titles[data["state"]] % words, _("The station said so itself. After that its usual hours hold.")
    )


@notice("directory.door_reported")
def door_reported(data: dict[str, Any], station: Any) -> Message:
    """To those who work there."""
    titles = {
        "closed": _("Two people say that %(station)s is closed"),
        "no_water": _("Two people say that there is no water at %(station)s"),
        "full": _("Two people say that %(station)s is full"),
    }
    return Message(
        titles[data["what"]] % {"station": name_of(station)},
        _("If it is mended, say so at the desk: then the report is gone. By itself it ends after two hours."),
    )


@notice("directory.status_ended")
def status_ended(data: dict[str, Any], station: Any) -> Message:
    return Message(
        _("%(station)s keeps its usual hours again") % {"station": name_of(station)},
        _("Its page says whether the door is open now."),
    )


@notice("directory.exception_set")
def exception_set(data: dict[str, Any], station: Any) -> Message:
    words = {
        "station": name_of(station),
        "day": day_name(date.fromisoformat(data["on"])),
        "hours": data["hours"].replace("-", "–"),
    }
    if not data["hours"]:
        return Message(_("%(station)s is closed %(day)s") % words, _("The station said so itself."))
    return Message(_("%(station)s is open %(day)s: %(hours)s") % words, _("Only on that day; else as usual."))


@notice("directory.exception_taken_back")
def exception_taken_back(data: dict[str, Any], station: Any) -> Message:
    words = {"station": name_of(station), "day": day_name(date.fromisoformat(data["on"]))}
    return Message(
        _("%(station)s keeps its usual hours %(day)s after all") % words,
        _("What it had said of that day no longer holds."),
    )
