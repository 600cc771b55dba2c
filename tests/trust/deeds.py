"""Every deed one can do through an address: what a form that works says, and who may.

`may`: whose post changes a row. `OWN` deeds are everybody's, and change only what is theirs. `SECRET` deeds belong to
whoever holds the secret in the address or the form. An address that takes a POST and stands neither here nor in
`WITHOUT_DEED` fails S07.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from linli.kit.refs import ref
from tests.photographs import photograph
from tests.trust.world import WHO, World

MEMBERS = frozenset(WHO) - {"visitor"}
STAFF = MEMBERS - {"outsider", "self", "former"}
OWN, SECRET = MEMBERS, frozenset(WHO)
AT_THE_TOWER = frozenset({"worker", "manager"})
ABOVE = frozenset({"keeper", "parent"})

# What takes a POST and has no row to change, or nothing to change here: why.
WITHOUT_DEED = {
    "people:sign_in": "sends a code to whoever asks; S26 and S27 look at it",
    "people:sign_in_code": "needs the code that was sent; S26",
    "people:contact_code": "needs the code that was sent; S26",
    "people:sign_out": "ends one's own session",
    "people:confirm": "needs a code; S30",
    "people:second_factor": "needs the app; S30",
    "people:recovery": "needs a recovery code; S30",
    "people:switch": "needs the cookie of a desk machine and a PIN; S26",
    "news:fetch_picture": "asks another server; tests/news/test_fetch_picture.py",
    "programmes:end": "refused while sessions are to come; tests/programmes/test_programmes.py",
    "programmes:answer": "for who came to a session that is over; tests/programmes/test_afterwards.py",
    "site:look": "sets cookies of one's own browser",
    "site:set_up": "shut once a unit stands",
    "site:step_into": "only in a demonstration",
    **dict.fromkeys(
        (
            "hsds:services",
            "hsds:organizations",
            "hsds:locations",
            "hsds:service_at_locations",
            "hsds:taxonomies",
            "hsds:taxonomy_terms",
        ),
        "a POST is a search: it says in a form what a GET says in the address",
    ),
    **dict.fromkeys(
        (
            "hsds:root",
            "hsds:openapi",
            "hsds:service",
            "hsds:organization",
            "hsds:location",
            "hsds:service_at_location",
            "hsds:taxonomy",
            "hsds:taxonomy_term",
            "hsds:nowhere",
        ),
        "read only",
    ),
}


@dataclass(frozen=True)
class Deed:
    name: str
    route: str
    body: Callable[[World], dict[str, Any]]
    may: frozenset[str]
    # The fields of its form where the form stands on another page.
    asks: tuple[str, ...] = ()


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def a_photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("door.jpg", photograph("JPEG", 40, 30), "image/jpeg")


def role(key: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"contact": "outsider@canary.example", "role": key, "until": in_days(90)}


NAMES = {
    "name_zh_hans": "新的",
    "name_en": "New",
    "reading": "",
    "kind": "neighbourhood",
    "other_kind": "",
    "code": "NEW",
}
NAME = {"name_zh_hans": "新的", "name_en": "New"}
FIRM = NAME | {"kind": "social", "operating": "operating"}
HOUSE = NAME | {"datum": "wgs84"}
WALK = NAME | {"stations": "JA-0102\nJA-0101", "lead": "JA-0101"}
ARTICLE = {"title": "New", "body": "Words", "language": "en"}
MARK = NAME | {"kind": "metro", "point": "31.2, 121.4", "datum": "gcj02"}

MEETING = NAME | {
    "starts_at": f"{in_days(6)}T19:00", "ends_at": f"{in_days(6)}T20:00", "place": "room", "capacity": "20", "max_per_contact": "4",
}  # fmt: skip
# Of the second form on the page of a series.
RULE_FIELDS = ("every", "interval", "weekdays", "nth", "until", "skip", "skips_holidays")
WEEKLY = {"every": "week", "interval": "1", "weekdays": [str(n) for n in range(7)], "until": in_days(20)}
A_WEEK = {f"day{n}": "10:00-11:00" for n in range(9)} | {
    f"season0_{name}": "" for name in ("first", "last", *(f"day{n}" for n in range(7)))
} | {"all_day_zone": "The vestibule"}  # fmt: skip

DEEDS = [
    Deed("complain", "site:complain", lambda world: {"text": "It is slow"}, SECRET),
    Deed("retry", "site:retry", lambda world: {"go": "1"}, frozenset({"operator"})),
    Deed("answer", "site:answer", lambda world: {"text": "Thank you"}, frozenset({"operator"})),
    Deed("use a slip by its link", "people:slip", lambda world: {"next": ""}, SECRET),
    Deed("use a slip by its code", "people:slip_code", lambda world: {"code": world.things.slip.code}, SECRET),
    Deed("stop notices", "notices:stop", lambda world: {"what": "channel"}, SECRET),
    Deed("end mei's session", "people:sessions", lambda world: {"end": world.things.session.pk}, frozenset({"self"})),
    Deed("end own sessions", "people:sessions", lambda world: {"others": "1"}, OWN),
    Deed("remove mei's contact", "people:contact_remove", lambda world: {"go": "1"}, frozenset({"self"})),
    Deed("add a contact", "people:contacts", lambda world: {"contact": "new@example.org"}, OWN),
    Deed("set up an app", "people:set_up_second_factor", lambda world: {"show": "1"}, OWN - {"self"}),
    Deed("replace mei's app", "people:replace_second_factor", lambda world: {"go": "1"}, frozenset({"self"})),
    Deed("choose a PIN", "people:pin", lambda world: {"pin": "582049", "again": "582049"}, STAFF),
    Deed("print a slip", "people:slips", lambda world: {"name": "Somebody"}, AT_THE_TOWER),
    Deed("register a machine", "people:machine", lambda world: {"label": "left"}, AT_THE_TOWER),
    Deed("give up a machine", "people:machine", lambda world: {"forget": world.things.machine.pk}, AT_THE_TOWER),
    Deed("agree", "people:consents", lambda world: {"purpose": "notices_by_text", "answer": "yes"}, OWN),
    Deed("take everything along", "people:export", lambda world: {"go": "1"}, OWN),
    Deed("erase oneself", "people:erase", lambda world: {"understood": "on"}, OWN - {"manager", "child", "sibling", "keeper", "parent", "operator"}),
    Deed("make a worker", "people:roles", role("worker"), frozenset({"manager"})),
    Deed("make a manager", "people:roles", role("manager"), ABOVE),
    Deed("make a handler", "people:roles", role("handler"), ABOVE | {"manager"}),
    Deed("make an organiser", "people:roles", role("organiser"), frozenset()),
    Deed("end a worker's role", "people:end_role", lambda world: {"role": world.things.role.pk}, AT_THE_TOWER),
    Deed("end the manager's role", "people:end_role", lambda world: {"role": world.things.lead.pk}, ABOVE),
    Deed(
        "hand over the manager's role",
        "people:hand_over_role",
        lambda world: {"role": world.things.lead.pk, "to": world.things.role.pk},
        ABOVE | {"manager"},
    ),
    Deed("mark mei's notice", "notices:mark_seen", lambda world: {"until": world.things.notice.pk}, frozenset({"self"})),
    Deed(
        "choose channels",
        "notices:follows",
        lambda world: {"by_email": "on", "quiet_from": "22:00", "quiet_until": "07:00"},
        OWN,
    ),
    Deed("follow", "notices:follow", lambda world: {"subject": ref(world.units.beside)}, OWN),
    Deed("end mei's follow", "notices:end_follow", lambda world: {"subject": ref(world.units.tower)}, frozenset({"self"})),
    Deed("unfollow as mei", "notices:unfollow", lambda world: {"subject": ref(world.units.tower)}, frozenset({"self"})),
    Deed("open a unit below", "areas:open_unit", lambda world: NAMES | {"on": in_days(0)}, ABOVE),
    Deed("enter a station below", "directory:open_station", lambda world: {"name": "New", "kind": "micro"}, ABOVE),
    Deed("insert a level", "areas:insert_level", lambda world: NAMES | {"on": in_days(0), "children": ["JA-0101"]}, ABOVE),
    Deed(
        "rename",
        "areas:rename_unit",
        lambda world: {"name_zh_hans": "改了", "name_en": "Renamed", "reading": "", "on": in_days(0)},
        frozenset({"parent"}),
    ),
    Deed("move", "areas:move_unit", lambda world: {"parent": "BLOCK", "on": in_days(0)}, frozenset({"parent"})),
    Deed("merge", "areas:merge_units", lambda world: {"units": ["BLOCK"], "others": "", "on": in_days(0)}, frozenset({"parent"})),
    Deed(
        "split",
        "areas:split_unit",
        lambda world: {
            "name_part1_name_zh_hans": "甲", "code_part1": "A1", "name_part2_name_zh_hans": "乙", "code_part2": "A2",
            "child_JA-0101": "1", "child_JA-0102": "2", "closes": "no", "on": in_days(0),
        },
        frozenset({"parent"}),
    ),
    Deed("close", "areas:close_unit", lambda world: {"on": in_days(0)}, frozenset({"parent"})),
    Deed("send a sheet", "directory:sheets", lambda world: {"file": SimpleUploadedFile("x.csv", b"Code,Telephone\nJA-0101,119\n")}, ABOVE),
    Deed("use a sheet", "directory:sheet", lambda world: {"choice": "good", "digest": world.things.sheet.digest}, frozenset({"keeper"})),
    Deed("drop a sheet", "directory:sheet", lambda world: {"choice": "nothing"}, frozenset({"keeper"})),
    Deed("declare a status", "directory:declare_status", lambda world: {"state": "closed", "note": "x"}, AT_THE_TOWER, ("until",)),
    Deed("lift a status", "directory:lift_status", lambda world: {"go": "1"}, AT_THE_TOWER),
    Deed("show an entrance", "directory:set_photo", lambda world: {"alt": "A door", "photo": a_photo()}, AT_THE_TOWER),
    Deed("say what a photo shows", "directory:set_photo", lambda world: {"alt": "Another door"}, AT_THE_TOWER),
    Deed("remove a photo", "directory:remove_photo", lambda world: {"go": "1"}, AT_THE_TOWER),
    Deed("keep a thing", "directory:things", lambda world: {"name": "Cups", "stock": "3", "low": "1", "facility": ""}, AT_THE_TOWER),
    Deed("remove a thing", "directory:thing", lambda world: {"over": "1"}, AT_THE_TOWER),
    Deed("take from the stock", "directory:stock", lambda world: {"change": "-1"}, AT_THE_TOWER, ("stock",)),
    Deed("say what one can use", "directory:facilities", lambda world: {"kinds": ["water"], "ebike": "outdoors"}, AT_THE_TOWER),
    Deed("count a walk-in", "directory:walk_ins", lambda world: {"tap": "1"}, AT_THE_TOWER),
    Deed(
        "put on the roster",
        "directory:roster",
        lambda world: {"person": world.things.role.pk, "on": in_days(1), "starts": "08:00", "ends": "16:00"},
        AT_THE_TOWER,
    ),
    Deed("say what is wrong", "directory:wrong", lambda world: {"what": "hours", "text": "It opens at ten"}, SECRET),
    Deed("mend what is wrong", "directory:wrong_notes", lambda world: {"note": world.things.wrong.code}, AT_THE_TOWER),
    Deed("enter an organisation", "directory:enter_organisation", lambda world: FIRM, ABOVE),
    Deed("change an organisation", "directory:change_organisation", lambda world: FIRM, ABOVE),
    Deed("say whether it has a group", "directory:say_committee", lambda world: {"committee": "own", "as_of": in_days(0)}, ABOVE),
    Deed("give a count", "directory:give_count", lambda world: {"what": "workers", "number": 3, "as_of": in_days(0)}, ABOVE),
    Deed("join a network", "directory:area_members", lambda world: {"organisation": "ORG-2", "since": in_days(0)}, ABOVE),
    Deed(
        "leave a network",
        "directory:area_members",
        lambda world: {"term": world.things.firm.memberships.get().pk, "until": in_days(0)},
        ABOVE,
        ("term", "until"),
    ),
    Deed("move in", "directory:tenants", lambda world: {"organisation": "ORG-2", "floor": "3", "since": in_days(0)}, ABOVE),
    Deed(
        "move out",
        "directory:tenants",
        lambda world: {"term": world.things.firm.occupancies.get().pk, "until": in_days(0)},
        ABOVE,
        ("term", "until"),
    ),
    Deed("enter a building", "directory:enter_building", lambda world: HOUSE | {"is_responsible": "on"}, ABOVE),
    Deed("change a building", "directory:change_building", lambda world: HOUSE | {"unit": "HOOD"}, ABOVE),
    Deed("serve a building", "directory:serve_building", lambda world: {"stations": "JA-0102"}, ABOVE),
    Deed("enter a corridor", "directory:enter_corridor", lambda world: WALK, ABOVE),
    Deed("change a corridor", "directory:change_corridor", lambda world: WALK, ABOVE),
    Deed("enter a landmark", "directory:area_landmarks", lambda world: MARK, ABOVE),
    Deed("change a landmark", "directory:change_landmark", lambda world: MARK, ABOVE),
    Deed("remove a landmark", "directory:change_landmark", lambda world: {"remove": "1"}, ABOVE, ("remove",)),
    Deed("set hours", "directory:set_hours", lambda world: A_WEEK, AT_THE_TOWER, ("follows_holidays",)),
    Deed("hand over a worker's desk", "directory:hand_over_desk", lambda world: {"leaver": world.things.role.pk, "to": world.things.lead.pk}, frozenset({"worker"})),
    Deed("hand over the manager's desk", "directory:hand_over_desk", lambda world: {"leaver": world.things.lead.pk, "to": world.things.role.pk}, frozenset({"manager"})),
    Deed("say that a day differs", "directory:exceptions", lambda world: {"on": in_days(2), "hours": "10:00-12:00", "reason": "x"}, AT_THE_TOWER),
    Deed("close for a day", "directory:exceptions", lambda world: {"choice": f"closed {in_days(0)}"}, AT_THE_TOWER, ("on", "hours", "reason")),
    Deed("take back a day that differs", "directory:take_back_exception", lambda world: {"on": in_days(9)}, AT_THE_TOWER),
    Deed("find the entry right", "directory:check_entry", lambda world: {"go": "1"}, AT_THE_TOWER),
    Deed("report a door", "directory:report_door", lambda world: {"what": "no_water"}, SECRET, ("what",)),
    Deed("end reports", "directory:end_reports", lambda world: {"what": "closed"}, AT_THE_TOWER, ("what",)),
    Deed("write an article", "news:write", lambda world: ARTICLE, AT_THE_TOWER | ABOVE),
    Deed("change an article", "news:change", lambda world: ARTICLE, AT_THE_TOWER | ABOVE),
    Deed("publish an article", "news:publish", lambda world: {"publish_at": ""}, AT_THE_TOWER | ABOVE, ("publish_at",)),
    Deed("withdraw an article", "news:withdraw", lambda world: {"why": "It was not so"}, AT_THE_TOWER | ABOVE),
    Deed("hang up a picture", "news:pictures", lambda world: {"alt": "A table", "picture": a_photo()}, AT_THE_TOWER | ABOVE),
    Deed("say what a picture shows", "news:picture", lambda world: {"alt": "A bench"}, AT_THE_TOWER | ABOVE, ("alt", "credit")),
    Deed("take a picture away", "news:picture", lambda world: {"remove": "1"}, AT_THE_TOWER | ABOVE, ("remove",)),
    Deed("drop an article", "news:drop", lambda world: {"go": "1"}, AT_THE_TOWER | ABOVE),
    Deed("begin a programme", "programmes:begin", lambda world: NAME | {"kind": "study"}, AT_THE_TOWER | ABOVE),
    Deed("change a programme", "programmes:change", lambda world: NAME | {"kind": "study"}, AT_THE_TOWER | ABOVE),
    Deed("show a programme", "programmes:pictures", lambda world: {"alt": "A table", "picture": a_photo()}, AT_THE_TOWER | ABOVE),
    Deed("say what its picture shows", "programmes:picture", lambda world: {"alt": "A bench"}, AT_THE_TOWER | ABOVE, ("alt", "credit")),
    Deed("let a picture stand for it", "programmes:picture", lambda world: {"first": "1"}, AT_THE_TOWER | ABOVE, ("first",)),
    Deed("take its picture away", "programmes:picture", lambda world: {"remove": "1"}, AT_THE_TOWER | ABOVE, ("remove",)),
    Deed("plan a session", "programmes:plan", lambda world: MEETING, AT_THE_TOWER),
    Deed("change a session", "programmes:change_session", lambda world: MEETING, AT_THE_TOWER),
    Deed("cancel a session", "programmes:cancel_session", lambda world: {"reason": "Rain"}, AT_THE_TOWER),
    Deed("name a leader", "programmes:leader", lambda world: {"contact": "outsider@canary.example"}, AT_THE_TOWER),
    Deed("name no leader", "programmes:leader", lambda world: {"nobody": "1"}, AT_THE_TOWER, ("nobody",)),
    Deed("send a message", "programmes:message", lambda world: {"text": "Bring a cup"}, AT_THE_TOWER),
    Deed("say what came of it", "programmes:afterwards", lambda world: {"came_of": "Two lamps mended"}, AT_THE_TOWER),
    Deed("begin a series", "programmes:begin_series", lambda world: MEETING | WEEKLY, AT_THE_TOWER, RULE_FIELDS),
    Deed("change a series", "programmes:series", lambda world: WEEKLY, AT_THE_TOWER),
    Deed("end a series", "programmes:end_series", lambda world: {"go": "1"}, AT_THE_TOWER),
    Deed("propose a session", "programmes:propose", lambda world: MEETING | {"station": "JA-0101", "programme": "PRG-1"}, frozenset({"self"}), ("station", "programme")),
    Deed("agree to a session", "programmes:decide", lambda world: {"yes": "1"}, AT_THE_TOWER, ("reason",)),
    Deed("decline a session", "programmes:decide", lambda world: {"reason": "No room"}, AT_THE_TOWER, ("reason",)),
    Deed("sign up", "programmes:sign_up", lambda world: {"name": "New"}, OWN),
    Deed("sign somebody up", "programmes:add", lambda world: {"name": "New"}, AT_THE_TOWER),
    Deed("enter a chain", "programmes:chain", lambda world: {"chain": "1. 张三", "enter": "1"}, AT_THE_TOWER),
    Deed("take a block", "programmes:block", lambda world: {"seats": "2", "take": "1"}, frozenset({"keeper"})),
    Deed("ask a question", "programmes:ask", lambda world: {"text": "Tea?", "purpose": "To buy it", "ends_on": in_days(0)}, AT_THE_TOWER),
    Deed("agree to a question", "programmes:decide_question", lambda world: {"yes": "1"}, frozenset({"manager"}) | ABOVE),
    Deed("check in", "programmes:check_in", lambda world: {"typed": world.things.untold.spoken}, AT_THE_TOWER, ("typed",)),
    Deed("count heads", "programmes:heads", lambda world: {"number": "1"}, AT_THE_TOWER, ("number",)),
    Deed("release seats", "programmes:release", lambda world: {"go": "1"}, AT_THE_TOWER),
    Deed("call", "programmes:call", lambda world: {"sign_up": world.things.untold.code, "what": "told"}, AT_THE_TOWER, ("sign_up", "what")),
    Deed("send what a door noted", "programmes:door_sync", lambda world: {"lines": f"{world.things.untold_print} {timezone.now().isoformat()}"}, AT_THE_TOWER, ("lines",)),
    Deed("give a ticket back", "programmes:decide_ticket", lambda world: {"leave": "1"}, SECRET),
    Deed("ask what people would like", "programmes:open_poll", lambda world: {"question": "Tea?", "choices": "Yes\nNo", "closes_on": in_days(3)}, AT_THE_TOWER | ABOVE),
    Deed("answer a poll", "programmes:poll", lambda world: {"numbers": ["1"]}, SECRET),
    Deed("renew one's calendar", "programmes:my_calendar", lambda world: {"make": "1"}, OWN),
]  # fmt: skip
