"""Surroundings that between them hold both languages, all looks and both sizes.

phone: 简体中文, light, 360 px, and the same in 长辈版 with text at 200 % · desk: English, dark, 1366 px, by keyboard.
"""

from playwright.sync_api import Page as Window

from tests.browser.driver import AXE, DESK, PHONE, Visits, click_through, enlarge
from tests.browser.pages import Page

LOOKS = {
    "phone": ({"linli-language": "zh-hans", "linli-theme": "light"}, {**PHONE, "language": "zh-CN"}),
    "desk": (
        {"linli-language": "en", "linli-theme": "dark"},
        {**DESK, "language": "en-GB", "scheme": "dark"},
    ),
}
SESSION, DESK_MACHINE = "linli", "linli-desk"


class Surroundings:
    """One device for each look, which goes from page to page: a new one would fetch every style and script again."""

    def __init__(self, visits: Visits, furnished: dict[str, str]) -> None:
        self.visits, self.furnished = visits, furnished
        self.windows: dict[str, Window] = {}

    def open(self, page: Page, look: str) -> Window:
        """A page of the table as whoever it is for, after pressing what it asks for."""
        chosen, device = LOOKS[look]
        if look not in self.windows:
            self.windows[look] = self.visits.window(**device)
            # Read anew for each page it takes a tenth of a test's time; this way the browser knows it from the page before.
            self.windows[look].add_init_script(AXE)
        window = self.windows[look]
        enlarge(window, 100)
        asked = "&".join(f"{name.removeprefix('linli-')}={value}" for name, value in chosen.items())
        path = page.path.format(**self.furnished, look=asked)
        cookies = chosen | self.key_of(page.who)
        self.visits.go(window, path, [{"name": name, "value": value} for name, value in cookies.items()])
        if page.press:
            closed = window.locator("details:not([open]) > summary")
            closed.evaluate_all("all => all.forEach(one => one.click())")
            click_through(window.locator(page.press).first)
        return window

    def key_of(self, who: str) -> dict[str, str]:
        """The cookie by which the site knows somebody, or a desk's machine; none for a visitor."""
        if who == "desk":
            return {DESK_MACHINE: self.furnished["desk"]}
        return {SESSION: self.furnished[f"session_{who}"]} if who else {}

    def check(self) -> None:
        """Fails on what went wrong on the page just left, once the browser has told of it."""
        for window in self.windows.values():
            window.evaluate("() => new Promise((done) => setTimeout(done))")
        self.visits.check()


def name_of(page: Page) -> str:
    return " ".join(filter(None, [page.path, page.who, "sent" if page.press else ""]))


def grow_old(seen: Window) -> None:
    """The page before us in 长辈版, for a reader who wants text at 200 %: no more than one word of it differs."""
    seen.evaluate("document.documentElement.dataset.elder = 1")
    enlarge(seen, 200)
    # What the page itself does about larger letters, it does once it has drawn them.
    seen.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def check_status(seen: Window, page: Page) -> None:
    status = seen.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
    assert status == page.status, seen.url
