"""S12: text that somebody wrote never runs: two hundred payloads in every field that is shown, in a real browser.

The pages are opened without their content policy, so that escaping alone has to hold; at the end once more as served.
"""

import io
import json
import zipfile
from datetime import time, timedelta
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.utils import timezone

from linli.areas.models import UnitVersion
from linli.directory.actions import declare_status
from linli.directory.indexing import index_stations
from linli.directory.models import (
    LiveStatus,
    OpeningException,
    Organisation,
    Phone,
    Service,
    ServiceAtStation,
    Station,
)
from linli.directory.models.base import placed
from linli.news.models import Article, ArticlePicture
from linli.news.texts import clean, sanitised
from linli.notices.actions import choose_channels, deliver_due, follow
from linli.people.actions import export_person, give_consent, look, register_desk, set_pin
from linli.people.models import Person
from linli.site.models import Complaint
from tests.factories import make_article, make_person, make_role, make_station
from tests.people.signing import give_contact
from tests.trust.scripts import CALL, PAYLOADS, STARTS, chunks

# As many payloads as stand in one stored text: each page is opened once for all of them.
TOGETHER = 40
RAN = "window.canary = () => { window.ran = (window.ran || 0) + 1 }; window.addEventListener('error', () => {}, true)"
SETTLED = """() => new Promise((done) => {
  document.querySelectorAll("details").forEach((one) => { one.open = true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(window.ran || 0), 0))) })"""


