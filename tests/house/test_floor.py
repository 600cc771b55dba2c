"""Our styles and scripts stay within Chromium 86 (WeChat's webview), our templates within the content policy.

Each forbidden pattern names its cure. Third-party files (htmx) come from wheels and are not ours to check.
"""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "linli"
STYLES = sorted(PACKAGE.glob("*/static/**/*.css"))
SCRIPTS = sorted(PACKAGE.glob("*/static/**/*.js"))
DRAWINGS = sorted(PACKAGE.glob("*/static/**/*.svg"))
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))

CSS = {
    r":has\(": "put a class on the element itself",
    r":(?:is|where)\(": "write the selectors out",
    r":not\([^)]*,": "chain one :not() for each selector",
    r"@(?:layer|container|property|scope|starting-style)\b": "use plain rules and @media",
    r"\bcontainer(?:-type|-name)?\s*:": "use @media",
    r"\bsubgrid\b": "repeat the columns",
    r"\d(?:dvh|svh|lvh|dvw|svw|cqw|cqi|lh|rlh)\b": "use vh, rem or %",
    r"(?<![-\w])inset\s*:": "write top, right, bottom and left",
    r"\binset-(?:inline|block)\s*:": "write left, right, top or bottom",
    r"\b(?:margin|padding)-(?:inline|block)\s*:": "write the two sides",
    r"\baspect-ratio\s*:": "give an svg a viewBox, or an image width and height",
    r"\baccent-color\s*:": "leave the native box as it is",
    r"\b(?:color-mix|light-dark|oklch|oklab|lch|lab|hwb|color)\(": "add a colour variable to site.css and dark.css",
    r"\btext-wrap\s*:": "let the text wrap as it does",
    r"\btext-underline-offset\s*:": "use text-decoration alone",
    r"\boverflow(?:-[xy])?\s*:\s*clip\b": "use hidden",
    r"\bscrollbar-(?:gutter|width|color)\s*:": "leave the scrollbar alone",
    r"(?<![-\w])(?:translate|rotate|scale)\s*:": "use transform",
    r"\bfield-sizing\s*:": "set rows on the textarea",
    r"@media[^{]*(?:<=|>=|[<>])": "use min-width and max-width",
    r"@import\b": "link the file, so that it loads beside the others",
    r"https?://": "nothing from elsewhere",
}
JS = {
    r"\.at\(": "use list[list.length - 1]",
    r"\b(?:structuredClone|requestIdleCallback)\(": "copy the fields you need",
    r"\.(?:replaceAll|findLast|findLastIndex|toSorted|toReversed|toSpliced|hasOwn|groupBy)\(": "use what 2020 had",
    r"(?:\?\?|\|\||&&)=": "write the assignment out",
    r"^await\s": "await inside a function",
    r"^\s*static\s*\{": "set it after the class",
    r"\b(?:class\s+\w+[^{]*\{[^}]*\n\s*#\w+)": "use a plain variable",
    r"\bcrypto\.randomUUID\b": "ask the server for an id",
    r"\b(?:eval|Function)\(": "the content policy forbids it",
    r"\.(?:innerHTML|outerHTML)\s*=|\binsertAdjacentHTML\(|\bdocument\.write\(": "build elements, or let the server render",
    r"\.style\b|setAttribute\(\s*[\"']style": "toggle a class or hidden; the content policy forbids inline styles",
    r"https?://": "nothing from elsewhere",
    r"\bset(?:Timeout|Interval)\(\s*[\"']": "pass a function",
    r"\blocalStorage\b|\bsessionStorage\b": "keep nothing about people on a shared device",
}
HTML = {
    r"<style\b": "write it in a stylesheet of ours",
    r"<script\b(?![^>]*\ssrc=)": "write it in a script file of ours",
    r"<script\b(?=[^>]*\ssrc=)(?![^>]*\s(?:defer|type=\"module\"))": "add defer",
    r"<[a-z][^>]*\sstyle\s*=": "use a class",
    r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']": "listen in a script file of ours",
    r"javascript:": "use a button and a script file of ours",
    r"<[a-z][^>]*\shx-(?:on|vals=[\"']js|headers=[\"']js)": "no code in attributes",
    r"(?:src|srcset|action|formaction|poster)\s*=\s*[\"'](?:https?:)?//": "nothing from elsewhere",
    r"<link\b[^>]*href\s*=\s*[\"'](?:https?:)?//": "nothing from elsewhere",
    r"<iframe\b|<object\b|<embed\b": "link to it",
    r"<marquee\b|<blink\b|\sautofocus\b|\sautoplay\b": "let people decide where to look",
    r"\starget\s*=\s*[\"']_blank": "let people decide where a link opens",
}
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
JS_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
HTML_COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.DOTALL)


