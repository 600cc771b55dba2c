"""Where somebody stands who asks what is near: a position rounded by their phone, or the name of something near them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Avg, QuerySet
from django.urls import reverse

from linli.areas import tree
from linli.areas.models import Unit, UnitVersion
from linli.directory.models import Landmark, Station
from linli.directory.nearby import START_NOUNS, Start, start_of
from linli.kit.coordinates import Point
from linli.kit.pinyin import is_meant, query_tokens
from linli.kit.refs import resolve_all
from linli.kit.texts import half_width
from linli.site.searching import matching

# Areas by whose names people say where they are; grids and blocks are words of offices.
AREAS = ("city", "district", "subdistrict", "town")
# Decimals of a degree that a position may have, about a kilometre. What is finer stays in the phone.
DECIMALS = 2
CHOICES = 24
POSITION = re.compile(r"([+-]?\d{1,2}(?:\.\d+)?),([+-]?\d{1,3}(?:\.\d+)?)", re.ASCII)


def read_position(text: str) -> Point | None:
    """ "31.23,121.45" as a point, never finer than 0.01°; None for anything else."""
    found = POSITION.fullmatch(text.strip())
    latitude, longitude = (round(float(part), DECIMALS) for part in found.groups()) if found else (91, 0)
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def written(point: Point) -> str:
    """A position as it stands in addresses."""
    return f"{point[0]:.{DECIMALS}f},{point[1]:.{DECIMALS}f}"


def nearby_url(start: dict[str, str], wishes: list[str]) -> str:
    """The address of an answer: where from, and what is wished for."""
    query = "&".join([urlencode(start, safe=","), *(f"{wish}=on" for wish in wishes)]).lstrip("&")
    return root_url() + (f"?{query}" if query else "")


@cache
def root_url() -> str:
    """The page that asks where one is."""
    return reverse("site:nearby")


def find_start(code: str) -> Start | None:
    """The station (a poster's code), the landmark or the area of that code, with its point; up to three queries."""
    start = start_of(code)
    if start is not None:
        return start
    area = UnitVersion.objects.valid().filter(unit__code=code).select_related("unit").first()
    return area_start(area, middle(area.unit_id)) if area is not None else None


def area_start(area: UnitVersion, point: Point | None = None) -> Start:
    return Start(area.unit.kind, area.unit.code, area.name, area.language, area.translations, point)


def thing_start(thing: Station | Landmark) -> Start:
    kind = "station" if isinstance(thing, Station) else START_NOUNS[thing.kind]
    return Start(kind, thing.code, thing.name, thing.language, thing.translations, thing.point)


def middle(unit_id: Any) -> Point | None:
    """The middle of the stations below a unit."""
    below = Station.objects.visible_to(None).filter(unit__in=tree.descendants(unit_id))
    point = below.aggregate(latitude=Avg("wgs_latitude"), longitude=Avg("wgs_longitude"))
    return None if point["latitude"] is None else (point["latitude"], point["longitude"])


def areas_inside(start: Start) -> list[Start]:
    """The parts of an area that one may choose from; none of anything else."""
    unit = Unit.objects.filter(code=start.code).first() if start.kind in AREAS else None
    return areas_in(unit.pk) if unit else []


def areas_in(unit_id: Any) -> list[Start]:
    """The areas right below a unit, or, where there is but one, those below that; none below the last."""
    found: list[UnitVersion] = []
    while len(found) < 2:
        below = list(tree.children(unit_id).filter(unit__kind__in=AREAS)[: 10 * CHOICES])
        if not below:
            break
        found, unit_id = below, below[0].unit_id
    return [area_start(each) for each in found]


def first_areas() -> list[Start]:
    root = tree.root()
    return areas_in(root.pk) if root else []


def landmarks() -> list[Start]:
    """The first of them by their reading, for those who rather choose than type."""
    return [thing_start(each) for each in Landmark.objects.order_by("kind", "reading", "code")[:CHOICES]]


def meant(query: str, person: Any) -> list[Start]:
    """What somebody may mean who types 汉字, pinyin, initials or a code: landmarks first, then areas, then stations."""
    code = half_width(query).strip().upper()
    exact = find_start(code) if code else None
    if exact is not None:
        return [exact]
    wanted = query_tokens(query)
    found = [
        *named_alike(wanted, Landmark, person),
        *areas_named(query),
        *named_alike(wanted, Station, person),
    ]
    return found[:CHOICES]


def named_alike(wanted: list[str], model: type[Landmark] | type[Station], person: Any) -> Iterator[Start]:
    """What the search index finds of one kind, the shortest entries first."""
    if not wanted:
        return
    own = matching(wanted).filter(ref__startswith=f"{model._meta.label_lower}/").order_by("id")
    refs = list(own.values_list("ref", flat=True)[:CHOICES])
    things = resolve_all(refs, person)
    yield from (thing_start(things[each]) for each in refs if each in things)


def areas_named(query: str) -> Iterator[Start]:
    areas: QuerySet[UnitVersion] = UnitVersion.objects.valid().filter(unit__kind__in=AREAS)
    for area in areas.select_related("unit").order_by("reading"):
        names = [area.name, *(words.get("name", "") for words in area.translations.values())]
        if is_meant(query, names, area.reading):
            yield area_start(area)
