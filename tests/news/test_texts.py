"""What becomes of a source: CommonMark, then only what is allowed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.news.texts import clean, dropped, plain, sanitised
from tests.trust.scripts import PAYLOADS
from tests.trust.test_s12_scripts import dangers


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("words", "<p>words</p>"),
        ("# 标题\n\n- a\n- b", "<h2>标题</h2>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("<div>\n<p style='x'>a</p>\n</div>", "<p>a</p>"),
        ("<b onclick=x>a</b>", "<p><b>a</b></p>"),
        ("a<br>b", "<p>a<br>b</p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>"),
        (
            "[a](https://example.org)",
            '<p><a href="https://example.org" rel="external noopener noreferrer">a</a></p>',
        ),
        (
            "![A lamp](https://example.org/1.jpg)",
            '<p><a class="picture" href="https://example.org/1.jpg" rel="external noopener noreferrer">[A lamp]</a></p>',
        ),
        (
            '<img src="https://example.org/1.jpg" alt="">',
            '<a class="picture" href="https://example.org/1.jpg" rel="external noopener noreferrer">[example.org]</a>',
        ),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_source_and_what_readers_get(source, html):
    assert re.sub(r"\n+", "\n", clean(source)) == html


@pytest.mark.parametrize("payload", PAYLOADS)
def test_s13_no_payload_comes_through(payload):
    html = clean(payload)
    assert dangers(html) == []
    assert sanitised(html).strip() == html


@given(st.text(max_size=300))
def test_s13_cleaning_twice_is_cleaning_once(source):
    html = clean(source)
    assert (sanitised(html).strip(), dangers(html)) == (html, [])


def test_no_page_of_ours_asks_anybody_else():
    html = clean(
        '<img src=https://e.org/1.jpg><video src=https://e.org/2></video><p style="background:url(https://e.org/3)">'
    )
    assert re.findall(r"(\w+)=", html) == ["class", "href", "rel"]


def test_what_is_left_out_is_counted():
    assert dropped('<p style="x">a</p><img src="x" referrerpolicy="y"><iframe></iframe>') == {
        "p@style": 1, "img": 1, "img@referrerpolicy": 1, "iframe": 1,
    }  # fmt: skip


def test_plain_words():
    assert plain(clean("# A\n\nb *c*\n\n- d\n- e &amp; f")) == "A\n\nb c\n\n· d\n\n· e & f"
