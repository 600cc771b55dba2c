"""S20: the strict content policy stands on every page, holds in the browser, and nothing of ours runs into it."""

import re

import pytest

from tests.browser.driver import DESK
from tests.trust.test_s21_headers import POLICY

# Addresses of one kind are alike; so many of each are opened. tests/browser opens every page in every look.
OF_A_KIND = 1
LEAVE = re.compile(r"\.(webmanifest|js|css|svg|jpg|ics)$|^/(sign-out|me/export)/")
WHO = ["", "omar", "gao"]
ATTACK = """() => {
  const script = document.createElement("script");
  script.textContent = "window.broken = true";
  document.body.append(script);
  const image = document.createElement("img");
  image.setAttribute("onerror", "window.broken = true");
  image.src = "/static/nothing.png";
  document.body.append(image);
  const style = document.createElement("style");
  document.body.append(style);
  return new Promise((done) => image.addEventListener("error", () => setTimeout(() => done(Boolean(window.broken)), 0))) }"""


def kind_of(path: str) -> str:
    """The address with its codes and numbers left open."""
    bare = re.sub(r"/[A-Z0-9]+(-[A-Z0-9]+)*(?=/)", "/*", path.partition("?")[0])
    return re.sub(r"/\d+(?=/)", "/*", bare) + ("?" if "?" in path else "")


def ways_on(page) -> list[str]:
    links = page.locator("a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [link.partition("#")[0] for link in links if link.startswith("/") and not LEAVE.search(link)]


@pytest.mark.parametrize("who", WHO)
def test_s20_a_walk_along_every_link(who, stroll, furnished, record_property):
    cookies = [{"name": "linli", "value": furnished[f"session_{who}"]}] if who else []
    page = stroll("/", **DESK, cookies=cookies)
    waiting, seen, opened = ways_on(page), {}, 1
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if path in seen.setdefault(kind, set()) or len(seen[kind]) >= OF_A_KIND:
            continue
        seen[kind].add(path)
        answer = page.goto(path)
        opened += 1
        assert answer.status < 400 or answer.status == 403, path
        assert {part.strip() for part in answer.headers["content-security-policy"].split(";")} == POLICY, path
        waiting += ways_on(page)
    assert opened >= 15
    record_property(
        "figure", f"{opened} pages of {len(seen)} kinds opened as {who or 'a visitor'}, violations 0"
    )


def test_s20_the_policy_holds(browser, network):
    """Script and style that somebody got into a page all the same are blocked, and the browser says so."""
    context = browser.new_context(base_url=network.address)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/")
    assert page.evaluate(ATTACK) is False
    blocked = [text for text in said if "Content Security Policy" in text]
    assert len(blocked) >= 3
    context.close()
