"""Pictures of the key pages, written to screens/ by `./linli test --screens`."""

import pytest

from tests.browser.driver import DESK, PHONE
from tests.browser.surroundings import SESSION

KEY_PAGES = [
    ("home", "/", ""),
    ("stations", "/stations/", ""),
    ("station", "/stations/JA-1201/", ""),
    ("desk", "/desk/at/JA-1201/", "omar"),
    ("inbox", "/me/inbox/", "mei"),
    ("sign-in", "/sign-in/", ""),
    ("search", "/search/?q=njxl", ""),
    ("areas", "/areas/", ""),
    ("styleguide", "/styleguide/", ""),
    ("me", "/me/", "shen"),
    ("transparency", "/transparency/", ""),
]
DEVICES = {"phone": PHONE, "desk": DESK}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("device", DEVICES)
def test_screens_of_the_key_pages(device, language, stroll, furnished, screen):
    for name, path, who in KEY_PAGES:
        cookies = {"linli-language": "zh-hans" if language == "zh" else "en"}
        if who:
            cookies[SESSION] = furnished[f"session_{who}"]
        page = stroll(path, **DEVICES[device], cookies=[{"name": n, "value": v} for n, v in cookies.items()])
        assert page.locator("h1").count() == 1, path
        screen(page, f"{name}-{device}-{language}")
        page.close()


@pytest.mark.parametrize("look", ["dark", "elder"])
@pytest.mark.parametrize("device", DEVICES)
def test_screens_of_other_looks(device, look, stroll, screen):
    chosen = {"linli-theme": "dark"} if look == "dark" else {"linli-elder": "1"}
    for name, path in (("home", "/"), ("station", "/stations/JA-1201/")):
        page = stroll(path, **DEVICES[device], cookies=[{"name": n, "value": v} for n, v in chosen.items()])
        screen(page, f"{name}-{device}-{look}")
        page.close()
