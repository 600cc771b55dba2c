"""The three datums met in China, converted explicitly: WGS-84 (satellites), GCJ-02 (Chinese maps), BD-09 (Baidu).

The polynomial of GCJ-02 is public knowledge since 2013; the inverse is found by iteration, to under a millimetre.
"""

from math import asin, atan2, cos, pi, radians, sin, sqrt

Point = tuple[float, float]  # latitude, longitude in degrees
AXIS, ECCENTRICITY = 6_378_245.0, 0.006_693_421_622_965_943
EARTH_RADIUS_M = 6_371_008.8
BAIDU_ANGLE = pi * 3000 / 180


def outside_china(latitude: float, longitude: float) -> bool:
    """The shift is defined only inside this box."""
    return not (0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347)


def shift(latitude: float, longitude: float) -> Point:
    x, y = longitude - 105, latitude - 35
    ripple = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3 + (
        160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)
    ) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3 + (
        150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)
    ) * 2 / 3
    angle = radians(latitude)
    curve = 1 - ECCENTRICITY * sin(angle) ** 2
    return (
        north * 180 / (AXIS * (1 - ECCENTRICITY) / (curve * sqrt(curve)) * pi),
        east * 180 / (AXIS / sqrt(curve) * cos(angle) * pi),
    )


def wgs84_to_gcj02(latitude: float, longitude: float) -> Point:
    if outside_china(latitude, longitude):
        return latitude, longitude
    north, east = shift(latitude, longitude)
    return latitude + north, longitude + east


def gcj02_to_wgs84(latitude: float, longitude: float) -> Point:
    if outside_china(latitude, longitude):
        return latitude, longitude
    guess = latitude, longitude
    for _round in range(10):
        seen = wgs84_to_gcj02(*guess)
        guess = guess[0] + latitude - seen[0], guess[1] + longitude - seen[1]
    return guess


def gcj02_to_bd09(latitude: float, longitude: float) -> Point:
    distance = sqrt(longitude**2 + latitude**2) + 0.00002 * sin(latitude * BAIDU_ANGLE)
    angle = atan2(latitude, longitude) + 0.000003 * cos(longitude * BAIDU_ANGLE)
    return distance * sin(angle) + 0.006, distance * cos(angle) + 0.0065


def bd09_to_gcj02(latitude: float, longitude: float) -> Point:
    guess = latitude - 0.006, longitude - 0.0065
    for _round in range(10):
        seen = gcj02_to_bd09(*guess)
        guess = guess[0] + latitude - seen[0], guess[1] + longitude - seen[1]
    return guess


def on_earth(latitude: float, longitude: float) -> Point:
    """The same point between 90 south and north, 180 west and east, where a conversion led over the edge."""
    if not -180 <= longitude <= 180:
        longitude = (longitude + 180) % 360 - 180
    return min(90.0, max(-90.0, latitude)), longitude


def to_wgs84(latitude: float, longitude: float, datum: str) -> Point:
    """A point of any datum ("wgs84", "gcj02", "bd09") in WGS-84."""
    if datum == "bd09":
        latitude, longitude = on_earth(*bd09_to_gcj02(latitude, longitude))
    return (latitude, longitude) if datum == "wgs84" else gcj02_to_wgs84(latitude, longitude)


def distance_m(a: Point, b: Point) -> float:
    """Metres along the great circle between two points of the same datum."""
    (lat_a, lon_a), (lat_b, lon_b) = (map(radians, a), map(radians, b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, half)))
