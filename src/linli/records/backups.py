"""A backup: one folder with the database, the uploads, and a list of what is in it, by which a restore is proven.

    linli-20260131T023000Z/
        backup.json       when, of what, how many rows with which fingerprint in each table, the digest of each file
        linli.sqlite3     or linli.dump
        media.tar

The list of erasures lies beside the backups, not in them: the newest is the right one for every backup. The secret key is
nowhere in them (docs/production.md).
"""

import hashlib
import json
import os
import shutil
import tarfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

import linli
from linli.people import tombstones
from linli.records import diary
from linli.records.databases import Broken, own_database
from linli.records.fingerprints import Fingerprints, count, differing

STAMP = "linli-%Y%m%dT%H%M%SZ"
LIST, MEDIA = "backup.json", "media.tar"


@dataclass(frozen=True)
class Outcome:
    """Of a restore, tried or real: rows put back, tables that are not what the backup says, and how long it took."""

    rows: int
    differing: list[str]
    seconds: float


def make_backup(folder: Path, *, now: datetime | None = None) -> Path:
    """Copies database and uploads, while Linli runs, into a new folder below `folder`. Broken, and nothing left, if it fails."""
    begun, at = time.monotonic(), now or datetime.now(UTC)
    mask = os.umask(0o077)
    made = folder / at.strftime(STAMP)
    unfinished = folder / f"{made.name}.unfinished"
    try:
        unfinished.mkdir(parents=True)
        rows = fill(unfinished, at)
        unfinished.replace(made)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    finally:
        os.umask(mask)
    if tombstones.own_file().exists():
        shutil.copyfile(tombstones.own_file(), folder / "erasures.jsonl")
    seconds = round(time.monotonic() - begun, 1)
    diary.note("backup", diary.Entry(at.isoformat(), str(made), seconds, size(made), count(rows)))
    return made


def fill(folder: Path, at: datetime) -> Fingerprints:
    database = own_database()
    with tarfile.open(folder / MEDIA, "w") as media:
        # Before the database for what is removed meanwhile, and after it for what came.
        packed = pack(media, set())
        rows = database.copy(folder / database.file)
        pack(media, packed)
    files = {name: digest(folder / name) for name in (database.file, MEDIA)}
    said = {
        "linli": linli.__version__,
        "at": at.isoformat(),
        "database": database.file,
        "rows": rows,
        "files": files,
    }
    (folder / LIST).write_text(json.dumps(said, indent=1))
    for path in (*folder.iterdir(), folder):
        settle(path)
    return rows


def pack(media: tarfile.TarFile, there: set[str]) -> set[str]:
    """Adds the uploads that are not in it yet; one that is removed at this moment is left out."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.exists() else []:
        name = path.relative_to(root.parent).as_posix()
        if path.is_file() and name not in there:
            try:
                media.add(path, name, recursive=False)
            except FileNotFoundError:
                continue
            there.add(name)
    return there


def settle(path: Path) -> None:
    """Waits until it is on the disk: a backup that a power cut takes back is none."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def drop_old(folder: Path, *, keep: timedelta, now: datetime) -> list[str]:
    """Removes backups older than that by their names, and remains of ones that were not finished; never the newest."""
    made = sorted(path for path in folder.glob("linli-*Z") if moment_of(path))
    old = [path for path in made[:-1] if (moment_of(path) or now) < now - keep]
    for path in (*old, *folder.glob("linli-*.unfinished")):
        shutil.rmtree(path)
    return [path.name for path in old]


def newest(folder: Path) -> Path:
    """The folder itself if it is a backup, else the newest one in it. Broken when there is none."""
    if (folder / LIST).exists():
        return folder
    made = sorted(path for path in folder.glob("linli-*Z") if (path / LIST).exists())
    if not made:
        raise Broken(f"There is no backup in {folder}.")
    return made[-1]


def moment_of(path: Path) -> datetime | None:
    """When a backup was made, by its name; None for a name of somebody else's."""
    try:
        return datetime.strptime(path.name, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def try_restore(backup: Path) -> Outcome:
    """Restores into a place of its own, compares every row, and removes it; noted for the operator's page."""
    begun = time.monotonic()
    said, database = checked(backup), own_database()
    there = database.try_out(backup / database.file)
    outcome = Outcome(count(there), differing(there, said["rows"]), round(time.monotonic() - begun, 1))
    now = datetime.now(UTC).isoformat()
    entry = diary.Entry(now, str(backup), outcome.seconds, size(backup), outcome.rows, not outcome.differing)
    diary.note("restore_test", entry)
    return outcome


def restore(backup: Path) -> Outcome:
    """Puts a backup in the place of what is there. Nothing is touched unless the backup is whole and nobody is connected."""
    begun = time.monotonic()
    said, database = checked(backup), own_database()
    connections.close_all()
    if database.others():
        raise Broken("Somebody is still connected to the database. Stop linli-web and linli-worker first.")
    there = database.put_back(backup / database.file)
    with tarfile.open(backup / MEDIA) as media:
        # Only files below the folder, on whichever Python can say so; the digest of the whole was right.
        media.extraction_filter = getattr(tarfile, "data_filter", None)  # type: ignore[assignment]
        media.extractall(Path(settings.MEDIA_ROOT).parent)  # noqa: S202
    return Outcome(count(there), differing(there, said["rows"]), round(time.monotonic() - begun, 1))


def checked(backup: Path) -> dict[str, Any]:
    """What the backup's list says. Broken unless every file is as it was written, and of the kind of database we have."""
    try:
        said: dict[str, Any] = json.loads((backup / LIST).read_text())
    except (OSError, ValueError):
        raise Broken(f"{backup} is no backup: its {LIST} cannot be read.") from None
    wanted = own_database().file
    if said["database"] != wanted:
        raise Broken(f"This backup holds {said['database']}, and this installation needs {wanted}.")
    for name, expected in said["files"].items():
        if not (backup / name).exists() or digest(backup / name) != expected:
            raise Broken(f"{backup / name} is not as it was written. Take another backup.")
    return said


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def size(folder: Path) -> int:
    """Bytes."""
    return sum(path.stat().st_size for path in folder.iterdir())
