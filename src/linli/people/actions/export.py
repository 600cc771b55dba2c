"""A copy of everything held about a person: JSON to carry elsewhere, HTML to read, CSV for tables, in one zip.

It walks the register of personal fields, so what is registered is in it, and a house test lets nothing stay out.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.encoding import force_str

from linli.kit.personal import PersonalField, PersonalModel, registered
from linli.kit.rules import require
from linli.kit.texts import mask_name
from linli.ledger.actions import record
from linli.people.events import OWN_ACCOUNT, DataExported
from linli.people.models import Person

FORMAT = "linli.personal-data/1"
# A spreadsheet takes a cell that starts like this for a formula.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def export_person(*, by: Person, person: Person) -> Iterator[bytes]:
    """The zip in pieces, in the language of whoever asked. Only the person gets it; raises Refused."""
    require(by.is_authenticated and by.pk == person.pk)
    with transaction.atomic():
        record(DataExported(), by=by, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)
    return pieces(person, translation.get_language() or "en", timezone.localtime())


def pieces(person: Person, language: str, at: datetime) -> Iterator[bytes]:
    """Writes one file after another and hands over what has come together so far."""
    pipe, tables = Pipe(), []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in registered():
            # Only for the moment: between two pieces this thread must not keep the person's language.
            with translation.override(language):
                table = tabled(entry, person)
            tables.append(table)
            if table["rows"]:
                archive.writestr(f"tables/{table['file']}", as_csv(table))
                yield pipe.taken()
        archive.writestr("data.json", as_json(tables, at))
        yield pipe.taken()
        archive.writestr("index.html", as_page(tables, at, language))
        yield pipe.taken()
    yield pipe.taken()


class Pipe(io.RawIOBase):
    """A file one can only write to, emptied as it fills; zipfile needs no more."""

    def __init__(self) -> None:
        super().__init__()
        self.held = bytearray()

    def write(self, data: Any) -> int:
        self.held += data
        return len(data)

    def taken(self) -> bytes:
        held, self.held = bytes(self.held), bytearray()
        return held


def tabled(entry: PersonalModel, person: Person) -> dict[str, Any]:
    """One entry of the register with its answers and the person's rows in words."""
    shown = [field for field in entry.fields if field.exported] if entry.exportable else []
    relations = [field.name for field in shown if entry.column(field.name).is_relation]
    rows = entry.rows(person).select_related(*relations) if shown else []
    return {
        "model": entry.model,
        "file": f"{entry.model.lower()}-{entry.person or 'nobody'}.csv",
        "name": force_str(entry.title),
        "on_erase": entry.on_erase,
        "columns": [field.name for field in shown],
        "fields": [answers(entry, field, field in shown) for field in entry.fields],
        "rows": [[plain(row, field.name, person) for field in shown] for row in rows],
    }


def answers(entry: PersonalModel, field: PersonalField, is_copied: bool) -> dict[str, Any]:
    """Why the field is held, on which basis, for how long, who reads it; and whether its value is copied."""
    return {
        "name": field.name,
        "label": force_str(entry.column(field.name).verbose_name),
        "purpose": force_str(field.purpose),
        "basis": force_str(field.basis),
        "retention": force_str(field.retention),
        "readers": force_str(field.readers),
        "copied": is_copied,
    }


def plain(row: Model, name: str, person: Person) -> Any:
    """A value as JSON knows it. Other people appear masked: this is the person's copy, not theirs."""
    value = getattr(row, name)
    if isinstance(value, Person):
        return "self" if value.pk == person.pk else mask_name(value.name)
    if isinstance(value, Model):
        return getattr(value, "code", None) or force_str(value.pk)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    return str(value) if isinstance(value, UUID) else force_str(value)


def as_page(tables: list[dict[str, Any]], at: datetime, language: str) -> str:
    with translation.override(language):
        return render_to_string("people/export_file.html", {"tables": tables, "at": at, "language": language})


def as_json(tables: list[dict[str, Any]], at: datetime) -> str:
    kept = [
        {
            "model": table["model"],
            "fields": table["fields"],
            "rows": [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]],
        }
        for table in tables
    ]
    return json.dumps({"format": FORMAT, "at": at.isoformat(), "tables": kept}, ensure_ascii=False, indent=1)


def as_csv(table: dict[str, Any]) -> str:
    """With a byte order mark, so that spreadsheets read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table["columns"])
    writer.writerows([cell(value) for value in row] for row in table["rows"])
    return "\ufeff" + out.getvalue()


def cell(value: Any) -> str:
    """Text a spreadsheet leaves alone: what would start a formula gets an apostrophe before it."""
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
    return f"'{text}" if text.lstrip('\ufeff" ').startswith(FORMULA_STARTS) else text
