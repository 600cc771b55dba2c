"""A town with something in every field, and a reader that belongs to nobody."""

import json
from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from linli.directory.models import (
    Announcement,
    Entrance,
    Facility,
    OpeningException,
    OpeningRule,
    Organisation,
    Phone,
    Service,
    ServiceAtStation,
)
from tests.factories import make_station, together

MORNING, NOON = time(9), time(12)


@pytest.fixture
def ask():
    """ask("services?page=2") → what it answers, read; ask.response(…) → the response itself."""
    client = Client()

    def read(path="", status=200):
        response = client.get(f"/hsds/{path}")
        assert response.status_code == status, response.content
        return json.loads(response.content)

    read.response = lambda path="", **options: client.get(f"/hsds/{path}", **options)
    read.client = client
    return read


@pytest.fixture
def directory(town):
    """One service with everything at the tower, one at both stations, one that is not given; one operator."""
    operator = make_organisation(
        "云塔物业", "Cloud Tower Property", uscc="91310000TESTCODE01", kind="property"
    )
    town.tower.operator, town.tower.checked_on = operator, date(2026, 3, 1)
    town.tower.about, town.tower.address, town.tower.directions = "坐坐", "示例路 1 号 200040", "东门进"
    town.tower.save()
    law = make_service("法律咨询", "Legal advice", kind="law", audience="person", organisation=operator)
    make_service("停办", "Ended", active=False)
    rest = make_service("歇脚", "Rest", kind="rest")
    make_offer(law, town.tower, rules=[(2, 0, time(14), time(16)), (5, -1, time(14), time(16))])
    make_offer(rest, town.tower)
    make_offer(rest, town.night)
    Phone.objects.create(station=town.tower, number="021-5550-0101")
    Phone.objects.create(service=law, number="021-5550-0102", extension="12", about="预约")
    Phone.objects.create(organisation=operator, number="021-5550-0103", extension="a1")
    Facility.objects.create(station=town.tower, kind="water", language="zh-hans", note="自带杯子")
    Entrance.objects.create(station=town.tower, name="东门", language="zh-hans", steps=0)
    Entrance.objects.create(station=town.tower, name="西门", language="zh-hans", steps=3, directions="过天桥")
    return SimpleNamespace(**vars(town), operator=operator, law=law, rest=rest)


def make_organisation(name, english, **fields):
    return Organisation.objects.create(
        name=name, language="zh-hans", translations={"en": {"name": english}}, **fields
    )


def make_service(name, english, **fields):
    return Service.objects.create(
        name=name, language="zh-hans", translations={"en": {"name": english}}, **fields
    )


def make_offer(service, station, rules=(), **fields):
    """The service at the station, with hours of its own: (weekday, nth, opens, closes)."""
    OpeningRule.objects.bulk_create(
        OpeningRule(station=station, service=service, weekday=day, nth=nth, opens=opens, closes=closes)
        for day, nth, opens, closes in rules
    )
    return ServiceAtStation.objects.create(service=service, station=station, **fields)


def make_announcement(station, text, *, hours=24, started=1):
    now = timezone.now()
    return Announcement.objects.create(
        station=station,
        text=text,
        reason="检修",
        language="zh-hans",
        starts_at=now - timedelta(hours=started),
        ends_at=now + timedelta(hours=hours),
    )


def micro_station(each, under):
    at = (31.2 + each * 0.001, 121.4)
    return make_station(f"M-{each:03}", "micro", f"微站{each}", under, at=at, address="200041")


def make_many(town, number):
    """So many more stations, each with a service of its own, a telephone, a facility and an exception."""
    with together():
        stations = [micro_station(each, town.west) for each in range(number)]
    for each, station in enumerate(stations):
        owner = make_organisation(f"单位{each}", f"Unit {each}")
        station.operator = owner
        station.save()
        make_offer(make_service(f"服务{each}", f"Service {each}", organisation=owner, kind="study"), station)
        Phone.objects.create(station=station, number="021-5550-0000")
        Facility.objects.create(station=station, kind="seat", language="zh-hans")
        OpeningException.objects.create(station=station, on=timezone.localdate() + timedelta(days=1))
