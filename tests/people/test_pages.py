"""The pages of signing in, as a browser without scripts meets them."""

import pyotp
import pytest
import time_machine
from django.core import mail
from django.test import Client

from linli.people.actions import begin_second_factor, confirm_second_factor, issue_slip, set_pin
from linli.people.browsers import MACHINE_COOKIE, browser_name
from linli.people.models import Contact, DeskMachine, Person, Slip
from tests.factories import make_person, make_role
from tests.people.signing import digits_mailed, give_contact, wrong


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"}, enforce_csrf_checks=False)


def text(response) -> str:
    return response.content.decode()


def sign_in(client, contact="mei@example.org", to=""):
    """Goes through both pages; the answer to the code."""
    first = client.post("/sign-in/", {"contact": contact, "next": to})
    assert first.status_code == 302
    return client.post(first.url, {"digits": digits_mailed(), "next": to})


def test_back_to_where_the_person_was(client, mei):
    give_contact(mei)
    assert client.get("/me/sessions/").url == "/sign-in/?next=%2Fme%2Fsessions%2F"
    assert 'value="/me/sessions/"' in text(client.get("/sign-in/?next=%2Fme%2Fsessions%2F"))
    assert sign_in(client, to="/me/sessions/").url == "/me/sessions/"
    assert client.get("/me/sessions/").status_code == 200


def test_full_width_digits_sign_in(client, db):
    client.post("/sign-in/", {"contact": "mei@example.org"})
    digits = digits_mailed().translate({ord(str(number)): chr(0xFF10 + number) for number in range(10)})
    assert client.post("/sign-in/code/", {"digits": digits}).status_code == 302
    assert Person.objects.count() == 1


def test_the_contact_page_keeps_what_was_typed(client, db):
    response = client.post("/sign-in/", {"contact": "1380"})
    assert response.status_code == 422
    assert 'value="1380"' in text(response)
    assert "too many or too few digits" in text(response)


def test_a_phone_without_a_gateway_is_told_what_to_do(client, db):
    response = client.post("/sign-in/", {"contact": "13800001234"})
    assert response.status_code == 422
    assert "does not send text messages" in text(response)


def test_the_code_page_without_an_asking_leads_back(client, db):
    assert client.get("/sign-in/code/?next=/stations/").url == "/sign-in/?next=%2Fstations%2F"


def test_a_wrong_code_says_so(client, db):
    client.post("/sign-in/", {"contact": "mei@example.org"})
    response = client.post("/sign-in/code/", {"digits": wrong(digits_mailed())})
    assert response.status_code == 422
    assert "This code is not right" in text(response)


def test_too_often_is_429_with_when_to_come_back(client, db):
    for _time in range(5):
        assert client.post("/sign-in/", {"contact": "mei@example.org"}).status_code == 302
    response = client.post("/sign-in/", {"contact": "mei@example.org"})
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 900


def test_the_demonstration_shows_the_code(client, db, settings):
    settings.DEMONSTRATION = True
    client.post("/sign-in/", {"contact": "13800001234"})
    assert "The code is " in text(client.get("/sign-in/code/"))
    settings.DEMONSTRATION = False
    assert "The code is " not in text(Client().get("/sign-in/code/", follow=True))


def test_opening_a_slip_changes_nothing_and_the_button_signs_in(client, omar, town):
    printed = issue_slip(by=omar, unit=town.tower.unit)
    path = f"/slip/{printed.token}/"
    assert client.get(path).status_code == 200
    assert Slip.objects.get().used_at is None
    assert client.post(path).status_code == 302
    assert client.get("/me/sessions/").status_code == 200
    assert Client().post(path).status_code == 422


def test_an_unknown_slip_looks_like_a_known_one(client, omar, town):
    printed = issue_slip(by=omar, unit=town.tower.unit)
    known, unknown = client.get(f"/slip/{printed.token}/"), client.get(f"/slip/{'x' * len(printed.token)}/")
    assert (known.status_code, unknown.status_code) == (200, 200)


def test_the_desk_prints_a_slip(browse, omar, town):
    response = browse(omar).post("/desk/JA-0101/slips/", {"name": "Po", "earlier": ""})
    assert response.status_code == 200
    assert "data:image/svg+xml" in text(response)
    assert "For Po" in text(response)
    assert browse(omar).get("/desk/JA-0101/slips/").status_code == 200


def test_who_opens_the_desks_pages(browse, omar, mei, gao, town):
    for path in ("slips", "machine"):
        statuses = [
            browse(person, confirmed=True).get(f"/desk/JA-0101/{path}/").status_code
            for person in (None, mei, gao, omar)
        ]
        assert statuses == [302, 403, 403, 200]
    assert browse(omar).get("/desk/JA-0201/slips/").status_code == 403
    assert browse(omar, second_factor=False).get("/desk/JA-0101/slips/").status_code == 302
    assert browse(omar).get("/desk/NOWHERE/slips/").status_code == 404


