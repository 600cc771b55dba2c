"""The parameters of the API: what each means, how it is read, and what is said when it cannot be.

The table is the one source: views read requests by it and `openapi` describes it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.kit.rules import Problem
from linli.kit.texts import clean_line

# A page may hold so many objects; with everything that hangs on them only so many.
MOST, MOST_WHOLE = 500, 25
USUAL, USUAL_WHOLE = 50, 10
LAST_PAGE, LONGEST, FARTHEST = 1_000_000, 100, 100_000
TRUTHS = {"true": True, "1": True, "false": False, "0": False}
POSTCODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{1,9}")
DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d{1,15})?", re.ASCII)


class Unanswerable(Problem):
    """The request cannot be answered as it stands; `field` names the parameter."""


def whole(text: str, *, least: int, most: int) -> int:
    if re.fullmatch(r"\d{1,9}", text, re.ASCII) and least <= int(text) <= most:
        return int(text)
    raise Problem(
        _("Please give a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
    )


def truth(text: str) -> bool:
    if text.lower() in TRUTHS:
        return TRUTHS[text.lower()]
    raise Problem(_("Please give true or false."))


def identifier(text: str) -> UUID:
    """A UUID in its usual form; the many others that Python reads are none."""
    try:
        found = UUID(text)
    except ValueError:
        found = None
    if found is None or str(found) != text.lower():
        raise Problem(_("Please give an id, a UUID such as 01930000-0000-7000-8000-000000000000."))
    return found


def words(text: str) -> str:
    """What is searched for: at least one visible character."""
    found = clean_line(text, LONGEST)
    if not found:
        raise Problem(_("Please give a word to search for."))
    return found


def choice(text: str, *, choices: tuple[str, ...]) -> str:
    if text in choices:
        return text
    raise Problem(_("Please give one of these: %(choices)s.") % {"choices": ", ".join(choices)})


def postcode(text: str) -> str:
    if POSTCODE.fullmatch(text):
        return text
    raise Problem(_("Please give a postcode of letters and digits, such as 200040."))


def degrees(text: str, *, most: int) -> float:
    if DEGREES.fullmatch(text) and abs(float(text)) <= most:
        return float(text)
    raise Problem(_("Please give degrees from -%(most)d to %(most)d.") % {"most": most})


def unknown_here(text: str) -> None:
    raise Problem(
        _(
            "We do not keep when a record last changed, and would rather say so than miss a change. Ask for the list, with If-None-Match for each page."
        )
    )


@dataclass(frozen=True)
class Parameter:
    """One parameter. `read` turns its text into a value or raises a Problem; `ours`: none of HSDS."""

    name: str
    about: str
    read: Callable[[str], Any]
    schema: Mapping[str, Any] = field(default_factory=dict)
    ours: bool = False

    def described(self) -> dict[str, Any]:
        """For the OpenAPI description."""
        about = f"{self.about} (Not in HSDS: an addition of HSDS-Linli.)" if self.ours else self.about
        return {"name": self.name, "in": "query", "description": about, "schema": dict(self.schema)}


ID = {"type": "string", "format": "uuid"}
TRUTH = {"type": "boolean", "default": False}
EVERY = {
    parameter.name: parameter
    for parameter in [
        Parameter(
            "search",
            "Words that must all be found in names or descriptions.",
            words,
            {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": r"\S", "example": "legal"},
        ),
        Parameter(
            "page",
            "Which page, from 1.",
            partial(whole, least=1, most=LAST_PAGE),
            {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
        ),
        Parameter(
            "per_page",
            f"How many on a page: at most {MOST}, with full=true at most {MOST_WHOLE}. "
            f"Without it {USUAL}, with full=true {USUAL_WHOLE}.",
            partial(whole, least=1, most=MOST),
            {"type": "integer", "minimum": 1, "maximum": MOST},
        ),
        Parameter(
            "format",
            "json, or ndjson: everything that was asked for, one object a line, without pages.",
            partial(choice, choices=("json", "ndjson")),
            {"type": "string", "enum": ["json", "ndjson"], "default": "json"},
        ),
        Parameter("taxonomy_term_id", "Only what has this term of a taxonomy.", identifier, ID),
        Parameter("taxonomy_id", "Only what has any term of this taxonomy.", identifier, ID),
        Parameter("organization_id", "Only what this organization gives or runs.", identifier, ID),
        Parameter(
            "modified_after",
            "Refused with 400: this API does not know when a record last changed. Use If-None-Match.",
            unknown_here,
            {"type": "string", "format": "date-time"},
        ),
        Parameter("minimal", "Only id, name and status of each service.", truth, TRUTH),
        Parameter("full", "Each object with everything that hangs on it.", truth, TRUTH),
        Parameter("full_service", "Organizations with the whole of their services.", truth, TRUTH),
        Parameter("top_only", "Terms without a parent; here that is every term.", truth, TRUTH),
        Parameter("parent_id", "Terms below this one; here there are none.", identifier, ID),
        Parameter(
            "postcode",
            "Places with this postcode in their address; with proximity, places around the middle of those.",
            postcode,
            {"type": "string", "pattern": f"^{POSTCODE.pattern}$", "example": "200040"},
        ),
        Parameter(
            "proximity",
            f"So many metres around the postcode or the point, at most {FARTHEST}.",
            partial(whole, least=1, most=FARTHEST),
            {"type": "integer", "minimum": 1, "maximum": FARTHEST, "example": 1500},
        ),
        Parameter(
            "latitude",
            "With longitude and proximity: a point, in degrees of WGS-84.",
            partial(degrees, most=90),
            {"type": "number", "minimum": -90, "maximum": 90, "example": 31.23},
            ours=True,
        ),
        Parameter(
            "longitude",
            "With latitude and proximity: a point, in degrees of WGS-84.",
            partial(degrees, most=180),
            {"type": "number", "minimum": -180, "maximum": 180, "example": 121.45},
            ours=True,
        ),
        Parameter("service_id", "Only this service.", identifier, ID, ours=True),
        Parameter("location_id", "Only at this place.", identifier, ID, ours=True),
    ]
}
PAGING = ("page", "per_page", "format")


class Asked(dict[str, Any]):
    """What a request asks for, by parameter; absent what it does not say."""

    @property
    def is_whole(self) -> bool:
        return bool(self.get("full") or self.get("full_service"))

    @property
    def page(self) -> int:
        return int(self.get("page", 1))

    @property
    def per_page(self) -> int:
        return int(self.get("per_page", USUAL_WHOLE if self.is_whole else USUAL))

    @property
    def narrows(self) -> bool:
        """Whether it asks for some of the objects only."""
        return not set(self) <= {*PAGING, "full", "full_service", "minimal"}


def read(request: HttpRequest, known: tuple[str, ...]) -> Asked:
    """The parameters of a request, from its address and, for a search by POST, its form.

    Raises Unanswerable for a parameter that is not `known`, said twice, or not to be understood.
    """
    given = [*request.GET.lists(), *request.POST.lists()]
    asked = Asked()
    for name, texts in given:
        if name not in known:
            raise Unanswerable(_("There is no such parameter here."), name)
        if len(texts) > 1 or name in asked:
            raise Unanswerable(_("Please say this once only."), name)
        try:
            asked[name] = EVERY[name].read(texts[0])
        except Problem as problem:
            raise Unanswerable(problem.sentence, name) from None
    check(asked)
    return asked


def check(asked: Asked) -> None:
    """What only makes sense together, or not together."""
    if asked.is_whole and asked.per_page > MOST_WHOLE:
        raise Unanswerable(
            _("With everything that hangs on them, please ask for at most %(most)d on a page.")
            % {"most": MOST_WHOLE},
            "per_page",
        )
    if asked.get("format") == "ndjson" and (paged := {"page", "per_page"} & set(asked)):
        raise Unanswerable(_("ndjson comes without pages."), min(paged))
    if asked.get("minimal") and asked.get("full"):
        raise Unanswerable(_("Please ask for minimal or for full, not for both."), "minimal")
    check_point(asked)


def check_point(asked: Asked) -> None:
    """A distance needs a point, and a point a distance; there is only one point."""
    point = {"latitude", "longitude"} & set(asked)
    if len(point) == 1:
        raise Unanswerable(_("Latitude and longitude belong together."), min(point))
    if point and "postcode" in asked:
        raise Unanswerable(_("Please give a postcode or a point, not both."), "postcode")
    if point and "proximity" not in asked:
        raise Unanswerable(_("Please say how many metres around the point."), "proximity")
    if "proximity" in asked and not point and "postcode" not in asked:
        raise Unanswerable(_("Please say around what: a postcode, or latitude and longitude."), "proximity")
