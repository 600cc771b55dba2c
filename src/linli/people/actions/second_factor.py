"""The second step of staff: an authenticator app's code, or one of eight recovery codes."""

import hmac
import time

import pyotp
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.ids import code as fresh_code
from linli.kit.ids import read_code
from linli.kit.rules import Problem, require
from linli.kit.secrets import blind_index
from linli.ledger.actions import record
from linli.people import throttle
from linli.people.access import noted
from linli.people.events import OWN_ACCOUNT, RecoveryCodeUsed, SecondFactorSet
from linli.people.models import Person, RecoveryCode, SecondFactor

STEP_SECONDS = 30
RECOVERY_CODES = 8


def recovery_hash(person: Person, code: str) -> str:
    return blind_index(f"{person.pk}:{read_code(code)}", "people.recovery")


def begin_second_factor(*, by: Person) -> SecondFactor:
    """The secret to put into the app. The same one until it is confirmed; Refused once one is in force."""
    with transaction.atomic():
        factor, _made = SecondFactor.objects.get_or_create(
            person=by, defaults={"secret": pyotp.random_base32()}
        )
        require(factor.confirmed_at is None)
    return factor


def confirm_second_factor(*, by: Person, digits: str) -> list[str]:
    """Puts the app in force once it shows the right digits. Returns eight recovery codes, never shown again."""
    throttle.take(throttle.TRY_SECOND_FACTOR, str(by.pk))
    factor = SecondFactor.objects.filter(person=by, confirmed_at=None).first()
    require(factor is not None)
    codes = [fresh_code(10) for _number in range(RECOVERY_CODES)]
    with transaction.atomic():
        spend_step(factor, digits)
        SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=timezone.now())
        RecoveryCode.objects.filter(person=by).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(person=by, code_hash=recovery_hash(by, code)) for code in codes
        )
        record(SecondFactorSet(), by=by, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)
    return codes


def use_second_factor(*, by: Person, digits: str) -> None:
    """The app's code, each good once. Raises Problem for a wrong or repeated one, TooMany after ten in 15 minutes."""
    throttle.take(throttle.TRY_SECOND_FACTOR, str(by.pk))
    factor = SecondFactor.objects.filter(person=by, confirmed_at__isnull=False).first()
    require(factor is not None)
    with transaction.atomic():
        spend_step(factor, digits)
    noted("second-factor", person=by)


def use_recovery_code(*, by: Person, code: str) -> int:
    """A recovery code instead of the app; returns how many are left. With the last one the app is set up afresh."""
    throttle.take(throttle.TRY_SECOND_FACTOR, str(by.pk))
    unused = RecoveryCode.objects.filter(person=by, used_at=None)
    with transaction.atomic():
        if not unused.filter(code_hash=recovery_hash(by, code)).update(used_at=timezone.now()):
            noted("recovery-code", person=by, allowed=False)
            raise Problem(_("This recovery code is not right or was used before."), "code")
        remaining = unused.count()
        if not remaining:
            SecondFactor.objects.filter(person=by).delete()
        record(RecoveryCodeUsed(remaining=remaining), by=by, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)
    noted("recovery-code", person=by)
    return remaining


def replace_second_factor(*, by: Person) -> None:
    """Forgets the app and the recovery codes, to set up another. The page asks for a confirmation first."""
    with transaction.atomic():
        SecondFactor.objects.filter(person=by).delete()
        RecoveryCode.objects.filter(person=by).delete()


def spend_step(factor: SecondFactor, digits: str) -> None:
    """Uses up the half-minute the digits belong to; the neighbours count, for clocks differ. Never the same twice."""
    step = step_of(factor.secret, digits, time.time())
    if step is None or not SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(
        last_step=step
    ):
        noted("second-factor", allowed=False)
        raise Problem(_("These digits are not right, or were used before. Wait for the next ones."), "digits")


def step_of(secret: str, digits: str, now: float) -> int | None:
    """The step, within one of the present, whose code these digits are."""
    clock = pyotp.TOTP(secret, interval=STEP_SECONDS)
    present = int(now) // STEP_SECONDS
    steps = (present - 1, present, present + 1)
    matches = [step for step in steps if hmac.compare_digest(clock.generate_otp(step), digits)]
    return max(matches, default=None)
