"""Photos from people, made harmless: decoded, stood upright, made small and written anew as JPEG.

Of the file that came only the pixels of its first picture survive: no place, no time, no device, no comment, no colour
profile, nothing that was hung on behind. The colours of a profile are not converted: that would hand a hostile file to
one more decoder. A name holds the digest of the bytes and the size, so that a file never changes under its address.
"""

import hashlib
import io
import re
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from linli.kit.rules import Problem

MOST_BYTES, MOST_PIXELS = 8_000_000, 50_000_000
LONG_SIDE, SMALL_SIDE = 1600, 480
TYPE, QUALITY = "image/jpeg", 82
# What the first bytes of a file say it is, and what Pillow has to find in it. A phone's MPO is a JPEG with a second
# picture behind the first.
MAGIC = {
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "WEBP": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
HEIC = re.compile(rb"....ftyp(hei|hev|mif1|msf1|avi)", re.DOTALL)

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

Size = tuple[int, int]


@dataclass(frozen=True)
class Picture:
    """A photo as it is kept: `large` at most 1600 pixels long, `small` at most 480, each a JPEG of ours."""

    name: str
    large: bytes
    small: bytes


def read_picture(data: bytes) -> Picture:
    """The picture in a file somebody sent. Problem, with what to do, when there is none in it that we take."""
    check_length(len(data))
    kind = kind_of(data)
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            check_pixels(image.size)
            return made_small(image)
    except Problem:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_many_pixels() from None
    except Exception:
        # A decoder that is given a damaged or hostile file raises whatever it stumbles over.
        raise Problem(
            _("This picture is damaged or did not arrive whole. Please send it once more, or take another.")
        ) from None


def check_length(length: int) -> None:
    """Problem for more bytes than a photo has; asked before they are read into memory."""
    if length > MOST_BYTES:
        raise Problem(
            _(
                "This file is larger than 8 MB. Please send a smaller one: a screenshot of the photo is enough."
            )
        )


def kind_of(data: bytes) -> str:
    """What the file is by its first bytes, whatever its name says."""
    for kind, magic in MAGIC.items():
        if magic.match(data):
            return kind
    if HEIC.match(data):
        raise Problem(
            _(
                "This photo is in a format (HEIC) that many phones cannot show. Please send a screenshot of it, or "
                "choose “Most compatible” in the camera's settings and take it again."
            )
        )
    raise Problem(_("This is not a photo we can read. Please send a JPEG, PNG or WebP file."))


def check_pixels(size: Size) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise too_many_pixels()


def too_many_pixels() -> Problem:
    return Problem(_("This picture has more than 50 million pixels. Please send a smaller one."))


def made_small(image: Image.Image) -> Picture:
    # A large JPEG is decoded at a fraction of its size, which saves most of the memory; others know no such thing.
    image.draft(None, fit(image.size, 2 * LONG_SIDE))
    image = of_shades(image)
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    upright = on_white(ImageOps.exif_transpose(image))
    small = upright.resize(fit(upright.size, SMALL_SIDE))
    large = written(upright)
    digest = hashlib.sha256(large).hexdigest()[:32]
    return Picture(f"{digest}-{upright.width}x{upright.height}.jpg", large, written(small))


def of_shades(image: Image.Image) -> Image.Image:
    """Pixels that can be mixed when they are made fewer: neither numbers of a palette nor sixteen bits."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA") if image.mode == "P" else image


def on_white(image: Image.Image) -> Image.Image:
    """A new picture of the pixels alone; what was transparent becomes white, as paper is."""
    pixels = image.convert("RGBA")
    paper = Image.new("RGB", pixels.size, "white")
    paper.paste(pixels, mask=pixels)
    return paper


def written(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return file.getvalue()


def fit(size: Size, side: int) -> Size:
    """The size with its longer side at most `side`, in proportion."""
    scale = min(1, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
