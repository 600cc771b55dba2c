"""Pictures of an article: added, described, placed in the text, shown to those who may see the article, and gone with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.kit.pictures import read_picture
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.news.actions import add_picture, describe_picture, drop_article, remove_picture, withdraw_article
from linli.news.actions.picturing import MOST, album
from linli.news.models import ArticlePicture
from tests.factories import make_article
from tests.photographs import photograph

TABLE, YARD = (read_picture(photograph(width=width)) for width in (900, 901))
PAGE = "/news/ART-1/pictures/"


@pytest.fixture
def article(town):
    return make_article(town.tower.unit, "ART-1", body="一段话。\n\n【图2】\n\n又一段。", title="长桌")


@pytest.fixture
def pictures(article, omar):
    return [
        add_picture(by=omar, article=article, picture=TABLE, alt="七个人", credit="阿明"),
        add_picture(by=omar, article=article, picture=YARD, alt="院子"),
    ]


def kept():
    return {path.name for path in album().iterdir()} if album().exists() else set()


def both(picture):
    return {picture.name, picture.name.replace(".jpg", "-small.jpg")}


def numbers(article):
    return list(article.pictures.values_list("number", "alt", "credit"))


def test_they_are_numbered(pictures, article):
    assert numbers(article) == [(1, "七个人", "阿明"), (2, "院子", "")]
    assert (album() / TABLE.name).read_bytes() == TABLE.large


def test_they_leave_facts_without_a_word(article, omar, facts):
    picture = add_picture(by=omar, article=article, picture=TABLE, alt="七个人")
    remove_picture(by=omar, picture=picture)
    assert facts() == [
        ("news.article_picture_added", ref(article), {"fetched": False}),
        ("news.article_picture_removed", ref(article), {}),
    ]


def test_a_number_is_never_given_twice_while_it_stands(pictures, article, omar):
    remove_picture(by=omar, picture=pictures[0])
    add_picture(by=omar, article=article, picture=TABLE, alt="又来")
    assert numbers(article) == [(2, "院子", ""), (3, "又来", "")]


def test_the_text_places_one_and_the_other_stands_below(pictures, browse):
    html = browse().get("/news/ART-1/").content.decode()
    placed = f'<p><a class="photo" href="/media/news/{YARD.name}"><img src="/media/news/'
    assert html.index("一段话。") < html.index(placed) < html.index("又一段。")
    assert (
        html.index("又一段。") < html.index('<ul class="gallery">') < html.rindex(f"/media/news/{TABLE.name}")
    )
    assert 'alt="七个人"' in html
    assert "阿明" in html
    assert f'<meta property="og:image" content="http://localhost:8000/media/news/{TABLE.name}">' in html


def test_feeds_show_them_by_their_whole_address(pictures, browse):
    items = browse().get("/news/feed.json").json()["items"]
    assert f'href="http://testserver/media/news/{YARD.name}"' in items[0]["content_html"]


def test_a_file_is_seen_by_whoever_sees_the_article(town, omar, browse, settle):
    draft = make_article(town.tower.unit, "ART-2", "draft")
    picture = add_picture(by=omar, article=draft, picture=TABLE, alt="x")
    path = f"/media/{picture.file.name}"
    assert [browse(who).get(path).status_code for who in (omar, None)] == [200, 404]
    out = make_article(town.tower.unit, "ART-3")
    add_picture(by=omar, article=out, picture=TABLE, alt="x")
    assert browse().get(path).status_code == 200
    assert browse().get(path.replace(".jpg", "-small.jpg")).content == TABLE.small
    withdraw_article(by=omar, article=out, why="x")
    settle()
    assert browse().get(path).status_code == 404
    assert both(TABLE) <= kept(), "the draft still has it"
    drop_article(by=omar, article=draft)
    settle()
    assert (kept() & both(TABLE), ArticlePicture.objects.count()) == (set(), 0)


def test_a_withdrawn_one_gets_none(article, omar):
    withdraw_article(by=omar, article=article, why="x")
    with pytest.raises(Problem):
        add_picture(by=omar, article=article, picture=TABLE, alt="x")


def test_thirty_are_enough(article, omar):
    ArticlePicture.objects.bulk_create(
        ArticlePicture(article=article, number=number, file=f"news/{number}.jpg", alt="x")
        for number in range(1, MOST + 1)
    )
    with pytest.raises(Problem, match="30"):
        add_picture(by=omar, article=article, picture=TABLE, alt="x")


@pytest.mark.parametrize("who", ["mei", "lena", "kai"])
def test_only_those_who_write_there_may(pictures, article, who, request):
    somebody = request.getfixturevalue(who)
    with pytest.raises(Refused):
        add_picture(by=somebody, article=article, picture=TABLE, alt="x")
    with pytest.raises(Refused):
        describe_picture(by=somebody, picture=pictures[0], alt="x", credit="")
    with pytest.raises(Refused):
        remove_picture(by=somebody, picture=pictures[0])
    assert numbers(article) == [(1, "七个人", "阿明"), (2, "院子", "")]


def test_the_page_adds_describes_and_removes(article, omar, browse):
    writer = browse(omar)
    sent = {"alt": "七个人", "picture": SimpleUploadedFile("x.html", photograph())}
    assert writer.post(PAGE, sent)["Location"] == PAGE
    writer.post(f"{PAGE}1/", {"alt": "八个人", "credit": "阿明"})
    assert numbers(article) == [(1, "八个人", "阿明")]
    assert writer.post(f"{PAGE}1/", {"alt": ""}).status_code == 422
    writer.post(f"{PAGE}1/", {"remove": "1"})
    assert numbers(article) == []


@pytest.mark.parametrize(
    "sent",
    [
        {"alt": "x"},
        {"alt": "", "picture": SimpleUploadedFile("x.jpg", photograph())},
        {"alt": "x", "picture": SimpleUploadedFile("x.jpg", b"GIF89a<script>alert(1)</script>")},
        {"alt": "x", "picture": SimpleUploadedFile("x.svg", b"<svg onload='x'/>")},
    ],
)
def test_what_is_no_described_picture_is_refused_in_words(article, omar, browse, sent):
    answer = browse(omar).post(PAGE, sent)
    assert (answer.status_code, numbers(article)) == (422, [])
    assert 'role="alert"' in answer.content.decode()


def test_without_pictures_the_article_is_what_it_was(article, browse):
    assert "<p>【图2】</p>" in browse().get("/news/ART-1/").content.decode()
