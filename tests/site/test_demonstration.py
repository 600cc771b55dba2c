"""The demonstration network: real divisions, invented everything else, alive at any hour, never mixed with real data."""

import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils import translation

from linli.areas.models import UnitVersion
from linli.directory.hours import Schedule, opening
from linli.directory.models import (
    Building,
    Corridor,
    Duty,
    Entrance,
    Facility,
    LiveStatus,
    Membership,
    OpeningException,
    Organisation,
    Service,
    Station,
    Supply,
    WalkIn,
)
from linli.ledger.models import Todo
from linli.notices.models import Notice
from linli.people.models import Contact, Person, Role
from linli.site.demonstration import data
from linli.site.demonstration.cast import choices
from linli.site.demonstration.load import load
from linli.site.searching import find

SHANGHAI = ZoneInfo("Asia/Shanghai")
A_WEDNESDAY = date(2026, 11, 25)
READ = [
    "name",
    "brand",
    "address",
    "directions",
    "about",
    "description",
    "how",
    "cost",
    "all_day_zone",
    "note",
]
READ += ["text", "functions", "equipment", "what", "help_wanted", "reason"]
OTHER_WORDS = [
    ("facilities", "facility"),
    ("entrances", "bike"),
    ("entrances", "entrance"),
    ("rooms", "room"),
    ("how_it_works", "how"),
    ("difficulties", "difficulty"),
    ("difficulties", "announcement"),
    ("buildings", "building"),
    ("corridors", "corridor"),
    ("landmarks", "landmark"),
]
# (hour, how many came in)
TOWER_ON_A_TUESDAY = [
    (8, 5),
    (9, 6),
    (10, 9),
    (11, 13),
    (12, 20),
    (13, 12),
    (14, 9),
    (15, 5),
    (16, 11),
    (17, 6),
    (18, 10),
]
TOWER_ON_A_TUESDAY += [(19, 5)]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demonstration, loaded once in the small hours of a Wednesday and rolled back after the last test that reads it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with a_wednesday_at_three():
            load()
        # Else PostgreSQL looks at every row's keys again after each test.
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def network(loaded, db):
    with a_wednesday_at_three():
        yield


def a_wednesday_at_three() -> time_machine.travel:
    return time_machine.travel(datetime(2026, 11, 25, 3, 0, tzinfo=SHANGHAI), tick=False)


def open_at(moment: datetime) -> set[str]:
    """The codes of the stations whose weekly hours, read from the files alone, are open."""
    everyday = {"valid_from": None, "valid_until": None}
    doors = {
        row["code"]: [SimpleNamespace(**vars(span), **everyday) for span in data.spans(row["hours"])]
        for row in data.stations()
    }
    return {code for code, rules in doors.items() if opening(Schedule(rules), None, moment, SHANGHAI).is_open}


def at(weekday: int, hour: int) -> datetime:
    monday = A_WEDNESDAY - timedelta(days=2)
    return datetime.combine(monday + timedelta(days=weekday), time(hour, 30), SHANGHAI)


def test_makes_the_network_of_that_day(network):
    assert Counter(Station.objects.values_list("kind", flat=True)) == {
        "centre": 15,
        "courier": 10,
        "neighbourhood": 10,
        "building": 9,
        "shop": 8,
        "micro": 6,
        "grid": 3,
    }
    assert set(UnitVersion.objects.values_list("valid_from", flat=True)) == {date(2024, 1, 1)}
    assert not any(version.was_late for version in UnitVersion.objects.all())
    assert set(Station.objects.values_list("checked_on", "source")) == {(A_WEDNESDAY, "demonstration")}


