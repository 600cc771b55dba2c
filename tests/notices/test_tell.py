from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.kit.refs import ref
from linli.notices.actions import tell
from linli.notices.models import Delivery, Notice, Preference, State
from linli.people.actions.consents import withdraw_consent
from tests.factories import make_person
from tests.notices.conftest import make_follow, reach, ways


def test_followers_and_named_people_each_get_one_notice(mei, lena, gao, omar, town, closed):
    for person in (mei, lena):
        make_follow(person, town.tower)
    make_follow(gao, town.night)
    event = closed()

    assert tell(event=event, followers_of=ref(town.tower), people=[lena, omar]) == 3

    told = Notice.objects.values_list("person_id", "event_id", "kind", "subject", "data", "at", "seen_at")
    shape = (event.pk, "directory.status_declared", "directory.station/JA-0101", event.data, event.at, None)
    assert sorted(told) == sorted((person.pk, *shape) for person in (mei, lena, omar))


def test_telling_again_tells_nobody_twice_and_reaches_who_came_since(mei, lena, town, closed):
    reach(mei, email="mei@example.org")
    make_follow(mei, town.tower)
    event = closed()
    assert tell(event=event, followers_of=ref(town.tower)) == 1

    make_follow(lena, town.tower)

    assert tell(event=event, followers_of=ref(town.tower)) == 1
    assert tell(event=event, followers_of=ref(town.tower)) == 0
    assert (Notice.objects.count(), Delivery.objects.count()) == (2, 1)


def test_kind_and_data_may_differ_from_the_facts(mei, closed):
    tell(event=closed(), people=[mei], kind="trial.other", data={"a": 1})

    assert list(Notice.objects.values_list("kind", "data")) == [("trial.other", {"a": 1})]


def test_the_disabled_hear_nothing(mei, town, closed):
    make_follow(mei, town.tower)
    mei.is_active = False
    mei.save()

    assert tell(event=closed(), followers_of=ref(town.tower), people=[mei]) == 0


def test_nobody_to_tell_is_nobody_told(town, closed):
    assert tell(event=closed(), followers_of=ref(town.tower)) == 0
    assert tell(event=closed()) == 0


def test_a_follower_who_agreed_is_also_written_to(mei, texts, closed):
    reach(mei, email="mei@example.org", phone="+8613800001234")

    tell(event=closed(), people=[mei])

    assert ways(Delivery.objects.all()) == [("email", "queued"), ("text", "queued")]
    assert all(row.due_at <= timezone.now() for row in Delivery.objects.all())


def test_without_a_gateway_no_text_message_waits(mei, closed):
    reach(mei, email="mei@example.org", phone="+8613800001234")

    tell(event=closed(), people=[mei])

    assert ways(Delivery.objects.all()) == [("email", "queued")]


def test_nothing_leaves_the_demonstration(mei, closed, settings):
    settings.DEMONSTRATION = True
    reach(mei, email="mei@example.org")

    assert tell(event=closed(), people=[mei]) == 1
    assert Delivery.objects.count() == 0


def test_without_consent_only_the_inbox(mei, lena, omar, closed):
    reach(mei, email="mei@example.org", consent=False)
    reach(lena, email="lena@example.org")
    withdraw_consent(by=lena, purpose="notices_by_email")
    reach(omar, phone="+8613800001234")

    tell(event=closed(), people=[mei, lena, omar])

    assert (Notice.objects.count(), Delivery.objects.count()) == (3, 0)


def test_switched_off_is_off_whatever_was_agreed(mei, closed):
    reach(mei, email="mei@example.org")
    Preference.objects.update(by_email=False)

    tell(event=closed(), people=[mei])

    assert Delivery.objects.count() == 0


def test_an_address_nobody_has_shown_to_be_theirs_gets_nothing(mei, closed):
    from linli.people.models import Contact

    reach(mei, email="mei@example.org")
    Contact.objects.update(verified_at=None)

    tell(event=closed(), people=[mei])

    assert Delivery.objects.count() == 0


def test_in_quiet_hours_it_waits_until_they_are_over(mei, closed, time_machine):
    reach(mei, email="mei@example.org", quiet=(time(21), time(8)))
    time_machine.move_to(datetime(2026, 11, 23, 22, 30, tzinfo=UTC) - timedelta(hours=8), tick=False)

    tell(event=closed(), people=[mei])

    assert Delivery.objects.get().due_at == datetime(2026, 11, 24, 8, tzinfo=UTC) - timedelta(hours=8)


def test_a_rollback_forgets_notice_and_delivery(mei, closed):
    from django.db import transaction

    reach(mei, email="mei@example.org")
    event = closed()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(event=event, people=[mei])
        1 / 0  # noqa: B018

    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


@pytest.mark.parametrize("number", [1, 3, 200])
def test_its_queries_do_not_grow_with_its_readers(number, town, closed):
    for index in range(number):
        person = make_person("R")
        reach(person, email=f"r{index}@example.org")
        make_follow(person, town.tower)
    event = closed()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert tell(event=event, followers_of=ref(town.tower)) == number

    # Inserts are cut into pieces where the database limits parameters; everything else is asked once.
    reads = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert len(reads) == 6
    assert Delivery.objects.filter(state=State.QUEUED).count() == number


def test_the_station_tells_its_followers(mei, lena, town, omar, settle):
    from linli.directory.actions import declare_status

    make_follow(mei, town.tower)
    declare_status(
        by=omar, station=town.tower, state="closed", until=timezone.now() + timedelta(hours=2), note=""
    )
    settle()

    assert [notice.kind for notice in Notice.objects.of(mei)] == ["directory.status_declared"]
    assert Notice.objects.of(lena).count() == 0