def breaches(text: str, comment: re.Pattern[str], rules: dict[str, str]) -> list[str]:
    """Each place that breaks a rule, as "line N: what stands there → the cure"."""
    bare = comment.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    return [
        f"line {bare.count(chr(10), 0, found.start()) + 1}: {found.group().strip()!r} → {cure}"
        for pattern, cure in rules.items()
        for found in re.finditer(pattern, bare, re.MULTILINE)
    ]


def nested_rules(text: str) -> list[str]:
    """Rules that stand within another rule: only at-rules may hold rules."""
    found, open_heads = [], []
    for head, brace in re.findall(r"([^{};]*)([{};])", CSS_COMMENT.sub("", text)):
        if brace == "{":
            if open_heads and not open_heads[-1].startswith("@"):
                found.append(f"{head.strip()!r} within {open_heads[-1]!r} → write nested rules flat")
            open_heads.append(head.strip())
        elif brace == "}":
            open_heads.pop()
    return found


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def test_there_is_something_to_check():
    assert [bool(found) for found in (STYLES, SCRIPTS, DRAWINGS, TEMPLATES)] == [True] * 4


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_style_is_old_enough(path):
    text = path.read_text(encoding="utf-8")
    assert breaches(text, CSS_COMMENT, CSS) + nested_rules(text) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_script_is_old_enough(path):
    assert breaches(path.read_text(encoding="utf-8"), JS_COMMENT, JS) == []


@pytest.mark.parametrize("path", [*TEMPLATES, *DRAWINGS], ids=name)
def test_template_keeps_the_content_policy(path):
    text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert breaches(text, HTML_COMMENT, HTML) == []


@pytest.mark.parametrize(
    ("rules", "comment", "text"),
    [
        (CSS, CSS_COMMENT, ".a:has(.b) { color: red; }"),
        (CSS, CSS_COMMENT, ".a {\n  inset: 0;\n}"),
        (CSS, CSS_COMMENT, "@media (width >= 40em) {}"),
        (JS, JS_COMMENT, "const last = rows.at(-1);"),
        (JS, JS_COMMENT, "name ??= 1;"),
        (HTML, HTML_COMMENT, '<p class="a" style="color: red">'),
        (HTML, HTML_COMMENT, '<button onclick="go()">'),
        (HTML, HTML_COMMENT, "<script>go()</script>"),
        (HTML, HTML_COMMENT, '<script src="/a.js"></script>'),
        (HTML, HTML_COMMENT, '<img src="https://elsewhere.example/a.png">'),
    ],
)
def test_the_check_sees_a_breach(rules, comment, text):
    assert len(breaches(text, comment, rules)) == 1
    assert breaches("\n" + text, comment, rules)[0].startswith("line ")


@pytest.mark.parametrize("inner", [".b", "&:hover", "> p"])
def test_the_check_sees_nesting(inner):
    flat = "@media print {\n  .a {\n    color: red;\n  }\n}\n"
    assert nested_rules(flat) == []
    assert len(nested_rules(flat.replace("color: red;", f"{inner} {{ color: red; }}"))) == 1
