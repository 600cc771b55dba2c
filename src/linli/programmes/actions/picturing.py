"""Pictures of programmes; the one with the lowest number stands for its programme."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kit import gallery
from linli.kit.ids import uuid7
from linli.kit.pictures import Picture
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record, schedule
from linli.programmes.events import ProgrammeChanged
from linli.programmes.models import Programme, ProgrammePicture
from linli.programmes.rules import may_keep_programmes

FOLDER, MOST = "programmes", 12


def album() -> Path:
    """Where the pictures of programmes lie."""
    return Path(settings.MEDIA_ROOT) / FOLDER


@transaction.atomic
def add_picture(
    *, by: Any, programme: Programme, picture: Picture, alt: str, credit: str = ""
) -> ProgrammePicture:
    """Hangs a picture on a programme, behind those it has. Nobody is told. Problem when it has twelve."""
    require(may_keep_programmes(by, programme.unit))
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    there = held.pictures.all()
    if there.count() >= MOST:
        raise Problem(_("A programme has %(most)d pictures at most.") % {"most": MOST}, "picture")
    gallery.keep(picture, album())
    added = ProgrammePicture.objects.create(
        programme=held,
        number=(there.aggregate(last=Max("number"))["last"] or 0) + 1,
        file=f"{FOLDER}/{picture.name}",
        alt=alt,
        credit=credit,
    )
    say_changed(by, programme)
    return added


@transaction.atomic
def describe_picture(*, by: Any, picture: ProgrammePicture, alt: str, credit: str) -> None:
    """Says anew what a picture shows and whose it is."""
    require(may_keep_programmes(by, picture.programme.unit))
    if ProgrammePicture.objects.filter(pk=picture.pk).update(alt=alt, credit=credit):
        say_changed(by, picture.programme)


@transaction.atomic
def put_first(*, by: Any, picture: ProgrammePicture) -> None:
    """Lets a picture stand for its programme: it and the one that did so exchange their numbers."""
    require(may_keep_programmes(by, picture.programme.unit))
    held = Programme.objects.select_for_update().get(pk=picture.programme_id)
    there = {each.pk: each.number for each in held.pictures.all()}
    if picture.pk not in there or picture.pk == (first := next(iter(there))):
        return
    # Nought is no picture's number: so at no moment do two have the same.
    for pk, number in ((picture.pk, 0), (first, there[picture.pk]), (picture.pk, there[first])):
        ProgrammePicture.objects.filter(pk=pk).update(number=number)
    say_changed(by, picture.programme)


@transaction.atomic
def remove_picture(*, by: Any, picture: ProgrammePicture) -> None:
    """Takes a picture away; the other numbers stay. Its files go a moment later."""
    require(may_keep_programmes(by, picture.programme.unit))
    gone, _kinds = ProgrammePicture.objects.filter(pk=picture.pk).delete()
    if gone:
        say_changed(by, picture.programme)
        # Only once the change is in the database may the files go.
        data = {"file": picture.file.name}
        schedule("programmes.forget_picture", due_at=timezone.now(), data=data, key=str(uuid7()))


def say_changed(by: Any, programme: Programme) -> None:
    """Pictures are part of what a programme says of itself."""
    record(ProgrammeChanged(), by=by, subject=ref(programme), scope=ref(programme.unit))


def forget_picture(*, file: str) -> bool:
    """Removes the files of a picture that no programme shows any more. False when one still does."""
    if ProgrammePicture.objects.filter(file=file).exists():
        return False
    gallery.forget(Path(file).name, album())
    return True