def test_a_machine_is_registered_switched_on_and_given_up(browse, omar, town):
    client = browse(omar, confirmed=True)
    assert client.post("/desk/JA-0101/machine/", {"label": "front"}).status_code == 302
    assert "this browser" in text(client.get("/desk/JA-0101/machine/"))
    ana = make_person("Ana")
    make_role(ana, town.tower.unit, "manager")
    set_pin(by=ana, pin="480273")
    assert "Ana" in text(client.get("/desk/switch/"))
    assert client.post("/desk/switch/", {"person": ana.pk, "pin": "480274"}).status_code == 422
    before = client.session.session_key
    assert client.post("/desk/switch/", {"person": ana.pk, "pin": "480273"}).url == "/desk/"
    assert client.session.session_key != before
    assert client.session["_auth_user_id"] == str(ana.pk)
    assert client.get("/desk/JA-0101/slips/").status_code == 200


def test_a_machine_asks_for_the_pin_before_the_code(browse, omar, town):
    client = browse(omar, confirmed=True)
    client.post("/desk/JA-0101/machine/", {"label": "front"})
    client.post("/sign-out/")
    assert client.get("/sign-in/?next=/desk/").url == "/desk/switch/?next=%2Fdesk%2F"
    assert client.get("/sign-in/?with=code&next=/desk/").status_code == 200


def test_a_machine_is_given_up(browse, omar, town):
    client = browse(omar, confirmed=True)
    client.post("/desk/JA-0101/machine/", {"label": "front"})
    client.post("/desk/JA-0101/machine/", {"forget": DeskMachine.objects.get().pk})
    assert DeskMachine.objects.count() == 0
    assert client.get("/desk/switch/").status_code == 404


def test_at_the_desk_weighty_deeds_need_the_app(browse, omar, town):
    """Who finds a desk machine open must not be able to change how a colleague signs in."""
    set_pin(by=omar, pin="480273")
    client = browse(omar, confirmed=True)
    client.post("/desk/JA-0101/machine/", {"label": "front"})
    assert client.post("/desk/switch/", {"person": omar.pk, "pin": "480273"}).status_code == 302
    for path in ("/desk/pin/", "/me/contacts/", "/me/second-factor/replace/", "/desk/JA-0101/machine/"):
        assert client.get(path).url.startswith("/me/confirm/"), path


def test_a_code_alone_does_not_replace_the_app(client, omar):
    give_contact(omar, "omar@example.org")
    app = pyotp.TOTP(begin_second_factor(by=omar).secret)
    confirm_second_factor(by=omar, digits=app.now())
    sign_in(client, "omar@example.org")
    for path in ("/me/second-factor/replace/", "/me/contacts/"):
        assert client.post(path).url.startswith("/me/confirm/"), path
    assert client.post("/me/second-factor/set-up/").url == "/me/second-factor/"


def test_signing_in_by_code_confirms_who_has_no_app(client, db):
    sign_in(client)
    assert client.get("/me/contacts/").status_code == 200


def test_names_show_on_a_registered_machine_only(browse, omar, town):
    set_pin(by=omar, pin="480273")
    for client in (browse(), browse(omar)):
        client.cookies[MACHINE_COOKIE] = "not-a-secret-of-ours"
        response = client.get("/desk/switch/")
        assert response.status_code == 404
        assert "Omar" not in text(response).replace("You are Omar", "")


def test_the_second_step_of_staff(client, omar, town):
    client.force_login(omar)
    assert client.get("/desk/JA-0101/slips/").url == "/me/second-factor/?next=%2Fdesk%2FJA-0101%2Fslips%2F"
    assert client.get("/me/second-factor/?next=/desk/").url == "/me/second-factor/set-up/?next=%2Fdesk%2F"
    assert "data:image" not in text(client.get("/me/second-factor/set-up/"))
    shown = client.post("/me/second-factor/set-up/", {"next": "/desk/"})
    app = pyotp.TOTP(begin_second_factor(by=omar).secret)
    assert app.secret[:4] in text(shown)
    done = client.post("/me/second-factor/set-up/", {"digits": app.now(), "next": "/desk/"})
    assert text(done).count("<li>") >= 8
    assert client.session["limits"] == "staff"
    assert client.get("/desk/JA-0101/slips/").status_code == 200


def test_the_app_and_recovery_codes_open_staff_pages(client, omar, town):
    app = pyotp.TOTP(begin_second_factor(by=omar).secret)
    codes = confirm_second_factor(by=omar, digits=app.now())
    client.force_login(omar)
    refused = client.post("/me/second-factor/", {"digits": app.now()})
    assert refused.status_code == 422
    assert client.post("/me/second-factor/recovery/", {"code": "0000000000"}).status_code == 422
    before = client.session.session_key
    assert client.post("/me/second-factor/recovery/", {"code": codes[0], "next": "/desk/"}).url == "/desk/"
    assert client.session.session_key != before
    assert client.get("/desk/JA-0101/slips/").status_code == 200


