"""The demonstration's programmes: begun, planned and signed up for by their actions; what is past and what was voted in bulk."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from linli.areas.models import Unit
from linli.directory.models import Station
from linli.kit.refs import ref
from linli.ledger.actions import record
from linli.people.models import Person
from linli.programmes import actions
from linli.programmes.actions.programmes import Described
from linli.programmes.actions.sessions import Planned, enter
from linli.programmes.actions.signing_up import Attendee
from linli.programmes.events import PollOpened, ProgrammeBegun
from linli.programmes.indexing import index_programmes
from linli.programmes.models import Choice, Poll, Programme, Session
from linli.programmes.recurrence import Rule
from linli.site.demonstration import data
from linli.site.demonstration.days import chance

FAMILY, GIVEN = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨",
    ["晓雯", "建国", "子涵", "丽华", "俊", "思远", "桂芳", "明"],
)
# Time enough to sign up before it begins.
AHEAD = timedelta(hours=1)


def hold_sessions(cast: dict[str, Person], units: dict[str, Unit], stations: dict[str, Station]) -> None:
    """What's on in the coming days, what was, and what people were asked."""
    programmes = {row["code"]: begin(row, cast, units) for row in data.rows("programmes", "programme")}
    poll = {row["code"]: ask(row, cast, units) for row in data.rows("programmes", "poll")}["POLL-1"]
    for row in data.rows("programmes", "session"):
        origin = ref(poll) if row.get("poll") else ""
        plan(row, cast, programmes[row["programme"]], stations[row["station"]], origin)
    for row in data.rows("programmes", "past"):
        remember(row, programmes[row["programme"]], stations[row["station"]])
    for row in data.rows("programmes", "series"):
        repeat(row, cast, programmes[row["programme"]], stations[row["station"]])
    mei = cast["mei"]
    for code in ("SES-NIGHT", "SES-RIDE"):
        session = Session.objects.select_related("programme").get(code=code)
        actions.sign_up(by=mei, session=session, attendee=Attendee(mei.name))


def begin(row: data.Row, cast: dict[str, Person], units: dict[str, Unit]) -> Programme:
    described = Described(
        name=row["name"],
        language=data.LANGUAGE,
        kind=row["kind"],
        purpose=row["purpose"],
        cycle=row["cycle"],
        came_of=row.get("came_of", ""),
        tags=row["tags"],
        translations={"en": {"name": row["en"]}},
    )
    unit = units[row["unit"]]
    programme = Programme.objects.create(code=row["code"], unit=unit, **described.columns())
    index_programmes(programme)
    record(ProgrammeBegun(programme.kind), by=cast[row["by"]], subject=ref(programme), scope=ref(unit))
    return programme


def begins_at(row: data.Row, station: Station) -> datetime:
    """The moment by the clock of the station."""
    zone, now = ZoneInfo(station.time_zone), timezone.now()
    at = time.fromisoformat(row["at"])
    days = row.get("in_days", -row.get("days", 0))
    moment = datetime.combine(now.astimezone(zone).date() + timedelta(days=days), at, zone)
    late = row.get("evening") and moment < now + AHEAD
    return moment + timedelta(days=1) if late else moment


def planned(row: data.Row, starts_at: datetime, origin: str = "") -> Planned:
    words = {name: row.get(name, "") for name in (
        "about", "where", "link", "route", "route_end", "gear", "emergency", "audience", "materials", "access", "held_in",
    )}  # fmt: skip
    return Planned(
        name=row["name"],
        language=data.LANGUAGE,
        translations={"en": {"name": row["en"]}},
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=row["minutes"]),
        capacity=row.get("capacity"),
        place=row.get("place", "room"),
        weather_at=starts_at - timedelta(hours=row["weather_before"]) if "weather_before" in row else None,
        origin=origin,
        **words,
    )


def plan(row: data.Row, cast: dict[str, Person], programme: Programme, station: Station, origin: str) -> None:
    by = cast[row["by"]]
    wanted = planned(row, begins_at(row, station), origin)
    about = {"programme": programme, "station": station, "planned": wanted, "state": "open"}
    session = enter(by=by, **about, code=row["code"])
    if row.get("names"):
        actions.enter_chain(by=by, session=session, names=names(row["code"], row["names"]))
    if "cancelled" in row:
        actions.cancel_session(by=by, session=session, reason=row["cancelled"])


def names(code: str, count: int) -> list[str]:
    """Invented names, the same every time, no two alike."""
    found: dict[str, None] = {}
    number = 0
    while len(found) < count:
        number += 1
        first = GIVEN[chance(code, number, "given", below=len(GIVEN))]
        found[FAMILY[chance(code, number, "family", below=len(FAMILY))] + first] = None
    return list(found)


def remember(row: data.Row, programme: Programme, station: Station) -> None:
    starts_at = begins_at(row, station)
    counted = {name: row[name] for name in ("taken", "arrived", "heads", "came_of")}
    Session.objects.create(
        programme=programme, station=station, code=row["code"], time_zone=station.time_zone,
        changed_at=starts_at, **vars(planned(row, starts_at)) | counted,
    )  # fmt: skip


def repeat(row: data.Row, cast: dict[str, Person], programme: Programme, station: Station) -> None:
    today = timezone.localdate()
    ahead = (row["weekday"] - today.weekday()) % 7 or 7
    starts_at = begins_at(row | {"in_days": ahead}, station)
    about = {"programme": programme, "station": station, "planned": planned(row, starts_at)}
    rule = Rule("week", weekdays=(row["weekday"],))
    actions.begin_series(by=cast[row["by"]], **about, rule=rule, skips_holidays=True)


def ask(row: data.Row, cast: dict[str, Person], units: dict[str, Unit]) -> Poll:
    unit, now = units[row["unit"]], timezone.now()
    closes_on = timezone.localdate() + timedelta(days=row["days"])
    about = {"question": row["question"], "language": data.LANGUAGE, "closes_on": closes_on, "asked_at": now}
    poll = Poll.objects.create(code=row["code"], unit=unit, **about)
    Choice.objects.bulk_create(
        Choice(poll=poll, number=number, text=text, votes=votes)
        for number, (text, votes) in enumerate(row["choices"], start=1)
    )
    fact = PollOpened(closes_on.isoformat(), len(row["choices"]))
    record(fact, by=cast[row["by"]], subject=ref(poll), scope=ref(unit))
    return poll