def test_the_divisions_are_the_real_ones(network):
    versions = (
        UnitVersion.objects.filter(parent__code="310106").exclude(unit__kind="station").order_by("unit__code")
    )
    assert list(versions.values_list("unit__code", "unit__kind", "name")) == [
        ("310106006", "subdistrict", "江宁路街道"),
        ("310106011", "subdistrict", "石门二路街道"),
        ("310106012", "subdistrict", "南京西路街道"),
        ("310106013", "subdistrict", "静安寺街道"),
        ("310106014", "subdistrict", "曹家渡街道"),
        ("310106015", "subdistrict", "天目西路街道"),
        ("310106016", "subdistrict", "北站街道"),
        ("310106017", "subdistrict", "宝山路街道"),
        ("310106018", "subdistrict", "共和新路街道"),
        ("310106019", "subdistrict", "大宁路街道"),
        ("310106020", "subdistrict", "彭浦新村街道"),
        ("310106021", "subdistrict", "临汾路街道"),
        ("310106022", "subdistrict", "芷江西路街道"),
        ("310106101", "town", "彭浦镇"),
    ]
    above = UnitVersion.objects.filter(unit__code__in=["310106", "310000", "demonstration"]).order_by(
        "-unit__code"
    )
    assert list(above.values_list("unit__code", "unit__kind", "parent__code")) == [
        ("demonstration", "network", None),
        ("310106", "district", "310000"),
        ("310000", "city", "demonstration"),
    ]


def test_each_code_names_its_division_and_stays_the_same():
    """JA-1201 is the first station of division 310106012; the district's own has 00."""
    divisions = {
        row["code"]: row["code"][-2:] for row in data.units() if re.fullmatch(r"310106\d{3}", row["code"])
    }
    for file in data.station_files():
        division = divisions.get(file.removeprefix("stations/"), "00")
        codes = [row["code"] for row in data.rows(file, "station")]
        assert codes == [f"JA-{division}{number:02}" for number in range(1, len(codes) + 1)]


def test_something_is_open_at_every_hour_of_the_week():
    alive = {(weekday, hour): len(open_at(at(weekday, hour))) for weekday in range(7) for hour in range(24)}
    assert min(alive.values()) >= 8
    assert {weekday for weekday in range(7) if not 8 <= alive[weekday, 3] <= 15} == set()
    assert {weekday for weekday in range(5) if alive[weekday, 12] < 40} == set()


def test_hours_are_as_various_as_real_ones():
    every = {row["code"]: list(data.spans(row["hours"])) for row in data.stations()}
    closed_mondays = {code for code, spans in every.items() if {s.weekday for s in spans} == set(range(1, 7))}
    past_midnight = {code for code, spans in every.items() if any(time() < s.closes < s.opens for s in spans)}
    round_the_clock = {
        code for code, spans in every.items() if all(s.opens == s.closes == time() for s in spans)
    }
    lunch_break = {
        code for code, spans in every.items() if max(Counter(s.weekday for s in spans).values()) > 1
    }
    assert closed_mondays == {"JA-0001", "JA-1101", "JA-1401", "JA-1601", "JA-1703", "JA-1901", "JA-2101"}
    assert past_midnight == {"JA-0105", "JA-1203", "JA-1403", "JA-1603", "JA-2103"}
    assert round_the_clock == {
        *["JA-0104", "JA-0603", "JA-1103", "JA-1303"],
        *["JA-1502", "JA-1903", "JA-2003", "JA-2204"],
    }
    assert len(lunch_break) == 13


def test_the_tower_has_the_four_brands_each_at_its_own_time(network):
    tower = Station.objects.get(code="JA-1201")
    brands = Service.objects.filter(places__station=tower, code__startswith="brand-").order_by("code")
    assert [(brand.kind, brand.name) for brand in brands] == [
        ("giving", "恒爱行动"),
        ("governance", "恒泰家园"),
        ("culture", "红色之旅"),
        ("study", "彤心永恒"),
    ]
    assert list(tower.rules.filter(service__in=brands).values_list("service__code", "weekday", "nth")) == [
        ("brand-study", 1, 0),
        ("brand-giving", 3, 0),
        ("brand-governance", 4, -1),
        ("brand-ride", 5, 2),
    ]


def test_phone_e_bike_and_battery_are_three_things_and_no_e_bike_is_charged_indoors(network):
    charging = Facility.objects.filter(kind__in=["phone_charging", "ebike_charging", "battery_swap"])
    assert set(charging.values_list("kind", "indoors")) == {
        ("phone_charging", True),
        ("ebike_charging", False),
        ("battery_swap", False),
    }


def test_services_are_there_for_persons_for_firms_and_for_all(network):
    assert Counter(Service.objects.values_list("audience", flat=True)) == {"all": 2, "person": 13, "firm": 5}
    assert not Service.objects.filter(places=None).exists()