def test_replacing_the_app_needs_confirming(browse, omar):
    app = pyotp.TOTP(begin_second_factor(by=omar).secret)
    confirm_second_factor(by=omar, digits=app.now())
    assert browse(omar).post("/me/second-factor/replace/").url.startswith("/me/confirm/")
    assert browse(omar, confirmed=True).post("/me/second-factor/replace/").url == "/me/second-factor/set-up/"


def test_confirming_by_code(browse, mei):
    client = browse(mei)
    give_contact(mei)
    page = text(client.get("/me/confirm/?next=/me/export/"))
    assert "Send a code to m***@example.org" in page
    assert client.post("/me/confirm/", {"digits": "123456"}).status_code == 422
    sent = client.post("/me/confirm/", {"send": Contact.objects.get().pk, "next": "/me/export/"})
    assert sent.url == "/me/confirm/?next=%2Fme%2Fexport%2F"
    assert (
        client.post("/me/confirm/", {"digits": digits_mailed(), "next": "/me/export/"}).url == "/me/export/"
    )
    assert client.session["confirmed_at"] > 0


def test_confirming_by_code_too_often_is_said(browse, mei):
    client, contact = browse(mei), give_contact(mei)
    for _time in range(5):
        client.post("/me/confirm/", {"send": contact.pk})
    assert client.post("/me/confirm/", {"send": contact.pk}).status_code == 429


def test_confirming_by_slip(browse, omar, town):
    printed = issue_slip(by=omar, unit=town.tower.unit)
    guest = browse(printed.slip.person)
    assert guest.post("/me/confirm/", {"code": "0000000000"}).status_code == 422
    assert guest.post("/me/confirm/", {"code": printed.code}).url == "/"


def test_confirming_by_app(browse, omar):
    with time_machine.travel(1_790_000_010, tick=False) as clock:
        app = pyotp.TOTP(begin_second_factor(by=omar).secret)
        confirm_second_factor(by=omar, digits=app.now())
        client = browse(omar)
        clock.shift(30)
        assert client.post("/me/confirm/", {"digits": app.now(), "next": "/desk/"}).url == "/desk/"
        assert client.session["confirmed_at"] == 1_790_000_040


def test_the_cast_confirms_with_one_button_in_the_demonstration_only(browse, mei, settings):
    Person.objects.filter(pk=mei.pk).update(cast="mei")
    assert browse(mei).post("/me/confirm/", {}).status_code == 422
    settings.DEMONSTRATION = True
    client = browse(mei)
    assert client.get("/me/confirm/").status_code == 200
    assert client.post("/me/confirm/", {"next": "/me/export/"}).url == "/me/export/"


def test_contacts_are_added_and_removed(browse, mei):
    client, first = browse(mei, confirmed=True), give_contact(mei)
    assert client.post("/me/contacts/", {"contact": "mei@example.com"}).url == "/me/contacts/code/"
    assert client.post("/me/contacts/code/", {"digits": wrong(digits_mailed())}).status_code == 422
    assert client.post("/me/contacts/code/", {"digits": digits_mailed()}).url == "/me/contacts/"
    page = text(client.get("/me/contacts/"))
    assert page.count("m***@example.") >= 2
    assert "mei@example.org" not in page
    assert client.get(f"/me/contacts/{first.pk}/remove/").status_code == 200
    assert client.post(f"/me/contacts/{first.pk}/remove/").url == "/me/contacts/"
    last = Contact.objects.get()
    assert client.post(f"/me/contacts/{last.pk}/remove/").status_code == 422


def test_anothers_contact_does_not_exist(browse, mei, lena):
    contact = give_contact(mei)
    assert browse(lena, confirmed=True).post(f"/me/contacts/{contact.pk}/remove/").status_code == 404


def test_opening_pages_sends_and_writes_nothing(browse, omar, town):
    client, before = browse(omar), Person.objects.count()
    for path in (
        "sign-in/",
        "slip/",
        "me/contacts/",
        "me/sessions/",
        "me/confirm/",
        "desk/pin/",
        "desk/JA-0101/slips/",
    ):
        client.get(f"/{path}")
    assert (Person.objects.count(), Slip.objects.count(), mail.outbox) == (before, 0, [])


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10; MI 8; wv) Chrome/86.0 Mobile MicroMessenger/8.0.19",
            "WeChat, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("", ""),
    ],
)
def test_a_browser_has_a_plain_name(agent, name):
    assert browser_name(agent) == name
