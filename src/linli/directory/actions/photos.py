"""Photos of entrances."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.directory.events import PhotoRemoved, PhotoSet
from linli.directory.models import Entrance
from linli.directory.rules import may_set_photo
from linli.kit import gallery
from linli.kit.ids import uuid7
from linli.kit.pictures import Picture
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record, schedule

FOLDER = "entrances"


def album() -> Path:
    """Where the photos of entrances lie."""
    return Path(settings.MEDIA_ROOT) / FOLDER


@transaction.atomic
def set_photo(*, by: Any, entrance: Entrance, alt: str, picture: Picture | None = None) -> None:
    """Shows an entrance as `picture`, described by `alt`; without a picture only the words change. Nobody is told.

    The file of the photo that was there before is removed a moment later.
    """
    require(may_set_photo(by, entrance.station))
    held = Entrance.objects.select_for_update().get(pk=entrance.pk)
    before = held.photo.name
    after = f"{FOLDER}/{picture.name}" if picture else before
    if not after:
        raise Problem(_("Please choose a photo."), "photo")
    if picture:
        gallery.keep(picture, album())
    Entrance.objects.filter(pk=held.pk).update(
        photo=after, photo_alt=alt, translations=without_alt(held.translations)
    )
    station = entrance.station
    record(PhotoSet(new=after != before), by=by, subject=ref(station), scope=ref(station.unit))
    if before and before != after:
        let_go(before)


@transaction.atomic
def remove_photo(*, by: Any, entrance: Entrance) -> bool:
    """The entrance is shown in words alone again. False when it had no photo. Nobody is told."""
    require(may_set_photo(by, entrance.station))
    held = Entrance.objects.select_for_update().get(pk=entrance.pk)
    before = held.photo.name
    if not before:
        return False
    Entrance.objects.filter(pk=entrance.pk).update(
        photo="", photo_alt="", translations=without_alt(held.translations)
    )
    station = entrance.station
    record(PhotoRemoved(), by=by, subject=ref(station), scope=ref(station.unit))
    let_go(before)
    return True


def without_alt(translations: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The translations less what described the photo before: new words have none yet."""
    return {
        language: {field: text for field, text in words.items() if field != "photo_alt"}
        for language, words in translations.items()
    }


def let_go(photo: str) -> None:
    """Plans the removal of the files: only once the change is in the database may they go."""
    schedule("directory.forget_photo", due_at=timezone.now(), data={"photo": photo}, key=str(uuid7()))


def forget_photo(*, photo: str) -> bool:
    """Removes the files of a photo that no entrance shows any more. False when one still does."""
    if Entrance.objects.filter(photo=photo).exists():
        return False
    gallery.forget(Path(photo).name, album())
    return True
