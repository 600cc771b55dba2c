"""What the directory does by the clock."""

from typing import Any

from django.utils import timezone

from linli.directory.actions import (
    expire_report,
    forget_photo,
    lapse_status,
    read_sheet,
    write_sheet,
)
from linli.directory.spans import renew_old_spans
from linli.ledger.facts import deed, every


@deed("directory.lapse_status")
def lapse(data: dict[str, Any]) -> None:
    lapse_status(status_id=data["status"])


@deed("directory.expire_report")
def expire(data: dict[str, Any]) -> None:
    expire_report(report_id=data["report"])


@every(minutes=60)
@deed("directory.renew_spans")
def renew(_data: dict[str, Any]) -> None:
    renew_old_spans(timezone.now())


@deed("directory.forget_photo")
def forget(data: dict[str, Any]) -> None:
    forget_photo(photo=data["photo"])


@deed("directory.read_sheet", alone=True)
def read_what_was_sent(data: dict[str, Any]) -> None:
    read_sheet(upload_id=data["upload"])


@deed("directory.write_sheet", alone=True)
def write_what_was_read(data: dict[str, Any]) -> None:
    write_sheet(upload_id=data["upload"])
