"""Writing an article, changing and dropping it while it is not out."""

import pytest

from linli.kit.rules import Problem, Refused
from linli.news.actions import change_article, drop_article, publish_article, write_article
from linli.news.actions.writing import Written
from linli.news.models import Article

WRITTEN = Written(title="电梯检修", language="zh-hans", body="请走 **1 号**电梯。", categories=["共治"])
REFUSED = ["mei", "lena", "kai"]


def test_it_is_a_draft_that_only_those_who_write_there_see(omar, gao, mei, kai, town, facts):
    article = write_article(by=omar, unit=town.tower.unit, written=WRITTEN)
    assert (article.state, article.html) == ("draft", "<p>请走 <strong>1 号</strong>电梯。</p>")
    seen = {who: Article.objects.visible_to(who).count() for who in (omar, gao, mei, kai)}
    assert seen == {omar: 1, gao: 1, mei: 0, kai: 0}
    assert facts() == [("news.article_written", f"news.article/{article.code}", {})]


@pytest.mark.parametrize("who", REFUSED)
def test_nobody_else_writes_there(who, town, request):
    with pytest.raises(Refused):
        write_article(by=request.getfixturevalue(who), unit=town.tower.unit, written=WRITTEN)
    assert Article.objects.count() == 0


def test_a_worker_does_not_write_for_another_station(omar, town):
    with pytest.raises(Refused):
        write_article(by=omar, unit=town.night.unit, written=WRITTEN)


def test_a_text_of_which_nothing_can_be_shown_is_refused(omar, town):
    nothing = Written(title="x", language="en", body="<script>alert(1)</script>")
    with pytest.raises(Problem) as refused:
        write_article(by=omar, unit=town.tower.unit, written=nothing)
    assert (refused.value.field, Article.objects.count()) == ("body", 0)


def test_it_is_changed_until_it_is_out(omar, town):
    article = write_article(by=omar, unit=town.tower.unit, written=WRITTEN)
    change_article(by=omar, article=article, written=Written(title="New", language="en", body="*Words*"))
    article.refresh_from_db()
    assert (article.title, article.html) == ("New", "<p><em>Words</em></p>")
    publish_article(by=omar, article=article)
    with pytest.raises(Problem):
        change_article(by=omar, article=article, written=WRITTEN)


def test_it_is_dropped_until_it_is_out(omar, town, facts):
    first, second = (write_article(by=omar, unit=town.tower.unit, written=WRITTEN) for _n in range(2))
    publish_article(by=omar, article=second)
    drop_article(by=omar, article=first)
    with pytest.raises(Problem):
        drop_article(by=omar, article=second)
    assert list(Article.objects.all()) == [second]
    assert [kind for kind, *_rest in facts()].count("news.article_dropped") == 1
