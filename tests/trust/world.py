"""One small world for the matrices of trust: a station, everybody who may come near it, and one thing of each kind.

The tree: network → district → subdistrict → neighbourhood → tower station → a floor of it; beside the tower another
station. The tower's things and mei's own things are what everybody tries to reach.
"""

import time
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from linli.directory.actions import (
    declare_status,
    note_wrong,
    read_sheet,
    report_door,
    send_sheet,
    set_exception,
    set_photo,
)
from linli.directory.models import Landmark, SheetUpload, Supply
from linli.directory.sheets.planning import packed
from linli.kit.pictures import read_picture
from linli.kit.refs import ref
from linli.ledger.models import MAX_TRIES, Todo
from linli.news.actions import add_picture
from linli.notices.actions import follow
from linli.notices.models import Channel, Notice
from linli.notices.stops import stop_token
from linli.people.actions import give_consent, look, register_desk
from linli.people.actions.slips import print_slip
from linli.people.models import Contact, Pin, Role, SecondFactor, SignedIn
from linli.people.models.contacts import lookup_of
from linli.people.sessions import SessionStore
from linli.programmes.actions import ask_question, begin_series, picturing, renew_calendar
from linli.programmes.actions.series import planned_of
from linli.programmes.models import Session
from linli.programmes.recurrence import Rule
from linli.programmes.tickets import fingerprint, token_of
from linli.site.actions import complain
from tests.factories import (
    make_article,
    make_entrance,
    make_neighbours,
    make_person,
    make_poll,
    make_programme,
    make_role,
    make_session,
    make_sign_up,
    make_station,
    make_unit,
    make_work_done,
)
from tests.photographs import photograph

# Everybody who knocks, in the order of the table. Each is as far signed in as they can be.
WHO = {
    "visitor": "nobody signed in",
    "outsider": "a member without any role",
    "self": "mei, whose own things are asked for",
    "former": "worked at the tower until today",
    "worker": "works at the tower",
    "manager": "manages the tower",
    "child": "manages the floor below the tower",
    "sibling": "manages the station beside it",
    "keeper": "organises the neighbourhood around the tower",
    "parent": "organises the subdistrict above",
    "operator": "keeps the installation running",
}


class World:
    """Everybody, the units, one thing of each kind, and a browser for each."""

    def __init__(self) -> None:
        self.units = grow()
        self.people = settle(self.units)
        self.things = furnish(self.units, self.people)
        self.cookies = {who: cookie_of(person) for who, person in self.people.items() if person.pk}

    def client(self, who: str) -> Client:
        """A browser in which `who` is signed in, second factor and confirmation just shown."""
        client = Client(headers={"accept-language": "en"})
        if who in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[who]
        return client


def grow() -> SimpleNamespace:
    network = make_unit("NET", "network", "示范网络", None, en="Demonstration network")
    district = make_unit("310106", "district", "静安区", network, en="Jing'an District")
    subdistrict = make_unit("310106012", "subdistrict", "南京西路街道", district, en="West Nanjing Road")
    hood = make_unit("HOOD", "neighbourhood", "某居民区", subdistrict, en="A neighbourhood")
    block = make_unit("BLOCK", "neighbourhood", "旁边的居民区", subdistrict, en="The neighbourhood beside")
    tower = make_station("JA-0101", "building", "云塔党群服务站", hood, en="Cloud Tower Station")
    beside = make_station("JA-0102", "building", "旁边的站", hood, en="The station beside")
    floor = make_unit("JA-0101-6", "station", "六楼", tower.unit, en="Sixth floor")
    group = make_unit("GROUP", "group", "骑行队", hood, en="The riders")
    return SimpleNamespace(
        network=network,
        district=district,
        subdistrict=subdistrict,
        hood=hood,
        block=block,
        tower=tower,
        beside=beside,
        floor=floor,
        group=group,
    )


