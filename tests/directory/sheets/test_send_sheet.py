"""A sheet on its way: sent, read in the background, looked at, used or dropped, and forgotten after an hour."""

import pytest
from django.utils import timezone, translation
from tests.directory.sheets.books import csv_text, read_back, taken_along, xlsx

from linli.directory.actions import drop_sheet, read_sheet, send_sheet, use_sheet, write_sheet
from linli.directory.models import Phone, SheetUpload, Station
from linli.directory.sheets.planning import unpacked
from linli.kit.rules import Problem, Refused
from linli.ledger.models import Todo
from linli.people.models import Role

GOOD = [["编号", "电话"], ["JA-0101", "110"]]
HALF = [*GOOD, ["JA-0101X", "没有"]]


def send(town, by, lines=GOOD, **more):
    return send_sheet(by=by, under=town.west, name="站点.csv", content=csv_text(lines).encode(), **more)


@pytest.fixture
def read(town, gao, settle):
    """send and read."""

    def make(lines=GOOD):
        upload = send(town, gao, lines)
        settle()
        upload.refresh_from_db()
        return upload

    return make


def test_is_read_in_the_background(read):
    upload = read(HALF)
    assert (upload.state, upload.kind, upload.rows, upload.rows_done) == ("read", "stations", 2, 2)
    assert upload.tally == {"new": 0, "changed": 1, "same": 0, "unclear": 1}
    assert len(upload.digest) == 64
    assert not Phone.objects.exists()


def test_the_good_rows_are_written_and_the_file_is_gone(town, gao, read, settle):
    upload = read()
    use_sheet(by=gao, upload=upload, digest=upload.digest)
    upload.refresh_from_db()
    assert (upload.state, Phone.objects.exists()) == ("writing", False)
    settle()
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content), Phone.objects.get().number) == ("written", b"", "110")


def test_the_rest_lies_there_to_be_mended(town, gao, read, settle):
    upload = read(HALF)
    use_sheet(by=gao, upload=upload, digest=upload.digest)
    settle()
    upload.refresh_from_db()
    assert read_back(bytes(upload.content))[0] == ["编号", "电话", "问题"]
    assert [line[:2] for line in read_back(bytes(upload.content))[1:]] == [["JA-0101X", "没有"]]


def test_nothing_means_that_it_is_deleted(gao, read):
    drop_sheet(by=gao, upload=read())
    assert not SheetUpload.objects.exists()


@pytest.mark.parametrize("who", ["mei", "omar", "lena", "kai"])
def test_only_who_organises_there_may_send_one(town, who, request):
    with pytest.raises(Refused):
        send(town, request.getfixturevalue(who))
    assert not SheetUpload.objects.exists()


@pytest.mark.parametrize("who", ["mei", "omar", "lena", "kai"])
def test_nobody_else_sees_or_uses_it(town, who, read, request):
    upload, person = read(), request.getfixturevalue(who)
    assert not SheetUpload.objects.visible_to(person).exists()
    for deed in (drop_sheet, lambda **it: use_sheet(**it, digest=upload.digest)):
        with pytest.raises(Refused):
            deed(by=person, upload=upload)
    assert SheetUpload.objects.get().state == "read"


def test_a_second_one_takes_the_place_of_the_first(town, gao, read):
    read()
    second = read(HALF)
    assert SheetUpload.objects.get() == second


@pytest.mark.parametrize(
    ("content", "cure"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xlsx"),
        (b"%PDF-1.7", ".csv"),
        (b"", "空"),
    ],
)
def test_what_is_no_sheet_is_refused_at_once_with_the_cure(town, gao, content, cure):
    with pytest.raises(Problem) as problem, translation.override("zh-hans"):
        send_sheet(by=gao, under=town.west, name="x.xls", content=content)
    with translation.override("zh-hans"):
        assert (problem.value.field, cure in str(problem.value)) == ("file", True)
    assert not SheetUpload.objects.exists()


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([["一", "二"], ["三", "四"]], "no_headings"),
        ([["编号", "电话"]], "no_rows"),
        ([["电话", "地址"], ["110", "x"]], "no_key"),
        ([["编号", "电话", "联系电话"], ["JA-0101", "1", "2"]], "twice"),
    ],
)
def test_what_cannot_be_read_ends_in_words_and_is_not_kept(read, lines, kind):
    upload = read(lines)
    assert (upload.state, bytes(upload.content)) == ("refused", b"")
    assert unpacked(bytes(upload.findings))["problem"][0] == kind


