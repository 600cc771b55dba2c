"""S06: what hangs on a station is there as long as the station is: with it its page, poster, photo, entry on the map, hits,
rows and follows are gone, for everybody, in the same moment, and all in the same way."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from linli.areas.actions import close_unit
from linli.directory.indexing import index_stations
from linli.directory.models import Announcement, Difficulty, Entrance, Facility, Room, Station
from linli.directory.models.base import placed
from linli.kit.refs import ref
from linli.notices.models import Follow
from tests.factories import make_entrance
from tests.trust.routes import routes
from tests.trust.world import World

NAME = "CanaryTower"
# These speak of the tree, which keeps its past: that a unit was there, what it was called, is a fact.
HISTORY = {"areas:unit", "areas:whole"}
# A GET of a tap leads to the station, and from there to nothing.
TAPS = {"directory:report_door"}
# Collections, asked with what would find it.
COLLECTIONS = [
    "/", "/stations/", "/stations/?page=1", "/search/?q=canarytower", "/stations.geojson", "/areas.geojson",
    "/stations/map/", "/stations.geojson?area=310106012", "/transparency/", "/nearby/?from=JA-0102", "/hsds/locations",
    "/hsds/services", "/hsds/service_at_locations",
]  # fmt: skip


@pytest.fixture
def world(db):
    world = World()
    tower = world.units.tower
    Station.objects.filter(pk=tower.pk).update(name=NAME, translations={}, **placed(31.2291, 121.4561))
    tower.refresh_from_db()
    index_stations([tower])
    words = {"station": tower, "language": "en"}
    Facility.objects.create(kind="water", **words)
    Room.objects.create(name="Room", **words)
    Difficulty.objects.create(what="Hard", since="2026-01-01", **words)
    now = timezone.now()
    Announcement.objects.create(
        text="Soon", reason="x", starts_at=now, ends_at=now + timedelta(days=1), **words
    )
    make_entrance(world.units.beside, "西门")
    return world


def close(world) -> None:
    """The tower and the floor below it end today."""
    today = timezone.localdate()
    close_unit(by=None, unit=world.units.floor, on=today)
    close_unit(by=None, unit=world.units.tower.unit, on=today)


def public(world) -> dict[str, str]:
    """Every public address that names the tower or something of it."""
    found = {name: address.path for name, address in routes(world).items() if address.policy == "public"}
    own = ("JA-0101", world.things.entrance.photo.name)
    return {name: path for name, path in found.items() if any(part in path for part in own)}


def test_s06_its_own_addresses_are_gone_for_everybody(world, record_property):
    pages = {name: path for name, path in public(world).items() if name not in HISTORY | TAPS}
    assert {"site:station", "site:poster", "directory:photo", "directory:wrong"} <= set(pages)
    before = {name: world.client("visitor").get(path).status_code for name, path in pages.items()}
    assert set(before.values()) == {200}
    close(world)
    for who in ("visitor", "self", "worker", "manager", "parent", "operator"):
        after = {name: world.client(who).get(path).status_code for name, path in pages.items()}
        assert after == dict.fromkeys(pages, 404), who
    record_property("figure", f"{len(pages)} addresses of a closed station asked by 6, still there 0")


def test_s06_it_is_gone_in_the_moment_it_closes_however_often_it_was_looked_at(world):
    """Whatever is kept for a minute must not outlive the station."""
    today = timezone.localdate()
    # First what is below: its end is a fact of the tower's, the tower's own end is one of the area's.
    close_unit(by=None, unit=world.units.floor, on=today)
    for _look in range(3):
        assert world.client("visitor").get("/stations/JA-0101/").status_code == 200
    close_unit(by=None, unit=world.units.tower.unit, on=today)
    assert world.client("visitor").get("/stations/JA-0101/").status_code == 404


def test_s06_gone_and_never_there_look_the_same(world):
    close(world)
    client = world.client("visitor")
    for path in ("/stations/{}/", "/stations/{}/poster/"):
        gone, never = (client.get(path.format(code)) for code in ("JA-0101", "NOWHERE"))
        assert (gone.status_code, bare(gone, "JA-0101")) == (never.status_code, bare(never, "NOWHERE"))


def bare(answer, code: str) -> str:
    """The page without its own address and the token drawn for it."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(code, "")


def test_s06_no_collection_shows_it(world, record_property):
    there = [path for path in COLLECTIONS if world.client("visitor").get(path).status_code == 200]
    assert {"/stations/", "/search/?q=canarytower", "/stations.geojson"} <= set(there)
    found_before = {path for path in there if NAME in world.client("visitor").get(path).content.decode()}
    assert {"/stations/", "/search/?q=canarytower", "/stations.geojson"} <= found_before
    close(world)
    found_after = {path for path in there if NAME in world.client("visitor").get(path).content.decode()}
    assert found_after == set()
    record_property("figure", f"{len(there)} collections asked, shown in 0")


def test_s06_it_is_no_longer_counted_in_an_area(world):
    Station.objects.filter(pk=world.units.beside.pk).update(**placed(31.23, 121.46))

    def counted() -> dict[str, int]:
        found = json.loads(world.client("visitor").get("/areas.geojson").content)
        return {feature["id"]: feature["properties"]["stations"] for feature in found["features"]}

    assert counted() == {"310106": 2, "310106012": 2, "HOOD": 2}
    close(world)
    assert counted() == {}


def test_s06_nobody_follows_it_anew(world):
    def follow() -> tuple[int, bool]:
        subject = ref(world.units.tower)
        answer = world.client("outsider").post("/follow/", {"subject": subject, "next": "/"})
        return answer.status_code, Follow.objects.filter(
            person=world.people["outsider"], subject=subject
        ).exists()

    assert follow() == (302, True)
    Follow.objects.all().delete()
    close(world)
    assert follow() == (404, False)


@pytest.mark.parametrize("model", [Entrance, Facility, Room, Difficulty, Announcement])
def test_s06_rows_behind_the_door_are_seen_by_nobody(world, model):
    seen = model.objects.visible_to(None).filter(station=world.units.tower)
    assert seen.count() >= 1
    close(world)
    assert seen.count() == 0
