"""The list of erasures that outlives a restore: one line for each, in a file beside the database."""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from linli.people.models import Erasure


def own_file() -> Path:
    """Where this installation keeps its list. Copy it with the backups, and never restore it."""
    return Path(settings.DATA) / "erasures.jsonl"


def read(path: Path) -> dict[UUID, datetime]:
    """Account number → moment of erasure. Raises ValueError naming the line that is not of this form."""
    found: dict[UUID, datetime] = {}
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        try:
            entry = json.loads(line)
            found[UUID(entry["person_id"])] = datetime.fromisoformat(entry["at"])
        except (KeyError, TypeError, ValueError):
            raise ValueError(f"{path}, line {number}: not an erasure") from None
    return found


def write(path: Path, erasures: dict[UUID, datetime]) -> None:
    """Replaces the file in one step, so that a crash leaves the old list or the new one."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text("".join(lines(erasures)))
    fresh.replace(path)


def lines(erasures: dict[UUID, datetime]) -> Iterable[str]:
    for person_id, at in sorted(erasures.items()):
        yield json.dumps({"person_id": str(person_id), "at": at.isoformat()}) + "\n"


def keep() -> None:
    """Adds what the database knows to the file; what only the file knows stays, for a restore may have lost it."""
    path = own_file()
    known = read(path) if path.exists() else {}
    write(path, known | dict(Erasure.objects.values_list("person_id", "at")))
