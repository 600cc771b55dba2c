"""Readers made by others read in our calendars what stands in our rows.

Three independent ones stand in the test lock; `./linli bench parsers` asks these and three more.
"""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from linli.programmes.actions import cancel_session, change_session
from linli.programmes.actions.sessions import Planned
from tests.factories import make_programme, make_session
from tests.programmes.awkward import AWKWARD, SHANGHAI, at
from tests.programmes.readers import READERS, Reading, truth

pytestmark = pytest.mark.parametrize("reader", READERS.values(), ids=READERS)


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel(at(SHANGHAI, 2026, 3, 2, 8), tick=False):
        yield


def calendar(browse) -> bytes:
    return browse().get("/programmes/PRG-1/calendar.ics").content


def planned(programme, station, number: int):
    """The row that an awkward occurrence is the calendar of."""
    each = AWKWARD[number]
    is_cancelled = each.status == "CANCELLED"
    return make_session(
        programme,
        station,
        f"S-{number}",
        id=UUID(int=number + 1),
        name=each.summary,
        about="" if is_cancelled else each.description,
        reason=each.description if is_cancelled else "",
        state="cancelled" if is_cancelled else "open",
        starts_at=each.starts_at,
        ends_at=each.ends_at,
        time_zone=each.zone,
        sequence=each.sequence,
    )


def expected(number: int) -> Reading:
    each = AWKWARD[number]
    told = truth(each)
    return told._replace(description=f"Cancelled: {each.description}") if each.status == "CANCELLED" else told


def test_every_awkward_session_is_read_as_it_is(reader, town, browse):
    programme, numbers = make_programme(town.tower.unit), range(len(AWKWARD))
    for number in numbers:
        planned(programme, town.tower, number)
    wanted = sorted(map(expected, numbers), key=lambda each: (each.starts_at, each.uid))
    assert reader(calendar(browse)) == wanted


def test_a_moved_and_a_cancelled_one(reader, town, omar, browse):
    programme = make_programme(town.tower.unit, en="Weekend ride")
    moved, off = (make_session(programme, town.tower, code, language="zh-hans") for code in ("A", "B"))
    first = {each.uid: each for each in reader(calendar(browse))}
    later = {"starts_at": moved.starts_at + timedelta(days=1), "ends_at": moved.ends_at + timedelta(days=1)}
    plan = Planned(name=moved.name, language="zh-hans", capacity=10, translations=moved.translations, **later)
    change_session(by=omar, session=moved, planned=plan)
    cancel_session(by=omar, session=off, reason="大风, 暴雨")
    second = {each.uid: each for each in reader(calendar(browse))}
    a, b = f"{moved.pk}@linli", f"{off.pk}@linli"
    assert second == {
        a: first[a]._replace(**later, sequence=1),
        b: first[b]._replace(status="CANCELLED", sequence=1, description="Cancelled: 大风, 暴雨"),
    }
    assert first[a] == Reading(
        a,
        moved.starts_at - timedelta(days=1),
        moved.ends_at - timedelta(days=1),
        "Weekend ride",
        "",
        "CONFIRMED",
        0,
    )


def test_an_empty_calendar_is_one(reader, town, browse):
    make_programme(town.tower.unit)
    assert reader(calendar(browse)) == []
