"""What pages say of a sheet that was sent: its plan, part by part, in the reader's language."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from linli.directory.models import SheetUpload
from linli.directory.sheets.columns import SHEETS, Column, Sheet
from linli.directory.sheets.faults import why
from linli.directory.sheets.planning import unpacked

ON_A_PAGE = 50
LONGEST = 160
PARTS = ("unclear", "changed", "new")


def shown(upload: SheetUpload, part: str, page: str | None) -> dict[str, Any]:
    """The context of the page: counts, the part that was asked for or the first that has rows, one page of it."""
    found = unpacked(bytes(upload.findings))
    facts: dict[str, Any] = {"upload": upload, "sheet": SHEETS.get(upload.kind), "found": found}
    if "problem" in found:
        facts["problem"] = why(*found["problem"])
    if upload.state == SheetUpload.State.READ:
        part = part if found.get(part) else next((each for each in PARTS if found[each]), "")
        facts |= {
            "good": upload.tally["new"] + upload.tally["changed"],
            "tabs": [tab(upload, each, current=each == part) for each in PARTS if found[each]],
            "part": part,
            "page": rows_of(found, part, page, SHEETS[upload.kind]) if part else None,
        }
    return facts


def tab(upload: SheetUpload, part: str, *, current: bool) -> dict[str, Any]:
    labels = {"unclear": _("Not understood"), "changed": _("Changed"), "new": _("New rows")}
    label = f"{labels[part]} ({upload.tally[part]})"
    return {"url": f"{upload.get_absolute_url()}?part={part}", "label": label, "current": current}


def rows_of(found: dict[str, Any], part: str, page: str | None, sheet: Sheet) -> Page:
    """One page of rows; each {number, code, title} and what is to be said of it."""
    rows = Paginator(found[part], ON_A_PAGE).get_page(page)
    rows.object_list = [row_in_words(row, part, sheet) for row in rows.object_list]
    return rows


def row_in_words(row: list[Any], part: str, sheet: Sheet) -> dict[str, Any]:
    number, code, title, *more = row
    said = {"number": number, "code": code, "title": title}
    if part == "unclear":
        return said | {
            "faults": [(heading, text, why(kind, facts)) for heading, text, kind, facts in more[0]]
        }
    if part == "changed":
        return said | {
            "changes": [change(sheet.column(key), before, after) for key, before, after in more[0]]
        }
    return said


def change(column: Column, before: Any, after: Any) -> tuple[str, str, str]:
    """(heading, before, after), each as a cell would say it."""
    return str(column.heading), in_words(column, before), in_words(column, after)


def in_words(column: Column, value: Any) -> str:
    if value is None:
        return _("nothing")
    return Truncator(str(column.reader.write(value, get_language() or "en"))).chars(LONGEST)


def counted(upload: SheetUpload) -> str:
    """How far it is, in a sentence."""
    facts = {"done": upload.rows_done, "rows": upload.rows}
    if upload.state == SheetUpload.State.WRITING:
        return (
            ngettext("%(rows)d row is being written.", "%(rows)d rows are being written.", upload.rows)
            % facts
        )
    if upload.rows:
        return _("%(done)d of %(rows)d rows compared.") % facts
    return ngettext("%(done)d row read so far.", "%(done)d rows read so far.", upload.rows_done) % facts
