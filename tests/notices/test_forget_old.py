from datetime import timedelta

from django.utils import timezone

from linli.notices.actions import forget_old, tell
from linli.notices.models import Delivery, Notice, State
from tests.notices.conftest import make_notice, reach


def test_notices_go_after_a_year_and_not_a_day_before(mei, closed):
    now = timezone.now()
    make_notice(mei, closed(now - timedelta(days=366)))
    kept = make_notice(mei, closed(now - timedelta(days=364)))

    forget_old(now=now)

    assert list(Notice.objects.all()) == [kept]


def test_how_a_message_went_out_goes_after_a_month_and_what_waits_stays(mei, lena, omar, closed):
    now = timezone.now()
    for person in (mei, lena, omar):
        reach(person, email=f"{person.pk}@example.org")
    tell(event=closed(), people=[mei, lena, omar])
    days = {mei.pk: 31, lena.pk: 29}
    for row in Delivery.objects.select_related("notice"):
        if row.notice.person_id in days:
            row.state, row.ended_at = State.SENT, now - timedelta(days=days[row.notice.person_id])
            row.save()

    forget_old(now=now)

    kept = Delivery.objects.values_list("notice__person_id", flat=True)
    assert sorted(kept) == sorted([lena.pk, omar.pk])
    assert Notice.objects.count() == 3
