"""Readers of calendars made by others; none shares code with the library that writes ours, nor with another.

Each gives the same of every occurrence: (uid, start, end, summary, status, sequence), both ends as moments in UTC.
"""

from datetime import UTC, datetime
from typing import NamedTuple

import ics
import vobject
from ical.calendar_stream import IcsCalendarStream

from linli.kit.calendars import Occurrence


class Reading(NamedTuple):
    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    status: str
    sequence: int


def truth(each: Occurrence) -> Reading:
    """What a reader has to say of an occurrence."""
    return Reading(
        each.uid, each.starts_at, each.ends_at, each.summary, each.description, each.status, each.sequence
    )


def read_vobject(file: bytes) -> list[Reading]:
    found = vobject.readOne(file.decode()).contents.get("vevent", [])
    return [
        Reading(
            each.uid.value,
            each.dtstart.value.astimezone(UTC),
            each.dtend.value.astimezone(UTC),
            each.summary.value,
            each.description.value if "description" in each.contents else "",
            each.status.value,
            int(each.sequence.value),
        )
        for each in found
    ]


def read_ics(file: bytes) -> list[Reading]:
    """Its calendar is a set, so the order is made again."""
    found = [
        Reading(
            each.uid,
            each.begin.datetime.astimezone(UTC),
            each.end.datetime.astimezone(UTC),
            each.name,
            each.description or "",
            each.status,
            int(next(line.value for line in each.extra if line.name == "SEQUENCE")),
        )
        for each in ics.Calendar(file.decode()).events
    ]
    order = {
        line[4:].strip(): number
        for number, line in enumerate(file.decode().split("\r\n"))
        if line[:4] == "UID:"
    }
    return sorted(found, key=lambda each: order[each.uid])


def read_ical(file: bytes) -> list[Reading]:
    return [
        Reading(
            each.uid,
            each.dtstart.astimezone(UTC),
            each.dtend.astimezone(UTC),
            each.summary,
            each.description or "",
            each.status.value,
            each.sequence,
        )
        for each in IcsCalendarStream.calendar_from_ics(file.decode()).events
    ]


READERS = {"vobject": read_vobject, "ics": read_ics, "ical": read_ical}