def test_every_station_has_a_way_in_water_and_a_seat(network):
    assert Station.objects.offering("water", "seat").count() == Station.objects.count()
    assert not Station.objects.filter(entrances=None).exists()
    assert Station.objects.step_free().count() == 39
    assert set(Entrance.objects.values_list("bike", flat=True)) == {
        row["text"] for row in data.rows("entrances", "bike")
    }


def test_some_entrances_have_hours_of_their_own_at_night(network):
    shop = Station.objects.get(code="JA-1103")
    rules = shop.rules.filter(weekday=0).exclude(entrance=None)
    assert list(rules.values_list("entrance__name", "opens", "closes")) == [
        ("正门", time(6), time(22)),
        ("夜间门", time(22), time(6)),
    ]
    assert list(shop.rules.of_door().filter(weekday=0).values_list("opens", "closes")) == [(time(0), time(0))]


def test_a_building_has_at_most_one_responsible_station_and_some_wait_for_one(network):
    responsible = dict(
        Building.objects.values_list("code", "served_by__station__code").filter(served_by__responsible=True)
    )
    assert responsible["BLD-1201"] == "JA-1201"
    assert set(Building.objects.values_list("code", flat=True)) - set(responsible) == {"BLD-1202", "BLD-1203"}
    assert Building.objects.get(unit=None).code == "BLD-1203"


def test_organisations_say_how_they_are_organised_and_when(network):
    def among(**asked):
        return Organisation.objects.filter(**asked).count()

    assert [among(committee=each) for each in ("own", "joint", "none", "")] == [11, 9, 11, 2]
    assert not Organisation.objects.filter(committee_as_of__gt=A_WEDNESDAY).exists()
    assert set(Organisation.objects.filter(online_only=True).values_list("occupancies", flat=True)) == {None}
    left = Membership.objects.exclude(until=None).values_list("organisation__code", "unit__code")
    assert list(left) == [("ORG-LNS", "310106012")]


def test_corridors_cross_subdistricts(network):
    for corridor in Corridor.objects.all():
        stops = corridor.stops.select_related("station")
        assert len({stop.station.code[:5] for stop in stops}) >= 2
        assert corridor.lead in [stop.station for stop in stops]


def test_walk_ins_are_counted_while_the_door_is_open_and_are_the_same_every_time(network):
    """From the first of last month until yesterday; not where nobody is there to count."""
    days = WalkIn.objects.aggregate(first=Min("on"), last=Max("on"))
    assert days == {"first": date(2026, 10, 1), "last": date(2026, 11, 24)}
    assert not WalkIn.objects.filter(station__kind__in=["shop", "micro"]).exists()
    tower = WalkIn.objects.filter(station__code="JA-1201", on=date(2026, 11, 24))
    assert list(tower.values_list("hour", "count")) == TOWER_ON_A_TUESDAY
    assert not WalkIn.objects.filter(station__code="JA-1201", on=date(2026, 11, 22)).exists()


def test_the_cast_is_on_duty_this_week_and_next_while_the_door_is_open(network):
    duties = Duty.objects.filter(person__cast="omar").values_list("on", "starts", "ends")
    assert duties[0] == (date(2026, 11, 23), time(8, 30), time(14, 30))
    assert [on.day for on, _starts, _ends in duties] == [23, 24, 25, 26, 27, 28, 30, 1, 2, 3, 4, 5]


def test_the_desks_of_the_cast_lack_something(network):
    low = [supply for supply in Supply.objects.order_by("station__code") if supply.is_low]
    assert [(supply.station.code, supply.stock) for supply in low] == [
        ("JA-1201", 40),
        ("JA-1502", 2),
        ("JA-1704", 0),
    ]


@pytest.mark.parametrize("typed", ["换电柜", "battery swap", "step-free", "hdg"])
def test_stations_are_found_by_what_there_is(network, typed, kai):
    assert "JA-1303" in [station.code for station in find(typed, kai).things]


