"""What scripts add to the news: pasting from Word, and a card that becomes a picture."""

import re

import pytest
from playwright.sync_api import expect

from linli.kit.pictures import read_picture
from linli.news.actions import add_picture
from tests.browser.driver import DESK, PHONE
from tests.factories import make_article
from tests.photographs import photograph

# As Word puts it on the clipboard: paragraphs that are list items by their style alone, and much that is nobody's words.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0} --></style>
<xml><o:OfficeDocumentSettings/></xml></head><body lang=ZH-CN>
<!--[if gte mso 9]><xml></xml><![endif]--><!--StartFragment-->
<h1><span style='font-size:16pt'>电梯检修</span></h1>
<p class=MsoNormal><span>请走</span><b><span> 一号 </span></b><span>电梯，</span><i>到周三</i>。<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>带好门卡</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>或工牌</p>
<p class=MsoNormal>见<a href="https://example.org/a b">通知</a>，别信<a href="javascript:alert(1)">这个</a>。</p>
<table border=1><tr><td><p>楼</p></td><td><p>时间</p></td></tr><tr><td><p>甲|乙</p></td><td><p>9:00</p></td></tr></table>
<img src="file:///C:/Users/ming/lamp.png"><script>window.ran = 1</script><p>2*3 [x] &lt;y&gt;</p>
<!--EndFragment--></body></html>"""
MARKDOWN = r"""## 电梯检修

请走 **一号** 电梯，*到周三*。

- 带好门卡
   1. 或工牌

见[通知](<https://example.org/a%20b>)，别信这个。

| 楼 | 时间 |
| --- | --- |
| 甲\|乙 | 9:00 |

2\*3 \[x\] \<y>"""
PASTE = """([selector, html]) => {
  const carried = new DataTransfer();
  carried.setData("text/html", html);
  carried.setData("text/plain", "plain");
  const area = document.querySelector(selector);
  area.focus();
  return area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def writing(visit, omar, town, signed_in):
    return visit("/areas/JA-0101/news/new/", cookies=signed_in(omar), **DESK, language="en")


def test_what_comes_from_word_becomes_markdown(writing):
    assert writing.evaluate(PASTE, ["textarea[name=body]", WORD]) is False
    expect(writing.locator("textarea[name=body]")).to_have_value(MARKDOWN)
    assert writing.evaluate("window.ran") is None


def test_it_can_be_looked_at_and_undone(writing):
    writing.evaluate(
        PASTE, ["textarea[name=body]", "<p>One <b>two</b></p><ol><li>a<ul><li>b</li></ul></li></ol>"]
    )
    expect(writing.locator("textarea[name=body]")).to_have_value("One **two**\n\n1. a\n   - b")
    writing.keyboard.press("Control+z")
    expect(writing.locator("textarea[name=body]")).to_have_value("")


def test_plain_words_and_other_fields_are_left_to_the_browser(writing):
    assert writing.evaluate(PASTE, ["textarea[name=body]", ""]) is True
    assert writing.evaluate(PASTE, ["input[name=title]", WORD]) is True


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_card_becomes_a_picture(visit, town, omar, axe, language):
    article = make_article(town.tower.unit, "ART-1", title="一盏灯 that shines again " * 3, lead="在楼门口。")
    add_picture(by=omar, article=article, picture=read_picture(photograph()), alt="灯")
    page = visit("/news/ART-1/card/", **PHONE | {"language": language})
    page.locator("#share-save").click()
    made = page.locator(".share-made")
    expect(made).to_be_visible()
    assert made.evaluate("image => image.decode().then(() => image.naturalWidth)") == 750
    assert made.evaluate("image => image.naturalHeight > 1000")
    axe(page)


def test_an_article_is_copied_as_it_looks(visit, town):
    make_article(town.tower.unit, "ART-1", body="## Lift\n\nTake **number one**.", language="en")
    page = visit("/news/ART-1/", **DESK | {"language": "en"})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy it with its look").click()
    expect(page.locator("#article-copied")).to_have_text("Copied.")
    html = page.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((blob) => blob.text())"
    )
    assert "<h2" in html
    assert re.search(r"<strong[^>]*>number one</strong>", html)
