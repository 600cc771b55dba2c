"""S35: of a photo that somebody sends only the pixels stay, and whatever only pretends to be one is refused in words."""

import io
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

import linli
from linli.kit.pictures import LONG_SIDE, MOST_BYTES, SMALL_SIDE, read_picture
from linli.kit.rules import Problem
from tests.photographs import drawn, photograph

pytestmark = pytest.mark.any_database

DAMAGED = "This picture is damaged or did not arrive whole. Please send it once more, or take another."
NO_PHOTO = "This is not a photo we can read. Please send a JPEG, PNG or WebP file."
TOO_MANY = "This picture has more than 50 million pixels. Please send a smaller one."
# Somewhere in Shanghai, the phone, its owner and a remark: what must not come out again.
PLACE, PHONE, OWNER, REMARK = "31.2291", "Phonemaker 12", "Mei Xiaoyu", "behind the bank"
SECRETS = [text.encode() for text in (PLACE, PHONE, OWNER, REMARK)] + [
    b"Exif",
    b"http://ns.adobe.com",
    b"ICC_",
]
KINDS = ["JPEG", "PNG", "WEBP"]


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


def refusal(data: bytes) -> str:
    with pytest.raises(Problem) as refused:
        read_picture(data)
    return str(refused.value)


def opened(data: bytes) -> Image.Image:
    """The picture as any program reads it; its format is what we say it is."""
    image = Image.open(io.BytesIO(data))
    image.load()
    assert image.format == "JPEG"
    return image


