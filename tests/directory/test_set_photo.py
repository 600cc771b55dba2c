"""The desk shows what an entrance looks like, replaces the photo, and takes it away again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import make_entrance
from tests.photographs import photograph

from linli.directory.actions import remove_photo, set_photo
from linli.directory.actions.photos import album
from linli.kit.pictures import read_picture
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused

DOOR, OTHER_DOOR = (read_picture(photograph(width=width)) for width in (900, 901))
PAGE = "/stations/JA-0101/entrances/{}/photo/"


@pytest.fixture
def east(town):
    return make_entrance(town.tower, "东门")


@pytest.fixture
def shown(east, omar):
    set_photo(by=omar, entrance=east, alt="玻璃门", picture=DOOR)
    east.refresh_from_db()
    return east


def kept():
    return {path.name for path in album().iterdir()} if album().exists() else set()


def both(picture):
    return {picture.name, picture.name.replace(".jpg", "-small.jpg")}


def test_an_entrance_gets_a_photo_with_words(east, omar):
    set_photo(by=omar, entrance=east, alt="玻璃门", picture=DOOR)
    east.refresh_from_db()
    assert (east.photo.name, east.photo_alt) == (f"entrances/{DOOR.name}", "玻璃门")
    assert (album() / DOOR.name).read_bytes() == DOOR.large
    assert (album() / DOOR.name.replace(".jpg", "-small.jpg")).read_bytes() == DOOR.small
    assert (east.picture.size, east.picture.small_size) == ((900, 300), (480, 160))


@pytest.mark.parametrize("who", ["mei", "lena", "gao", "kai"])
def test_only_those_who_work_there_may(shown, who, request):
    somebody = request.getfixturevalue(who)
    with pytest.raises(Refused):
        set_photo(by=somebody, entrance=shown, alt="x", picture=OTHER_DOOR)
    with pytest.raises(Refused):
        remove_photo(by=somebody, entrance=shown)
    shown.refresh_from_db()
    assert (shown.photo.name, shown.photo_alt) == (f"entrances/{DOOR.name}", "玻璃门")


def test_without_a_photo_there_is_nothing_to_describe(east, omar):
    with pytest.raises(Problem) as problem:
        set_photo(by=omar, entrance=east, alt="玻璃门")
    assert problem.value.field == "photo"


def test_the_words_alone_can_be_mended(shown, omar, facts):
    set_photo(by=omar, entrance=shown, alt="红色的玻璃门")
    shown.refresh_from_db()
    assert (shown.photo.name, shown.photo_alt) == (f"entrances/{DOOR.name}", "红色的玻璃门")
    assert facts() == [("directory.photo_set", ref(shown.station), {"new": False})]


def test_new_words_have_no_translation_yet(shown, omar):
    type(shown).objects.update(translations={"en": {"name": "East door", "photo_alt": "A glass door"}})
    set_photo(by=omar, entrance=shown, alt="木门", picture=OTHER_DOOR)
    shown.refresh_from_db()
    assert shown.translations == {"en": {"name": "East door"}}


def test_the_photo_before_is_removed_a_moment_later(shown, omar, settle):
    set_photo(by=omar, entrance=shown, alt="木门", picture=OTHER_DOOR)
    assert both(DOOR) | both(OTHER_DOOR) <= kept()
    settle()
    assert kept() & (both(DOOR) | both(OTHER_DOOR)) == both(OTHER_DOOR)


def test_a_removed_photo_is_gone_from_the_row_and_from_the_disk(shown, omar, settle, facts):
    assert remove_photo(by=omar, entrance=shown) is True
    assert facts() == [("directory.photo_removed", ref(shown.station), {})]
    settle()
    shown.refresh_from_db()
    assert (shown.photo.name, shown.photo_alt, shown.picture) == ("", "", None)
    assert kept() & both(DOOR) == set()
    assert remove_photo(by=omar, entrance=shown) is False


def test_a_photo_that_another_entrance_shows_too_stays(shown, town, omar, settle):
    west = make_entrance(town.tower, "西门")
    set_photo(by=omar, entrance=west, alt="玻璃门", picture=DOOR)
    remove_photo(by=omar, entrance=shown)
    settle()
    assert both(DOOR) <= kept()


def test_leaves_its_fact_without_a_word_of_it(east, omar, facts):
    set_photo(by=omar, entrance=east, alt="玻璃门", picture=DOOR)
    assert facts() == [("directory.photo_set", ref(east.station), {"new": True})]


def sent(data=None, name="door.jpg", alt="A glass door"):
    return {"alt": alt} | ({"photo": SimpleUploadedFile(name, data)} if data is not None else {})


def test_the_page_takes_a_photo_whatever_its_name_says(east, omar, browse):
    for name in ("door.png", "../../../etc/passwd", "x.html", "门.jpg" * 30):
        answer = browse(omar).post(PAGE.format(east.code), sent(photograph(), name))
        assert (answer.status_code, answer["Location"]) == (302, PAGE.format(east.code)), name
    east.refresh_from_db()
    assert east.photo_alt == "A glass door"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (sent(b"%PDF-1.4"), "photo"),
        (sent(photograph()[:500]), "photo"),
        (sent(b""), "photo"),
        (sent(b"\xff\xd8\xff" + b"\0" * 8_000_000), "photo"),
        (sent(), "photo"),
        (sent(photograph(), alt=""), "alt"),
        (sent(photograph(), alt="x" * 201), "alt"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_the_words_are_kept(east, omar, browse, said, field):
    answer = browse(omar).post(PAGE.format(east.code), said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"]["alt"].value() == said["alt"]
    east.refresh_from_db()
    assert (east.photo.name, east.photo_alt) == ("", "")


def test_more_than_any_form_takes_is_refused_before_it_is_read(east, omar, browse):
    answer = browse(omar).post(PAGE.format(east.code), sent(b"\xff\xd8\xff" + b"\0" * 20_000_000))
    assert answer.status_code == 400


def test_an_entrance_is_found_only_at_its_own_station(east, town, omar, browse):
    assert browse(omar).get(f"/stations/JA-0201/entrances/{east.code}/photo/").status_code == 404


def test_the_file_is_served_as_what_it_is(shown, browse):
    for photo, data in ((shown.picture.url, DOOR.large), (shown.picture.small_url, DOOR.small)):
        answer = browse().get(photo)
        assert (answer.status_code, answer.content) == (200, data)
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Content-Disposition"] == f'inline; filename="{photo.rpartition("/")[2]}"'
        assert answer["Cache-Control"] == "public, max-age=86400, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name",
    [
        "../secret_key",
        "..%2Fsecret_key",
        "..",
        "secret_key",
        f"{'0' * 32}-1x1.jpg",
        "{}/",
        "{}%00",
        "{}-small.jpg",
        "x{}",
    ],
)
def test_nothing_else_is_served(shown, browse, name):
    (album().parent / "secret_key").write_text("secret")
    (album() / "secret_key").write_text("secret")
    assert browse().get(f"/media/entrances/{name.format(DOOR.name)}").status_code == 404


def test_a_photo_that_no_entrance_shows_is_not_served(shown, omar, browse):
    url = shown.picture.url
    remove_photo(by=omar, entrance=shown)
    assert (album() / DOOR.name).exists()
    assert browse().get(url).status_code == 404
