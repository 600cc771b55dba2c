from types import SimpleNamespace

import pytest
from django.utils import translation

from tests.areas.growing import grow


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def hamlet(db):
    """city → north, south; north → mill, quay; mill → stairs."""
    city = grow("CITY", kind="city")
    north, south = grow("NORTH", city), grow("SOUTH", city)
    mill, quay = grow("MILL", north), grow("QUAY", north)
    return SimpleNamespace(
        city=city, north=north, south=south, mill=mill, quay=quay, stairs=grow("STAIRS", mill)
    )
