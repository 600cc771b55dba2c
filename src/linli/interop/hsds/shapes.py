"""What each object of the API looks like: the one table that its description and its tests are made from.

A line is a field, its type and what it means. `*` after the type: always there; `+`: not in HSDS, an addition of the
profile HSDS-Linli. `[phone]` is a list of phones, `@organization` one organization.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

TABLES = {
    "api": """
        version                text*           Version of HSDS.
        profile                uri*            Where this profile is explained.
        openapi_url            uri*            Where this description is.
    """,
    "organization": """
        id                     uuid*           The organization.
        name                   text*           Its name.
        alternate_name         text            Its name in another language.
        description            text*           What it does; empty where nobody wrote it.
        email                  email           Its public address.
        website                uri             Its website.
        phones                 [phone]         Its public numbers.
        organization_identifiers [organization_identifier] Numbers under which public registers know it.
        locations              [location]      The places it runs.
        locations_url          text+           Instead of `locations`, where there are too many: their own list.
        services               [service]       What it offers: id, name and status, or the whole with `full_service`.
        services_url           text+           Instead of `services`, where there are too many: their own list.
        attributes             [attribute]     What kind of organization it is.
    """,
    "organization_identifier": """
        id                     uuid*           This entry.
        identifier_type        text*           Which register.
        identifier             text*           The number there.
    """,
    "service": """
        id                     uuid*           The service.
        organization_id        uuid            Who gives it.
        name                   text*           Its name.
        alternate_name         text            Its name in another language.
        description            text            What it is.
        url                    uri             Its page elsewhere.
        email                  email           Whom to write to.
        status                 status*         Whether it is given at present.
        application_process    text            How one gets it.
        fees_description       text            What it costs.
        eligibility_description text           For whom it is.
        assured_date           day             The oldest day on which one of its places was found right.
        alert                  text            Temporary notices of the places where it is given.
        organization           @organization   Who gives it.
        phones                 [phone]         Numbers to ask.
        service_at_locations   [service_at_location] Where it is given.
        service_at_locations_url text+         Instead of `service_at_locations`, where there are too many: their own list.
        attributes             [attribute]     What kind of service it is, and for whom.
    """,
    "location": """
        id                     uuid*           The place.
        location_type          place_type*     Always a place one can go to.
        organization_id        uuid            Who runs it.
        name                   text*           Its name.
        alternate_name         text            Its name in another language.
        description            text            What happens there.
        transportation         text            How to get to the door.
        latitude               number          Degrees in WGS-84, whatever map it was read from.
        longitude              number          Degrees in WGS-84.
        external_identifier    text*           The code on its poster and in its address here.
        external_identifier_type text*         Says that it is such a code.
        addresses              [address]       Where it is.
        phones                 [phone]         Its public numbers.
        accessibility          [accessibility] The entrances whose steps somebody has counted.
        schedules              [schedule]      When its door is open.
        attributes             [attribute]     What kind of place it is, and what one can use there.
    """,
    "service_at_location": """
        id                     uuid*           This service at this place.
        service_id             uuid*           The service.
        location_id            uuid*           The place.
        service                @service        The service.
        location               @location       The place.
        schedules              [schedule]      Hours of this service here, where it has hours of its own.
    """,
    "address": """
        id                     uuid*           This address.
        address_1              text*           The whole address in one line, as it is written there.
        city                   text*           Empty: it stands in `address_1`.
        state_province         text*           Empty: it stands in `address_1`.
        postal_code            text*           Empty: it stands in `address_1`, if anywhere.
        country                text*           Empty: addresses here do not say it.
        address_type           address_type*   Always one that can be visited.
    """,
    "phone": """
        id                     uuid*           This number.
        number                 text*           As it is dialled.
        extension              number          Extension, where it is a number.
        type                   text            voice, fax, text, …
        description            text            What it is for.
    """,
    "accessibility": """
        id                     uuid*           This entrance.
        description            text*           Its name, and how many steps it has.
        details                text            How to find it.
    """,
    "schedule": """
        id                     uuid*           These hours.
        valid_from             day             First day they hold.
        valid_to               day             Last day they hold.
        timezone               number          Hours ahead of UTC, at present.
        time_zone              text+           The zone by name: `opens_at` and `closes_at` are its clock's.
        wkst                   wkst            Weeks begin on Monday.
        freq                   freq            Every week, or on the nth such days of every month.
        byday                  text            MO,TU or, every month, 2SA,-1FR.
        opens_at               text            A time of day with its offset from UTC.
        closes_at              text            At or before `opens_at`: on the next day. 00:00 to 23:59 is the whole day.
        description            text            Remarks; alone: hours in words, where they could not be read.
        notes                  text            That they hold instead of others, and why.
    """,
    "attribute": """
        id                     uuid*           This attribute of this object.
        link_id                uuid*           The object.
        link_entity            text*           Which kind of object.
        taxonomy_term_id       uuid*           What it is.
        value                  text            Where it is, or what one has to know.
        taxonomy_term          @taxonomy_term  What it is.
    """,
    "taxonomy": """
        id                     uuid*           The taxonomy.
        name                   text*           Its name.
        description            text*           What it classifies.
    """,
    "taxonomy_term": """
        id                     uuid*           The term.
        code                   text*           Its key, the same in every language.
        name                   text*           What it is called.
        description            text*           What it says of an object.
        taxonomy               text*           Name of its taxonomy.
        taxonomy_id            uuid*           Its taxonomy.
        language               text*           Language of its name.
    """,
    "problem": """
        type                   text*           Where it is explained.
        title                  text*           What kind of problem.
        status                 whole*          The status of the answer.
        detail                 text*           What is wrong, in a sentence.
        parameter              text            The parameter it is about.
    """,
}
HEADER = """
        total_items            whole*          How many there are on all pages.
        total_pages            whole*          How many pages.
        page_number            whole*          Which page this is.
        size                   whole*          How many there are on this page.
        first_page             truth*          Whether it is the first.
        last_page              truth*          Whether it is the last.
        empty                  truth*          Whether there is nothing on it.
