"""Who may do what with programmes, sessions and the people in them; and the clocks of offers. Pure: time is passed in."""

import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from linli.areas.rules import may_edit_units
from linli.notices.rules import after_quiet
from linli.programmes.models import Leader

DESK = frozenset({"worker", "manager"})
# A session leader sees who is expected from an hour before until a day after.
BEFORE, AFTER = timedelta(hours=1), timedelta(hours=24)
# Whoever is offered a seat has four hours in which nobody sleeps.
THINKING = timedelta(hours=4)
NIGHT_FROM, NIGHT_UNTIL = time(21), time(8)
# From then on the desk calls people instead of waiting for them.
CALLING = timedelta(hours=3)
# Arrivals are ticked off from an hour before until a day after.
NAMES_ON_A_DEVICE = timedelta(hours=12)
# Of what people said afterwards, the least number that is shown, and the least at which each answer is.
FEW, MANY = 5, 10
# Cells of a poll below this are not shown.
SMALL = 10

IDENTITY = re.compile(
    r"身份证|护照|证件号|社保号|社会保障号|identity (card|number)|id (card|number)|passport|social security|national id",
    re.IGNORECASE,
)
DELICATE = re.compile(
    r"宗教|信仰|教会|健康|疾病|病史|过敏|残疾|用药|怀孕|党员|党派|入党|政治面貌|民族"
    r"|religio|faith|church|health|illness|disease|allerg|disab|medic|pregnan|\bparty member|politic|ethnic",
    re.IGNORECASE,
)


def may_keep_programmes(person: Any, unit: Any) -> bool:
    """Whoever works at the station, or organises the area or one above, says what its programmes are."""
    if person is None:
        return True
    if not person.is_authenticated or unit.closed_on is not None:
        return False
    return bool(person.holds(DESK, unit) or may_edit_units(person, unit))


def may_keep_sessions(person: Any, station: Any) -> bool:
    """Who works at the station plans, changes and cancels what is held under its roof or in its care."""
    if person is None:
        return True
    return bool(person.is_authenticated and person.holds(DESK, station.unit))


def may_propose(person: Any, group: Any) -> bool:
    """The lead of a self-run group proposes sessions of the group."""
    return bool(person.is_authenticated and person.holds("group_lead", group))


def may_agree(person: Any, session: Any) -> bool:
    """To a proposal the station agrees; to what was submitted, an organiser above it."""
    if session.state == "proposed":
        return may_keep_sessions(person, session.station)
    return session.state == "submitted" and bool(may_edit_units(person, session.station.unit))


def may_lead(person: Any, session: Any, now: datetime) -> bool:
    """The session's own leader, from an hour before until a day after."""
    if not person.is_authenticated or not session.starts_at - BEFORE <= now < session.ends_at + AFTER:
        return False
    return Leader.objects.filter(session=session.pk, person=person).exists()


def may_see_attendees(person: Any, session: Any, now: datetime) -> bool:
    """Who works at the station, the leader around the time, and the lead of the group that holds it. Nobody above them."""
    if may_keep_sessions(person, session.station) or may_lead(person, session, now):
        return True
    return session.group is not None and may_propose(person, session.group)


def may_check_in(person: Any, session: Any, now: datetime) -> bool:
    """The same people tick off who has come, and count heads."""
    return may_see_attendees(person, session, now)


def may_sign_up(person: Any, session: Any) -> bool:
    """Anyone signed in. Who has no account asks the desk."""
    return bool(person.is_authenticated and person.is_active)


def may_decide(person: Any, sign_up: Any) -> bool:
    """Who holds the ticket: by account, or by having its link (`person` None)."""
    return person is None or (person.is_authenticated and sign_up.holder_id == person.pk)


def may_take_block(person: Any, organisation: Any) -> bool:
    """The liaison of the organisation."""
    return bool(
        person.is_authenticated
        and organisation.unit is not None
        and person.holds("liaison", organisation.unit)
    )


def may_ask(person: Any, session: Any) -> bool:
    """Who works at the station asks questions of those who sign up."""
    return may_keep_sessions(person, session.station)


def may_decide_question(person: Any, question: Any, pseudonym: str) -> bool:
    """A second yes comes from somebody else at the station, or from an organiser above it."""
    station = question.session.station
    others = may_keep_sessions(person, station) or may_edit_units(person, station.unit)
    return bool(others and pseudonym != question.asked_by)


def offer_ends(now: datetime, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """When an offer made now is over: four waking hours later, and at the latest three hours before the start.

    The clock stands still from nine in the evening until eight in the morning.
    """
    left, moment = THINKING, after_quiet(now, NIGHT_FROM, NIGHT_UNTIL, zone)
    while True:
        evening = datetime.combine(moment.astimezone(zone).date(), NIGHT_FROM, zone)
        if left <= evening - moment:
            return min(moment + left, starts_at - CALLING)
        left -= evening - moment
        moment = after_quiet(evening, NIGHT_FROM, NIGHT_UNTIL, zone)


def offers_go_out(now: datetime, starts_at: datetime) -> bool:
    """Whether free seats are still offered by message; afterwards the desk calls."""
    return now < starts_at - CALLING


def asks_identity(text: str) -> bool:
    """Whether a question wants a number that identifies: such a question is refused."""
    return bool(IDENTITY.search(text))


def is_delicate(text: str) -> bool:
    """Whether a question touches religion, health or party: such a question needs a second yes."""
    return bool(DELICATE.search(text))
