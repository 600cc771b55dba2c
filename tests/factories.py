"""Rows for tests, made straight in the database where the action itself is not what is tested."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta

from django.utils import timezone

from linli.areas.models import Unit, UnitVersion
from linli.directory.models import (
    Building,
    Corridor,
    CorridorStation,
    Entrance,
    Membership,
    Occupancy,
    OpeningRule,
    Organisation,
    ServedBuilding,
    Station,
)
from linli.directory.models.base import placed
from linli.directory.spans import renew_spans
from linli.kit.pinyin import sort_key
from linli.ledger.models import Todo
from linli.news.models import Article
from linli.news.texts import clean
from linli.people.models import Person, Role
from linli.programmes.models import Choice, Leader, Poll, Programme, Session, SignUp

LONG_AGO = date(2020, 1, 1)
# Stations whose spans are still to be written, while several are made together.
waiting: list[Station] | None = None


@contextmanager
def together() -> Iterator[None]:
    """The spans of all stations made within are written at its end: for each alone it takes longer than all the rest."""
    global waiting
    waiting = []
    try:
        yield
        renew_spans(waiting, timezone.now())
    finally:
        waiting = None


def make_unit(code, kind, name, parent, *, en="", opened_on=LONG_AGO, **fields):
    unit = Unit.objects.create(code=code, kind=kind, opened_on=opened_on, **fields)
    UnitVersion.objects.create(
        unit=unit,
        parent=parent,
        name=name,
        language="zh-hans",
        translations={"en": {"name": en}} if en else {},
        reading=sort_key(name),
        valid_from=opened_on,
    )
    return unit


def make_station(
    code,
    kind,
    name,
    under,
    *,
    en="",
    opens=time(9),
    closes=time(18),
    at=(None, None),
    datum="wgs84",
    **fields,
):
    """A station with a unit of its own, open every day from nine to six unless said otherwise; `at` in its `datum`."""
    unit = make_unit(code, "station", name, under, en=en)
    fields = placed(*at, datum) | fields
    fields = {"language": "zh-hans", "translations": {"en": {"name": en}} if en else {}} | fields
    station = Station.objects.create(
        unit=unit, code=code, kind=kind, name=name, reading=sort_key(name), **fields
    )
    OpeningRule.objects.bulk_create(
        OpeningRule(station=station, weekday=day, opens=opens, closes=closes) for day in range(7)
    )
    if waiting is None:
        renew_spans([station], timezone.now())
    else:
        waiting.append(station)
    return station


def make_entrance(station, name="东门", **fields):
    return Entrance.objects.create(station=station, name=name, language="zh-hans", **fields)


def make_person(name, **fields):
    return Person.objects.create(name=name, **fields)


def make_role(person, unit, role, *, days=365, since=0):
    start = timezone.localdate() - timedelta(days=since)
    return Role.objects.create(
        person=person, unit=unit, role=role, valid_from=start, valid_until=start + timedelta(days=days)
    )


def make_organisation(code, name, under, *, en="", **fields):
    """An organisation with a unit of its own."""
    unit = make_unit(code, "organisation", name, under, en=en)
    words = {"language": "zh-hans", "translations": {"en": {"name": en}} if en else {}}
    return Organisation.objects.create(
        code=code, unit=unit, name=name, reading=sort_key(name), **words | fields
    )


def make_work_done(ago=timedelta()):
    """The worker got something done: without it the installation is not ready."""
    at = timezone.now() - ago
    return Todo.objects.create(consumer="x", key=f"done {at}", due_at=at, done_at=at)


def make_article(unit, code, state="published", *, at=None, title="", body="一段话。", **fields):
    """An article of a unit; `at` is when it was published, now if nothing is said."""
    moment = (at or timezone.now()) if state in {"published", "withdrawn"} else None
    columns = {"language": "zh-hans", "html": clean(body), "published_at": moment} | fields
    return Article.objects.create(
        code=code, unit=unit, state=state, title=title or f"动态 {code}", body=body, **columns
    )


def make_programme(unit, code="PRG-1", name="周末骑行", *, en="", **fields):
    """A programme of a unit."""
    words = {"language": "zh-hans", "translations": {"en": {"name": en}} if en else {}, "kind": "culture"}
    return Programme.objects.create(unit=unit, code=code, name=name, reading=sort_key(name), **words | fields)


def make_session(
    programme,
    station,
    code="SES-1",
    *,
    starts_in=timedelta(days=3),
    hours=2,
    capacity=10,
    leader=None,
    **fields,
):
    """A session of a programme at a station, open for sign-ups, in three days unless said otherwise."""
    starts_at = (timezone.now() + starts_in).replace(second=0, microsecond=0)
    columns = {
        "name": programme.name,
        "language": programme.language,
        "translations": programme.translations,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=hours),
        "time_zone": station.time_zone,
        "capacity": capacity,
        "changed_at": timezone.now(),
    }
    made = Session.objects.create(programme=programme, station=station, code=code, **columns | fields)
    if leader is not None:
        Leader.objects.create(session=made, person=leader)
    return made


def make_poll(unit, code="POLL-1", choices=("茶", "咖啡"), *, days=7, votes=0, **fields):
    """A poll of a unit that can be answered for some days."""
    columns = {"question": "想要什么？", "language": "zh-hans", "asked_at": timezone.now()}
    closes_on = timezone.localdate() + timedelta(days=days)
    poll = Poll.objects.create(unit=unit, code=code, closes_on=closes_on, **columns | fields)
    Choice.objects.bulk_create(
        Choice(poll=poll, number=number, text=text, votes=votes) for number, text in enumerate(choices, 1)
    )
    return poll


def make_sign_up(session, name="", state="confirmed", *, holder=None, **fields):
    """A sign-up as it stands in the database, with the session's counters beside it."""
    number = SignUp.objects.filter(session=session).count() + 1
    now = timezone.now()
    columns = {
        "session_ends_at": session.ends_at,
        "name": name or f"来宾{number}",
        "key": f"{session.code}-{number}",
        "spoken": f"{number:06}",
        "signed_at": now,
        "queued_at": now if state == "waiting" else None,
        "offered_until": now + timedelta(hours=4) if state == "offered" else None,
        "knows": session.changes,
    }
    made = SignUp.objects.create(session=session, holder=holder, state=state, **columns | fields)
    seats = SignUp.objects.filter(session=session)
    session.taken, session.waiting = (
        seats.seated().filter(block=None).count(),
        seats.filter(state="waiting").count(),
    )
    session.arrived = seats.filter(arrived_at__isnull=False).count()
    session.save(update_fields=["taken", "waiting", "arrived"])
    return made


def make_building(code, name, **fields):
    return Building.objects.create(
        code=code, name=name, reading=sort_key(name), **{"language": "zh-hans"} | fields
    )


def make_neighbours(area, station):
    """A firm in a building of the area that a station serves, and a corridor that the station leads."""
    make_organisation("ORG-2", "灯果台", area, en="Lampfruit")
    firm = make_organisation("ORG-1", "晨星软件", area, en="Morning Star Software", kind="company")
    building = make_building("BLD-1", "云塔", aliases=["云塔大厦"], address="南京西路 1 号", unit=area)
    ServedBuilding.objects.create(station=station, building=building, responsible=True)
    Occupancy.objects.create(organisation=firm, building=building, floor="9", since=LONG_AGO)
    Membership.objects.create(organisation=firm, unit=area, since=LONG_AGO)
    corridor = Corridor.objects.create(
        code="COR-1", name="河边走廊", reading=sort_key("河边走廊"), language="zh-hans", lead=station
    )
    CorridorStation.objects.create(corridor=corridor, station=station, position=1)
    return firm, building, corridor
