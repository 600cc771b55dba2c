"""Everything that can be wrong with a sheet or with a cell, each with its sentence and, where there is one, its cure."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kit.uscc import WRONG

SENTENCES = {
    # The whole file
    "empty_file": _("The file is empty."),
    "too_large": _("The file has more than %(limit)d MB. Take out what is not needed, or divide it."),
    "old_excel": _("This is an old Excel file (.xls). Open it, save it as .xlsx, and send that."),
    "locked": _("The file is locked with a password. Save it without one and send it again."),
    "other_office": _("This file is not .xlsx inside. Open it, save it as .xlsx or .csv, and send that."),
    "not_a_sheet": _("This is neither an .xlsx nor a .csv file."),
    "damaged": _("The file is damaged and cannot be opened. Save it anew and send it again."),
    "suspicious": _("The file holds parts that a spreadsheet does not have, so it was not opened."),
    "unpacks_too_large": _("Unpacked, the file is too large to be read. Take out pictures, or divide it."),
    "too_many_rows": _("More than %(limit)d rows. Please divide the sheet."),
    "too_many_columns": _("More than %(limit)d columns. Please keep only those that are needed."),
    "no_rows": _("Below the headings there is no row."),
    "not_text": _("The file is neither in UTF-8 nor in GB18030. Save it as .xlsx, or as CSV in UTF-8."),
    "broken_csv": _("Row %(row)d cannot be read: a quotation mark is not closed, or a cell never ends."),
    "no_headings": _(
        "No row of headings was recognised in the first %(rows)d rows. Take a sheet along first and fill that in."
    ),
    "no_key": _("The sheet needs a column %(code)s, or the columns %(area)s and %(name)s."),
    "not_yours": _("Meanwhile this area is no longer yours to change, or it is closed. Nothing was written."),
    "twice": _("Two columns are called %(heading)s. Please keep one of them."),
    # A cell of any column
    "formula": _("A formula stands here. Only what people type is read: paste it as a value."),
    "error_value": _("A formula came to nothing here (%(text)s)."),
    "too_long": _("Please keep this within %(limit)d characters; it has %(length)d."),
    "ditto": _("Nothing stands above that could be the same."),
    "needed": _("A new row needs this."),
    "not_empty": _("This cannot be emptied."),
    "not_text_cell": _("A text is meant here, but the cell holds a date or a yes/no value."),
    # Cells of single columns
    "not_a_number": _("This is not a number."),
    "out_of_range": _("This lies outside %(low)s to %(high)s."),
    "swapped": _("This lies outside %(low)s to %(high)s. Latitude and longitude may have changed places."),
    "half_a_point": _("Latitude and longitude belong together: one of them is missing."),
    "which_datum": _("Please say in which datum the point was read: WGS-84, GCJ-02 (Amap, Tencent) or BD-09 (Baidu)."),
    "no_point": _("There is no point that this datum could belong to."),
    "unknown_word": _("“%(text)s” is not one of: %(choices)s."),
    "not_yes_or_no": _("Please write yes or no."),
    "not_a_code": _("A code has letters, digits and hyphens, %(limit)d at most."),
    "not_a_phone": _("“%(text)s” is not a telephone number."),
    "not_a_date": _("This is not a date. Write it like 2026-11-03."),
    "no_such_day": _("There is no such day."),
    "not_an_address": _("This is not a web address."),
    "not_an_email": _("This is not an e-mail address."),
    **{f"uscc_{kind}": sentence for kind, sentence in WRONG.items()},
    "uscc_taken": _("%(name)s has this credit code already."),
    "uscc_twice": _("Row %(row)d has the same credit code."),
    "committee_day": _("Please say as of which day: the date belongs to what is said about the group."),
    "no_committee": _("This date belongs to what is said about the group, and nothing is said about it."),
    # Hours
    "not_hours": _("“%(text)s” is not understood. Write it like 09:00-12:00 13:30-18:00."),
    "hours_as_date": _("The spreadsheet made a date of this. Write it like 09:00-12:00."),
    "same_time": _("It opens and closes at the same time. For the whole day write 00:00-24:00."),
    "out_of_order": _("“%(text)s” begins before the times ahead of it. In the afternoon write 13:30, not 1:30."),
    "days_missing": _("It is not said to which days “%(text)s” belongs."),
    "season_order": _("The last day lies before the first."),
    "season_cannot_close": _(
        "The usual week has hours on this day, and a season cannot take them away. Give it hours here, or set an"
        " exception for single days."
    ),
    "make_up_cannot_close": _(
        "A make-up workday without hours of its own keeps those of Monday. Set an exception for the single day."
    ),
    "one_time_alone": _("Opening and closing time belong together: one of them is missing."),
    "hours_twice": _("The hours are said in two columns, and not alike."),
    # The row as a whole
    "no_row_key": _("Neither a code, nor an area and a name."),
    "unknown_area": _("No area has the code or the name “%(text)s”."),
    "several_areas": _("Several areas are called so. Give one of the codes: %(codes)s."),
    "areas_differ": _("The code of the area and its name are those of two different areas."),
    "unknown_station": _("There is no station of this code or name here. Enter it with a sheet of stations first."),
    "several": _("Several are called so in this area. Give the code: %(codes)s."),
    "other_code": _("%(name)s stands in this area already, with the code %(code)s. Give that code, or another name."),
    "other_name": _("The code belongs to %(name)s."),
    "code_taken": _("Something else has this code."),
    "closed": _("It has closed for good."),
    "moved": _("It stands in %(area)s. To move it, use “Move it elsewhere” on its page in the tree."),
    "outside": _("This lies outside %(unit)s, so it is not yours to change."),
    "row_twice": _("Row %(row)d is about the same one."),
}  # fmt: skip


class Unclear(Exception):
    """A cell that could not be understood: the kind of fault, and what its sentence needs."""

    def __init__(self, kind: str, **facts: Any):
        super().__init__(kind)
        self.kind, self.facts = kind, facts


class Unreadable(Unclear):
    """A file that is not read at all."""


@dataclass(frozen=True)
class Fault:
    """One unclear cell: its column ("" for the row as a whole), the kind of fault, what its sentence needs."""

    column: str
    kind: str
    facts: dict[str, Any]


def why(kind: str, facts: dict[str, Any]) -> str:
    """The sentence of a fault in the reader's language."""
    return str(SENTENCES[kind]) % facts
