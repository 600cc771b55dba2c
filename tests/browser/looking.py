"""What is asked of every page besides axe: its language, the size of what one taps, the way of the Tab key."""

import re

from playwright.sync_api import Page

from tests.browser.driver import press_tab

# Latin words that stand on Chinese pages as they are: names, what one types or runs, codes, addresses, keys.
LATIN = re.compile(
    r"Linli|Omar Haddad|Omar|Robin Vale|OpenStreetMap|English|WeChat|Chrome|Linux|Android|JavaScript|WCAG|AED|\bkm\b|PIN|Atom|JSON Feed|JSON|CSV|ZIP"
    r"|linli verify ledger --held|linli manage \w+(?: --try)? FOLDER|linli-worker|deploy/[\w.-]+|Python|Django|PostgreSQL|SQLite|AA 级|\.(?:xlsx|csv)\b|UTF|HSDS|OpenAPI|UUID|RFC|POST|null|address_1|\b[KMG]B\b|njxl|nanjingxilu|jingan|（ja）|xyzzy|yesterday|\w+Error\b"
    r"|https?://\S+|\S+@\S+|[0-9a-f]{8}-[0-9a-f-]+|[A-Z2-7]{4}( [A-Z2-7]{4})+|[A-Z]{1,4}-[A-Z\d-]+|[A-Z\d]*\d[A-Z\d]*"
    r"|[a-z_]+\.\w+|\b[0-9A-HJKMNP-TV-Z]{6}\b"
)
# Chinese words on English pages: people's names, a language's own name, what a station said of itself.
NAMES = re.compile(r"梅小雨|沈亦安|柏舟|高宁|陆晨|丁鉴|[安白蔡戴]|简体中文|座位坐满了，饮水和充电照常")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
HAN = re.compile(r"[\u3400-\u9fff]")
# Visible text and spoken labels, each with the language that the page says it is in.
TEXTS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const language = (node) => node.closest("[lang]").lang;
  const add = (node, text) => text.trim() && !node.closest("code, script, style, svg, .slip-code, .recovery") && found.push([language(node), text.trim()]);
  while (walker.nextNode()) add(walker.currentNode.parentElement, walker.currentNode.data);
  for (const node of document.body.querySelectorAll("[aria-label], [alt], [title], [placeholder]"))
    for (const name of ["aria-label", "alt", "title", "placeholder"]) add(node, node.getAttribute(name) || "");
  // A title cannot say that a name in it is in another language, so only Chinese ones are looked at.
  if (language(document.body) !== "en") found.push([language(document.body), document.title]);
  return found }"""
# What one taps and its size: a field within a label is tapped by its label; links in running text are read, not aimed at.
TARGETS = """(least) => {
  const seen = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const inText = (node) => getComputedStyle(node).display === "inline"
    && node.parentElement.textContent.trim() !== node.textContent.trim();
  const small = [];
  for (const node of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    const target = node.closest("label") || node;
    const box = target.getBoundingClientRect();
    if (!seen(node) || node.matches(".skip, .visually-hidden") || inText(node) || node.closest(".visually-hidden")) continue;
    if (box.height < least - 0.5 || (box.width < least - 0.5 && !node.matches("a")))
      small.push(`${Math.round(box.width)}×${Math.round(box.height)} ${node.outerHTML.slice(0, 140)}`);
  }
  return small }"""
STOPS = """() => {
  const seen = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const groups = new Set();
  const stops = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter((node) => seen(node) && !node.disabled && node.tabIndex >= 0).filter((node) => {
      if (node.type !== "radio") return true;
      const group = `${node.name} of ${[...document.forms].indexOf(node.form)}`;
      const chosen = [...node.form.elements].find((one) => one.name === node.name && one.checked);
      return chosen ? chosen === node : !groups.has(group) && groups.add(group);
    });
  window.linliStops = stops;
  window.linliWay = [];
  window.linliUnseen = [];
  document.addEventListener("focusin", (event) => {
    const style = getComputedStyle(event.target);
    window.linliWay.push(stops.indexOf(event.target));
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)
      window.linliUnseen.push(event.target.outerHTML.slice(0, 140));
  });
  if (document.activeElement) document.activeElement.blur();
  const clock = ["date", "time", "datetime-local"];
  return [stops.length, stops.length + 3 + 6 * stops.filter((node) => clock.includes(node.type)).length] }"""


def check_language(page: Page, language: str) -> None:
    """The page names its language, and no sentence of another one stands in it unnamed."""
    assert page.evaluate("document.documentElement.lang") == language
    foreign = [
        text
        for said, text in page.evaluate(TEXTS)
        if (said.startswith("zh") and ENGLISH.search(LATIN.sub("", text)))
        or (said.startswith("en") and HAN.search(NAMES.sub("", text)))
    ]
    assert not foreign, f"{page.url} says in another language than {language}: {foreign}"


def check_targets(page: Page, least: int) -> None:
    """Whatever one aims at with a finger is `least` pixels high, and as wide unless it is a word."""
    small = page.evaluate(TARGETS, least)
    assert not small, f"{page.url} has targets below {least} px: {small}"


def check_keyboard(page: Page) -> None:
    """Tab comes by everything that can be used, in the order of the page, and one sees where it is."""
    count, presses = page.evaluate(STOPS)
    press_tab(page, presses)
    way, unseen = page.evaluate("[window.linliWay, window.linliUnseen]")
    came_by = list(dict.fromkeys(stop for stop in way if stop >= 0))
    missed = page.evaluate(
        "came => window.linliStops.filter((_, n) => !came.includes(n)).map(node => node.outerHTML.slice(0, 140))",
        came_by,
    )
    assert not missed, f"{page.url}: Tab does not reach {missed}"
    first = came_by[0] if came_by else 0  # a page that came back with errors starts at their list
    assert came_by == [*range(first, count), *range(first)], (
        f"{page.url}: Tab does not follow the page, but {came_by}"
    )
    assert not unseen, f"{page.url}: one does not see that these have the focus: {unseen}"
