"""S05: a secret opens the one door it was made for, and no other kind of door; signing in somewhere opens nothing elsewhere."""

import pytest
from django.urls import reverse

from linli.kit.ids import token
from linli.programmes.tickets import token_of
from tests.trust.world import World

# Every address that a secret opens: route → the name of its gap.
DOORS = {
    "programmes:ticket": "secret",
    "programmes:ticket_paper": "secret",
    "programmes:person_calendar": "secret",
    "site:complaint": "secret",
    "notices:stop": "token",
    "people:slip": "token",
    "site:set_up": "key",
}
# A page that opens to any word, and says of a wrong one that it is none.
SAYS_SO = {"people:slip", "notices:stop"}


def secrets(world: World) -> dict[str, tuple[str, set[str]]]:
    """What there is → the secret, and the addresses it opens."""
    things = world.things
    return {
        "a ticket": (things.ticket, {"programmes:ticket", "programmes:ticket_paper"}),
        "a calendar": (things.calendar, {"programmes:person_calendar"}),
        "a complaint": (things.complaint_secret, {"site:complaint"}),
        "a way to stop notices": (things.stop, {"notices:stop"}),
        "a slip": (things.slip.token, {"people:slip"}),
        "a desk machine": (things.machine_secret, set()),
        "a made-up word": (token(), set()),
    }


def opens(world: World, route: str, secret: str) -> bool:
    response = world.client("visitor").get(reverse(route, kwargs={DOORS[route]: secret}))
    if route in SAYS_SO:
        return response.status_code == 200 and b"not good" not in response.content
    return bool(response.status_code == 200)


def test_s05_a_secret_opens_its_own_door_and_no_other(world, record_property):
    opened = {
        what: {route for route in DOORS if route not in SAYS_SO and opens(world, route, secret)}
        for what, (secret, _own) in secrets(world).items()
    }
    assert opened == {what: own - SAYS_SO for what, (_secret, own) in secrets(world).items()}
    record_property(
        "figure", f"{len(opened) * (len(DOORS) - len(SAYS_SO))} doors tried with others' secrets, opened 0"
    )


@pytest.mark.parametrize("route", ["people:slip", "notices:stop"])
def test_s05_what_is_done_by_a_secret_is_not_done_by_another_kind(world, route):
    from tests.trust.rows import state

    for what, (secret, own) in secrets(world).items():
        if route not in own:
            before = state()
            world.client("visitor").post(
                reverse(route, kwargs={DOORS[route]: secret}), {"what": "channel", "next": ""}
            )
            assert state() == before, what


def test_s05_a_ticket_is_for_its_own_sign_up(world):
    """Two tickets differ in every part: the halves of one do not fit the other."""
    one, other = token_of(world.things.sign_up), token_of(world.things.untold)
    mixed = [one[:20] + other[20:], other[:20] + one[20:]]
    client = world.client("visitor")
    assert [client.get(reverse("programmes:ticket", args=[each])).status_code for each in mixed] == [404, 404]
    assert client.get(reverse("programmes:ticket", args=[one])).status_code == 200


def test_s05_a_session_elsewhere_is_none_here(world, settings):
    """The cookie of another installation, and one of ours under another name."""
    client = world.client("visitor")
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    client.cookies["sessionid"] = world.cookies["worker"]
    client.cookies["__Host-linli"] = world.cookies["worker"]
    assert client.get("/me/").headers["Location"].startswith("/sign-in/")
    # The same token in a header or the address is none either.
    asked = client.get(
        f"/me/?linli={world.cookies['worker']}",
        headers={"authorization": f"Bearer {world.cookies['worker']}"},
    )
    assert asked.headers["Location"].startswith("/sign-in/")