def test_everything_people_read_is_said_in_english_too():
    rows = [*data.stations(), *data.rows("services", "service"), *data.rows("organisations", "organisation")]
    rows += [row for file, kind in OTHER_WORDS for row in data.rows(file, kind)]
    for row in rows:
        said = {key for key in READ if row.get(key)}
        assert said == set(row["en"]), row
    assert all(row["en"] for row in data.units())


def test_points_lie_in_the_district_as_staff_enter_them(network):
    assert set(Station.objects.values_list("datum", flat=True)) == {"gcj02"}
    for station in Station.objects.all():
        latitude, longitude = station.point
        assert 31.215 < latitude < 31.325 and 121.425 < longitude < 121.485, station.code
    assert len(set(Station.objects.values_list("latitude", "longitude"))) == Station.objects.count()


def test_nobody_s_contact_is_in_it(network):
    phones = Station.objects.values_list("phones__number", flat=True)
    assert all(re.fullmatch(r"021-5550-\d{4}", number) for number in phones)
    assert list(Contact.objects.values_list("person__cast", "kind")) == [("mei", "email")]
    assert Contact.objects.get().value == "mei@example.org"
    assert all("（示范）" in name for name in Organisation.objects.values_list("name", flat=True))


def test_the_cast_holds_its_roles_where_they_belong(network):
    held = Role.objects.order_by("person__cast", "unit__code").values_list(
        "person__cast", "role", "unit__code"
    )
    assert list(held) == [
        ("bo", "worker", "JA-1502"),
        ("bo", "worker", "JA-1704"),
        ("chen", "liaison", "ORG-CXR"),
        ("ding", "steward", "310106"),
        ("gao", "organiser", "310106012"),
        ("omar", "worker", "JA-1201"),
        ("robin", "operator", "demonstration"),
        ("shen", "manager", "JA-1201"),
    ]


def test_the_cast_to_step_into_is_said_in_the_reader_s_language(network, django_assert_num_queries):
    with django_assert_num_queries(0), translation.override("en"):
        assert choices()[:2] == [("mei", "Mei Xiaoyu", "resident"), ("omar", "Omar Haddad", "worker")]
    with translation.override("zh-hans"):
        assert choices()[0] == ("mei", "梅小雨", "居民")
    assert {key for key, _name, _role in choices()} == set(Person.objects.values_list("cast", flat=True))


def test_mei_has_heard_from_a_station_she_follows(network):
    about_doors = Notice.objects.exclude(kind__startswith="programmes.")
    assert list(about_doors.values_list("person__cast", "kind", "subject", "seen_at")) == [
        ("mei", "directory.status_declared", "directory.station/JA-1502", None)
    ]
    sessions = Notice.objects.filter(kind="programmes.session_planned")
    assert set(sessions.values_list("person__cast", flat=True)) == {"mei"}
    assert "programmes.session/SES-NIGHT" in set(sessions.values_list("subject", flat=True))


def test_what_stations_say_of_themselves_ends_with_the_day(network):
    midnight = datetime(2026, 11, 26, tzinfo=SHANGHAI)
    said = LiveStatus.objects.order_by("station__code").values_list("station__code", "state", "until")
    assert list(said) == [("JA-1502", "full", midnight), ("JA-1704", "closed", midnight)]
    open_deeds = Todo.objects.filter(done_at=None).exclude(consumer__startswith="programmes.")
    assert set(open_deeds.values_list("consumer", "due_at")) == {("directory.lapse_status", midnight)}


def test_exceptions_are_counted_from_the_day_of_loading(network):
    special = OpeningException.objects.order_by("on", "opens").values_list("station__code", "on", "opens")
    assert list(special) == [
        ("JA-2201", date(2026, 11, 25), time(8, 30)),
        ("JA-0602", date(2026, 11, 26), None),
        ("JA-1901", date(2026, 11, 27), time(13)),
        ("JA-1501", date(2026, 11, 28), time(8)),
        ("JA-1302", date(2026, 11, 30), None),
        ("JA-1701", date(2026, 12, 1), time(10)),
        ("JA-1701", date(2026, 12, 1), time(14)),
    ]


@pytest.mark.parametrize("typed", ["梧桐里", "wutongli", "wtl", "Wutongli"])
def test_stations_are_found_by_characters_sound_and_initials(network, typed, kai):
    assert "JA-1202" in [station.code for station in find(typed, kai).things]
