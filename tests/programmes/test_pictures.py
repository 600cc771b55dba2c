"""Pictures of a programme: added, described, put in order, shown to everybody, and gone with the last who shows them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.kit.pictures import read_picture
from linli.kit.rules import Problem
from linli.programmes.actions import add_picture, describe_picture, put_first, remove_picture
from linli.programmes.actions.picturing import MOST, album
from linli.programmes.models import ProgrammePicture
from tests.factories import make_programme
from tests.photographs import photograph
from tests.programmes.people import everybody, who_may

LAKE, HILL, LUNCH = (read_picture(photograph(width=width)) for width in (910, 911, 912))
PAGE, SHOWN = "/programmes/PRG-1/pictures/", "/programmes/PRG-1/"
CHANGED = ("programmes.programme_changed", "programmes.programme/PRG-1", {})


@pytest.fixture
def programme(town):
    return make_programme(town.tower.unit, en="Weekend ride")


@pytest.fixture
def pictures(programme, omar):
    return [
        add_picture(by=omar, programme=programme, picture=picture, alt=alt, credit=credit)
        for picture, alt, credit in ((LAKE, "湖边", "阿明"), (HILL, "山路", ""), (LUNCH, "午饭", "小芳"))
    ]


def numbers(programme) -> list[tuple]:
    return list(programme.pictures.values_list("number", "alt", "credit"))


def kept() -> set[str]:
    return {path.name for path in album().iterdir()} if album().exists() else set()


def both(picture) -> set[str]:
    return {picture.name, picture.name.replace(".jpg", "-small.jpg")}


# What is done with them


def test_they_are_numbered(pictures, programme):
    assert numbers(programme) == [(1, "湖边", "阿明"), (2, "山路", ""), (3, "午饭", "小芳")]
    assert (album() / LAKE.name).read_bytes() == LAKE.large
    assert (str(pictures[0].photo.alt), pictures[0].photo.alt.language) == ("湖边", "zh-hans")


def test_the_words_are_mended(pictures, programme, omar):
    describe_picture(by=omar, picture=pictures[1], alt="清早的山路", credit="老周")
    assert numbers(programme) == [(1, "湖边", "阿明"), (2, "清早的山路", "老周"), (3, "午饭", "小芳")]


def test_one_is_put_first_and_exchanges_its_number(pictures, programme, omar):
    put_first(by=omar, picture=pictures[2])
    assert numbers(programme) == [(1, "午饭", "小芳"), (2, "山路", ""), (3, "湖边", "阿明")]


def test_after_the_first_the_next_one_stands_for_it(pictures, programme, omar):
    remove_picture(by=omar, picture=pictures[0])
    assert numbers(programme) == [(2, "山路", ""), (3, "午饭", "小芳")]
    put_first(by=omar, picture=pictures[2])
    assert numbers(programme) == [(2, "午饭", "小芳"), (3, "山路", "")]


def test_a_number_is_never_given_twice_while_it_stands(pictures, programme, omar):
    remove_picture(by=omar, picture=pictures[1])
    add_picture(by=omar, programme=programme, picture=HILL, alt="又来")
    assert numbers(programme) == [(1, "湖边", "阿明"), (3, "午饭", "小芳"), (4, "又来", "")]


def test_twelve_are_enough(programme, omar):
    ProgrammePicture.objects.bulk_create(
        ProgrammePicture(programme=programme, number=number, file=f"programmes/{number}.jpg", alt="x")
        for number in range(1, MOST + 1)
    )
    with pytest.raises(Problem, match="12") as problem:
        add_picture(by=omar, programme=programme, picture=LAKE, alt="x")
    assert (problem.value.field, programme.pictures.count()) == ("picture", 12)


def test_each_deed_says_that_the_programme_changed(programme, omar, facts):
    lake = add_picture(by=omar, programme=programme, picture=LAKE, alt="湖边")
    hill = add_picture(by=omar, programme=programme, picture=HILL, alt="山路")
    describe_picture(by=omar, picture=lake, alt="湖", credit="")
    put_first(by=omar, picture=hill)
    remove_picture(by=omar, picture=lake)
    assert facts() == [CHANGED] * 5


def test_what_is_so_already_leaves_no_fact(pictures, programme, omar, facts):
    remove_picture(by=omar, picture=pictures[2])
    before = facts()
    put_first(by=omar, picture=pictures[0])
    for deed in (put_first, remove_picture):
        deed(by=omar, picture=pictures[2])
    describe_picture(by=omar, picture=pictures[2], alt="x", credit="")
    assert facts() == before
    assert numbers(programme) == [(1, "湖边", "阿明"), (2, "山路", "")]


def test_files_go_once_no_programme_shows_them(town, programme, omar, settle):
    other = make_programme(town.night.unit, "PRG-2")
    shown = [add_picture(by=None, programme=each, picture=LAKE, alt="湖边") for each in (programme, other)]
    remove_picture(by=omar, picture=shown[0])
    settle()
    assert kept() & both(LAKE) == both(LAKE), "the other one still shows them"
    remove_picture(by=None, picture=shown[1])
    assert kept() & both(LAKE) == both(LAKE), "nothing is sure before the change is in the database"
    settle()
    assert kept() & both(LAKE) == set()


# Who may


def test_who_keeps_a_programme_keeps_its_pictures(request, town, programme, pictures):
    people = everybody(request, town)
    deeds = {
        "add": lambda by: add_picture(by=by, programme=programme, picture=LAKE, alt="湖边"),
        "describe": lambda by: describe_picture(by=by, picture=pictures[1], alt="x", credit=""),
        "put first": lambda by: put_first(by=by, picture=pictures[1]),
        "remove": lambda by: remove_picture(by=by, picture=pictures[1]),
    }
    expected = {"omar", "manager", "gao", "district", "command line"}
    assert {name: who_may(people, deed) for name, deed in deeds.items()} == dict.fromkeys(deeds, expected)


# The pages


def test_everybody_sees_the_first_large_and_the_others_small_below(pictures, browse):
    html = browse().get(SHOWN).content.decode()
    small = [each.name.replace(".jpg", "-small.jpg") for each in (HILL, LUNCH)]
    assert re.findall(
        r'<img class="picture" src="([^"]+)" width="(.+?)" height="(.+?)" alt="(.+?)"', html
    ) == [(f"/media/programmes/{LAKE.name}", "910", "300", "湖边")]
    assert re.findall(
        r'<a class="photo" href="([^"]+)"><img src="([^"]+)" width="(.+?)" height="(.+?)" lang="(.+?)" alt="(.+?)"',
        html,
    ) == [
        (f"/media/programmes/{HILL.name}", f"/media/programmes/{small[0]}", "480", "158", "zh-hans", "山路"),
        (f"/media/programmes/{LUNCH.name}", f"/media/programmes/{small[1]}", "480", "158", "zh-hans", "午饭"),
    ]
    assert re.findall(r'<span lang="">([^<]+)</span>', html) == ["阿明", "小芳"]


def test_a_programme_without_pictures_shows_none(programme, browse):
    html = browse().get(SHOWN).content.decode()
    assert ("<img" in html, "gallery" in html.partition("<main")[2]) == (False, False)


def test_the_page_adds_describes_orders_and_removes(programme, omar, browse):
    keeper = browse(omar)
    for alt in ("湖边", "山路"):
        sent = {"alt": alt, "credit": "阿明", "picture": SimpleUploadedFile("x.html", photograph())}
        assert keeper.post(PAGE, sent)["Location"] == PAGE
    lake, hill = (f"{PAGE}{picture.pk}/" for picture in programme.pictures.all())
    for address, sent in ((lake, {"alt": "湖"}), (hill, {"first": "1"}), (lake, {"remove": "1"})):
        assert keeper.post(address, sent)["Location"] == PAGE
    assert numbers(programme) == [(1, "山路", "阿明")]
    assert keeper.post(lake, {"remove": "1"}).status_code == 404


def test_the_first_is_not_offered_to_be_put_first(pictures, omar, browse):
    html = browse(omar).get(PAGE).content.decode()
    sections = html.split('<section class="card"')[1:]
    assert [section.count('name="first"') for section in sections] == [0, 1, 1]
    assert re.findall(r"Remove picture \d", html) == [
        "Remove picture 1",
        "Remove picture 2",
        "Remove picture 3",
    ]


def test_a_picture_is_reached_through_its_own_programme_only(town, pictures, omar, browse):
    make_programme(town.tower.unit, "PRG-2")
    assert (
        browse(omar).post(f"/programmes/PRG-2/pictures/{pictures[0].pk}/", {"remove": "1"}).status_code == 404
    )


@pytest.mark.parametrize(
    "sent",
    [
        {"alt": "x"},
        {"alt": "", "picture": SimpleUploadedFile("x.jpg", photograph())},
        {"alt": "x", "picture": SimpleUploadedFile("x.jpg", b"GIF89a<script>alert(1)</script>")},
        {"alt": "x", "picture": SimpleUploadedFile("x.svg", b"<svg onload='x'/>")},
    ],
    ids=["no picture", "no words", "a script", "a drawing"],
)
def test_what_is_no_described_picture_is_refused_in_words(programme, omar, browse, sent):
    answer = browse(omar).post(PAGE, sent | {"credit": "阿明"})
    html = answer.content.decode()
    assert (answer.status_code, numbers(programme)) == (422, [])
    assert 'role="alert"' in html
    assert 'value="阿明"' in html


def test_words_that_cannot_be_kept_come_back_at_their_picture(pictures, programme, omar, browse):
    answer = browse(omar).post(f"{PAGE}{pictures[1].pk}/", {"alt": "", "credit": "老周"})
    html = answer.content.decode()
    assert (answer.status_code, numbers(programme)[1]) == (422, (2, "山路", ""))
    sections = html.split('<section class="card"')[1:]
    assert ['role="alert"' in section for section in sections] == [False, True, False]
    assert [re.findall(r'name="credit" value="([^"]*)"', section) for section in sections] == [
        ["阿明"],
        ["老周"],
        ["小芳"],
    ]


def test_a_file_is_served_as_long_as_a_programme_shows_it(pictures, omar, browse):
    path = f"/media/{pictures[0].file.name}"
    assert browse().get(path).content == LAKE.large
    assert browse().get(path.replace(".jpg", "-small.jpg")).content == LAKE.small
    remove_picture(by=omar, picture=pictures[0])
    assert browse().get(path).status_code == 404
