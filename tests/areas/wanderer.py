"""A process of its own that moves units about at random: `python -m tests.areas.wanderer DATABASE SEED MOVES`."""

import os
import random
import sys
from datetime import timedelta

import django
from django.conf import settings


def wander(seed: int, moves: int) -> int:
    """How many of the moves were possible."""
    from linli.areas.actions import move_unit
    from linli.areas.models import Unit, UnitVersion
    from linli.kit.rules import Problem

    chance, done = random.Random(seed), 0
    units = list(Unit.objects.order_by("code"))
    for _move in range(moves):
        unit, parent = chance.sample(units, 2)
        last = UnitVersion.objects.get(unit=unit, valid_until=None).valid_from
        try:
            move_unit(by=None, unit=unit, parent=parent, on=last + timedelta(days=chance.choice([0, 0, 1])))
            done += 1
        except Problem:
            pass
    return done


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "linli.settings"
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    sys.stdout.write(str(wander(int(sys.argv[2]), int(sys.argv[3]))))