def test_another_plan_is_shown_before_anything_is_written(town, gao, read, settle):
    """Between the look and the deed somebody else changed the same field."""
    upload = read()
    use_sheet(by=gao, upload=upload, digest=upload.digest)
    Phone.objects.create(station=town.tower, number="119")
    settle()
    before, digest = upload.digest, SheetUpload.objects.get().digest
    upload.refresh_from_db()
    assert (upload.state, before == digest, unpacked(bytes(upload.findings))["moved"]) == (
        "read",
        False,
        True,
    )
    assert [phone.number for phone in Phone.objects.all()] == ["119"]
    use_sheet(by=gao, upload=upload, digest=upload.digest)
    settle()
    assert [phone.number for phone in Phone.objects.all()] == ["110"]


def test_a_plan_that_was_not_looked_at_is_not_carried_out(gao, read):
    upload = read()
    with pytest.raises(Problem):
        use_sheet(by=gao, upload=upload, digest="0" * 64)
    assert SheetUpload.objects.get().state == "read"


def test_pressed_twice_it_is_written_once(gao, read, settle, facts):
    upload = read()
    use_sheet(by=gao, upload=upload, digest=upload.digest)
    with pytest.raises(Problem):
        use_sheet(by=gao, upload=upload, digest=upload.digest)
    settle()
    assert [kind for kind, _subject, _data in facts()] == ["directory.sheet_brought_in"]


def test_a_role_that_ended_meanwhile_ends_it(town, gao, read, settle):
    upload = read()
    use_sheet(by=gao, upload=upload, digest=upload.digest)
    Role.objects.update(valid_until=timezone.localdate())
    settle()
    upload.refresh_from_db()
    assert (upload.state, unpacked(bytes(upload.findings))["problem"][0]) == ("refused", "not_yours")
    assert not Phone.objects.exists()


def test_a_worker_that_died_halfway_is_followed_by_another(town, gao, settle):
    """The work is tried again from the start, whichever state it was left in."""
    upload = send(town, gao)
    SheetUpload.objects.update(state="reading", rows_done=1)
    assert read_sheet(upload_id=str(upload.pk))
    upload.refresh_from_db()
    use_sheet(by=gao, upload=upload, digest=upload.digest)
    assert write_sheet(upload_id=str(upload.pk))
    assert not write_sheet(upload_id=str(upload.pk))
    assert not read_sheet(upload_id=str(upload.pk))
    settle()
    assert (Phone.objects.count(), Todo.objects.filter(done_at=None).count()) == (1, 0)


def test_dropped_while_it_is_read_it_does_not_come_back(town, gao, settle):
    drop_sheet(by=gao, upload=send(town, gao))
    settle()
    assert not SheetUpload.objects.exists()


def test_how_far_it_is_can_be_seen_from_outside(town, gao, monkeypatch):
    """Five thousand rows: the page hears of every five hundred, while they are read and while they are compared."""
    lines = [["编号", "电话"], *([f"X-{n}", "110"] for n in range(5000))]
    upload, seen = send(town, gao, lines), []
    update = SheetUpload.objects.all().update.__func__

    def watch(queryset, **fields):
        done = update(queryset, **fields)
        seen.append(SheetUpload.objects.values_list("state", "rows_done", "rows").get())
        return done

    monkeypatch.setattr(type(SheetUpload.objects.all()), "update", watch)
    read_sheet(upload_id=str(upload.pk))
    while_read = [("reading", done, 0) for done in range(0, 5001, 500)]
    compared = [("reading", done, 5000) for done in range(500, 5001, 500)]
    assert seen == [*while_read, *compared, ("reading", 5000, 5000), ("read", 5000, 5000)]


def test_what_was_not_named_is_said(read):
    found = unpacked(bytes(read([["序号", "编号", "电话", "备注"], ["1", "JA-0101", "110", "x"]]).findings))
    assert (found["unknown"], found["unread"]) == (["序号", "备注"], [])


def test_further_worksheets_are_named(town, gao, settle):
    content = xlsx(GOOD, 第二张=[["x"]], 空的=[])
    upload = send_sheet(by=gao, under=town.west, name="两张.xlsx", content=content)
    settle()
    upload.refresh_from_db()
    found = unpacked(bytes(upload.findings))
    assert (found["worksheet"], found["unread"]) == ("Sheet", ["第二张"])


def test_its_sender_said_what_it_lists(town, gao, settle):
    upload = send(
        town, gao, [["编号", "名称", "电话"], ["JA-0101", "云塔党群服务站", "110"]], kind="organisations"
    )
    settle()
    upload.refresh_from_db()
    assert (upload.kind, upload.tally["unclear"]) == ("organisations", 1)


def test_the_same_network_is_the_same_through_the_whole_way(town, gao, settle):
    upload = send_sheet(by=gao, under=town.west, name="x.xlsx", content=xlsx(taken_along("stations")))
    settle()
    upload.refresh_from_db()
    assert upload.tally["same"] == Station.objects.count() == 2
