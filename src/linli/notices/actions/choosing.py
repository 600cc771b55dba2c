"""How a person wants to be reached, and the one tap that ends it."""

from datetime import time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kit.rules import Problem, require
from linli.notices.actions.following import end_follow
from linli.notices.channels import FIELD, PURPOSE, addresses, consenting
from linli.notices.models import Channel, Preference
from linli.notices.rules import may_choose
from linli.notices.stops import Stop
from linli.people.actions.consents import give_consent, withdraw_consent

NO_ADDRESS = {
    Channel.EMAIL: _("First add an e-mail address to your contacts, then switch this on."),
    Channel.TEXT: _("First add a phone number to your contacts, then switch this on."),
}


@transaction.atomic
def choose_channels(*, by, by_email: bool, by_text: bool, quiet_from: time, quiet_until: time) -> None:
    """Sets how `by` is reached besides the inbox. Switching a channel on is the consent to it, off its withdrawal.

    Quiet hours are wall-clock times [from, until); equal times mean none. Problem when a channel has no address.
    """
    require(may_choose(by))
    wanted = {Channel.EMAIL: by_email, Channel.TEXT: by_text}
    reachable = addresses([by.pk])
    for channel, on in wanted.items():
        if on and (by.pk, channel) not in reachable:
            raise Problem(NO_ADDRESS[channel], field=FIELD[channel])
    Preference.objects.update_or_create(
        person=by,
        defaults={
            "by_email": by_email,
            "by_text": by_text,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
        },
    )
    for channel, on in wanted.items():
        set_consent(by, channel, on)


def set_consent(person, channel: str, on: bool) -> None:
    """Gives or withdraws the consent to a channel, where it is not so already."""
    if on == bool(consenting([person.pk], channel)):
        return
    if on:
        give_consent(by=person, purpose=PURPOSE[channel])
    else:
        withdraw_consent(by=person, purpose=PURPOSE[channel])


@transaction.atomic
def stop(*, of: Stop, whole_channel: bool) -> None:
    """What the link in a message ends, without signing in: the whole channel, or only this subject.

    Whoever holds the link may do it: the address was signed by us and sent to that person alone. Twice is once.
    """
    if whole_channel:
        Preference.objects.update_or_create(person=of.person, defaults={FIELD[of.channel]: False})
        set_consent(of.person, of.channel, False)
    else:
        end_follow(of.person, of.subject)
