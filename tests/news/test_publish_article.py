"""Publishing at once or at a time named, correcting, withdrawing."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.news.actions import (
    correct_article,
    publish_article,
    publish_scheduled,
    unschedule_article,
    withdraw_article,
)
from linli.news.actions.writing import Written
from linli.news.models import Article
from linli.notices.actions import follow
from linli.notices.models import Notice
from linli.site.searching import find
from tests.factories import make_article


@pytest.fixture
def draft(town):
    return make_article(town.tower.unit, "ART-1", "draft", title="电梯检修", body="请走一号电梯。")


def kinds(facts) -> list[str]:
    return [kind for kind, *_rest in facts()]


def test_it_is_out_found_and_told(draft, omar, mei, town, settle, facts):
    follow(by=mei, subject=town.tower)
    publish_article(by=omar, article=draft)
    settle()
    draft.refresh_from_db()
    assert draft.state == "published"
    assert find("电梯", None).things == [draft]
    assert list(Notice.objects.values_list("person", "kind", "subject")) == [
        (mei.pk, "news.article_published", ref(draft))
    ]
    assert [fact for fact in facts() if fact[0].startswith("news")] == [
        ("news.article_published", "news.article/ART-1", {"scheduled": False})
    ]


def test_twice_is_once(draft, omar):
    publish_article(by=omar, article=draft)
    with pytest.raises(Problem):
        publish_article(by=omar, article=draft)


@pytest.mark.parametrize("who", ["mei", "kai", "lena"])
def test_nobody_else_publishes(draft, who, request):
    person = request.getfixturevalue(who)
    for deed in (
        lambda: publish_article(by=person, article=draft),
        lambda: unschedule_article(by=person, article=draft),
        lambda: withdraw_article(by=person, article=draft, why="x"),
        lambda: correct_article(by=person, article=draft, written=WORDS, correction="x"),
    ):
        with pytest.raises(Refused):
            deed()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_at_a_time_named_it_comes_out_by_itself(draft, omar, settle):
    at = timezone.now() + timedelta(hours=3)
    publish_article(by=omar, article=draft, at=at)
    settle()
    draft.refresh_from_db()
    assert draft.state == "scheduled"
    settle(at + timedelta(seconds=1))
    draft.refresh_from_db()
    assert (draft.state, draft.publish_at) == ("scheduled", at)  # the clock of the deed is the real one
    assert publish_scheduled(article_id=str(draft.pk), now=at) is True
    draft.refresh_from_db()
    assert (draft.state, draft.publish_at) == ("published", None)
    assert publish_scheduled(article_id=str(draft.pk), now=at) is False


def test_put_off_it_does_not_come_out_at_the_old_time(draft, omar):
    first, later = (timezone.now() + timedelta(hours=hours) for hours in (1, 2))
    publish_article(by=omar, article=draft, at=first)
    publish_article(by=omar, article=draft, at=later)
    assert publish_scheduled(article_id=str(draft.pk), now=first) is False
    unschedule_article(by=omar, article=draft)
    assert publish_scheduled(article_id=str(draft.pk), now=later) is False


def test_a_moment_that_is_past_is_refused(draft, omar):
    with pytest.raises(Problem) as refused:
        publish_article(by=omar, article=draft, at=timezone.now() - timedelta(minutes=1))
    assert refused.value.field == "publish_at"


WORDS = Written(title="Lifts", language="en", body="Take lift two.")


def test_a_correction_stays_on_it(draft, omar, facts):
    publish_article(by=omar, article=draft)
    correct_article(by=omar, article=draft, written=WORDS, correction="It is lift two, not one.")
    draft.refresh_from_db()
    assert (draft.title, draft.correction) == ("Lifts", "It is lift two, not one.")
    assert find("lift two", None).things == [draft]
    assert kinds(facts)[-1] == "news.article_corrected"


def test_a_correction_says_what_was_wrong(draft, omar):
    publish_article(by=omar, article=draft)
    with pytest.raises(Problem):
        correct_article(by=omar, article=draft, written=WORDS, correction="")


def test_what_is_not_out_is_changed_and_not_corrected(draft, omar):
    with pytest.raises(Problem):
        correct_article(by=omar, article=draft, written=WORDS, correction="x")


def test_a_withdrawn_one_says_why_and_is_found_no_more(draft, omar, browse, facts):
    publish_article(by=omar, article=draft)
    withdraw_article(by=omar, article=draft, why="It was about another tower.")
    page = browse().get("/news/ART-1/")
    assert page.status_code == 410
    assert ("It was about another tower." in page.content.decode(), "请走" in page.content.decode()) == (
        True,
        False,
    )
    assert find("电梯", None).things == []
    assert browse().get("/news/ART-1/text/").status_code == 404
    assert kinds(facts)[-1] == "news.article_withdrawn"
    with pytest.raises(Problem):
        publish_article(by=omar, article=draft)


def test_the_database_itself_refuses_what_makes_no_sense(draft):
    from django.db import IntegrityError

    for broken in ({"state": "published"}, {"state": "scheduled"}, {"state": "withdrawn"}, {"state": "odd"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=draft.pk).update(**broken)
