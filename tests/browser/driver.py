"""The real browser: how it is found and started, what a device looks like, and what is watched on every page."""

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    expect,
)

PHONE = {"size": (360, 740), "touch": True}
DESK = {"size": (1366, 768)}
PATIENCE = 10_000  # milliseconds, on a busy machine
SCREENS = Path(__file__).resolve().parents[2] / "screens"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What of it depends on colours and sizes alone, and can be otherwise in another look of the same page.
RULES_OF_LOOKS = [
    "color-contrast",
    "link-in-text-block",
    "target-size",
    "scrollable-region-focusable",
    "meta-viewport",
]
# Else axe also describes everything that is right, which takes longer than finding it out.
BRIEFLY = {"resultTypes": ["violations"]}
EVERYTHING = {"runOnly": {"type": "tag", "values": RULES}, **BRIEFLY}
THE_LOOK = {"runOnly": {"type": "rule", "values": RULES_OF_LOOKS}, **BRIEFLY}
TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
ARGUMENTS = [
    "--disable-dev-shm-usage",
    # There is no graphics card here, and a process that imitates one costs a fifth of a page's time.
    "--disable-gpu",
    "--disable-software-rasterizer",
    # Whatever a page asks for, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
WECHAT = (
    "Mozilla/5.0 (Linux; Android 10; MI 8 Build/QKQ1.190828.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/86.0.4240.99 XWEB/4317 MMWEBSDK/20220105 Mobile Safari/537.36 MMWEBID/6170 "
    "MicroMessenger/8.0.19.2080(0x28001335) Process/toolsmp WeChat/arm64 Weixin NetType/4G Language/zh_CN ABI/arm64"
)
FLOOR = (Path(__file__).parent / "floor.js").read_text()
VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.linliViolation(`${event.effectiveDirective} blocked ${event.blockedURI} in ${event.sourceFile || "page"}`));
"""
# A refused form (422), a page of somebody else's (403, 404): Chromium writes these to the console as errors.
# A context without workers says so whenever a page offers one.
EXPECTED = re.compile(
    r"Failed to load resource: the server responded with a status of 4\d\d "
    r"|Service Worker registration blocked by Playwright"
)
expect.set_options(timeout=PATIENCE)


def find_chromium(playwright: Playwright) -> str:
    """The browser's path. Ends the run with the line to type when there is none: a browser test never skips."""
    own = playwright.chromium.executable_path
    # The shell is the same browser without its windows: a page costs a quarter less.
    names = (
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    named = [shutil.which(name) for name in names]
    for path in [os.environ.get("LINLI_CHROMIUM"), *named, own]:
        if path and Path(path).exists():
            return path
    pytest.exit(
        "No Chromium found. Run: apt-get install -y --no-install-recommends chromium fonts-noto-cjk"
        "  (or: .venv/bin/python -m playwright install --only-shell chromium)",
        returncode=1,
    )


def start(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=find_chromium(playwright), args=ARGUMENTS)


class Watch:
    """What went wrong in one browsing context: console errors, broken policy, requests to somebody else."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.complaints: list[str] = []
        context.expose_binding("linliViolation", lambda _source, text: self.complaints.append(f"CSP: {text}"))
        context.add_init_script(VIOLATIONS)
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("request", self.see)

    def hear(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        refused = EXPECTED.match(message.text) and not urlsplit(where).path.startswith("/static/")
        if message.type in {"error", "warning"} and not refused:
            self.complaints.append(f"console: {message.text} ({where})")

    def see(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.complaints.append(f"third party: {request.url}")

    def check(self) -> None:
        heard, self.complaints = self.complaints, []
        assert heard == []


class Visits:
    """Opens pages of one address, each on a device of its own, and checks what it watched at the end."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.opened: list[tuple[BrowserContext, Watch]] = []

    def __call__(self, path: str = "/", *, cookies: Iterable[dict] = (), **device) -> Page:
        """A page on a new device, described as for `window`."""
        return self.go(self.window(**device), path, cookies)

    def go(self, window: Page, path: str, cookies: Iterable[dict] = ()) -> Page:
        """Opens a page as whoever holds these cookies; styles and scripts that the device has, it keeps."""
        window.context.clear_cookies()
        window.context.add_cookies([{"url": self.address, **cookie} for cookie in cookies])
        window.goto(path)
        return window

    def window(
        self,
        *,
        size: tuple[int, int] = (360, 740),
        touch: bool = False,
        language: str = "zh-CN",
        scheme: str = "light",
        text: int = 100,
        scripts: bool = True,
        workers: bool = False,
        floor: bool = False,
    ) -> Page:
        """A new device. `text` is the reader's text size in percent, `floor` the oldest phone we serve."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": size[0], "height": size[1]},
            has_touch=touch,
            is_mobile=touch,
            locale=language,
            timezone_id="Asia/Shanghai",
            color_scheme=scheme,
            java_script_enabled=scripts,
            service_workers="allow" if workers and not floor else "block",
            user_agent=WECHAT if floor else None,
        )
        self.opened.append((context, Watch(context, self.address)))
        context.set_default_timeout(PATIENCE)
        if floor:
            context.add_init_script(FLOOR)
        page = context.new_page()
        if text != 100:
            enlarge(page, text)
        return page

    def check(self) -> None:
        """Fails on whatever was seen to be wrong since it was last asked."""
        for _context, watch in self.opened:
            watch.check()

    def close(self) -> None:
        """Closes every context, then fails on the first thing that was seen to be wrong."""
        for context, _watch in self.opened:
            context.close()
        self.check()


def enlarge(page: Page, percent: int) -> None:
    """The reader's own text size, as a browser's settings give it: 100 % is 16 pixels."""
    session = page.context.new_cdp_session(page)
    session.send(
        "Page.setFontSizes", {"fontSizes": {"standard": 16 * percent // 100, "fixed": 13 * percent // 100}}
    )


def check_axe(page: Page) -> None:
    """Fails with rule and node for everything axe-core finds against WCAG 2.2 AA. Needs a page with scripts on."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    run_axe(page, EVERYTHING)


def check_look(page: Page) -> None:
    """The same for what a look can change, on a page that `check_axe` has seen in another look."""
    run_axe(page, THE_LOOK)


def run_axe(page: Page, options: dict) -> None:
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    said = [
        f"{rule['id']}: {node['target']} {node['html'][:200]} — {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]
    assert said == [], f"{page.url}\n" + "\n".join(said)


def check_fit(page: Page) -> None:
    """Nothing makes the page itself scroll sideways."""
    wide = page.evaluate(
        """() => { const limit = document.documentElement.clientWidth;
        return document.documentElement.scrollWidth <= limit ? [] : [...document.querySelectorAll("body *")]
          .filter(e => e.getBoundingClientRect().right > limit + 1).map(e => e.outerHTML.slice(0, 120)).slice(0, 5) }"""
    )
    assert wide == [], f"{page.url} is wider than its window"


def click_through(target: Locator) -> None:
    """Clicks what leads to a page and waits until that page is there; a click alone does not wait."""
    with target.page.expect_navigation():
        target.click()


def press_tab(page: Page, times: int) -> None:
    """Presses Tab so many times: a page has a hundred stops, and two messages a press would take most of a test's time."""
    session = page.context.new_cdp_session(page)
    for _ in range(times):
        session.send("Input.dispatchKeyEvent", TAB)
    session.detach()


def tab_to(page: Page, target: Locator, limit: int = 80) -> None:
    """Reaches the target with the Tab key alone, as somebody without a mouse does."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"{target} was not reached with {limit} presses of Tab on {page.url}")


def wants_screens() -> bool:
    """Whether the run was asked for pictures (`./linli test --screens`)."""
    return os.environ.get("LINLI_SCREENS") == "1"


def keep_screen(page: Page, name: str) -> None:
    """Writes screens/<name>.png."""
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
