"""A whole invented city for measurements: as many stations as one asks for, around the demonstration network.

`linli manage demo --stations 12500`. Deterministic; every name is put together from words, none is a real place's.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from linli.areas.models import Unit, UnitVersion
from linli.directory.indexing import index_stations
from linli.directory.models import (
    Entrance,
    Facility,
    OpeningRule,
    Organisation,
    Phone,
    Service,
    ServiceAtStation,
    Station,
)
from linli.directory.models.base import placed
from linli.directory.spans import renew_spans
from linli.kit.pinyin import sort_key
from linli.programmes.models import Programme, Session
from linli.site.demonstration import data

SEED = 20261125
STATIONS_IN_A_SUBDISTRICT, SUBDISTRICTS_IN_A_DISTRICT = 60, 14
A_BATCH = 500
SOUTH, WEST, NORTH, EAST = 30.95, 121.15, 31.45, 121.75
TREES = [
    "梧桐",
    "海棠",
    "银杏",
    "香樟",
    "玉兰",
    "紫藤",
    "石榴",
    "枫杨",
    "桂花",
    "合欢",
    "云杉",
    "水杉",
    "金桂",
    "白榆",
    "青槐",
    "红枫",
    "垂柳",
    "腊梅",
    "芙蓉",
    "杜鹃",
]
THINGS = [
    "里",
    "桥",
    "苑",
    "坊",
    "湾",
    "园",
    "路",
    "塘",
    "浜",
    "渡",
    "亭",
    "巷",
    "台",
    "滩",
    "洲",
    "井",
    "泾",
    "堰",
    "埠",
    "岭",
]
KINDS = {
    "building": ("楼宇服务站", "Tower Station"),
    "neighbourhood": ("邻里中心", "Neighbourhood Station"),
    "micro": ("微站", "Micro-station"),
    "courier": ("小哥驿站", "Courier Stop"),
    "shop": ("便民合作店", "Partner Shop"),
    "grid": ("网格站", "Grid Station"),
}
OPENING = [
    (time(9), time(18)),
    (time(8, 30), time(20)),
    (time(7), time(22)),
    (time(0), time(0)),
    (time(17), time(2)),
]
FACILITIES = ["water", "seat", "toilet", "phone_charging", "microwave", "wifi", "battery_swap", "aed"]
OFFERS = ["法律咨询", "健康小屋", "阅读角", "四点半课堂", "政策咨询", "志愿服务", "书画班", "骑行活动"]
OFFERS_IN_ENGLISH = [
    "Legal advice", "Health corner", "Reading corner", "After-school hours", "Policy advice", "Volunteering",
    "Calligraphy", "Cycling",
]  # fmt: skip


@dataclass
class City:
    """What is being built, batch by batch."""

    rng: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 a city, not a secret
    today: date = field(default_factory=timezone.localdate)


def grow(stations: int, tell: Callable[[int], None]) -> None:
    """Adds invented districts until there are `stations` in all; a transaction for each subdistrict. `tell` hears the count."""
    city, there = City(), Station.objects.count()
    number = Unit.objects.filter(code__startswith="CITY-S").count()
    while there < stations:
        with transaction.atomic():
            district = district_of(city, number // SUBDISTRICTS_IN_A_DISTRICT)
            there += settle(city, district, number, min(STATIONS_IN_A_SUBDISTRICT, stations - there))
        number += 1
        tell(there)


def district_of(city: City, number: int) -> Unit:
    """The district of that number, opened when its first subdistrict is."""
    known = Unit.objects.filter(code=f"CITY-D{number:04}").first()
    return known or open_area(city, Unit.objects.get(code="310000"), "district", number)


def named(city: City, number: int) -> str:
    return TREES[number % len(TREES)] + THINGS[number // len(TREES) % len(THINGS)]


def open_area(city: City, above: Unit, kind: str, number: int) -> Unit:
    suffix, english = {"district": ("示范区", "District"), "subdistrict": ("街道", "Subdistrict")}[kind]
    name = f"{named(city, number)}{suffix}"
    unit = Unit.objects.create(code=f"CITY-{kind[0].upper()}{number:04}", kind=kind, opened_on=city.today)
    stand(city, [(unit, above, name, f"{sort_key(name).title()} {english}")])
    return unit


def stand(city: City, rows: list[tuple[Unit, Unit, str, str]]) -> None:
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=unit, parent=above, name=name, language=data.LANGUAGE, translations={"en": {"name": english}},
            reading=sort_key(name), valid_from=city.today,
        )
        for unit, above, name, english in rows
    )  # fmt: skip


def settle(city: City, district: Unit, number: int, count: int) -> int:
    """One subdistrict with its stations and an organisation that offers services in them."""
    area = open_area(city, district, "subdistrict", number)
    centre = city.rng.uniform(SOUTH, NORTH), city.rng.uniform(WEST, EAST)
    stations = [plan(city, number, n, centre) for n in range(count)]
    Unit.objects.bulk_create(station.unit for station in stations)
    stand(city, [(s.unit, area, s.name, s.translations["en"]["name"]) for s in stations])
    Station.objects.bulk_create(stations)
    furnish(city, stations)
    offer(city, number, stations)
    hold(city, area, stations)
    renew_spans(stations, timezone.now())
    index_stations(stations)
    return count


def plan(city: City, number: int, n: int, centre: tuple[float, float]) -> Station:
    rng, code = city.rng, f"CITY-{number:04}-{n:02}"
    kind = rng.choice(list(KINDS))
    street = f"{rng.choice(TREES)}{rng.choice(THINGS)}"
    name = f"{street}{KINDS[kind][0]}"
    latitude, longitude = (round(at + rng.gauss(0, 0.008), 6) for at in centre)
    return Station(
        **described(code, name, f"{sort_key(street).title()} {KINDS[kind][1]}"),
        unit=Unit(code=code, kind="station", opened_on=city.today),
        kind=kind,
        address=f"{street}路 {rng.randint(1, 999)} 号",
        directions="从正门进，服务台在左手边。",
        about="为测量而造的示范站点。",
        **placed(latitude, longitude, "gcj02"),
        checked_on=city.today - timedelta(days=rng.randint(0, 300)),
        checked_by=Station.Checker.DESK,
    )


def described(code: str, name: str, english: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "reading": sort_key(name),
        "language": data.LANGUAGE,
        "translations": {"en": {"name": english}},
        "source": data.SOURCE,
        "source_id": code,
    }


def furnish(city: City, stations: list[Station]) -> None:
    """Hours, a telephone, a way in and a few facilities each."""
    rng = city.rng
    OpeningRule.objects.bulk_create(rule for station in stations for rule in weekly(rng, station))
    Phone.objects.bulk_create(
        Phone(station=station, number=f"021-5550-{rng.randint(0, 9999):04}") for station in stations
    )
    Entrance.objects.bulk_create(
        # Of so many codes drawn at random two might be alike.
        Entrance(
            station=station,
            code=f"{station.code}-E1",
            name="正门",
            language=data.LANGUAGE,
            steps=rng.choice([0, 0, 2, 5, None]),
        )
        for station in stations
    )
    Facility.objects.bulk_create(
        Facility(station=station, kind=kind, language=data.LANGUAGE)
        for station in stations
        for kind in rng.sample(FACILITIES, rng.randint(2, 6))
    )


def weekly(rng: Random, station: Station) -> Iterator[OpeningRule]:
    opens, closes = rng.choice(OPENING)
    for weekday in range(rng.choice([5, 7, 7])):
        yield OpeningRule(station=station, weekday=weekday, opens=opens, closes=closes)


def offer(city: City, number: int, stations: list[Station]) -> None:
    """An organisation of the subdistrict, its services, and one to three of them at each station."""
    code = f"CITY-O{number:04}"
    name = f"{named(city, number)}社区发展中心"
    owner = Organisation.objects.create(
        **described(code, name, f"{sort_key(named(city, number)).title()} Community Centre"), kind="social"
    )
    services = Service.objects.bulk_create(
        Service(
            **described(f"{code}-{n}", zh, english),
            organisation=owner,
            kind="advice",
            description="示范服务。",
        )
        for n, (zh, english) in enumerate(zip(OFFERS, OFFERS_IN_ENGLISH, strict=True))
    )
    ServiceAtStation.objects.bulk_create(
        ServiceAtStation(service=service, station=station)
        for station in stations
        for service in city.rng.sample(services, city.rng.randint(1, 3))
    )


def hold(city: City, area: Unit, stations: list[Station]) -> None:
    """A programme of the subdistrict, of which every second station holds a session in the coming four weeks."""
    name = f"{city.rng.choice(TREES)}{OFFERS[2]}"
    about = {"name": name, "language": data.LANGUAGE, "translations": {"en": {"name": OFFERS_IN_ENGLISH[2]}}}
    programme = Programme.objects.create(
        unit=area, code=f"{area.code}-P", kind="study", reading=sort_key(name), **about
    )
    Session.objects.bulk_create(meeting(city, programme, station, about) for station in stations[::2])


def meeting(city: City, programme: Programme, station: Station, about: dict[str, Any]) -> Session:
    now, capacity = timezone.now(), city.rng.randint(8, 40)
    starts_at = now + timedelta(days=city.rng.randint(1, 28), hours=city.rng.randint(0, 12))
    return Session(
        programme=programme,
        station=station,
        code=f"{station.code}-M",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        time_zone=station.time_zone,
        capacity=capacity,
        taken=city.rng.randint(0, capacity),
        changed_at=now,
        **about,
    )
