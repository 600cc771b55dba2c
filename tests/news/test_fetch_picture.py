"""A picture that a text links to, fetched at an editor's word: until then nobody asks for it."""

import pytest

from linli.kit.pictures import MOST_BYTES, read_picture
from linli.kit.rules import Problem, Refused
from linli.news.actions import fetch_picture
from linli.news.actions.picturing import elsewhere
from tests.factories import make_article
from tests.photographs import photograph

URL, HEAD = "https://pictures.example/lamp.jpg?a=1&b=2", "https://pictures.example/head.jpg"
PHOTO = photograph(width=700)


@pytest.fixture
def article(town):
    body = f"一盏灯：\n\n![灯亮了]({URL})"
    return make_article(town.tower.unit, "ART-1", body=body, picture_url=HEAD, source_name="街道简报")


class Server:
    """The other server: what it has, and what it was asked for."""

    def __init__(self, **files):
        self.files, self.asked = files, []

    def __call__(self, url, *, most):
        self.asked.append((url, most))
        return self.files.get("body", PHOTO)


def test_what_lies_elsewhere(article):
    assert elsewhere(article) == {HEAD: "", URL: "灯亮了"}


def test_ours_stands_where_the_link_was(article, omar, browse, facts):
    server, name = Server(), read_picture(PHOTO).name
    assert f'href="{URL.replace("&", "&amp;")}"' in browse().get("/news/ART-1/").content.decode()
    assert server.asked == []
    fetch_picture(by=omar, article=article, url=URL, alt="灯亮了", get=server)
    assert server.asked == [(URL, MOST_BYTES)]
    html = browse().get("/news/ART-1/").content.decode()
    assert f'<p><a class="photo" href="/media/news/{name}"><img' in html
    assert "pictures.example/lamp.jpg" not in html
    assert elsewhere(article) == {HEAD: ""}
    assert list(article.pictures.values_list("credit", "from_url")) == [("街道简报", URL)]
    assert facts()[-1][2] == {"fetched": True}


def test_the_head_picture_stands_above_the_text(article, omar, browse):
    fetch_picture(by=omar, article=article, url=HEAD, alt="灯柱", get=Server())
    html = browse().get("/news/ART-1/").content.decode()
    assert html.index('alt="灯柱"') < html.index("一盏灯：")
    assert HEAD not in html


def test_what_comes_is_treated_like_any_other_file(article, omar):
    with pytest.raises(Problem):
        fetch_picture(by=omar, article=article, url=URL, alt="x", get=Server(body=b"<html>"))
    assert article.pictures.count() == 0


@pytest.mark.parametrize(
    "url", ["https://pictures.example/other.jpg", "http://127.0.0.1/", "file:///etc/passwd"]
)
def test_only_what_the_text_links_to_is_asked_for(article, omar, url):
    server = Server()
    with pytest.raises(Problem):
        fetch_picture(by=omar, article=article, url=url, alt="x", get=server)
    assert server.asked == []


def test_who_may_not_write_there_may_not_fetch(article, mei):
    server = Server()
    with pytest.raises(Refused):
        fetch_picture(by=mei, article=article, url=URL, alt="x", get=server)
    assert server.asked == []


def test_an_inner_address_in_a_text_is_refused_on_the_page(town, omar, browse, settings):
    settings.FETCH_FROM = []
    make_article(town.tower.unit, "ART-2", body="![x](http://127.0.0.1/secret.jpg)")
    answer = browse(omar).post(
        "/news/ART-2/pictures/fetch/", {"url": "http://127.0.0.1/secret.jpg", "alt": "x"}
    )
    assert answer.status_code == 422
    assert "not on the public internet" in answer.content.decode()


def test_the_page_names_them(article, omar, browse):
    html = browse(omar).get("/news/ART-1/pictures/").content.decode()
    assert html.count('action="/news/ART-1/pictures/fetch/"') == 2
    assert 'value="灯亮了"' in html
