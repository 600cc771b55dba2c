"""Invented objects for the description of the API; a test holds them against it."""

from typing import Any

from linli.interop.hsds import VERSION
from linli.interop.hsds.terms import FACILITIES, Term, taxonomy_id, term_id

HERE = "https://linli.example/hsds/"
SERVICE, ORGANIZATION, PLACE = (f"01930000-0000-7000-8000-00000000000{number}" for number in (1, 2, 3))
ROOT = {"version": VERSION, "profile": f"{HERE}profile", "openapi_url": f"{HERE}openapi.json"}
TAXONOMY = {
    "id": taxonomy_id(FACILITIES),
    "name": "Facilities",
    "description": "What one can use at a place without asking.",
}
TERM = {
    "id": term_id(Term(FACILITIES, "water")),
    "code": "water",
    "name": "Drinking water",
    "description": "Facilities: Drinking water",
    "taxonomy": "Facilities",
    "taxonomy_id": TAXONOMY["id"],
    "language": "en",
}
BRIEF_ORGANIZATION = {
    "id": ORGANIZATION,
    "name": "Cloud Tower Property",
    "description": "Looks after the tower.",
    "website": "https://tower.example/",
}
BRIEF_SERVICE = {
    "id": SERVICE,
    "organization_id": ORGANIZATION,
    "name": "Legal advice",
    "alternate_name": "法律咨询",
    "description": "A lawyer listens for half an hour.",
    "status": "active",
    "application_process": "Come by, or ring first.",
    "fees_description": "Free",
    "eligibility_description": "For persons.",
    "organization": BRIEF_ORGANIZATION,
}
SCHEDULE = {
    "id": "01930000-0000-7000-8000-000000000004",
    "timezone": 8,
    "time_zone": "Asia/Shanghai",
    "wkst": "MO",
    "freq": "MONTHLY",
    "byday": "2SA,-1FR",
    "opens_at": "14:00+08:00",
    "closes_at": "16:00+08:00",
}
PHONE = {"id": "01930000-0000-7000-8000-000000000005", "number": "021-5550-0101", "type": "voice"}
BRIEF_PLACE = {
    "id": PLACE,
    "location_type": "physical",
    "organization_id": ORGANIZATION,
    "name": "Cloud Tower Station",
    "transportation": "East door, sixth floor",
    "latitude": 31.2304,
    "longitude": 121.4737,
    "external_identifier": "JA-0101",
    "external_identifier_type": "Code of the station",
}
LOCATION = BRIEF_PLACE | {
    "addresses": [
        {
            "id": "01930000-0000-7000-8000-000000000006",
            "address_1": "1 Example Road",
            "city": "",
            "state_province": "",
            "postal_code": "",
            "country": "",
            "address_type": "physical",
        }
    ],
    "phones": [PHONE],
    "accessibility": [{"id": "01930000-0000-7000-8000-000000000007", "description": "East door: no step"}],
    "schedules": [SCHEDULE | {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00+08:00"}],
    "attributes": [
        {
            "id": "01930000-0000-7000-8000-000000000008",
            "link_id": PLACE,
            "link_entity": "location",
            "taxonomy_term_id": TERM["id"],
            "value": "Bring a cup",
            "taxonomy_term": TERM,
        }
    ],
}
OFFER = {
    "id": "01930000-0000-7000-8000-000000000009",
    "service_id": SERVICE,
    "location_id": PLACE,
    "location": LOCATION,
    "schedules": [SCHEDULE],
}
SAMPLES: dict[str, dict[str, Any]] = {
    "service": BRIEF_SERVICE
    | {"assured_date": "2026-03-01", "phones": [PHONE], "service_at_locations": [OFFER]},
    "organization": BRIEF_ORGANIZATION
    | {
        "locations": [LOCATION],
        "services": [{name: BRIEF_SERVICE[name] for name in ("id", "name", "status")}],
    },
    "location": LOCATION,
    "service_at_location": OFFER | {"service": BRIEF_SERVICE},
    "taxonomy": TAXONOMY,
    "taxonomy_term": TERM,
}
BRIEFS = SAMPLES | {
    "service": BRIEF_SERVICE,
    "organization": BRIEF_ORGANIZATION,
    "location": BRIEF_PLACE,
    "service_at_location": {name: OFFER[name] for name in ("id", "service_id", "location_id")}
    | {"service": BRIEF_SERVICE, "location": BRIEF_PLACE},
}


def page(shape: str) -> dict[str, Any]:
    """The last page of a list, with one object on it."""
    return {
        "total_items": 51,
        "total_pages": 2,
        "page_number": 2,
        "size": 1,
        "first_page": False,
        "last_page": True,
        "empty": False,
        "contents": [BRIEFS[shape]],
    }


def refused(status: int, title: str, detail: str, **more: str) -> dict[str, Any]:
    return {"type": "/hsds/profile#problems", "title": title, "status": status, "detail": detail} | more


PROBLEMS = {
    400: refused(
        400,
        "Not a question we can answer",
        "Please give a whole number from 1 to 500.",
        parameter="per_page",
    ),
    404: refused(404, "Not here", "There is nothing with this id, or it has closed for good."),
    405: refused(405, "Not that way", "This address answers to GET, HEAD, OPTIONS."),
    415: refused(415, "Not that way", "A search by POST says what it wants in a form or in the address."),
}
