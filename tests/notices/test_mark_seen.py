from datetime import timedelta

import pytest

from linli.kit.rules import Refused
from linli.notices.actions import mark_seen
from linli.notices.models import Notice
from linli.notices.panels import unseen_count
from tests.notices.conftest import NOON, make_notice


def test_all_that_was_shown_is_read_and_what_came_meanwhile_stays_new(mei, closed):
    older, shown = make_notice(mei, closed(NOON - timedelta(hours=1))), make_notice(mei, closed(NOON))
    meanwhile = make_notice(mei, closed(NOON + timedelta(seconds=1)))

    assert mark_seen(by=mei, until=shown) == 2

    assert list(Notice.objects.of(mei).unseen()) == [meanwhile]
    assert Notice.objects.get(pk=older.pk).seen_at is not None


def test_reading_again_keeps_the_first_time(mei, closed):
    shown = make_notice(mei, closed())
    mark_seen(by=mei, until=shown)
    first = Notice.objects.get().seen_at

    assert mark_seen(by=mei, until=shown) == 0
    assert Notice.objects.get().seen_at == first


def test_only_ones_own(mei, lena, closed):
    event = closed()
    make_notice(lena, event)

    mark_seen(by=mei, until=make_notice(mei, event))

    assert (unseen_count(mei), unseen_count(lena)) == (0, 1)


def test_a_visitor_is_refused(kai, mei, closed):
    with pytest.raises(Refused):
        mark_seen(by=kai, until=make_notice(mei, closed()))


def test_nobody_learns_of_it(mei, closed, facts):
    notice = make_notice(mei, closed())
    before = facts()

    mark_seen(by=mei, until=notice)

    assert facts() == before


def test_the_button_marks_and_leads_back(mei, closed, browse):
    notice = make_notice(mei, closed())

    answer = browse(mei).post("/me/inbox/seen/", {"until": notice.pk})

    assert (answer.status_code, answer["Location"]) == (302, "/me/inbox/")
    assert unseen_count(mei) == 0


@pytest.mark.parametrize("until", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_notice_is_not_found(until, mei, browse):
    assert browse(mei).post("/me/inbox/seen/", {"until": until}).status_code == 404


def test_anothers_notice_is_not_found(mei, lena, closed, browse):
    notice = make_notice(mei, closed())

    assert browse(lena).post("/me/inbox/seen/", {"until": notice.pk}).status_code == 404
    assert unseen_count(mei) == 1
