"""Consents: a yes with its words, a no as easy as the yes, and nobody else's business."""

import pytest

from linli.kit.ids import digest
from linli.kit.rules import Problem, Refused
from linli.people import purposes
from linli.people.actions import give_consent, has_consent, withdraw_consent
from linli.people.models import Consent
from linli.people.purposes import PURPOSES, Purpose

PURPOSE = "notices_by_email"


def test_a_yes_counts_until_it_is_taken_back(mei):
    assert not has_consent(mei, PURPOSE)
    row = give_consent(by=mei, purpose=PURPOSE)
    assert has_consent(mei, PURPOSE)
    assert not has_consent(mei, "notices_by_text")
    assert (row.text_digest, row.channel) == (digest(PURPOSES[PURPOSE].text), "web")

    withdraw_consent(by=mei, purpose=PURPOSE)
    assert not has_consent(mei, PURPOSE)
    assert Consent.objects.get().withdrawn_at is not None


def test_twice_is_once(mei, facts):
    assert give_consent(by=mei, purpose=PURPOSE) == give_consent(by=mei, purpose=PURPOSE)
    withdraw_consent(by=mei, purpose=PURPOSE)
    withdraw_consent(by=mei, purpose=PURPOSE)
    assert [kind for kind, *_ in facts()] == ["people.consent_given", "people.consent_withdrawn"]


def test_a_yes_is_bound_to_its_words(mei, monkeypatch):
    old = give_consent(by=mei, purpose=PURPOSE)
    changed = Purpose(PURPOSE, "e-mail", "Other words.")
    monkeypatch.setitem(purposes.PURPOSES, PURPOSE, changed)
    assert not has_consent(mei, PURPOSE)

    new = give_consent(by=mei, purpose=PURPOSE)
    old.refresh_from_db()
    assert old.withdrawn_at is not None
    assert new.text_digest == digest("Other words.")
    assert has_consent(mei, PURPOSE)

    same_meaning = Purpose(PURPOSE, "e-mail", "Mended words.", earlier=(changed.text_digest,))
    monkeypatch.setitem(purposes.PURPOSES, PURPOSE, same_meaning)
    assert has_consent(mei, PURPOSE)


def test_who_may(kai, mei):
    for deed in (give_consent, withdraw_consent):
        with pytest.raises(Refused):
            deed(by=kai, purpose=PURPOSE)
    assert not has_consent(kai, PURPOSE)


def test_refuses_a_purpose_we_do_not_ask_about(mei):
    for deed in (give_consent, withdraw_consent):
        with pytest.raises(Problem):
            deed(by=mei, purpose="profiling")


def test_leaves_its_fact_without_a_personal_word(mei, facts):
    give_consent(by=mei, purpose=PURPOSE)
    data = {"purpose": PURPOSE, "text_digest": digest(PURPOSES[PURPOSE].text), "channel": "web"}
    assert facts() == [("people.consent_given", f"people.purpose/{PURPOSE}", data)]


def test_nobody_else_sees_it(mei, lena, omar, gao, kai):
    give_consent(by=mei, purpose=PURPOSE)
    assert Consent.objects.visible_to(mei).count() == 1
    for person in (lena, omar, gao, kai):
        assert Consent.objects.visible_to(person).count() == 0


def test_the_page_gives_and_takes_back_in_one_tap_each(mei, browse):
    client = browse(mei)
    assert client.post("/me/consents/", {"purpose": PURPOSE, "answer": "yes"}).status_code == 302
    assert has_consent(mei, PURPOSE)
    assert client.post("/me/consents/", {"purpose": PURPOSE, "answer": "no"}).status_code == 302
    assert not has_consent(mei, PURPOSE)
    assert client.post("/me/consents/", {"purpose": "profiling", "answer": "yes"}).status_code == 422
    page = client.get("/me/consents/").content.decode()
    for purpose in PURPOSES.values():
        assert purpose.text in page
    assert browse().get("/me/consents/")["Location"] == "/sign-in/?next=%2Fme%2Fconsents%2F"
