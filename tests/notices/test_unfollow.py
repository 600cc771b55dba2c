import pytest

from linli.kit.refs import ref
from linli.kit.rules import Refused
from linli.notices.actions import tell, unfollow
from linli.notices.models import Delivery, Follow, Notice
from tests.notices.conftest import make_follow, reach


def test_somebody_stops_following(mei, lena, town):
    make_follow(mei, town.tower)
    make_follow(mei, town.night)
    make_follow(lena, town.tower)

    unfollow(by=mei, subject=ref(town.tower))

    kept = sorted(Follow.objects.values_list("person_id", "subject"))
    assert kept == sorted([(mei.pk, ref(town.night)), (lena.pk, ref(town.tower))])


def test_stopping_twice_is_stopping_once(mei, town):
    unfollow(by=mei, subject=ref(town.tower))

    assert Follow.objects.count() == 0


def test_what_was_waiting_to_go_out_about_it_stays_home_and_notices_stay(mei, town, closed):
    reach(mei, email="mei@example.org")
    make_follow(mei, town.tower)
    tell(event=closed(), followers_of=ref(town.tower))
    tell(event=closed(station=town.night), people=[mei])

    unfollow(by=mei, subject=ref(town.tower))

    assert [row.notice.subject for row in Delivery.objects.all()] == [ref(town.night)]
    assert Notice.objects.count() == 2


def test_a_visitor_is_refused(kai, town):
    with pytest.raises(Refused):
        unfollow(by=kai, subject=ref(town.tower))


def test_it_leaves_no_fact(mei, town, facts):
    make_follow(mei, town.tower)
    unfollow(by=mei, subject=ref(town.tower))

    assert facts() == []


def test_one_can_drop_what_is_no_longer_there(mei, browse, town):
    Follow.objects.create(person=mei, subject="directory.station/GONE", since_at="2026-01-01T00:00Z")

    answer = browse(mei).post("/unfollow/", {"subject": "directory.station/GONE", "next": "/me/follows/"})

    assert (answer.status_code, answer["Location"]) == (302, "/me/follows/")
    assert Follow.objects.count() == 0


def test_nobody_stops_it_for_another(mei, lena, town, browse):
    make_follow(mei, town.tower)

    browse(lena).post("/unfollow/", {"subject": ref(town.tower)})

    assert Follow.objects.count() == 1
