"""The map's page: the list's own filters, nothing from elsewhere, and a background only as the operator allowed it."""

import pytest
from django.core.checks import run_checks

from linli.site.tiles import check_tiles, tiles
from tests.trust.test_s21_headers import POLICY

URL, APPROVAL = "https://tiles.example.org/{z}/{x}/{y}.png", "GS(2026)0001"


@pytest.fixture
def allowed(settings):
    settings.TILE_URL, settings.TILE_APPROVAL, settings.TILE_CREDIT = URL, APPROVAL, "Example Maps"
    return settings


def policy(answer) -> set[str]:
    return {part.strip() for part in answer["Content-Security-Policy"].split(";")}


def test_the_map_shows_what_the_list_shows_and_back(town, browse):
    asked = "?water=on&open=on&kind=building&area=310106012&page=3&nonsense=1"
    kept = "open=on&amp;water=on&amp;kind=building&amp;area=310106012"
    listed = browse().get(f"/stations/{asked}").content.decode()
    assert f'href="/stations/map/?{kept}"' in listed
    shown = browse().get(f"/stations/map/{asked}").content.decode()
    assert f'href="/stations/?{kept}"' in shown
    assert f'data-stations="/stations.geojson?lang=en&amp;{kept}"' in shown


def test_without_scripts_the_page_says_where_the_same_is(town, browse):
    shown = browse().get("/stations/map/").content.decode()
    assert "The map needs scripts, and none run here. The list holds the same stations." in shown
    assert 'href="/stations/"' in shown


@pytest.mark.parametrize("path", ["/", "/stations/", "/stations/JA-0101/"])
def test_leaflet_is_loaded_by_the_map_alone(town, browse, path):
    assert "leaflet" not in browse().get(path).content.decode()
    assert "js_lib_leaflet/leaflet.js" in browse().get("/stations/map/").content.decode()


def test_no_background_unless_one_is_named(town, browse):
    answer = browse().get("/stations/map/")
    assert (tiles(), check_tiles(), policy(answer)) == (None, [], POLICY)
    assert "background map" not in answer.content.decode()


def test_a_background_is_offered_by_name_and_allowed_on_this_page_alone(town, browse, allowed):
    answer = browse().get("/stations/map/")
    assert policy(answer) ^ POLICY == {
        "img-src 'self' data:",
        "img-src 'self' data: https://tiles.example.org",
    }
    said = answer.content.decode()
    assert "Load the background map from tiles.example.org" in said
    assert f"Example Maps · {APPROVAL}" in said
    assert {frozenset(policy(browse().get(path))) for path in ("/", "/stations/", "/nowhere/")} == {
        frozenset(POLICY)
    }


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("TILE_APPROVAL", "", "LINLI_TILE_APPROVAL is empty: without its number no background is shown."),
        ("TILE_URL", URL.replace("https", "http"), "LINLI_TILE_URL has to begin with https://."),
        ("TILE_URL", "https:///{z}/{x}/{y}", "LINLI_TILE_URL has to begin with https://."),
        (
            "TILE_URL",
            URL.replace("tiles", "{s}.tiles"),
            "LINLI_TILE_URL has to name one host, without a gap in it.",
        ),
        ("TILE_URL", "https://tiles.example.org/", "LINLI_TILE_URL has to hold {z}, {x} and {y}."),
        ("TILE_DATUM", "bd09", "LINLI_TILE_DATUM has to be wgs84 or gcj02."),
    ],
)
def test_what_is_not_right_about_it_is_said_to_the_operator_and_nothing_is_shown(
    town, browse, allowed, name, value, fault
):
    setattr(allowed, name, value)
    assert [advice.msg for advice in run_checks() if advice.id == "linli.W001"] == [fault]
    answer = browse().get("/stations/map/")
    assert policy(answer) == POLICY
    assert "background map" not in answer.content.decode()


@pytest.mark.parametrize("datum", ["wgs84", "gcj02"])
def test_the_points_are_moved_only_for_a_background_that_needs_it(town, browse, allowed, datum):
    allowed.TILE_DATUM = datum
    moved = "site/gcj02.js" in browse().get("/stations/map/").content.decode()
    assert moved == (datum == "gcj02")
