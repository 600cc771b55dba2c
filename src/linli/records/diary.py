"""When the last backup was made, and the last restore tried: in a file beside the database, as the database may be gone."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Entry:
    """`at` in ISO 8601; `good` is False for a restore that gave other rows than the backup holds."""

    at: str
    folder: str
    seconds: float
    bytes: int
    rows: int
    good: bool = True

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


def own_file() -> Path:
    return Path(settings.DATA) / "records.json"


def read() -> dict[str, Entry]:
    """ "backup" and "restore_test", as far as there was one; nothing where the file cannot be read."""
    try:
        kept: dict[str, Any] = json.loads(own_file().read_text())
        return {name: Entry(**entry) for name, entry in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def note(name: str, entry: Entry) -> None:
    """Replaces the file in one step."""
    path = own_file()
    kept = {key: asdict(value) for key, value in (read() | {name: entry}).items()}
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps(kept, indent=1))
    fresh.replace(path)
