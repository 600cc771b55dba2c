"""The inbox page and the figure beside its name."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from linli.kit.refs import ref
from linli.notices.models import Notice
from linli.notices.panels import unseen_count
from tests.notices.conftest import NOON, make_notice


def rows(page) -> list[str]:
    """Each row of the page as one line of words."""
    found = re.findall(r'<li class="row">(.*?)</li>', page.content.decode(), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


@pytest.fixture(autouse=True)
def monday_noon(time_machine):
    time_machine.move_to(NOON + timedelta(minutes=30))


def test_the_newest_stands_first_in_the_readers_language(lena, town, closed, browse):
    make_notice(lena, closed(NOON - timedelta(hours=1), town.night), seen_at=timezone.now())
    make_notice(lena, closed(NOON))

    body = "The station said so itself. After that its usual hours hold."
    assert rows(browse(lena).get("/me/inbox/")) == [
        f"Cloud Tower Station is closed until today 15:00 New today 12:00 · {body}",
        f"Jiangning Courier Stop is closed until today 15:00 today 11:00 · {body}",
    ]


def test_each_leads_to_its_subject_as_long_as_the_reader_may_see_it(lena, town, closed, browse, today):
    make_notice(lena, closed())
    make_notice(lena, closed(station=town.night))
    town.night.unit.closed_on, town.night.unit.closing_recorded_at = today, timezone.now()
    town.night.unit.save()

    page = browse(lena).get("/me/inbox/").content.decode()

    assert re.findall(r'<li class="row">\s*<a href="([^"]+)"', page) == ["/stations/JA-0101/"]
    assert "A station you follow is closed until" in page
    assert "Jiangning" not in page


def test_a_kind_nobody_words_any_more_has_a_plain_sentence(lena, closed, browse):
    make_notice(lena, closed(), kind="gone.kind")

    assert rows(browse(lena).get("/me/inbox/"))[0].startswith(
        "Something changed that you wanted to hear about New"
    )


def test_only_ones_own_and_visitors_sign_in_first(mei, lena, closed, browse):
    make_notice(mei, closed())

    assert rows(browse(lena).get("/me/inbox/")) == []
    answer = browse().get("/me/inbox/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fme%2Finbox%2F")


def test_an_empty_inbox_says_what_it_is_for(lena, browse):
    page = browse(lena).get("/me/inbox/").content.decode()

    assert "Nothing has happened yet" in page
    assert 'href="/stations/"' in page
    assert "Mark all as read" not in page


def test_fifty_to_a_page(lena, closed, browse):
    event = closed()
    for number in range(51):
        make_notice(
            lena, event, event_id=f"00000000-0000-7000-8000-{number:012d}", at=NOON - timedelta(hours=number)
        )

    client = browse(lena)

    assert len(rows(client.get("/me/inbox/"))) == 50
    assert len(rows(client.get("/me/inbox/?page=2"))) == 1
    assert rows(client.get("/me/inbox/?page=nonsense")) == rows(client.get("/me/inbox/"))


def test_looking_reads_nothing(lena, closed, browse):
    make_notice(lena, closed())
    browse(lena).get("/me/inbox/")

    assert unseen_count(lena) == 1


@pytest.mark.parametrize("number", [1, 3, 50])
def test_its_queries_do_not_grow(number, lena, town, closed, browse, django_assert_num_queries):
    event = closed()
    for place in range(number):
        make_notice(
            lena,
            event,
            event_id=f"00000000-0000-7000-8000-{place:012d}",
            subject=ref([town.tower, town.night][place % 2]),
        )
    client = browse(lena)
    client.get("/me/inbox/")

    # session, person, is staff; count, page, stations; the figure in the head
    with django_assert_num_queries(INBOX_QUERIES):
        client.get("/me/inbox/")


INBOX_QUERIES = 7


def test_for_htmx_the_list_alone_the_same_as_in_the_page(lena, closed, browse):
    make_notice(lena, closed())
    client = browse(lena)

    whole = client.get("/me/inbox/").content.decode()
    part = client.get("/me/inbox/", headers={"HX-Request": "true"}).content.decode()

    assert part.startswith('<section id="inbox"')
    assert without_tokens(part) in without_tokens(whole)


def without_tokens(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


@pytest.mark.parametrize(("number", "counted"), [(0, 0), (1, 1), (3, 3), (99, 99), (150, 100)])
def test_the_figure_is_one_query_and_counts_no_further_than_a_hundred(
    number, counted, mei, lena, closed, django_assert_num_queries
):
    event = closed()
    shape = {"kind": event.kind, "subject": event.subject, "at": event.at}
    ids = [f"00000000-0000-7000-8000-{place:012d}" for place in range(number)]
    Notice.objects.bulk_create(Notice(person=mei, event_id=pk, **shape) for pk in ids)
    Notice.objects.bulk_create(
        Notice(person=mei, event_id=pk[:-1] + "f", seen_at=NOON, **shape) for pk in ids[:1]
    )
    make_notice(lena, event)

    with django_assert_num_queries(1):
        assert unseen_count(mei) == counted


def test_a_visitor_has_none_and_costs_no_query(kai, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert unseen_count(kai) == 0
