"""Articles from Markdown files with front matter, and out again."""

import os
import weakref
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from linli.kit.rules import Problem
from linli.news.actions import correct_article, withdraw_article
from linli.news.actions.importing import import_articles
from linli.news.actions.writing import Written
from linli.news.fronts import read, write
from linli.news.models import Article

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("LINLI_SHARED") or HERE.parents[2] / "shared")
FILE = (HERE / "lamp.md").read_text(encoding="utf-8")
REAL = sorted((SHARED / "data" / "bulletins").glob("*.md")) if SHARED.exists() else []


def bring_in(unit, *texts: str, by=None):
    files = ((f"{number}.md", text) for number, text in enumerate(texts))
    return import_articles(by=by, unit=unit, files=files, language="zh-hans")


def test_what_a_file_says(town, facts):
    done = bring_in(town.tower.unit, FILE)
    article = Article.objects.get()
    assert (done.new, done.changed, done.same, done.refused) == (1, 0, 0, [])
    assert (article.title, article.byline, article.categories) == (
        "一盏灯的回音",
        "示例作者",
        ["共治", "首页"],
    )
    assert article.published_at == datetime(2026, 3, 3, 13, 9, 16, tzinfo=UTC)
    assert article.picture_url == "https://example.org/lamp.jpg"
    assert (article.state, article.language) == ("published", "zh-hans")
    assert "<script" not in article.html
    assert done.dropped == [
        ("0.md", "div ×1、img ×1、img@referrerpolicy ×1、img@style ×1、p@style ×1、script ×1")
    ]
    assert facts()[-1] == (
        "news.articles_imported",
        "areas.unit/JA-0101",
        {"new": 1, "changed": 0, "same": 0},
    )


@pytest.mark.parametrize("text", [FILE, *(path.read_text(encoding="utf-8") for path in REAL)])
def test_out_again_it_is_equal_to_the_letter(town, text):
    bring_in(town.tower.unit, text)
    assert write(Article.objects.get()) == text


def test_twice_is_once_and_another_text_is_a_change(town):
    bring_in(town.tower.unit, FILE)
    assert bring_in(town.tower.unit, FILE).same == 1
    again = bring_in(town.tower.unit, FILE.replace("回音", "回响"))
    assert (again.changed, Article.objects.get().title) == (1, "一盏灯的回响")


def test_what_was_corrected_or_withdrawn_here_stays(town, omar):
    bring_in(town.tower.unit, FILE, FILE)
    first, second = Article.objects.order_by("id")
    written = Written(title="改过的", language="zh-hans", body="改过的。")
    correct_article(by=omar, article=first, written=written, correction="改了")
    withdraw_article(by=omar, article=second, why="重复")
    bring_in(town.tower.unit, FILE.replace("回音", "回响"), FILE.replace("回音", "回响"))
    assert list(Article.objects.order_by("id").values_list("title", "state")) == [
        ("改过的", "published"),
        ("一盏灯的回音", "withdrawn"),
    ]


def test_a_corrected_one_goes_out_as_it_is_now(town, omar):
    bring_in(town.tower.unit, FILE)
    article = Article.objects.get()
    written = Written(title="改过的", language="zh-hans", body="改过的。", categories=["共治"])
    correct_article(by=omar, article=article, written=written, correction="改了")
    article.refresh_from_db()
    again = read(write(article), "en")
    assert (again.written, again.published_at) == (written, article.published_at)
    assert again.values["comments"] is False


