"""Pictures kept as files: a name holds the digest of the bytes and the size, and says whether it is the small one."""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from linli.kit.pictures import SMALL_SIDE, TYPE, Picture, Size, fit
from linli.kit.words import Words

# A file never changes under its name; but one that was removed should be gone from caches in between by tomorrow.
KEPT = "public, max-age=86400, immutable"
NAME = re.compile(r"[0-9a-f]{32}-(?P<width>\d{1,4})x(?P<height>\d{1,4})(?P<small>-small)?\.jpg")


def keep(picture: Picture, folder: Path) -> None:
    """Writes both files; each is whole or not there, and what is there already is the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in ((picture.name, picture.large), (small_name(picture.name), picture.small)):
        fresh = folder / f".{secrets.token_hex(8)}"
        fresh.write_bytes(data)
        fresh.replace(folder / name)


def forget(name: str, folder: Path) -> None:
    """Removes both files of a picture, whether or not they are there."""
    for each in (name, small_name(name)):
        (folder / each).unlink(missing_ok=True)


def serve(name: str, folder: Path) -> HttpResponse:
    """The file of that name, for whom the caller has found that they may see it. Http404 when it is not there."""
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    shown_as = content_disposition_header(as_attachment=False, filename=name)
    return HttpResponse(
        data, content_type=TYPE, headers={"Content-Disposition": shown_as, "Cache-Control": KEPT}
    )


def small_name(name: str) -> str:
    return name.removesuffix(".jpg") + "-small.jpg"


def large_name(name: str) -> str:
    """The name of the large one, whichever of the two is named; empty for what is no name of ours."""
    return name.replace("-small.jpg", ".jpg") if NAME.fullmatch(name) else ""


def size_of(name: str) -> Size:
    """The width and height in pixels of the picture that is named."""
    found = NAME.fullmatch(name)
    if found is None:
        raise ValueError(name)
    size = int(found["width"]), int(found["height"])
    return fit(size, SMALL_SIDE) if found["small"] else size


@dataclass(frozen=True)
class Photo:
    """A kept picture as a page shows it: `path` is its name below the folder of uploads, `alt` what it shows."""

    path: str
    alt: Words

    @property
    def url(self) -> str:
        return settings.MEDIA_URL + self.path

    @property
    def small_url(self) -> str:
        return small_name(self.url)

    @property
    def size(self) -> Size:
        return size_of(PurePosixPath(self.path).name)

    @property
    def small_size(self) -> Size:
        """So that a page can leave its room before it is there."""
        return fit(self.size, SMALL_SIDE)
