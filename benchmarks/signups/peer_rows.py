"""Run by pretix's own Python: an organiser, an event, tickets with a quota of 200, a token; and how many were sold."""

import json
import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pretix.settings")


def event():
    """One event with a free ticket; nothing of pretix that costs more (plugins, e-mail, invoices) is switched on."""
    from django.utils import timezone
    from pretix.base.models import Event, Organizer, Team, TeamAPIToken

    organizer = Organizer.objects.create(name="Rush", slug="rush")
    made = Event.objects.create(
        organizer=organizer, name="Rush", slug="rush", currency="EUR", plugins="", live=True,
        date_from=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    made.settings.timezone = "Asia/Shanghai"
    everything = {"all_events": True, "all_event_permissions": True, "all_organizer_permissions": True}
    team = Team.objects.create(organizer=organizer, name="Rush", **everything)
    return {"token": TeamAPIToken.objects.create(team=team, name="Rush").token}


def ticket(seats):
    """A ticket more, with a quota of its own."""
    from pretix.base.models import Event, Item, Quota

    found = Event.objects.get(slug="rush")
    item = Item.objects.create(event=found, name="Seat", default_price=0, admission=True, active=True)
    quota = Quota.objects.create(event=found, name="Seats", size=int(seats))
    quota.items.add(item)
    return {"item": item.pk}


def sold(item):
    from pretix.base.models import OrderPosition

    return {"sold": OrderPosition.objects.filter(item_id=int(item), canceled=False).count()}


def main():
    import django

    django.setup()
    from django_scopes import scopes_disabled

    with scopes_disabled():
        print(json.dumps({"event": event, "ticket": ticket, "sold": sold}[sys.argv[1]](*sys.argv[2:])))


if __name__ == "__main__":
    main()
