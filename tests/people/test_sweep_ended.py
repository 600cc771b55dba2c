from datetime import timedelta

from django.test import Client
from django.utils import timezone

from linli.people.actions import issue_slip
from linli.people.actions.sweeping import sweep_ended
from linli.people.models import SignedIn, SignInCode, Slip, Throttle
from tests.people.signing import ask_code


def age(model, days, *fields):
    moment = timezone.now() - timedelta(days=days)
    for row in model.objects.all():
        model.objects.filter(pk=row.pk).update(
            **{field: moment + timedelta(minutes=place) for place, field in enumerate(fields)}
        )


def test_what_ended_goes_and_what_lives_stays(omar, town):
    issue_slip(by=omar, unit=town.tower.unit)
    ask_code()
    Client().force_login(omar)
    sweep_ended()
    kept = [model.objects.count() for model in (SignInCode, Slip, Throttle, SignedIn)]
    assert kept == [1, 1, 3, 1]
    age(SignInCode, 2, "sent_at", "expires_at")
    age(Slip, 300, "issued_at", "expires_at")
    age(Throttle, 1, "ends_at")
    age(SignedIn, 1, "expires_at")
    assert sweep_ended() == {"codes": 1, "slips": 0, "counters": 3}
    assert SignedIn.objects.count() == 0
    age(Slip, 401, "issued_at", "expires_at")
    assert sweep_ended() == {"codes": 0, "slips": 1, "counters": 0}
