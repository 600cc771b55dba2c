"""Many processes move the same units at once: the tree stays a tree."""

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from linli.areas import tree
from linli.areas.models import Unit, UnitVersion
from tests.areas.growing import START, grow

PROCESSES, MOVES = 8, 25
ROOT = Path(__file__).resolve().parents[2]


def wanderers() -> list[int]:
    """Runs them all at the same time; answers how many moves each could make."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    name = str(connection.settings_dict["NAME"])
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.areas.wanderer", name, str(seed), str(MOVES)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in range(PROCESSES)
    ]
    answers = [process.communicate(timeout=240) for process in running]
    assert [error for _answer, error in answers if "Traceback" in error] == []
    return [int(answer) for answer, _error in answers]


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_parallel_moves_never_make_a_ring():
    """Six units, so that one process often wants A under B while another wants B under A."""
    root = grow("ROOT")
    for code in "ABCDEF":
        grow(code, root)

    done = wanderers()

    assert all(0 < moves <= MOVES for moves in done)
    assert Counter(
        UnitVersion.objects.filter(valid_until=None).values_list("unit__code", flat=True)
    ) == Counter(Unit.objects.values_list("code", flat=True))
    last = UnitVersion.objects.latest("valid_from").valid_from
    for number in range((last - START).days + 1):
        day = START + timedelta(days=number)
        everyone = Unit.objects.values_list("id", flat=True)
        above = tree.ancestors_of(everyone, day)
        assert all(chain[-1] == root.id for unit_id, chain in above.items() if unit_id != root.id)
        assert all(len(set(chain)) == len(chain) for chain in above.values())
        assert set(tree.descendants(root.id, day)) == set(everyone)
