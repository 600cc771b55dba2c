"""Complaints about Linli itself: without an account, answered by the operator, read by the secret link alone."""

import pytest

from linli.kit.ids import digest
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.site.actions import answer, complain
from linli.site.models import Complaint
from tests.factories import make_person, make_role


@pytest.fixture
def robin(town):
    person = make_person("Robin", language="en")
    make_role(person, town.network, "operator")
    return person


@pytest.fixture
def complaint(town):
    return complain(text="The page asked for my age.")


def test_it_is_kept_encrypted_and_its_secret_only_as_a_digest(complaint):
    row, secret = complaint
    raw = Complaint.objects.extra(select={"raw": "text"}).values_list("raw", flat=True)[0]
    assert (Complaint.objects.get().text, row.link_digest) == ("The page asked for my age.", digest(secret))
    assert "age" not in raw


def test_the_operator_answers_once(complaint, robin):
    answer(by=robin, complaint=complaint[0], text="It does not any more.")
    with pytest.raises(Problem):
        answer(by=robin, complaint=complaint[0], text="Another word.")
    assert Complaint.objects.get().answer == "It does not any more."


@pytest.mark.parametrize("who", ["mei", "omar", "gao", "lena", "kai"])
def test_nobody_else_answers_or_sees_it(complaint, who, request):
    person = request.getfixturevalue(who)
    with pytest.raises(Refused):
        answer(by=person, complaint=complaint[0], text="x")
    assert list(Complaint.objects.visible_to(person)) == []


def test_leaves_facts_without_a_word_of_it(town, robin, facts):
    row, _secret = complain(text="The page asked for my age.")
    answer(by=robin, complaint=row, text="Sorry.")
    assert facts() == [
        ("site.complaint_made", ref(row), {}),
        ("site.complaint_answered", ref(row), {"days": 0}),
    ]


def test_from_the_form_to_the_answer_on_the_secret_page(town, robin, browse):
    sent = browse().post("/complaints/new/", {"text": "It shows no hours."})
    page = sent["Location"]
    assert "Keep this link" in browse().get(page).content.decode()
    code = Complaint.objects.get().code
    assert browse(robin).post(f"/operator/complaints/{code}/", {"text": "Mended."}).status_code == 302
    assert "Mended." in browse().get(page).content.decode()


def test_a_wrong_secret_finds_nothing(complaint, browse):
    assert browse().get("/complaints/" + "x" * 32 + "/").status_code == 404


def test_an_empty_form_says_so_and_keeps_nothing(town, browse):
    assert browse().post("/complaints/new/", {"text": "  "}).status_code == 422
    assert Complaint.objects.count() == 0


def test_too_many_from_one_network_have_to_wait(town, browse):
    client = browse()
    codes = [client.post("/complaints/new/", {"text": f"No. {n}"}).status_code for n in range(21)]
    assert codes == [302] * 20 + [429]
    assert Complaint.objects.count() == 20