class Shape(HTMLParser):
    """What in a page could run: attributes of events, addresses that are scripts, scripts that are not ours."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.script = [], False

    def handle_starttag(self, tag, attrs):
        self.script = tag == "script"
        for name, value in attrs:
            address = (value or "").strip().lower().replace("\t", "")
            follows = name in {"href", "src", "action", "formaction", "data", "poster", "hx-get", "hx-post"}
            if name.startswith(("on", "hx-on", "style", "srcdoc")) or (
                follows and address.startswith(("javascript:", "vbscript:", "data:text"))
            ):
                self.found.append(f"{tag} {name}={value}"[:100])
        if self.script and not dict(attrs).get("src", "").startswith("/static/"):
            self.found.append("a script that is not ours")
        if tag in {"iframe", "object", "embed", "base", "style", "math", "body "}:
            self.found.append(tag)

    def handle_data(self, data):
        if self.script and data.strip():
            self.found.append("words in a script")


def dangers(html: str) -> list[str]:
    shape = Shape()
    shape.feed(html)
    return shape.found


@pytest.fixture
def run(browser):
    """run(html) → how often the canary was called once the page had settled; nothing is fetched, no policy holds."""
    context = browser.new_context()
    context.add_init_script(RAN)
    page = context.new_page()
    bodies = {}

    def answer(route):
        if route.request.is_navigation_request() and route.request.frame == page.main_frame:
            route.fulfill(body=bodies["html"], content_type="text/html; charset=utf-8")
        else:
            route.abort()

    page.route("**/*", answer)

    def ran(html: str) -> int:
        bodies["html"] = html
        page.goto("http://payload.test/", wait_until="domcontentloaded")
        return page.evaluate(SETTLED)

    yield ran
    context.close()


def test_s12_the_canary_sings(run):
    """Otherwise silence would prove nothing."""
    fired = [run(f"<!doctype html><title>x</title><p>{payload}") > 0 for payload in PAYLOADS[::4]]
    assert len(PAYLOADS) >= 200
    assert sum(fired) >= len(fired) / 2
    assert sum(bool(dangers(f"<p>{payload}")) for payload in PAYLOADS) >= 150


WORDS = {"name", "brand", "about", "address", "directions", "hours_text"}


def dirty_station(number: int, text: str, under) -> Station:
    """A station every word of which is the text, put straight into the database, past all cleaning."""
    now = timezone.now()
    fields = dict.fromkeys(WORDS - {"name"}, text)
    station = make_station(f"X{number}", "building", text, under, en=text, **fields)
    Station.objects.filter(pk=station.pk).update(language="zh-hans")
    operator = Organisation.objects.create(name=text, language="zh-hans", description=text)
    Station.objects.filter(pk=station.pk).update(operator=operator, **placed(31.2, 121.4))
    Phone.objects.create(station=station, number=text[:60], extension=text[:20], about=text)
    words = {"name": text, "description": text, "how": text, "cost": text}
    service = Service.objects.create(language="fr", translations={"en": words}, **words)
    ServiceAtStation.objects.create(service=service, station=station, hours_text=text)
    OpeningException.objects.create(station=station, on=timezone.localdate(), reason=text)
    LiveStatus.objects.create(
        station=station, state="open", since=now, until=now + timedelta(hours=1), note=text
    )
    return station


def dirty_article(number: int, text: str, unit) -> Article:
    """An article every word of which is the text, its HTML too, past all cleaning; and one that says it was withdrawn."""
    words = dict.fromkeys(("lead", "byline", "source_name", "licence", "correction"), text)
    words |= {"source_url": "https://example.org/", "changed_at": timezone.now(), "language": "en"}
    article = make_article(unit, f"X-{number}", title=text, body=text, html=text, categories=[text], **words)
    ArticlePicture.objects.create(
        article=article, number=1, file=f"news/{'0' * 32}-9x9.jpg", alt=text, credit=text
    )
    make_article(unit, f"W-{number}", "withdrawn", title=text, withdrawal=text, **words)
    return article


@pytest.fixture
def dirty(town, mei):
    """The whole corpus in every stored field: stations, units, articles, people, machines, complaints, follows."""
    stations, people = [], []
    for number, text in enumerate(chunks(TOGETHER)):
        station = dirty_station(number, text, town.west)
        dirty_article(number, text, town.tower.unit)
        person = make_person(text, language="en")
        make_role(person, town.tower.unit, "worker")
        set_pin(by=person, pin="480273")
        follow(by=mei, subject=station)
        stations.append(station)
        people.append(person)
        Complaint.objects.create(
            text=text,
            answer=text,
            made_at=timezone.now(),
            answered_at=timezone.now(),
            link_digest=str(number),
        )
    UnitVersion.objects.filter(unit=town.district).update(name=chunks(TOGETHER)[0])
    index_stations(stations)
    look(by=people[0], subjects=[mei], page="Roles at a place", unit=town.tower.unit)
    return stations, people


def test_s12_stored_words(dirty, browse, gao, mei, town, run, record_property):
    """Every page that shows what somebody wrote, without its policy: nothing runs, nothing could."""
    stations, people = dirty
    manager = make_person("Ma")
    make_role(manager, town.tower.unit, "manager")
    make_role(manager, town.network, "operator")
    Complaint.objects.filter(link_digest="0").update(answer="", answered_at=None)
    _machine, secret = register_desk(by=manager, unit=town.tower.unit, label=chunks(TOGETHER)[0])
    boss, desk = browse(manager, confirmed=True), browse()
    desk.cookies["linli-desk"] = secret
    pages = [
        (browse(), path)
        for path in ("/", "/stations/", "/areas/", "/areas/310106/", "/areas/310106012/", "/search/?q=script")
    ]
    pages += [
        (boss, path)
        for path in ("/roles/JA-0101/", "/desk/JA-0101/machine/", "/operator/", "/desk/JA-0101/slips/")
    ]
    pages += [(boss, f"/operator/complaints/{row.code}/") for row in Complaint.objects.all()]
    pages += [
        (browse(gao), "/overview/"),
        (browse(gao), "/areas/X0/rename/"),
        (browse(gao), "/areas/310106012/insert/"),
    ]
    pages += [(browse(gao), f"/areas/X0/{verb}/") for verb in ("move", "merge", "split", "close")]
    pages += [(browse(mei), path) for path in ("/me/follows/", "/me/looks/")] + [(desk, "/desk/switch/")]
    pages += [(browse(person), "/me/") for person in people]
    pages += [(browse(), f"/stations/{station.code}/") for station in stations]
    pages += [
        (boss, f"/news/X-{number}/{rest}")
        for number in range(len(stations))
        for rest in ("", "card/", "pictures/")
    ]
    pages += [(browse(), "/news/"), (browse(), "/areas/310106/news/")]
    pages += [(browse(), f"/news/W-{number}/") for number in range(len(stations))]
    shown = 0
    for client, path in pages:
        response = client.get(path)
        html = response.content.decode()
        assert response.status_code == (410 if path.startswith("/news/W-") else 200), path
        assert dangers(html) == [], path
        assert run(html) == 0, path
        shown += html.count(CALL)
    assert shown > 20 * len(PAYLOADS)
    record_property("figure", f"{len(pages)} pages with {shown} payloads in stored words, executions 0")


def test_s12_the_texts_of_articles(run, record_property):
    """Where HTML is welcome: each payload cleaned for itself, as an author would type it and as a file would bring it."""
    typed = "".join(f"<div>{clean(payload)}</div>" for payload in PAYLOADS)
    brought = "".join(f"<div>{sanitised(payload)}</div>" for payload in PAYLOADS)
    whole = "".join(f"<div>{clean(text)}</div>" for text in chunks(TOGETHER))
    for html in (typed, brought, whole):
        assert dangers(html) == []
        assert run(f"<!doctype html><title>x</title>{html}") == 0
    record_property("figure", f"{2 * len(PAYLOADS)} texts of articles in a browser, executions 0")


def test_s12_paper_letters_and_files(dirty, browse, omar, mei, town, run, settle, record_property):
    """What leaves the site: the slip on paper, the letter, the file with one's own data, the phone's manifest."""
    desk, tried = browse(omar), 0
    for payload in PAYLOADS:
        html = desk.post("/desk/JA-0101/slips/", {"name": payload[:60]}).content.decode()
        assert dangers(html.replace('src="data:image', 'src="image')) == [], payload
        tried += 1
    for text in chunks(TOGETHER):
        Person.objects.filter(pk=mei.pk).update(name=text)
        mei.refresh_from_db()
        copy = zipfile.ZipFile(io.BytesIO(b"".join(export_person(by=mei, person=mei))))
        for name in copy.namelist():
            if name.endswith(".html"):
                assert run(copy.read(name).decode()) == 0
    give_contact(mei)
    give_consent(by=mei, purpose="notices_by_email")
    mail.outbox.clear()
    station = dirty[0][1]
    LiveStatus.objects.filter(station=station).delete()
    make_role(omar, station.unit, "worker")
    with_quiet_hours_off(mei)
    declare_status(
        by=omar, station=station, state="closed", until=timezone.now() + timedelta(hours=1), note=PAYLOADS[0]
    )
    settle()
    deliver_due()
    for letter in mail.outbox:
        assert letter.content_subtype == "plain"
        assert not getattr(letter, "alternatives", [])
        assert "\n" not in letter.subject
    assert len(mail.outbox) == 1
    manifest = browse().get("/manifest.webmanifest")
    assert json.loads(manifest.content)["scope"] == "/"
    assert manifest["Content-Type"].startswith("application/manifest+json")
    record_property(
        "figure",
        f"{tried} slips, {len(mail.outbox)} letter, {len(chunks(TOGETHER))} files of own data, executions 0",
    )


def with_quiet_hours_off(person) -> None:
    choose_channels(by=person, by_email=True, by_text=False, quiet_from=time(0), quiet_until=time(0))


# Each takes a text and gives back what the page says to it.
ECHOES = {
    "search": lambda client, text: client.get("/search/", {"q": text, "page": text, "next": text}),
    "list": lambda client, text: client.get(
        "/stations/", {"kind": text, "area": text, "open": text, "page": text}
    ),
    "day": lambda client, text: client.get("/areas/", {"on": text}),
    "next": lambda client, text: client.get("/sign-in/", {"next": text}),
    "contact": lambda client, text: client.post("/sign-in/", {"contact": text, "next": text}),
    "slip code": lambda client, text: client.post("/slip/", {"code": text}),
    "hours": lambda client, text: client.post("/stations/JA-0101/hours/", {"day0": text}),
    "status": lambda client, text: client.post(
        "/stations/JA-0101/status/", {"state": text, "note": text, "until": text}
    ),
    "role": lambda client, text: client.post(
        "/roles/JA-0101/", {"contact": text, "role": text, "until": text}
    ),
    "look": lambda client, text: client.get("/styleguide/", {"language": text, "theme": text, "elder": text}),
    "lost": lambda client, text: client.get("/nowhere/", {"x": text}),
    "partial": lambda client, text: client.get("/search/", {"q": text}, headers={"hx-request": "true"}),
}

# Of the dearest pages, how many payloads one request carries; the others ask once for each.
AT_ONCE = {"hours": 4, "status": 4, "role": 4, "day": 4, "list": 4, "look": 10}


@pytest.mark.parametrize("echo", ECHOES)
def test_s12_words_that_come_back_at_once(echo, browse, omar, run, town, record_property):
    """Every payload is looked for as it is; every twentieth page is taken apart and opened."""
    make_role(omar, town.tower.unit, "manager")
    client = browse(omar, confirmed=True)
    for number, text in enumerate(chunks(AT_ONCE.get(echo, 1))):
        html = ECHOES[echo](client, text).content.decode()
        assert [start for start in STARTS if start in html] == [], text
        assert text not in html or not set(text) & set("<\"'"), text
        if number % 20 == 0:
            assert dangers(html) == [], text
            assert run(html) == 0, text
    record_property("figure", f"{len(PAYLOADS)} payloads through {echo}, executions 0")


def test_s12_as_served(dirty, visit, signed_in, mei):
    """Once more with scripts, policy and all: nothing is blocked, because there is nothing to block."""
    cookies = signed_in(mei)
    for path in ("/stations/", "/stations/X0/", "/search/?q=script", "/me/follows/", "/areas/310106/"):
        page = visit(path, language="en", cookies=cookies)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.locator("h1").count() == 1
        assert page.evaluate("typeof window.canary") == "undefined"