def settle(units: SimpleNamespace) -> dict[str, Any]:
    """Names are marked, so that a page that shows one is found out."""
    people = {who: make_person(f"Name-of-{who}", language="en") for who in WHO if who != "visitor"}
    people["visitor"] = AnonymousUser()
    make_role(people["former"], units.tower.unit, "worker", days=30, since=30)
    make_role(people["worker"], units.tower.unit, "worker")
    make_role(people["manager"], units.tower.unit, "manager")
    make_role(people["child"], units.floor, "manager")
    make_role(people["sibling"], units.beside.unit, "manager")
    make_role(people["keeper"], units.hood, "organiser")
    make_role(people["parent"], units.subdistrict, "organiser")
    make_role(people["operator"], units.network, "operator")
    make_role(people["self"], units.group, "group_lead")
    return people


def furnish(units: SimpleNamespace, people: dict[str, Any]) -> SimpleNamespace:
    """One of everything: of the station, of the installation, and of mei's own."""
    mei, worker = people["self"], people["worker"]
    things = SimpleNamespace()
    things.contacts = {who: contact_of(who, person) for who, person in people.items() if person.pk}
    things.phone = contact_of("self", mei, "phone", "+8613877776666")
    give_consent(by=mei, purpose="notices_by_email")
    look(by=worker, subjects=[mei], page="Desk", unit=units.tower.unit)
    follow(by=mei, subject=units.tower)
    things.notice = Notice.objects.create(
        person=mei,
        event_id="01930000-0000-7000-8000-000000000001",
        kind="directory.status_declared",
        subject=ref(units.tower),
        data={"state": "closed", "until": "2027-01-01T00:00:00+00:00", "name": "x"},
        at=timezone.now(),
    )
    things.complaint, things.complaint_secret = complain(text="A complaint in plain words")
    things.slip = print_slip(mei, units.tower.unit, timedelta(hours=1))
    things.stop = stop_token(mei.pk, Channel.EMAIL, ref(units.tower))
    make_work_done()
    things.dead = Todo.objects.create(
        consumer="people.consumers.keep_tombstones", key="dead", due_at=timezone.now(), tries=MAX_TRIES
    )
    things.role = Role.objects.get(person=worker)
    things.lead = Role.objects.get(person=people["manager"])
    things.machine, things.machine_secret = register_desk(
        by=worker, unit=units.tower.unit, label="front desk"
    )
    Pin.objects.create(person=worker, hash="never matches")
    SecondFactor.objects.create(person=mei, secret="JBSWY3DPEHPK3PXP", confirmed_at=timezone.now())
    things.session = SignedIn.objects.create(
        key_hash="x", person=mei, expires_at="2100-01-01T00:00Z", idle_until="2100-01-01T00:00Z"
    )
    things.supply = Supply.objects.create(station=units.tower, name="Water", stock=5, low=2, facility="water")
    things.wrong = note_wrong(by=None, station=units.tower, what="hours", text="It opens later")
    declare_status(by=worker, station=units.tower, state="full")
    nine_days_on = timezone.localdate() + timedelta(days=9)
    set_exception(by=worker, station=units.tower, on=nine_days_on, hours=[])
    report_door(by=None, station=units.tower, what="closed", device="canary-device", network="canary-network")
    things.entrance = make_entrance(units.tower, "东门")
    set_photo(by=worker, entrance=things.entrance, alt="一扇门", picture=read_picture(photograph()))
    things.entrance.refresh_from_db()
    things.firm, things.building, things.corridor = make_neighbours(units.hood, units.tower)
    things.landmark = Landmark.objects.create(
        code="MARK-1", name="地铁口", language="zh-hans", unit=units.hood
    )
    things.sheet, things.mended = make_sheets(people["keeper"], units.hood)
    things.draft = make_article(units.tower.unit, "ART-2", "draft")
    things.article = make_article(
        units.tower.unit, "ART-1", "published", body="![](https://pictures.example/1.jpg)"
    )
    things.picture = add_picture(
        by=worker, article=things.article, picture=read_picture(photograph(width=600)), alt="一张长桌"
    )
    make_role(people["keeper"], things.firm.unit, "liaison")
    hold_sessions(things, units, people)
    return things


