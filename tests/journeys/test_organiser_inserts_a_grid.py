"""An organiser puts a grid above twelve stations, and last month's walk-ins still add up, as it was and as it is."""

from datetime import timedelta

import pytest

from linli.directory.models import WalkIn
from tests.factories import make_station


@pytest.fixture
def twelve(town, today):
    """Twelve stations directly below the subdistrict, each with its walk-ins of last month; the tower has some too."""
    last_month = today.replace(day=1) - timedelta(days=1)
    stations = [make_station(f"M-{number:02}", "micro", f"微站{number}", town.west) for number in range(12)]
    for number, station in enumerate([*stations, town.tower]):
        WalkIn.objects.create(station=station, on=last_month, hour=12, count=100 + number)
    return stations


def figures(page):
    """{name of the row: (as it was, as it is)}, as the table says it; the sum under "Together"."""
    page.goto("/overview/figures/")
    rows = [row.inner_text().split("\t") for row in page.locator("tbody tr, tfoot tr").all()]
    return {name.strip(): (was.strip(), now.strip()) for name, was, now in rows}


def added_up(rows, column):
    parts = (cells[column] for name, cells in rows.items() if name != "Together")
    return sum(int(cell) for cell in parts if cell != "–")


def test_last_month_adds_up_both_ways(twelve, town, gao, phone, browse, axe):
    page = phone(browse(gao), "/overview/figures/")
    axe(page)
    before = figures(page)
    assert before["Together"] == ("1378", "1378")

    page.goto("/areas/310106012/")
    page.get_by_role("link", name="Insert a level below it").click()
    page.wait_for_url("**/areas/310106012/insert/")
    page.locator("input[name=name_en]").fill("Grid 1")
    page.locator("input[name=name_zh_hans]").fill("第一网格")
    page.locator("select[name=kind]").select_option("grid")
    page.locator("input[name=code]").fill("G-1")
    for station in twelve:
        page.locator(f"input[name=children][value={station.code}]").check()
    page.locator("main form.form button").first.click()
    page.wait_for_url("**/areas/G-1/")

    after = figures(page)
    assert after["Together"] == ("1378", "1378")
    assert after["Grid 1"] == ("–", "1266")
    assert after["Cloud Tower Station"] == ("112", "112")
    assert {name: cells for name, cells in after.items() if name.startswith("微站")} == {
        f"微站{number}": (str(100 + number), "–") for number in range(12)
    }
    assert (added_up(after, 0), added_up(after, 1)) == (1378, 1378)
    axe(page)

    page.goto("/overview/")
    row = page.locator("table.heat tbody tr", has_text="Grid 1")
    assert row.locator("td").nth(12).inner_text() == "12"
