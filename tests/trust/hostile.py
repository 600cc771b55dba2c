"""Names that somebody may type, by mistake or on purpose, and every field of the site that takes words."""

from typing import Any, NamedTuple

from tests.trust.deeds import A_WEEK, in_days

NAMES = {
    "bidi": "gn‮p.exe‬⁦x⁩",
    "zero width": "静​安⁠寺﻿",
    "only invisible": "​‌‍⁠",
    "tags": "A\U000e0041\U000e0042\U000e007f",
    "rare": "𠮷野家𪚥䶮㐂",
    "combining": "Z͑ͫ̓ͪ̂" + "é̂" * 5,
    "decomposed": "Café",
    "middle dot": "古丽·买买提",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈",
    "ten thousand": "名" * 10_000,
    "a hundred thousand": "x" * 100_000,
    "nul": "a\x00b",
    "controls": "a\x07\x1b[31mb\x7f\x85c",
    "line breaks": "a\r\nb\u2028c\u2029d\x0bd",
    "surrogate": "\ud83d",
    "private use": "\ue000\U000f0000",
    "template": "{{7*7}}{% debug %}{0.__class__}%n%s${7*7}",
    "sql": "'; DROP TABLE people_person; --",
    "formula": '=HYPERLINK("http://evil.example")',
    "path": "../../../../etc/passwd%00.html",
    "full width": "ａｂｃ１２３＠ｅｘａｍｐｌｅ．ｏｒｇ",
    "null words": "null",
    "only space": " \t\u3000\u00a0 ",
    "number": "-1e309",
}


class Field(NamedTuple):
    """One field of one form: who sends it where, with what beside it."""

    who: str
    path: str
    name: str
    others: dict[str, Any] = {}
    method: str = "post"


UNIT = {"on": "2026-11-22", "kind": "grid", "name_zh_hans": "甲", "name_en": ""}
FIELDS = [
    Field("visitor", "/sign-in/", "contact"),
    Field("visitor", "/sign-in/", "next", {"contact": "mei@example.org"}),
    Field("visitor", "/sign-in/code/", "digits"),
    Field("visitor", "/slip/", "code"),
    Field("visitor", "/complaints/new/", "text"),
    Field("visitor", "/search/", "q", method="get"),
    Field("visitor", "/search/", "page", {"q": "jing"}, method="get"),
    Field("visitor", "/stations/", "kind", method="get"),
    Field("visitor", "/stations/", "area", method="get"),
    Field("visitor", "/stations/", "open", method="get"),
    Field("visitor", "/stations/", "page", method="get"),
    Field("visitor", "/areas/", "on", method="get"),
    Field("visitor", "/areas/310106012/", "on", method="get"),
    Field("visitor", "/areas/310106012/", "page", method="get"),
    Field("visitor", "/look/", "language"),
    Field("visitor", "/look/", "theme"),
    Field("visitor", "/look/", "next", {"language": "en"}),
    Field("visitor", "/styleguide/", "language", method="get"),
    Field("visitor", "/demo/step-into/", "cast"),
    Field("self", "/follow/", "subject"),
    Field("self", "/unfollow/", "subject"),
    Field("self", "/me/follows/end/", "subject"),
    Field("self", "/me/follows/", "quiet_from", {"quiet_until": "08:00"}),
    Field("self", "/me/inbox/", "page", method="get"),
    Field("self", "/me/inbox/seen/", "until"),
    Field("self", "/me/contacts/", "contact"),
    Field("self", "/me/contacts/code/", "digits"),
    Field("self", "/me/sessions/", "end"),
    Field("self", "/me/confirm/", "send"),
    Field("self", "/me/confirm/", "digits"),
    Field("self", "/me/consents/", "purpose", {"answer": "yes"}),
    Field("self", "/me/looks/", "page", method="get"),
    Field("self", "/me/second-factor/recovery/", "code"),
    Field("self", "/me/second-factor/set-up/", "digits"),
    Field("self", "/me/erase/", "next"),
    Field("worker", "/desk/pin/", "pin", {"again": "480273"}),
    Field("worker", "/desk/JA-0101/slips/", "name"),
    Field("worker", "/desk/JA-0101/slips/", "earlier"),
    Field("worker", "/desk/JA-0101/machine/", "label"),
    Field("worker", "/desk/JA-0101/machine/", "forget"),
    Field("worker", "/stations/JA-0101/status/", "note", {"state": "closed", "until": ""}),
    Field("worker", "/stations/JA-0101/status/", "until", {"state": "closed"}),
    Field("worker", "/stations/JA-0101/status/", "state"),
    Field("worker", "/stations/JA-0101/status/", "choice"),
    Field("worker", "/stations/JA-0101/hours/", "day0", A_WEEK),
    Field("worker", "/stations/JA-0101/hours/", "season0_first", A_WEEK),
    Field("worker", "/stations/JA-0101/hours/", "all_day_zone", A_WEEK),
    Field("worker", "/stations/JA-0101/exceptions/", "reason", {"on": in_days(2), "hours": ""}),
    Field("worker", "/stations/JA-0101/exceptions/", "hours", {"on": in_days(2)}),
    Field("worker", "/stations/JA-0101/exceptions/", "on", {"hours": ""}),
    Field("worker", "/stations/JA-0101/exceptions/", "choice"),
    Field("worker", "/stations/JA-0101/exceptions/take-back/", "on"),
    Field("manager", "/desk/JA-0101/handover/", "to"),
    Field("manager", "/desk/JA-0101/handover/", "leaver"),
    Field("manager", "/roles/JA-0101/", "contact", {"role": "worker", "until": "2027-01-01"}),
    Field("manager", "/roles/JA-0101/", "until", {"role": "worker", "contact": "mei@example.org"}),
    Field("manager", "/roles/JA-0101/end/", "role"),
    Field("manager", "/roles/JA-0101/hand-over/", "to"),
    Field("operator", "/operator/complaints/{complaint}/", "text"),
    Field("parent", "/areas/HOOD/station/", "name", {"kind": "centre"}),
    Field("parent", "/areas/HOOD/station/", "about", {"kind": "centre", "name": "甲"}),
    Field("parent", "/areas/HOOD/station/", "address", {"kind": "centre", "name": "甲"}),
    Field("parent", "/areas/HOOD/open/", "name_zh_hans", UNIT),
    Field("parent", "/areas/HOOD/open/", "other_kind", UNIT),
    Field("parent", "/areas/HOOD/open/", "code", UNIT),
    Field("parent", "/areas/HOOD/open/", "reading", UNIT),
    Field("parent", "/areas/HOOD/open/", "on", UNIT),
    Field("parent", "/areas/HOOD/insert/", "children", UNIT),
    Field("parent", "/areas/HOOD/rename/", "name_en", UNIT),
    Field("parent", "/areas/HOOD/move/", "parent", UNIT),
    Field("parent", "/areas/HOOD/merge/", "others", UNIT),
    Field("parent", "/areas/HOOD/split/", "name_part1_name_zh_hans", UNIT | {"closes": "no"}),
    Field(
        "parent", "/areas/HOOD/split/", "code_part1", UNIT | {"closes": "no", "name_part1_name_zh_hans": "乙"}
    ),
    Field("parent", "/areas/HOOD/split/", "parts", method="get"),
    Field("parent", "/areas/HOOD/close/", "on"),
]