BROKEN = {
    "nothing": "",
    "no front matter": "words",
    "no end of it": "---\ntitle: a\n",
    "two hyphens": "--\ntitle: a\n--\nx",
    "no title": "---\ndate: 2026-03-03\n---\nx",
    "an empty title": "---\ntitle: ''\ndate: 2026-03-03\n---\nx",
    "a title that is a list": "---\ntitle: [a]\ndate: 2026-03-03\n---\nx",
    "a title that is a table": "---\ntitle: {a: b}\ndate: 2026-03-03\n---\nx",
    "a title too long": f"---\ntitle: {'名' * 201}\ndate: 2026-03-03\n---\nx",
    "an invisible title": "---\ntitle: '\u200b'\ndate: 2026-03-03\n---\nx",
    "no date": "---\ntitle: a\n---\nx",
    "no such date": "---\ntitle: a\ndate: 2026-02-30\n---\nx",
    "a date in words": "---\ntitle: a\ndate: yesterday\n---\nx",
    "a list for a date": "---\ntitle: a\ndate: [1]\n---\nx",
    "month thirteen": "---\ntitle: a\ndate: Thu, 03 Foo 2022 21:09:16 GMT\n---\nx",
    "no text": "---\ntitle: a\ndate: 2026-03-03\n---\n",
    "only spaces": "---\ntitle: a\ndate: 2026-03-03\n---\n \n\t\n",
    "only a script": "---\ntitle: a\ndate: 2026-03-03\n---\n<script>x</script>",
    "only a comment": "---\ntitle: a\ndate: 2026-03-03\n---\n<!-- x -->",
    "a list": "---\n- a\n---\nx",
    "a word": "---\nwords\n---\nx",
    "a number": "---\n7\n---\nx",
    "no value": "---\n~\n---\nx",
    "an open quote": "---\ntitle: 'a\ndate: 2026-03-03\n---\nx",
    "an open list": "---\ntitle: a\ncategories: [a\n---\nx",
    "an open table": "---\ntitle: {a\n---\nx",
    "a tab": "---\ntitle: a\n\tdate: b\n---\nx",
    "bad steps": "---\ntitle: a\n  date: b\n date: c\n---\nx",
    "a colon too many": "---\ntitle: a: b: c\n---\nx",
    "an anchor": "---\ntitle: &a b\ndate: *a\n---\nx",
    "laughs": "---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\ntitle: a\n---\nx",
    "an object": "---\ntitle: !!python/object/apply:os.system ['true']\n---\nx",
    "an unknown tag": "---\ntitle: !thing a\n---\nx",
    "a merge": "---\n<<: {title: a}\n<<: 7\n---\nx",
    "two documents": "---\ntitle: a\n...\ntitle: b\n---\nx",
    "a control character": "---\ntitle: a\x07\n---\nx",
    "a nul": "---\ntitle: a\x00b\n---\nx",
    "a percent sign": "---\n%YAML 9.9\n---\nx",
    "front without end": "---\n" + "a: b\n" * 10_000 + "---\nx",
    "text without end": "---\ntitle: a\ndate: 2026-03-03\n---\n" + "x" * 300_000,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_left_out_with_the_reason(town, name):
    done = bring_in(town.tower.unit, BROKEN[name], FILE)
    assert [each for each, _why in done.refused] == ["0.md"]
    assert all(why for _name, why in done.refused)
    assert list(Article.objects.values_list("title", flat=True)) == ["一盏灯的回音"]


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Thu, 03 Mar 2022 21:09:16 GMT", "2022-03-03T21:09:16+00:00"),
        ("Thu, 03 Mar 2022 21:09:16 +0800", "2022-03-03T13:09:16+00:00"),
        ("2022-03-03T21:09:16+08:00", "2022-03-03T13:09:16+00:00"),
        ("2022-03-03 21:09:16", "2022-03-03T21:09:16+00:00"),
        ("2022-03-03", "2022-03-03T00:00:00+00:00"),
    ],
)
def test_dates_keep_their_zone(date, moment):
    file = read(f"---\ntitle: a\ndate: {date}\n---\nx", "en")
    assert file.published_at.astimezone(UTC).isoformat() == moment


@pytest.mark.parametrize(
    "url", ["javascript:x", "ftp://e.org/x", "//e.org/x", "http://[", "data:image/png;base64,x"]
)
def test_an_address_that_leads_nowhere_is_no_address(url):
    assert read(f"---\ntitle: a\ndate: 2026-03-03\nheadimg: '{url}'\n---\nx", "en").written.picture_url == ""


class Text(str):
    """A text of which one can tell whether somebody still holds it."""

    __slots__ = ("__weakref__",)


@pytest.mark.any_database
def test_a_thousand_articles_are_held_one_at_a_time(town):
    alive: weakref.WeakSet = weakref.WeakSet()
    most, said = 0, []

    def files():
        nonlocal most
        for number in range(1_000):
            text = Text(FILE.replace("回音", f"回音 {number}"))
            alive.add(text)
            most = max(most, len(alive))
            yield f"{number}.md", text

    done = import_articles(
        by=None,
        unit=town.tower.unit,
        files=files(),
        language="zh-hans",
        tell=lambda so_far: said.append(so_far.new),
    )
    assert (done.new, Article.objects.count(), said) == (1_000, 1_000, list(range(1, 1_001)))
    assert most <= 3


def test_the_commands(town, tmp_path, capsys):
    (tmp_path / "in" / "2026").mkdir(parents=True)
    (tmp_path / "in" / "2026" / "a.md").write_text(FILE, encoding="utf-8")
    (tmp_path / "in" / "b.md").write_text("broken", encoding="utf-8")
    call_command("import_news", str(tmp_path / "in"), unit="JA-0101", language="zh-hans")
    assert capsys.readouterr().out.splitlines()[-1] == "1 new, 0 changed, 0 the same, 1 left out."
    call_command("export_news", str(tmp_path / "out"), unit="310106")
    written = list((tmp_path / "out").iterdir())
    assert [path.read_text(encoding="utf-8") for path in written] == [FILE]
    with pytest.raises(CommandError):
        call_command("import_news", str(tmp_path), unit="NOWHERE")
    with pytest.raises(CommandError):
        call_command("import_news", str(tmp_path / "absent.md"), unit="JA-0101")


def test_who_may_not_write_there_may_not_import(town, mei):
    from linli.kit.rules import Refused

    with pytest.raises(Refused):
        bring_in(town.tower.unit, FILE, by=mei)


def test_a_problem_names_the_line():
    with pytest.raises(Problem, match=r"4"):
        read("---\ntitle: a\ndate: [\n---\nx", "en")