def tell_tale(kind: str, orientation=1) -> bytes:
    """A photo that says where, when, with what and by whom it was taken, in every way its format knows."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B], exif[0x010E] = orientation, PHONE, OWNER, REMARK
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (31.0, 13.0, 44.76), 3: "E", 4: (121.0, 27.0, 21.9), 29: "2026:11:22"}
    )
    exif.get_ifd(0x8769).update({0x9003: "2026:11:22 10:00:00", 0x9286: f"{PLACE} {REMARK}"})
    options = {"exif": exif, "icc_profile": b"ICC_" * 100}
    if kind == "JPEG":
        options["comment"] = REMARK
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", OWNER)
        text.add_itxt("XML:com.adobe.xmp", f"<x xmlns='http://ns.adobe.com/xap/1.0/'>{PLACE}</x>")
        options["pnginfo"] = text
    else:
        options["xmp"] = f"<x xmlns='http://ns.adobe.com/xap/1.0/'>{PLACE}{OWNER}</x>".encode()
    return photograph(kind, **options)


@pytest.mark.parametrize("kind", KINDS)
def test_s35_where_when_and_by_whom_it_was_taken_is_gone(kind, record_property):
    sent = tell_tale(kind)
    assert [secret for secret in SECRETS[:4] if secret in sent] == SECRETS[:4], "the photo tells no tales"
    picture = read_picture(sent)
    for data in (picture.large, picture.small):
        image = opened(data)
        assert (dict(image.getexif()), image.getexif().get_ifd(0x8825)) == ({}, {})
        assert set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert [secret for secret in SECRETS if secret in data] == []
        assert segments(data) <= {0xE0, 0xDB, 0xC2, 0xC4, 0xDA, 0xD9}, "only what pixels need"
    record_property("figure", f"{kind}: tags, comments, profiles left 0")


def segments(data: bytes) -> set[int]:
    """The markers of a JPEG: 0xE1 would hold EXIF and XMP, 0xE2 a profile or a second picture, 0xFE a comment."""
    found, place = set(), 2
    while place < len(data):
        if data[place] != 0xFF or data[place + 1] in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            place += 1
            continue
        found.add(data[place + 1])
        place += 2 if data[place + 1] == 0xD9 else 2 + int.from_bytes(data[place + 2 : place + 4])
    return found


# Where the redder and the greener corner of the gradient come out, when the camera was held otherwise.
@pytest.mark.parametrize("orientation", range(1, 9))
def test_s35_it_stands_upright(orientation):
    straight = drawn(64, 48)
    held = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = orientation
    taken = straight.transpose(held[orientation]) if orientation > 1 else straight
    file = io.BytesIO()
    taken.save(file, "JPEG", quality=95, exif=exif)
    found = opened(read_picture(file.getvalue()).large)
    assert found.size == (64, 48)
    red, green = (lambda x, y, band=band: found.getpixel((x, y))[band] for band in (0, 1))
    assert (red(60, 24) - red(3, 24) > 150, green(32, 44) - green(32, 3) > 150) == (True, True)


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (100, 80), (5000, 7), (1, 1)])
def test_s35_it_is_made_small(size):
    picture = read_picture(photograph("JPEG", *size))
    large, small = opened(picture.large), opened(picture.small)
    assert max(large.size) == min(LONG_SIDE, max(size))
    assert max(small.size) == min(SMALL_SIDE, max(size))
    assert picture.name.endswith(f"-{large.width}x{large.height}.jpg")


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_s35_every_kind_of_jpeg_comes_out_in_its_colours(mode):
    assert_alike(read_picture(photograph("JPEG", mode=mode)), drawn().convert(mode).convert("RGB"))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1"])
def test_s35_every_kind_of_png_comes_out_in_its_colours(mode):
    assert_alike(read_picture(photograph("PNG", mode=mode)), drawn().convert(mode).convert("RGB"))


def test_s35_sixteen_bits_of_grey_come_out_grey():
    file = io.BytesIO()
    Image.new("I;16", (20, 20), 0x8000).save(file, "PNG")
    assert abs(opened(read_picture(file.getvalue()).large).getpixel((9, 9))[0] - 128) <= 2


def assert_alike(picture, expected: Image.Image) -> None:
    """Where a palette or black and white has to guess, the average is what counts."""
    found = opened(picture.large).resize((4, 3), Image.Resampling.BOX)
    wanted = expected.resize((4, 3), Image.Resampling.BOX)
    pairs = zip(found.tobytes(), wanted.tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) <= 12


def test_s35_what_is_transparent_becomes_paper():
    file = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, "PNG")
    assert opened(read_picture(file.getvalue()).large).getpixel((9, 9)) == (255, 255, 255)


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("index.html", "<script>canary()</script>")
    return file.getvalue()


TAILS = {
    "html": b"<html><script>canary()</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="canary()"/>',
    "pdf": b"%PDF-1.4 1 0 obj << /OpenAction << /S /JavaScript /JS (canary()) >> >> endobj",
    "php": b"<?php canary(); ?>",
    "shell": b"\n#!/bin/sh\ncanary()\n",
    "zip": archive(),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tail", TAILS)
def test_s35_a_file_that_is_two_things_comes_out_as_one(kind, tail, record_property):
    """Hung on behind the picture, and inside it where the format has room for words."""
    for sent in (photograph(kind) + TAILS[tail], tucked_in(kind, TAILS[tail])):
        assert TAILS[tail] in sent
        picture = read_picture(sent)
        for data in (picture.large, picture.small):
            assert [
                part for part in (b"canary", b"PK\x03\x04", b"%PDF", b"<svg", b"<?php") if part in data
            ] == []
            assert (data[:3], data[-2:]) == (b"\xff\xd8\xff", b"\xff\xd9")
    record_property("figure", f"{kind} with {tail}: traces left 0")


def tucked_in(kind: str, tail: bytes) -> bytes:
    if kind == "JPEG":
        return photograph(kind, comment=tail)
    if kind == "PNG":
        whole = photograph(kind)
        chunk = b"prVt" + tail
        # After the head, of 8 and 25 bytes.
        return (
            whole[:33]
            + struct.pack(">I", len(tail))
            + chunk
            + struct.pack(">I", zlib.crc32(chunk))
            + whole[33:]
        )
    return photograph(kind, xmp=tail)


OTHER = {
    "a web page": b"<html><script>canary()</script>",
    "a drawing": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="canary()"/>',
    "a document": b"%PDF-1.4\n",
    "an archive": archive(),
    "a GIF": photograph("GIF"),
    "a TIFF": photograph("TIFF"),
    "a BMP": photograph("BMP"),
    "an icon": photograph("ICO", 32, 32),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "nothing": b"",
    "one byte": b"\xff",
}


@pytest.mark.parametrize("what", OTHER)
def test_s35_what_is_no_photo_is_refused_with_the_way_out(what):
    assert refusal(OTHER[what]) == NO_PHOTO


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"])
def test_s35_heic_is_refused_with_what_to_do(brand):
    said = refusal(b"\0\0\0\x18ftyp" + brand + b"\0" * 40)
    assert "HEIC" in said
    assert "Please send a screenshot of it" in said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", KINDS)
def test_s35_the_first_bytes_and_what_follows_must_agree(kind, other):
    """The magic of one kind before the body of another: no decoder is asked but the one that was announced."""
    if kind == other:
        return
    heads = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF\0\0\0\0WEBP"}
    assert refusal(heads[kind] + photograph(other)) == DAMAGED


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.02, 0.3, 0.5, 0.9])
def test_s35_a_file_that_did_not_arrive_whole_is_said_to_be(kind, part):
    whole = photograph(kind, 900, 700)
    assert refusal(whole[: max(12, int(len(whole) * part))]) == DAMAGED


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_s35_of_what_moves_the_first_picture_stays(kind):
    file = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue", "blue")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=20)
    picture = opened(read_picture(file.getvalue()).large)
    assert getattr(picture, "n_frames", 1) == 1
    red, _green, blue = picture.getpixel((20, 15))
    assert red - blue > 200


def test_s35_of_a_phones_two_pictures_in_one_file_the_first_stays():
    file = io.BytesIO()
    drawn(40, 30).save(file, "MPO", save_all=True, append_images=[drawn(400, 300)])
    picture = opened(read_picture(file.getvalue()).large)
    assert picture.size == (40, 30)


def claims(width: int, height: int) -> bytes:
    """A tiny PNG that says it is huge; its data would come to a fraction of that."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


