"""The pages of sheets: take one along, send one, look at what would come of it, decide."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook
from tests.directory.sheets.books import csv_text, read_back, taken_along, xlsx
from tests.factories import make_person, make_role, make_station, together

from linli.directory.models import Organisation, Phone, SheetUpload

SHEETS = "/areas/310106012/sheets/"
GOOD = [["编号", "电话"], ["JA-0101", "110"]]
HALF = [*GOOD, ["JA-0101X", "没有"]]


def send(client, lines=GOOD, name="站点.csv", kind=""):
    file = SimpleUploadedFile(name, csv_text(lines).encode())
    return client.post(SHEETS, {"file": file, "kind": kind})


def text_of(response) -> str:
    """What stands on a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def organiser(browse, gao):
    return browse(gao)


def test_from_the_area_to_the_good_rows(organiser, settle):
    """The whole way: found on the area's page, sent, looked at, decided, brought in, the rest taken along."""
    assert SHEETS in organiser.get("/areas/310106012/").content.decode()
    sent = send(organiser, HALF)
    page = organiser.get(sent["Location"])
    assert "The sheet is being read" in text_of(page)
    assert 'hx-trigger="every 1s"' in page.content.decode()
    settle()
    page = organiser.get(sent["Location"])
    said = text_of(page)
    assert "Stations: 2 rows." in said
    assert "Row 3 · JA-0101X" in said
    assert "电话 “没有” : “没有” is not a telephone number." in said
    assert "hx-trigger" not in page.content.decode()
    digest = SheetUpload.objects.get().digest
    decided = organiser.post(sent["Location"], {"choice": "good", "digest": digest})
    assert (decided.status_code, decided["Location"]) == (302, sent["Location"])
    assert "The good rows are being written" in text_of(organiser.get(sent["Location"]))
    settle()
    assert "Brought in: 0 new, 1 changed; 0 were the same." in text_of(organiser.get(sent["Location"]))
    rest = organiser.get(f"{sent['Location']}rest/")
    assert rest["Content-Disposition"].startswith("attachment")
    assert [line[:2] for line in read_back(rest.content)] == [["编号", "电话"], ["JA-0101X", "没有"]]


def test_before_and_after_stand_side_by_side(organiser, settle, town):
    Phone.objects.create(station=town.tower, number="119")
    sent = send(organiser)
    settle()
    assert "Telephone: 119 → 110" in text_of(organiser.get(sent["Location"]))


def test_nothing_leads_back_and_leaves_nothing(organiser, settle):
    sent = send(organiser)
    settle()
    decided = organiser.post(sent["Location"], {"choice": "nothing"})
    assert (decided["Location"], SheetUpload.objects.count(), Phone.objects.count()) == (SHEETS, 0, 0)
    assert organiser.get(sent["Location"]).status_code == 404


def test_a_sheet_can_be_left_and_come_back_to(organiser):
    sent = send(organiser)
    page = organiser.get(SHEETS).content.decode()
    assert f'href="{sent["Location"]}"' in page


def test_a_stale_decision_is_said_and_nothing_is_lost(organiser, settle):
    sent = send(organiser)
    settle()
    page = organiser.post(sent["Location"], {"choice": "good", "digest": "0" * 64})
    assert (page.status_code, "Please look again" in text_of(page)) == (422, True)
    assert SheetUpload.objects.get().state == "read"


@pytest.mark.parametrize("body", [{}, {"choice": "everything"}])
def test_a_decision_that_is_none_is_refused(organiser, settle, body):
    sent = send(organiser)
    settle()
    assert organiser.post(sent["Location"], body).status_code == 422
    assert SheetUpload.objects.get().state == "read"


def test_the_part_that_htmx_asks_for_is_the_part_of_the_page(organiser, settle):
    sent = send(organiser)
    settle()
    part = organiser.get(sent["Location"], headers={"hx-request": "true"}).content.decode()
    page = organiser.get(sent["Location"]).content.decode()
    assert part.startswith('<div id="sheet"')
    assert re.sub(r'value="[^"]{64}"', "", part).strip() in re.sub(r'value="[^"]{64}"', "", page)


def test_long_lists_have_pages_and_parts(organiser, settle, town):
    with together():
        for number in range(60):
            make_station(f"M-{number:02}", "micro", f"微站{number}", town.west)
    sent = send(organiser, [["编号", "电话"], *([f"M-{n:02}", f"110{n:02}"] for n in range(60)), ["?", "1"]])
    settle()
    first = text_of(organiser.get(sent["Location"]))
    assert ["Not understood (1)" in first, "Changed (60)" in first, "M-00" in first] == [True, True, False]
    changed = text_of(organiser.get(f"{sent['Location']}?part=changed"))
    assert ["M-49" in changed, "M-50" in changed, "Page 1 of 2" in changed] == [True, False, True]
    assert "M-59" in text_of(organiser.get(f"{sent['Location']}?part=changed&page=2"))


def test_what_a_page_costs(organiser, settle, town, django_assert_max_num_queries):
    """However many rows there are: the plan is kept with the upload."""
    counts = []
    for rows in (1, 3, 70):
        sent = send(organiser, [["编号", "电话"], *([f"X-{n}", "110"] for n in range(rows))])
        settle()
        organiser.get(sent["Location"])
        with django_assert_max_num_queries(8) as queries:
            organiser.get(sent["Location"])
        counts.append(len(queries))
    assert len(set(counts)) == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧.xls", "save it as .xlsx"),
        (b"%PDF-1.7", "x.xlsx", "neither an .xlsx nor a .csv file"),
        (b"x" * 10_000_001, "x.csv", "at most 10 MB"),
    ],
)
def test_what_is_no_sheet_is_said_on_the_form(organiser, content, name, said):
    page = organiser.post(SHEETS, {"file": SimpleUploadedFile(name, content)})
    assert (page.status_code, said in text_of(page)) == (422, True)
    assert not SheetUpload.objects.exists()


