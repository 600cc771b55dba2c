"""The whole installation as files that need no Linli to be read, and back into an empty one, whichever its database.

    installation.json                 version, moment, migrations, and for each model its rows and the digest of its file
    people.person.jsonl               one JSON object a row: {"model": …, "pk": …, "fields": {…}}
    …
    media/                            the uploads

Columns that are encrypted in the database stand here in plain words: whoever has the folder has everything. What is found
through a keyed digest (contacts, codes) is found again only where the secret key is the same.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

import linli
from linli.records.databases import Broken

LIST = "installation.json"
BATCH = 1_000


def models() -> list[type[Model]]:
    """Every table of ours, by label."""
    ours = (config for config in apps.get_app_configs() if config.name.startswith("linli."))
    return sorted((model for config in ours for model in config.get_models()), key=label)


def label(model: type[Model]) -> str:
    return model._meta.label_lower


def file_of(model: type[Model]) -> str:
    return f"{label(model)}.jsonl"


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything that is read within is of one moment, and nobody waits for it."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # By hand: a transaction of Django's begins by asking to write.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def export_all(folder: Path) -> int:
    """Writes everything into a new folder, readable by its owner only, a row at a time; returns the number of rows."""
    if folder.exists():
        raise Broken(f"{folder} is there already. Name a new folder.")
    mask = os.umask(0o077)
    try:
        folder.mkdir(parents=True)
        with one_moment():
            written = {label(model): write(model, folder / file_of(model)) for model in models()}
            said = {
                "linli": linli.__version__,
                "at": datetime.now(UTC).isoformat(),
                "migrations": migrations(),
                "models": written,
            }
        if Path(settings.MEDIA_ROOT).exists():
            shutil.copytree(settings.MEDIA_ROOT, folder / "media")
        (folder / LIST).write_text(json.dumps(said, indent=1))
    finally:
        os.umask(mask)
    return sum(entry["rows"] for entry in written.values())


class ToTheMicrosecond(DjangoJSONEncoder):
    """Django's own cuts times to milliseconds: no seal of the ledger would fit its event any more."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def write(model: type[Model], path: Path) -> dict[str, Any]:
    rows = model._base_manager.order_by("pk").iterator(chunk_size=BATCH)
    with path.open("w", encoding="utf-8") as file:
        serializers.serialize("jsonl", rows, stream=file, ensure_ascii=False, cls=ToTheMicrosecond)
    with path.open("rb") as read:
        count = sum(1 for _line in read)
    return {"rows": count, "sha256": digest(path)}


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def migrations() -> list[str]:
    """Which of ours are applied."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(
        f"{app}.{name}" for app, name in applied if apps.get_app_config(app).name.startswith("linli.")
    )


def import_all(folder: Path) -> int:
    """Fills an empty installation from such a folder, all or nothing; returns the number of rows.

    Broken unless every file is as it was written, the same migrations are applied, and nobody and nothing is here yet.
    """
    said = checked(folder)
    if (
        apps.get_model("areas.Unit")._base_manager.exists()
        or apps.get_model("people.Person")._base_manager.exists()
    ):
        raise Broken("This installation is not empty. Start with an empty database: linli manage migrate.")
    with transaction.atomic():
        for model in models():
            # What migrations ship, such as holidays, comes again with the folder.
            model._base_manager.all()._raw_delete(using="default")
        count = sum(load(model, folder / file_of(model)) for model in models())
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models()):
                cursor.execute(statement)
    if (folder / "media").exists():
        shutil.copytree(folder / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
    if count != sum(entry["rows"] for entry in said["models"].values()):
        raise Broken("Not every row arrived.")
    return count


def load(model: type[Model], path: Path) -> int:
    count = 0
    with path.open(encoding="utf-8") as file:
        rows = serializers.deserialize("jsonl", file)
        while batch := [row.object for row in islice(rows, BATCH)]:
            model._base_manager.bulk_create(batch)
            count += len(batch)
    return count


def checked(folder: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads((folder / LIST).read_text())
    except (OSError, ValueError):
        raise Broken(f"{folder} holds no installation: its {LIST} cannot be read.") from None
    if said["migrations"] != migrations():
        raise Broken(
            f"It was written by Linli {said['linli']} with other migrations. Use that version, then upgrade."
        )
    if set(said["models"]) != {label(model) for model in models()}:
        raise Broken("It holds other tables than this version has.")
    for name, entry in said["models"].items():
        path = folder / f"{name}.jsonl"
        if not path.exists() or digest(path) != entry["sha256"]:
            raise Broken(f"{path} is not as it was written.")
    return said