def hold_sessions(things: SimpleNamespace, units: SimpleNamespace, people: dict[str, Any]) -> None:
    """A programme with two pictures, a session to come for which mei has a ticket, one that is over, one that her group
    proposes, a series, a poll, a question that waits for a second yes, and mei's calendar."""
    mei, worker = people["self"], people["worker"]
    things.programme = make_programme(units.tower.unit, "PRG-1", en="A programme")
    for width in (500, 501):
        things.second_picture = picturing.add_picture(
            by=worker,
            programme=things.programme,
            picture=read_picture(photograph(width=width)),
            alt="一群人",
        )
    things.meeting = make_session(things.programme, units.tower, "SES-1", emergency="+8613800009999")
    things.over = make_session(things.programme, units.tower, "SES-2", starts_in=-timedelta(hours=30))
    proposed = {"state": "proposed", "group": units.group}
    things.proposal = make_session(things.programme, units.tower, "SES-3", **proposed)
    things.sign_up = make_sign_up(things.meeting, mei.name, holder=mei, needs="canary-needs")
    make_sign_up(things.over, mei.name, holder=mei, arrived_at=things.over.starts_at)
    things.ticket = token_of(things.sign_up)
    things.on_now = make_session(
        things.programme, units.tower, "SES-4", starts_in=-timedelta(minutes=10), changes=1
    )
    things.untold = make_sign_up(things.on_now, mei.name, holder=mei, needs="canary-needs", knows=0)
    things.untold_print = fingerprint(token_of(things.untold))
    pattern = planned_of(things.meeting)
    rule = Rule("week", weekdays=tuple(range(7)), until=timezone.localdate() + timedelta(days=5))
    about = {"programme": things.programme, "station": units.tower, "planned": pattern}
    things.series = begin_series(by=worker, **about, rule=rule, skips_holidays=False)
    Session.objects.filter(series=things.series).update(emergency="")
    things.poll = make_poll(units.tower.unit, "POLL-1", ["茶", "咖啡"])
    asked = {"text": "有没有过敏？", "purpose": "准备点心", "language": "zh-hans"}
    things.question = ask_question(by=worker, session=things.meeting, ends_on=timezone.localdate(), **asked)
    things.calendar = renew_calendar(by=mei)


def make_sheets(person: Any, unit: Any) -> tuple[SheetUpload, SheetUpload]:
    """A sheet that was read and waits for the keeper's word, and one of which the error sheet is left."""
    content = b"Code,Telephone\nJA-0101,110\nnothing,none\n"
    sheet = send_sheet(by=person, under=unit, name="sheet.csv", content=content)
    read_sheet(upload_id=str(sheet.pk))
    sheet.refresh_from_db()
    left = {"state": SheetUpload.State.WRITTEN, "kind": "stations", "findings": packed({"form": "csv"})}
    tally = {"new": 0, "changed": 1, "same": 0, "unclear": 1}
    mended = SheetUpload.objects.create(
        person=person,
        unit=unit,
        name="rest.csv",
        content=content,
        tally=tally,
        sent_at=timezone.now(),
        **left,
    )
    return sheet, mended


def contact_of(who: str, person: Any, kind: str = "email", value: str = "") -> Contact:
    value = value or f"{who}@canary.example"
    return Contact.objects.create(
        person=person,
        kind=kind,
        value=value,
        lookup=lookup_of(value),
        verified_at=timezone.now(),
        sign_in=True,
    )


def cookie_of(person: Any) -> str:
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["second_factor_at"] = session["confirmed_at"] = time.time()
    session.save()
    return session.session_key
