"""An evening at the door: with and without scripts, with a scanner gun, with the camera, and without a line."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from linli.programmes.models import SignUp
from linli.programmes.tickets import address_of, token_of
from tests.browser import driver
from tests.browser.codes import Scene, film, picture
from tests.browser.driver import DESK, PHONE, check_fit, click_through
from tests.factories import make_programme, make_session, make_sign_up

DOOR = "/sessions/SES-1/door/"
# The list this device keeps, as one can look it up in the browser.
KEPT = """(table) => new Promise((resolve) => {
  const asked = indexedDB.open("linli-door", 1);
  asked.onsuccess = () => {
    const rows = asked.result.transaction(table).objectStore(table).getAll();
    rows.onsuccess = () => { asked.result.close(); resolve(rows.result); };
  };
})"""
PUT = """(row) => new Promise((resolve) => {
  const asked = indexedDB.open("linli-door", 1);
  asked.onsuccess = () => {
    const deed = asked.result.transaction("lists", "readwrite");
    deed.objectStore("lists").put(row);
    deed.oncomplete = () => { asked.result.close(); resolve(); };
  };
})"""


@pytest.fixture
def ride(town):
    """It begins in half an hour; three have a seat, one waits."""
    programme = make_programme(town.tower.unit, en="Weekend ride")
    session = make_session(programme, town.tower, starts_in=timedelta(minutes=30), capacity=3)
    names = ("张小明", "confirmed"), ("王芳", "confirmed"), ("王小芳", "confirmed"), ("李雷", "waiting")
    people = [make_sign_up(session, name, state) for name, state in names]
    return SimpleNamespace(session=session, people=people, ming=people[0], fang=people[1])


@pytest.fixture
def open_door(visit, ride, omar, signed_in):
    """open_door(**device) → the page as omar has it before him."""

    def opened(path: str = DOOR, **device) -> Page:
        return visit(path, cookies=signed_in(omar), **{"language": "en", **DESK, **device})

    return opened


def scan(page: Page, text: str) -> None:
    """As a scanner gun does: it types wherever the cursor is, and presses Enter."""
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")


def says(page: Page, sentence: str) -> None:
    expect(page.locator("#door-said .said")).to_have_text(sentence)


def number(page: Page, name: str) -> str:
    return page.locator(f"[data-count={name}]").inner_text()


def arrived() -> set[str]:
    return set(SignUp.objects.filter(arrived_at__isnull=False).values_list("spoken", flat=True))


def kept_list(page: Page) -> list:
    """The lists on this device, once the first has come."""
    for _ in range(100):
        if rows := page.evaluate(KEPT, "lists"):
            return rows
        page.wait_for_timeout(50)
    raise AssertionError("No list came within five seconds.")


def go_without_line(page: Page) -> None:
    kept_list(page)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    expect(page.locator("#door-line")).to_be_visible()


# With a line


def test_a_scanner_gun_finds_the_field_by_itself(open_door, ride):
    page = open_door()
    scan(page, address_of(ride.ming))
    says(page, "张小明 came.")
    scan(page, ride.fang.spoken)
    says(page, "王芳 came.")
    scan(page, address_of(ride.ming))
    clock = timezone.localtime(SignUp.objects.get(pk=ride.ming.pk).arrived_at, ride.session.zone)
    says(page, f"张小明 has been here since {clock:%H:%M}.")
    assert (arrived(), number(page, "arrived")) == ({"000001", "000002"}, "2")
    row = page.locator(f"[data-row='{ride.ming.code}']")
    expect(row.get_by_role("button", name="Not here after all")).to_be_visible()
    assert page.url.endswith(DOOR)


def test_a_refusal_keeps_what_was_typed_and_the_next_scan_goes_over_it(open_door, ride):
    page = open_door()
    field = page.locator("[name=typed]")
    scan(page, "123456")
    says(page, "Nobody in this session has the number 123456. It may be of another session.")
    expect(field).to_have_value("123456")
    scan(page, token_of(ride.ming))
    says(page, "张小明 came.")
    expect(field).to_have_value("")


def test_one_of_several_is_chosen_and_taken_back(open_door, ride, axe):
    page = open_door()
    scan(page, "王")
    says(page, "Several people have a name like that. Who is it?")
    axe(page)
    page.locator("#door-said form", has_text="王小芳").get_by_role("button").click()
    says(page, "王小芳 came.")
    assert arrived() == {"000003"}
    page.locator("#door-said").get_by_role("button", name="Not here after all").click()
    says(page, "王小芳 is not here after all.")
    assert (arrived(), number(page, "arrived")) == (set(), "0")


def test_the_list_is_ticked_with_the_keyboard(open_door, ride):
    page = open_door()
    row = page.locator(f"[data-row='{ride.fang.code}']")
    row.get_by_role("button", name="Here").focus()
    page.keyboard.press("Enter")
    says(page, "王芳 came.")
    expect(row.get_by_role("button", name="Not here after all")).to_be_focused()
    page.keyboard.press("Enter")
    says(page, "王芳 is not here after all.")
    expect(row.get_by_role("button", name="Here 王芳")).to_be_focused()


def test_a_scanner_gun_presses_no_button(open_door, ride):
    """After a tap in the list the cursor stands on "Not here after all", and a gun ends with Enter."""
    page = open_door()
    row = page.locator(f"[data-row='{ride.fang.code}']")
    row.get_by_role("button", name="Here").click()
    expect(row.get_by_role("button", name="Not here after all")).to_be_focused()
    page.keyboard.type(address_of(ride.ming))
    page.keyboard.press("Enter")
    says(page, "张小明 came.")
    assert arrived() == {"000001", "000002"}


def test_a_list_that_comes_late_takes_no_arrival_back(open_door, ride):
    page = open_door()
    kept_list(page)
    page.wait_for_load_state("networkidle")
    late = []
    page.context.route("**/door/list.json", lambda route: late.append((route, route.fetch())), times=1)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    for _ in range(100):
        if late:
            break
        page.wait_for_timeout(50)
    row = page.locator(f"[data-row='{ride.fang.code}']")
    row.get_by_role("button", name="Here").click()
    says(page, "王芳 came.")
    (route, response), *_more = late
    route.fulfill(response=response)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    expect(row.get_by_role("button", name="Not here after all")).to_be_visible()
    assert number(page, "arrived") == "1"


def test_heads_are_counted_up_and_back(open_door, ride):
    page = open_door()
    page.get_by_role("button", name="One more").click()
    says(page, "1 person has been counted without a ticket.")
    page.get_by_role("button", name="One less").click()
    says(page, "0 people have been counted without a ticket.")
    page.get_by_role("button", name="One less").click()
    says(page, "Fewer have been counted than you want to take back.")
    assert number(page, "heads") == "0"


def test_whoever_waits_gets_a_free_seat_by_phone(open_door, ride):
    waits = ride.people[3]
    SignUp.objects.filter(pk=waits.pk).update(contact="+8613800001234")
    type(ride.session).objects.update(capacity=4)
    page = open_door(**PHONE)
    expect(page.locator("[href='tel:+8613800001234']")).to_be_visible()
    click_through(page.get_by_role("button", name="They come 李雷"))
    says(page, "李雷 has a seat now.")
    assert SignUp.objects.get(pk=waits.pk).state == "confirmed"


def test_two_desks_see_each_others_arrivals(open_door, ride):
    first, second = open_door(), open_door()
    scan(first, ride.ming.spoken)
    says(first, "张小明 came.")
    scan(second, ride.ming.spoken)
    expect(second.locator("#door-said .said")).to_contain_text("has been here since")
    assert (arrived(), number(second, "arrived")) == ({"000001"}, "1")


@pytest.mark.parametrize("device", [PHONE, DESK, {**PHONE, "floor": True}, {**PHONE, "language": "zh-CN"}])
def test_the_page_is_clean(device, open_door, ride, axe):
    SignUp.objects.filter(pk=ride.ming.pk).update(needs="轮椅", is_child=True, arrived_at=timezone.now())
    type(ride.session).objects.update(changes=1, capacity=4)
    page = open_door(**device)
    check_fit(page)
    axe(page)
    page.goto("/sessions/SES-1/sheet/")
    axe(page)


def test_large_text_on_a_phone_fits(open_door):
    check_fit(open_door(**PHONE, text=200))


# Without scripts


def test_without_scripts_everything_goes_by_forms(open_door, ride):
    page = open_door(scripts=False)
    page.locator("[name=typed]").fill(address_of(ride.ming))
    click_through(page.get_by_role("button", name="Note the arrival"))
    says(page, "张小明 came.")
    page.locator("[name=typed]").fill("王")
    click_through(page.get_by_role("button", name="Note the arrival"))
    click_through(page.locator("#door-said form", has_text="王芳").get_by_role("button"))
    says(page, "王芳 came.")
    click_through(page.locator(f"[data-row='{ride.fang.code}']").get_by_role("button"))
    says(page, "王芳 is not here after all.")
    click_through(page.get_by_role("button", name="One more"))
    says(page, "1 person has been counted without a ticket.")
    assert arrived() == {"000001"}
    page.locator("#door-search").fill("zhang")
    click_through(page.locator(".door-list .search button"))
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("#camera-start")).to_be_hidden()


# Without a line


def test_an_evening_without_a_line(open_door, ride, axe):
    page = open_door()
    go_without_line(page)
    scan(page, address_of(ride.ming))
    says(page, "张* came. It is noted here and sent as soon as the line is back.")
    scan(page, ride.fang.spoken)
    says(page, "王* came. It is noted here and sent as soon as the line is back.")
    scan(page, ride.ming.spoken)
    expect(page.locator("#door-said .said")).to_contain_text("张* was noted here already at")
    row = page.locator(f"[data-row='{ride.people[2].code}']")
    row.get_by_role("button", name="Here").click()
    expect(page.locator("#door-notes-said")).to_have_text("3 noted here, not sent yet.")
    axe(page)
    row.get_by_role("button", name="Not here after all").click()
    says(page, "王* is not here after all.")
    expect(page.locator("#door-notes-said")).to_have_text("2 noted here, not sent yet.")
    noted_at = {row["mark"]: row["at"] for row in page.evaluate(KEPT, "notes")}
    assert (len(noted_at), arrived()) == (2, set())
    page.context.set_offline(False)
    says(page, "Sent: 2 arrivals are new.")
    expect(page.locator("#door-notes")).to_be_hidden()
    expect(page.locator("#door-line")).to_be_hidden()
    expect(page.locator("[data-count=arrived]")).to_have_text("2")
    assert (arrived(), page.evaluate(KEPT, "notes")) == ({"000001", "000002"}, [])
    moments = {
        each.isoformat(timespec="milliseconds")[:23]
        for each in SignUp.objects.filter(arrived_at__isnull=False).values_list("arrived_at", flat=True)
    }
    assert moments == {moment.rstrip("Z") for moment in noted_at.values()}


def test_two_desks_without_a_line_make_no_double(open_door, ride):
    desks = [open_door(), open_door()]
    for page in desks:
        go_without_line(page)
        scan(page, address_of(ride.ming))
        says(page, "张* came. It is noted here and sent as soon as the line is back.")
    for page, sentence in zip(
        desks, ("1 arrival is new.", "0 arrivals are new. 1 was noted already."), strict=True
    ):
        page.context.set_offline(False)
        says(page, f"Sent: {sentence}")
    ride.session.refresh_from_db()
    assert (arrived(), ride.session.arrived) == ({"000001"}, 1)


def test_a_seat_that_was_gone_meanwhile_is_said(open_door, ride):
    page = open_door()
    go_without_line(page)
    scan(page, ride.ming.spoken)
    expect(page.locator("#door-notes-said")).to_have_text("1 noted here, not sent yet.")
    SignUp.objects.filter(pk=ride.ming.pk).update(state="cancelled")
    page.context.set_offline(False)
    says(page, "Sent: 0 arrivals are new. 1 no longer had a seat.")


def test_what_cannot_be_done_without_a_line_is_said(open_door, ride, town):
    other = make_session(ride.session.programme, town.tower, "SES-2")
    page = open_door()
    go_without_line(page)
    scan(page, "王")
    says(
        page,
        "Without a line no name can be looked up. Scan the ticket, type the six digits, or tap “Here” in the list.",
    )
    expect(page.locator("[name=typed]")).to_have_value("王")
    page.locator("[name=typed]").fill("")
    scan(page, address_of(make_sign_up(other, "乙")))
    expect(page.locator("#door-said .said")).to_contain_text("This is not on the list of")
    for leave in (
        page.get_by_role("button", name="One more"),
        page.locator(".way a"),
        page.locator(".door-list .search button"),
    ):
        leave.click()
        says(
            page,
            "That needs a line. Leave this page open until it is back: tickets, numbers and the list go on here.",
        )
        page.locator("[name=typed]").fill("")
        assert page.url.endswith(DOOR)
    page.context.set_offline(False)
    expect(page.locator("#door-line")).to_be_hidden()


def test_a_server_that_does_not_answer_is_no_line_either(open_door, visit, ride):
    page = open_door()
    kept_list(page)
    page.wait_for_load_state("networkidle")
    page.context.route("**/door/**", lambda route: route.abort())
    scan(page, address_of(ride.ming))
    says(page, "张* came. It is noted here and sent as soon as the line is back.")
    page.context.unroute("**/door/**")
    page.get_by_role("button", name="Send them now").click()
    says(page, "Sent: 1 arrival is new.")
    assert arrived() == {"000001"}
    # The browser itself complains of what this test took away from it.
    (_context, watch), *_others = visit.opened
    watch.complaints = [each for each in watch.complaints if "net::ERR_FAILED" not in each]


def test_what_is_noted_outlives_the_page(open_door, ride):
    page = open_door()
    go_without_line(page)
    scan(page, ride.ming.spoken)
    expect(page.locator("#door-notes-said")).to_have_text("1 noted here, not sent yet.")
    device = page.context
    # A page that is being closed gets its pretended line back for a moment, and would send what waits.
    page.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    page.close()
    device.set_offline(False)
    page = device.new_page()
    page.goto(DOOR)
    says(page, "Sent: 1 arrival is new.")
    assert arrived() == {"000001"}


def test_the_device_knows_no_name_and_no_token(open_door, ride):
    page = open_door()
    text = str(kept_list(page))
    key = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    for secret in ("张小明", token_of(ride.ming), ride.ming.spoken, key):
        assert secret not in text
    assert "张*" in text


def test_a_list_dies_twelve_hours_after_the_session(open_door, ride):
    page = open_door()
    (kept,) = kept_list(page)
    assert kept["until"] == (ride.session.ends_at + timedelta(hours=12)).isoformat()
    ago = (timezone.now() - timedelta(minutes=1)).isoformat()
    page.evaluate(PUT, {**kept, "session": "OLD", "until": ago})
    page.goto(f"{DOOR}?q=x")
    page.wait_for_load_state("networkidle")
    assert [row["session"] for row in page.evaluate(KEPT, "lists")] == ["SES-1"]


def test_a_list_that_is_over_is_not_used(open_door, ride):
    """The page stayed open until the morning: what it has in its memory is over too."""
    page = open_door()
    kept_list(page)
    page.clock.install(time=ride.session.ends_at + timedelta(hours=12, minutes=1))
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    scan(page, ride.ming.spoken)
    says(
        page,
        "There is no line, and this device keeps no list of this session. Write it down until the line is back.",
    )


def test_whoever_was_signed_out_loses_nothing(open_door, ride, omar, signed_in):
    """They sign in anew in a second tab, which also changes the key of all forms."""
    page = open_door()
    go_without_line(page)
    scan(page, ride.ming.spoken)
    expect(page.locator("#door-notes-said")).to_have_text("1 noted here, not sent yet.")
    page.context.clear_cookies(name="linli")
    page.context.set_offline(False)
    expect(page.locator("#door-said .said")).to_contain_text("You are signed out.")
    scan(page, ride.fang.spoken)
    expect(page.locator("#door-said .said")).to_contain_text("You are signed out.")
    expect(page.locator("[name=typed]")).to_have_value(ride.fang.spoken)
    expect(page.locator("#door-notes-said")).to_have_text("1 noted here, not sent yet.")
    page.context.clear_cookies()
    page.context.add_cookies([{"url": page.url, **cookie} for cookie in signed_in(omar)])
    page.context.add_cookies([{"url": page.url, "name": "linli-csrf", "value": "n" * 32}])
    page.locator("[name=typed]").press("Enter")
    says(page, "王芳 came.")
    page.get_by_role("button", name="Send them now").click()
    says(page, "Sent: 1 arrival is new.")
    assert arrived() == {"000001", "000002"}


# The camera


@pytest.fixture
def camera(browser, live_server, tmp_path, signed_in, omar):
    """camera(*pictures, **device) → the page in a browser before whose camera these pictures come in turn."""
    opened = []

    def start(*pictures, **device) -> Page:
        path = film(list(pictures), tmp_path / "film.y4m")
        eyes = browser.browser_type.launch(
            executable_path=driver.find_chromium(SimpleNamespace(chromium=browser.browser_type)),
            args=[
                *driver.ARGUMENTS,
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                f"--use-file-for-fake-video-capture={path}",
            ],
        )
        visits = driver.Visits(eyes, live_server.url)
        opened.append((visits, eyes))
        return visits(DOOR, cookies=signed_in(omar), **{"language": "en", **PHONE, **device})

    yield start
    for visits, eyes in opened:
        visits.close()
        eyes.close()


@pytest.mark.parametrize("floor", [True, False], ids=["our own reader", "whatever the browser has"])
def test_the_camera_reads_tickets(floor, camera, ride, axe):
    held = Scene(width=330, angle=12, tilt=(15, -10), blur=1, noise=5)
    page = camera(picture(address_of(ride.ming), held), picture(address_of(ride.fang), held), floor=floor)
    assert "/qr/read.js" not in page.content().split("data-code")[0]
    page.get_by_role("button", name="Use the camera").click()
    says(page, "张小明 came.")
    says(page, "王芳 came.")
    axe(page)
    page.get_by_role("button", name="Stop the camera").click()
    expect(page.locator("#camera")).to_be_hidden()
    assert arrived() == {"000001", "000002"}


def test_the_camera_goes_on_without_a_line(camera, ride):
    page = camera(picture(address_of(ride.ming)), floor=True)
    page.get_by_role("button", name="Use the camera").click()
    says(page, "张小明 came.")
    page.get_by_role("button", name="Stop the camera").click()
    page.get_by_role("button", name="Not here after all", exact=True).first.click()
    says(page, "张小明 is not here after all.")
    go_without_line(page)
    page.wait_for_timeout(4100)  # until the same ticket counts anew
    page.get_by_role("button", name="Use the camera").click()
    expect(page.locator("#door-notes-said")).to_have_text("1 noted here, not sent yet.")
    page.context.set_offline(False)
    says(page, "Sent: 1 arrival is new.")


def test_the_reader_is_loaded_only_when_the_camera_is_used(open_door, ride):
    page = open_door()
    page.wait_for_load_state("networkidle")
    asked = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert [name for name in asked if "/qr/" in name] == []
    assert [name for name in asked if name.endswith("/programmes/camera.js")] != []


def test_where_no_camera_is_allowed_the_page_says_what_to_do(open_door, ride):
    page = open_door()
    page.get_by_role("button", name="Use the camera").click()
    expect(page.locator("#camera-said")).to_contain_text("Type the six digits instead.")


def test_over_a_line_that_is_not_secure_the_page_says_what_is_missing(open_door, ride, visit):
    page = visit.window(**DESK, language="en")
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    other = open_door()
    page.context.add_cookies(other.context.cookies())
    page.goto(DOOR)
    expect(page.locator("#door-insecure")).to_be_visible()
    expect(page.locator("#camera-start")).to_be_hidden()
    scan(page, ride.ming.spoken)
    says(page, "张小明 came.")