def test_without_a_file_the_form_says_so(organiser):
    page = organiser.post(SHEETS, {})
    assert (page.status_code, "Please choose a file" in text_of(page)) == (422, True)


def test_what_is_refused_later_is_said_on_its_page(organiser, settle):
    sent = send(organiser, [["a", "b"], ["c", "d"]])
    settle()
    assert "No row of headings was recognised" in text_of(organiser.get(sent["Location"]))


@pytest.mark.parametrize("who", ["mei", "omar", "lena"])
def test_others_get_nowhere(organiser, settle, browse, who, request):
    sent = send(organiser, HALF)
    settle()
    client = browse(request.getfixturevalue(who))
    assert client.get(SHEETS).status_code == 403
    for address in (sent["Location"], f"{sent['Location']}rest/"):
        assert client.get(address).status_code in {403, 404}
        assert client.post(address, {"choice": "nothing"}).status_code in {403, 404}
    assert SheetUpload.objects.exists()


def test_nobody_above_sees_it_either(organiser, settle, browse, town):
    above = make_person("上级", language="zh-hans")
    make_role(above, town.district, "organiser")
    sent = send(organiser)
    settle()
    assert browse(above).get(sent["Location"]).status_code == 404


def test_after_signing_out_it_is_closed(organiser, settle):
    sent = send(organiser)
    settle()
    organiser.logout()
    assert organiser.get(sent["Location"]).status_code == 302


# Taking along


def test_stations_and_hours_are_public_and_in_the_readers_language(town, browse):
    chinese = browse()
    for kind in ("stations", "hours"):
        page = chinese.get(f"/sheets/{kind}.csv", headers={"accept-language": "zh-hans"})
        content = page.getvalue()
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert (page.status_code, page["Content-Type"]) == (200, "text/csv; charset=utf-8")
        assert content.startswith(b"\xef\xbb\xbf")
        assert [row[0] for row in rows] == ["编号", "JA-0201", "JA-0101"]
    assert next(iter(csv.reader(io.StringIO(browse().get("/sheets/stations.csv").getvalue().decode("utf-8-sig")))))[0] == "Code"  # fmt: skip


def test_a_workbook_holds_the_same(town, browse):
    page = browse().get("/sheets/stations.xlsx", headers={"accept-language": "zh-hans"})
    today = timezone.localdate().isoformat()
    assert page["Content-Disposition"].endswith(f"%20{today}.xlsx")
    sheet = load_workbook(io.BytesIO(page.content)).active
    assert [cell.value for cell in sheet[1]] == taken_along("stations")[0]
    assert sheet.freeze_panes == "A2"


def test_narrowed_to_an_area(town, browse):
    page = browse().get("/sheets/stations.csv?area=310106012")
    assert [row[:7] for row in page.getvalue().decode("utf-8-sig").splitlines()[1:]] == ["JA-0101"]
    assert browse().get("/sheets/stations.csv?area=NOWHERE").status_code == 404


@pytest.mark.parametrize("form", ["xls", "ods", "JA-0101", "csv2"])
def test_other_forms_are_not_there(town, browse, form):
    assert browse().get(f"/sheets/stations.{form}").status_code == 404


def test_organisations_are_for_those_who_may_bring_them_back(town, browse, gao, omar, mei):
    from tests.factories import make_unit

    here = make_unit("ORG-1", "organisation", "某社", town.west)
    there = make_unit("ORG-2", "organisation", "别社", town.east)
    for unit in (here, there):
        Organisation.objects.create(code=unit.code, unit=unit, name=unit.code, language="zh-hans")
    for who in (None, omar, mei):
        assert browse(who).get("/sheets/organisations.csv").status_code in {302, 403}
    for address in ("/sheets/organisations.csv", "/sheets/organisations.csv?area=310106012"):
        rows = browse(gao).get(address).getvalue().decode("utf-8-sig").splitlines()
        assert [row[:5] for row in rows[1:]] == ["ORG-1"]
    assert browse(gao).get("/sheets/organisations.csv?area=310106017").status_code == 403


def test_what_taking_along_costs_does_not_grow_within_a_batch(town, browse, django_assert_num_queries):
    with together():
        for number in range(40):
            make_station(f"M-{number:02}", "micro", f"微站{number}", town.west)
    client = browse()
    for address, queries in (("/sheets/stations.csv", 7), ("/sheets/hours.xlsx", 7)):
        with django_assert_num_queries(queries):
            client.get(address).getvalue()


def test_a_sheet_that_was_taken_along_comes_back_the_same(organiser, settle, gao, browse):
    taken = organiser.get("/sheets/stations.xlsx?area=310106012").content
    sent = organiser.post(SHEETS, {"file": SimpleUploadedFile("站点.xlsx", taken)})
    settle()
    assert SheetUpload.objects.get().tally == {"new": 0, "changed": 0, "same": 1, "unclear": 0}
    assert "Bring in" not in text_of(organiser.get(sent["Location"]))
    assert xlsx([[]]).startswith(b"PK")
