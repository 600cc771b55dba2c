"""What a file is, and whether it may be opened: looked at before anything in it is unpacked.

An .xlsx file is a zip archive, and archives can be built to fill the memory, to reach outside their folder or to fetch
things. Only entries that are plain, small enough together, and free of document type declarations are let through.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from linli.directory.sheets.faults import Unreadable

MEGABYTE = 1_000_000
LARGEST_FILE = 10 * MEGABYTE
LARGEST_UNPACKED = 100 * MEGABYTE
MOST_ENTRIES = 1000
# What the list of an archive's entries may take: read before the list is, for a list of 100,000 is an attack itself.
LARGEST_LIST = 200_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An encrypted .xlsx is an OLE file with a stream of this name.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
FOREIGN = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"PK")
END, END_SIZE, FARTHEST = b"PK\x05\x06", 22, 65_557
PIECE = 1 << 20
# Where a row of a worksheet or one of the shared texts begins; how many of them, and how many elements in one of them.
PART = re.compile(rb"<(?:\w+:)?(?:row|si)[\s/>]")
MOST_PARTS, MOST_TAGS = 1_500_000, 500_000


def kind_of(content: bytes) -> str:
    """ "xlsx" or "csv"; Unreadable for everything else, with the cure where there is one."""
    if not content.strip():
        raise Unreadable("empty_file")
    if len(content) > LARGEST_FILE:
        raise Unreadable("too_large", limit=LARGEST_FILE // MEGABYTE)
    if content.startswith(OLE):
        raise Unreadable("locked" if ENCRYPTED in content else "old_excel")
    if content.startswith(ZIP):
        return "xlsx"
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<?xml", b"<html", b"<!doctype", b"<table", b"<meta")):
        raise Unreadable("other_office")
    if content.startswith(FOREIGN) or (
        b"\x00" in content[:2000] and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}
    ):
        raise Unreadable("not_a_sheet")
    return "csv"


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive of an .xlsx file, once it is known to be harmless."""
    check_list(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_entries(archive)
            yield archive
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError) as error:
        raise Unreadable("damaged") from error


def check_list(content: bytes) -> None:
    """The archive's own word on how many entries it has, before they are read."""
    at = len(content) - END_SIZE
    if content[at : at + 4] != END or content[-2:] != b"\0\0":
        at = content.rfind(END, max(0, len(content) - FARTHEST))
    if at < 0 or at + END_SIZE > len(content):
        raise Unreadable("damaged")
    _disk, _start, _here, entries, size, _offset, _comment = struct.unpack_from("<HHHHLLH", content, at + 4)
    # 65,535 would say: the number stands elsewhere, as only larger archives need it.
    if entries > MOST_ENTRIES or size > LARGEST_LIST:
        raise Unreadable("suspicious")


def check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_ENTRIES or len(names) != len(entries) or not all(map(is_plain, entries)):
        raise Unreadable("suspicious")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("locked")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Unreadable("unpacks_too_large")
    if "xl/workbook.xml" not in names:
        raise Unreadable("other_office")
    for entry in entries:
        check_content(archive, entry)


def is_plain(entry: zipfile.ZipInfo) -> bool:
    """A file or folder below the archive's own root, packed in the one usual way."""
    parts = entry.filename.replace("\\", "/").split("/")
    mode = entry.external_attr >> 16
    return (
        ".." not in parts
        and parts[0] != ""
        and ":" not in entry.filename
        and "\\" not in entry.filename
        and not stat.S_ISLNK(mode)
        and entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    )


def check_content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No archive inside the archive, and only XML that can be read bit by bit."""
    with archive.open(entry) as file:
        start = file.read(64)
        if start.startswith((ZIP, OLE, b"\x1f\x8b")):
            raise Unreadable("suspicious")
        if entry.filename.endswith((".xml", ".rels", ".vml")):
            check_xml(start, file)


def check_xml(start: bytes, file: IO[bytes]) -> None:
    """No document type, no entity, no other encoding; not too many rows or texts, and none of them too deep.

    A reader forgets each row once it is read: a row of millions of elements would have to be held as a whole.
    """
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        raise Unreadable("suspicious")
    tail, piece, parts, tags = b"", start, 0, 0
    while piece:
        if declares(tail + piece):
            raise Unreadable("suspicious")
        at = 0
        for part in PART.finditer(piece):
            tags += piece.count(b"<", at, part.start())
            if tags > MOST_TAGS:
                raise Unreadable("suspicious")
            parts, tags, at = parts + 1, 0, part.start()
        tags += piece.count(b"<", at)
        if tags > MOST_TAGS or parts > MOST_PARTS:
            raise Unreadable("suspicious")
        tail, piece = piece[-16:], file.read(PIECE)


def declares(xml: bytes) -> bool:
    return b"<!DOCTYPE" in xml or b"<!ENTITY" in xml
