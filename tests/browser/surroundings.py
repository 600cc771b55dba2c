"""Three surroundings that between them hold both languages, all looks and both sizes.

phone: 简体中文, light, 360 px · desk: English, dark, 1366 px, by keyboard · elder: 简体中文, 长辈版, 360 px, text at 200 %.
"""

from tests.browser.driver import DESK, PHONE
from tests.browser.pages import Page

LOOKS = {
    "phone": ({"linli-language": "zh-hans", "linli-theme": "light"}, {**PHONE, "language": "zh-CN"}),
    "desk": (
        {"linli-language": "en", "linli-theme": "dark"},
        {**DESK, "language": "en-GB", "scheme": "dark"},
    ),
    "elder": (
        {"linli-language": "zh-hans", "linli-elder": "1"},
        {**PHONE, "language": "zh-CN", "text": 200},
    ),
}
SESSION, DESK_MACHINE = "linli", "linli-desk"


def name_of(page: Page) -> str:
    return " ".join(filter(None, [page.path, page.who, "sent" if page.press else ""]))


def check_status(seen, page: Page) -> None:
    status = seen.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
    assert status == page.status, seen.url
