"""The pages of news, as readers and writers meet them."""

import pytest
from django.utils import timezone

from linli.news.models import Article
from tests.factories import make_article

WRITE = {"title": "电梯检修", "body": "请走 **1 号**电梯。", "language": "zh-hans", "lead": "到周三。"}


def test_from_the_first_word_to_the_readers(omar, browse, town):
    writer, reader = browse(omar), browse()
    shown = writer.post("/areas/JA-0101/news/new/", WRITE | {"preview": "1"})
    assert (shown.status_code, Article.objects.count()) == (200, 0)
    assert "<strong>1 号</strong>" in shown.content.decode()
    sent = writer.post("/areas/JA-0101/news/new/", WRITE)
    article = Article.objects.get()
    assert sent["Location"] == f"/news/{article.code}/"
    assert reader.get(f"/news/{article.code}/").status_code == 404
    assert "电梯检修" in writer.get("/areas/JA-0101/news/").content.decode()
    assert "电梯检修" not in reader.get("/areas/JA-0101/news/").content.decode()
    writer.post(f"/news/{article.code}/publish/", {"publish_at": ""})
    for path in ("/", "/news/", "/areas/JA-0101/news/", "/areas/310106/news/", f"/news/{article.code}/"):
        assert "电梯检修" in reader.get(path).content.decode(), path
    assert (
        reader.get(f"/news/{article.code}/text/").content.decode()
        == "电梯检修\n\n到周三。\n\n请走 1 号电梯。\n"
    )


def test_what_was_typed_stays_with_the_problem(omar, browse, town):
    page = browse(omar).post("/areas/JA-0101/news/new/", WRITE | {"title": ""})
    assert page.status_code == 422
    assert "请走 **1 号**电梯。" in page.content.decode()
    assert Article.objects.count() == 0


def test_a_correction_is_asked_for_what_was_wrong(omar, browse, town):
    make_article(town.tower.unit, "A-1")
    writer = browse(omar)
    assert writer.post("/news/A-1/edit/", WRITE).status_code == 422
    writer.post("/news/A-1/edit/", WRITE | {"correction": "是一号"})
    page = browse().get("/news/A-1/").content.decode()
    assert ("是一号" in page, "Corrected" in page) == (True, True)


def test_a_time_that_is_past_comes_back_to_its_form(omar, browse, town):
    make_article(town.tower.unit, "A-1", "draft")
    past = (timezone.localtime() - timezone.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert browse(omar).post("/news/A-1/publish/", {"publish_at": past}).status_code == 422
    assert Article.objects.get().state == "draft"


@pytest.mark.parametrize("count", [1, 3, 45])
def test_a_list_asks_as_few_questions_however_long_it_is(town, browse, count, django_assert_num_queries):
    for number in range(count):
        make_article(town.tower.unit, f"A-{number}")
    client = browse()
    client.get("/accessibility/")
    with django_assert_num_queries(3):
        assert client.get("/news/").status_code == 200
    with django_assert_num_queries(5):
        assert client.get("/areas/310106/news/").status_code == 200
    with django_assert_num_queries(3):
        assert client.get("/news/A-0/").status_code == 200
