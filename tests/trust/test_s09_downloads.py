"""S09: what is downloaded is made for who asks, at that moment: no link to a file outlives the session that made it."""

import pytest

from linli.people.models import SignedIn

# Everything that leaves as a file or a list with personal rows in it, and who may.
DOWNLOADS = {
    "/me/export/": ("self", "post"),
    "/sessions/SES-4/door/list.json": ("worker", "get"),
    "/sessions/SES-4/sheet/": ("worker", "get"),
    "/areas/HOOD/sheets/": ("keeper", "get"),
}


@pytest.mark.parametrize("path", DOWNLOADS)
def test_s09_after_signing_out_nothing_can_be_downloaded(path, world):
    who, method = DOWNLOADS[path]
    client = world.client(who)
    assert getattr(client, method)(path).status_code == 200
    client.post("/sign-out/")
    # The cookie as it was before, taken from a history or a backup of the browser.
    replayed = world.client(who)
    answer = getattr(replayed, method)(path)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize("path", DOWNLOADS)
def test_s09_what_was_downloaded_is_kept_by_nobody_in_between(path, world):
    who, method = DOWNLOADS[path]
    answer = getattr(world.client(who), method)(path)
    assert answer.headers["Cache-Control"] == "no-store"


def test_s09_an_export_leaves_no_file_behind(world, settings):
    """It is written to the answer, not to the disk: there is no address by which it could be asked for again."""
    from pathlib import Path

    before = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    assert world.client("self").post("/me/export/").status_code == 200
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == before


def test_s09_a_calendar_that_was_ended_or_renewed_is_gone(world):
    path = f"/calendars/{world.things.calendar}/linli.ics"
    assert world.client("visitor").get(path).status_code == 200
    world.client("self").post("/me/calendar/", {"make": "1"})
    assert world.client("visitor").get(path).status_code == 404
    assert SignedIn.objects.exists()