"""
TEXT = {"type": "string"}
TYPES: dict[str, dict[str, Any]] = {
    "text": TEXT,
    "uuid": TEXT | {"format": "uuid"},
    "uri": TEXT | {"format": "uri"},
    "email": TEXT | {"format": "email"},
    "day": TEXT | {"format": "date"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "truth": {"type": "boolean"},
    "status": TEXT | {"enum": ["active", "inactive"]},
    "place_type": TEXT | {"enum": ["physical"]},
    "address_type": TEXT | {"enum": ["physical"]},
    "freq": TEXT | {"enum": ["WEEKLY", "MONTHLY"]},
    "wkst": TEXT | {"enum": ["MO"]},
}
LINE = re.compile(r"\s*(?P<name>\w+)\s+(?P<type>[\w@\[\]]+)(?P<mark>[*+]?)\s+(?P<about>.+?)\s*")


@dataclass(frozen=True)
class Field:
    """One field: `required` is always there, `ours` is none of HSDS."""

    name: str
    type: str
    required: bool
    ours: bool
    about: str

    @property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of its value."""
        if self.type.startswith("["):
            return {"type": "array", "items": reference(self.type.strip("[]")), "description": self.about}
        if self.type.startswith("@"):
            return reference(self.type[1:]) | {"description": self.about}
        return TYPES[self.type] | {"description": self.about}


def reference(shape: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape}"}


def read(table: str) -> tuple[Field, ...]:
    lines = (LINE.fullmatch(line) for line in table.strip().splitlines())
    return tuple(
        Field(line["name"], line["type"], line["mark"] == "*", line["mark"] == "+", line["about"])
        for line in lines
        if line
    )


@cache
def fields(shape: str) -> tuple[Field, ...]:
    """The fields of an object."""
    return read(TABLES[shape])


def schema(found: tuple[Field, ...]) -> dict[str, Any]:
    """JSON Schema of an object with these fields and no others."""
    return {
        "type": "object",
        "properties": {field.name: field.schema for field in found},
        "required": [field.name for field in found if field.required],
        "additionalProperties": False,
    }


def page_schema(shape: str) -> dict[str, Any]:
    """JSON Schema of one page of a list."""
    page = schema(read(HEADER))
    page["properties"]["contents"] = {"type": "array", "items": reference(shape)}
    page["required"].append("contents")
    return page


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of every object, by name."""
    return {shape: schema(fields(shape)) for shape in TABLES}
