"""The page of what one follows, and the button on pages of others."""

import re

import pytest
from django.template import Context, Template

from linli.kit.refs import ref
from linli.notices.models import Follow
from linli.notices.panels import follow_button
from tests.notices.conftest import make_follow
from tests.notices.test_inbox import rows, without_tokens


def test_all_one_follows_newest_first(lena, town, browse):
    make_follow(lena, town.tower)
    make_follow(lena, town.night)

    page = browse(lena).get("/me/follows/")

    assert [row.split(" Stop following")[0] for row in rows(page)] == [
        "Jiangning Courier Stop",
        "Cloud Tower Station",
    ]
    links = re.findall(r'<li class="row">\s*<a href="([^"]+)"', page.content.decode())
    assert links == ["/stations/JA-0201/", "/stations/JA-0101/"]


def test_what_is_no_longer_there_can_still_be_dropped(lena, browse, db):
    Follow.objects.create(person=lena, subject="directory.station/GONE", since_at="2026-01-01T00:00Z")
    client = browse(lena)

    assert rows(client.get("/me/follows/"))[0].startswith("No longer there")
    answer = client.post("/me/follows/end/", {"subject": "directory.station/GONE"})

    assert (answer.status_code, answer["Location"]) == (302, "/me/follows/")
    assert Follow.objects.count() == 0


def test_an_empty_list_says_how_to_begin(lena, browse):
    page = browse(lena).get("/me/follows/").content.decode()

    assert "You follow nothing yet" in page


def test_each_channel_shows_what_one_agrees_to(lena, browse):
    page = browse(lena).get("/me/follows/").content.decode()

    assert "You may write to my e-mail address when something I follow changes." in page
    assert "You may send a text message to my phone when something I follow changes." in page


def test_only_ones_own_and_visitors_sign_in_first(mei, lena, town, browse):
    make_follow(mei, town.tower)

    assert rows(browse(lena).get("/me/follows/")) == []
    assert browse().get("/me/follows/")["Location"] == "/sign-in/?next=%2Fme%2Ffollows%2F"


@pytest.mark.parametrize("number", [1, 3, 60])
def test_its_queries_do_not_grow(number, lena, town, browse, django_assert_num_queries):
    for place in range(number):
        subject = [ref(town.tower), ref(town.night)][place] if place < 2 else f"directory.station/X{place}"
        Follow.objects.create(person=lena, subject=subject, since_at="2026-01-01T00:00Z")
    client = browse(lena)
    client.get("/me/follows/")

    # session, person, is staff; preference, two consents; follows, stations; the figure in the head
    with django_assert_num_queries(FOLLOWS_QUERIES):
        client.get("/me/follows/")


FOLLOWS_QUERIES = 9


def test_dropping_one_swaps_the_same_list_a_reload_shows(lena, town, browse):
    make_follow(lena, town.tower)
    make_follow(lena, town.night)
    client = browse(lena)

    swapped = client.post(
        "/me/follows/end/", {"subject": ref(town.night)}, headers={"HX-Request": "true"}, follow=True
    ).content.decode()

    assert swapped.startswith('<section id="follows"')
    assert without_tokens(swapped) in without_tokens(client.get("/me/follows/").content.decode())
    assert len(re.findall('class="row"', swapped)) == 1


def button_on(page) -> str:
    """The whole button as it stands on the page of the tower station, without the form's own token."""
    html = without_tokens(page.content.decode())
    (found,) = re.findall(
        r'<form class="actions" id="follow-directory-station-ja-0101".*?</form>', html, re.DOTALL
    )
    return found


def test_the_button_swaps_for_what_a_reload_shows(lena, town, browse):
    client, here = browse(lena), "/stations/JA-0101/"
    assert "Follow</button>" in button_on(client.get(here))

    for deed, label in [("/follow/", "Stop following"), ("/unfollow/", "Follow")]:
        swapped = client.post(
            deed, {"subject": ref(town.tower), "next": here}, headers={"HX-Request": "true"}
        )

        assert button_on(swapped) == without_tokens(swapped.content.decode()).strip()
        assert button_on(swapped) == button_on(client.get(here))
        assert f"{label}</button>" in button_on(swapped)


def test_a_visitor_sees_the_way_to_sign_in_and_back(town, browse):
    page = browse().get("/stations/JA-0101/").content.decode()

    assert 'href="/sign-in/?next=/stations/JA-0101/"' in page
    assert "/follow/" not in page


def test_the_button_costs_one_query_and_a_visitor_none(lena, kai, town, django_assert_num_queries):
    with django_assert_num_queries(1):
        follow_button(lena, ref(town.tower))
    with django_assert_num_queries(0):
        follow_button(kai, ref(town.tower))


def test_a_code_is_escaped(lena, rf):
    request = rf.get("/")
    request.user = lena
    hostile = follow_button(lena, 'a.b/"><script>alert(1)</script>', back="/")
    template = Template('{% include "notices/follow_button.html" %}')

    html = template.render(Context({"follow": hostile, "request": request, "csrf_token": "t"}))

    assert "<script>" not in html
    assert hostile.dom_id == "follow-a-b-script-alert-1-script-"
