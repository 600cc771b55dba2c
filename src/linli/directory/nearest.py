"""The stations nearest to a point: a box that grows until what lies within its circle is enough.

Everything is measured in WGS-84, whatever datum a station was entered in. The box is exact on the sphere: it holds every
point within its metres, also across the antimeridian and around the poles.
"""

from collections.abc import Callable, Iterable
from math import asin, cos, degrees, radians, sin, sqrt
from typing import Any, NamedTuple

from django.db.models import Q

from linli.directory.models import StationQuerySet
from linli.kit.coordinates import EARTH_RADIUS_M, Point, distance_m, on_earth

# The first circle, in metres, and how many are drawn before the whole earth is asked: four questions at most.
FIRST, CIRCLES = 1500.0, 3
# A circle in which nothing lies is grown as if a quarter of a station did.
NOTHING = 0.25
# Boxes are drawn larger by a hair (a tenth of a millimetre), so that rounding leaves nobody outside.
HAIR = 1e-9
Row = tuple[Any, float, float]
Ask = Callable[["Box"], Iterable[Row]]


class Box(NamedTuple):
    """Degrees; `west` greater than `east`: it lies across the antimeridian."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, point: Point) -> bool:
        latitude, longitude = point
        if not self.south <= latitude <= self.north:
            return False
        if self.west > self.east:
            return longitude >= self.west or longitude <= self.east
        return self.west <= longitude <= self.east

    def condition(self) -> Q:
        """The same as a condition on the columns of a `Placed` row."""
        between = Q(wgs_latitude__gte=self.south, wgs_latitude__lte=self.north)
        if self.west > self.east:
            return between & (Q(wgs_longitude__gte=self.west) | Q(wgs_longitude__lte=self.east))
        return between & Q(wgs_longitude__gte=self.west, wgs_longitude__lte=self.east)


EARTH = Box(-90, 90, -180, 180)


def box_around(point: Point, metres: float) -> Box:
    """The smallest box that holds every point within so many metres, the whole parallels where a pole is among them."""
    latitude, longitude = point
    angle = metres / EARTH_RADIUS_M
    south, north = latitude - degrees(angle) - HAIR, latitude + degrees(angle) + HAIR
    if south <= -90 or north >= 90:
        return Box(max(south, -90), min(north, 90), -180, 180)
    # Where a meridian touches the circle: further from the point's own than the circle's edge on its parallel.
    aside = degrees(asin(min(1.0, sin(angle) / cos(radians(latitude))))) + HAIR
    if aside >= 180:
        return Box(south, north, -180, 180)
    (_south, west), (_north, east) = on_earth(south, longitude - aside), on_earth(north, longitude + aside)
    return Box(south, north, west, east)


def nearest(point: Point, stations: StationQuerySet, limit: int) -> list[tuple[Any, float]]:
    """(id, metres) of the stations nearest to a WGS-84 point, nearest first; fewer where there are no more.

    Stations without a point are nowhere. Two queries as a rule where stations are dense, four at most.
    """
    rows = stations.order_by().values_list("pk", "wgs_latitude", "wgs_longitude")
    return search(point, limit, lambda box: rows.filter(box.condition()))


def search(point: Point, limit: int, ask: Ask) -> list[tuple[Any, float]]:
    """The search itself: `ask` answers the rows that lie within a box."""
    point, metres = on_earth(*point), FIRST
    for _circle in range(CIRCLES):
        inside = [row for row in measured(point, box_around(point, metres), ask) if row[1] <= metres]
        if len(inside) >= limit:
            return inside[:limit]
        metres *= max(1.4, 1.3 * sqrt(limit / max(len(inside), NOTHING)))
    return measured(point, EARTH, ask)[:limit]


def measured(point: Point, box: Box, ask: Ask) -> list[tuple[Any, float]]:
    found = [(key, distance_m(point, (north, east))) for key, north, east in ask(box)]
    return sorted(found, key=lambda row: row[1])
