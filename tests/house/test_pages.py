"""Every address has a policy, and reading a page changes nothing."""

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import make_entrance, make_programme, make_session, make_sign_up, make_work_done

pytestmark = pytest.mark.any_database

POLICIES = {"public", "member", "staff", "operator"}


def views(patterns=None, prefix=""):
    """(name, view) of every address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from views(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern.callback


def test_every_address_has_a_name_and_a_policy():
    without = {
        name
        for name, view in views()
        if getattr(view, "policy", None) not in POLICIES or name.endswith("None")
    }
    assert without == set()


def rows():
    """A fingerprint of every table but sessions and looks, the two that reading may write."""
    exempt = {"people.SignedIn", "people.Look", "sessions.Session"}
    models = [model for model in apps.get_models() if model._meta.label not in exempt]
    return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in models}


PAGES = [
    "/", "/stations/", "/stations/?open=on", "/stations/JA-0101/", "/search/?q=jing", "/organisations/ORG-1/",
    "/buildings/BLD-1/", "/corridors/", "/corridors/COR-1/", "/overview/", "/overview/figures/", "/desk/", "/desk/at/JA-0101/",
    "/nearby/", "/nearby/?from=JA-0101", "/nearby/?at=31.2,121.4",
    "/nearby/?q=yunta", "/stations/JA-0101/report/", "/stations/JA-0101/report/end/",
    "/me/", "/me/inbox/", "/me/follows/", "/me/sessions/", "/me/contacts/", "/me/consents/", "/me/looks/", "/me/export/",
    "/me/erase/", "/me/confirm/", "/me/second-factor/", "/areas/", "/areas/310106012/", "/roles/JA-0101/",
    "/desk/JA-0101/slips/", "/desk/JA-0101/machine/", "/stations/JA-0101/hours/", "/stations/JA-0101/exceptions/",
    "/stations/JA-0101/exceptions/take-back/", "/stations/JA-0101/checked/", "/desk/JA-0101/handover/", "/stations/JA-0101/status/",
    "/stations/JA-0101/entrances/EAST/photo/", "/stations/JA-0101/entrances/EAST/photo/remove/", "/media/entrances/x.jpg",
    "/stations/map/?water=on", "/stations/JA-0101/poster/", "/stations.geojson", "/areas.geojson",
    "/contact/", "/privacy/", "/accessibility/", "/transparency/", "/complaints/new/", "/styleguide/", "/offline/",
    "/look/", "/sign-in/", "/holidays/2026/", "/follow/", "/unfollow/", "/healthz", "/readyz", "/sw.js",
    "/manifest.webmanifest", "/areas/310106012/sheets/", "/sheets/stations.csv", "/sheets/hours.xlsx",
    "/sheets/organisations.csv", "/sheets/UNKNOWN/", "/stations/JA-0101/keep/rooms/", "/stations/JA-0101/keep/stock/", "/stations/JA-0101/walk-ins/",
    "/stations/JA-0101/facilities/", "/stations/JA-0101/roster/", "/stations/JA-0101/wrong/", "/stations/JA-0101/wrong/notes/", "/me/duties/",
    "/hsds/", "/hsds/profile", "/hsds/openapi.json", "/hsds/services?full=true",
    "/hsds/organizations?full=true", "/hsds/locations?full=true", "/hsds/service_at_locations?full=true",
    "/hsds/taxonomies", "/hsds/taxonomy_terms", "/news/", "/news/feed.atom", "/news/feed.json", "/areas/JA-0101/news/",
    "/areas/JA-0101/news/new/", "/areas/310106/news/feed.atom", "/programmes/", "/programmes/?kind=study&span=week", "/programmes/PRG-1/",
    "/programmes/PRG-1/edit/", "/programmes/PRG-1/pictures/", "/programmes/PRG-1/sessions/new/", "/programmes/PRG-1/series/new/", "/sessions/SES-1/",
    "/sessions/SES-1/edit/", "/sessions/SES-1/cancel/", "/sessions/SES-1/sign-up/", "/sessions/SES-1/add/", "/sessions/SES-1/chain/",
    "/sessions/SES-1/questions/", "/sessions/SES-1/message/", "/sessions/SES-1/door/", "/sessions/SES-1/sheet/", "/sessions/SES-1/door/list.json",
    "/sessions/SES-1/calendar.ics", "/programmes/PRG-1/calendar.ics", "/stations/JA-0101/calendar.ics", "/me/calendar/",
    "/me/tickets/", "/questions/", "/areas/JA-0101/programmes/", "/areas/JA-0101/programmes/new/", "/areas/JA-0101/polls/",
    "/areas/JA-0101/polls/new/",
]  # fmt: skip


# What is asked for behind an address, or of nothing there is: tests/trust/test_every_address.py reads all others.
ASKING = [page for page in PAGES if "?" in page or "UNKNOWN" in page or page == "/media/entrances/x.jpg"]


@pytest.mark.parametrize("who", ["kai", "mei", "omar", "gao"])
def test_reading_a_page_changes_no_row(town, who, request, browse):
    """Neither when only its headers are asked for, which does all that reading does but send the page."""
    make_entrance(town.tower, code="EAST")
    make_work_done()
    make_sign_up(
        make_session(make_programme(town.tower.unit), town.tower), holder=request.getfixturevalue("mei")
    )
    client = browse(request.getfixturevalue(who), confirmed=True)
    before = rows()
    for page in PAGES:
        assert client.head(page).status_code < 500, page
    for page in ASKING:
        assert client.get(page).status_code < 500, page
    assert rows() == before