# One past the cap, where Pillow would only warn; past twice the cap, where it refuses; the most a PNG can say.
@pytest.mark.parametrize("size", [(50_000_001, 1), (7072, 7071), (15_000, 10_000), (2**31 - 1, 2**31 - 1)])
def test_s35_a_bomb_is_seen_before_it_is_unpacked(size, tmp_path, record_property):
    said, grown = elsewhere(claims(*size), tmp_path)
    assert said == TOO_MANY
    assert grown < 10
    record_property("figure", f"{size[0]}×{size[1]} pixels refused with {grown} MiB more")


def test_s35_words_that_unpack_to_more_than_a_picture_are_refused():
    """A PNG's compressed text chunk: a kilobyte that would become ten megabytes."""
    text = PngImagePlugin.PngInfo()
    text.add_text("bomb", "0" * 10_000_000, zip=True)
    assert refusal(photograph("PNG", 8, 8, pnginfo=text)) == DAMAGED


@pytest.mark.parametrize(("kind", "most"), [("JPEG", 100), ("PNG", 300)])
def test_s35_the_largest_photo_we_take_needs_a_known_amount_of_memory(kind, most, tmp_path, record_property):
    """Fifty million pixels. A JPEG, which is what cameras make, is decoded at a fraction of its size."""
    file = io.BytesIO()
    Image.new("RGB", (10_000, 5_000), "olive").save(file, kind)
    said, grown = elsewhere(file.getvalue(), tmp_path)
    assert said.endswith("-1600x800.jpg")
    assert grown < most
    record_property("figure", f"50 Mpx {kind} read with {grown} MiB more")


READING = """
import re, sys
from pathlib import Path
from linli.kit.pictures import read_picture
from linli.kit.rules import Problem
import django
django.setup()
def peak(): return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
data = Path(sys.argv[1]).read_bytes()
before = peak()
try:
    said = read_picture(data).name
except Problem as problem:
    said = str(problem)
print((peak() - before) // 1024, said)
"""


def elsewhere(data: bytes, folder) -> tuple[str, int]:
    """What reading comes to in a process of its own, the picture's name or the refusal, and the MiB it needed more."""
    (folder / "sent").write_bytes(data)
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "linli.settings", "LINLI_LANGUAGE": "en"}
    surroundings |= {"PYTHONPATH": str(Path(linli.__file__).parents[1]), "LINLI_DATA": str(folder)}
    command = [sys.executable, "-c", READING, str(folder / "sent")]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    grown, _space, said = done.stdout.strip().partition(" ")
    return said, int(grown)


def test_s35_more_bytes_than_a_photo_has_are_refused_unread():
    assert refusal(b"\xff\xd8\xff" + b"\0" * MOST_BYTES).startswith("This file is larger than 8 MB.")


@given(st.data())
def test_s35_whatever_is_broken_in_a_file_it_is_said_in_words(data):
    """Bytes changed, cut out, doubled: a picture of ours comes out, or a sentence; nothing else ever."""
    sent = bytearray(WHOLE[data.draw(st.sampled_from(KINDS))])
    for _change in range(data.draw(st.integers(1, 8))):
        place, length = data.draw(st.integers(0, len(sent) - 1)), data.draw(st.integers(0, 40))
        sent[place : place + length] = data.draw(st.binary(max_size=40))
    try:
        picture = read_picture(bytes(sent))
    except Problem as problem:
        assert str(problem) in {DAMAGED, NO_PHOTO, TOO_MANY}
    else:
        assert max(opened(picture.large).size) <= LONG_SIDE


WHOLE = {kind: tell_tale(kind) for kind in KINDS}
