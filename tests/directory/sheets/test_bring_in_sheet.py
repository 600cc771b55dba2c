"""The good rows of a sheet are brought in: all of them together, by who may, if they are still what was looked at."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.directory.sheets.books import changes, csv_text, faults, read_back, taken_along, xlsx
from tests.factories import make_role, make_station, make_unit, together

from linli.areas import tree
from linli.areas.actions import close_unit
from linli.areas.models import Unit, UnitVersion
from linli.directory.actions import bring_in_sheet
from linli.directory.actions.sheets import Moved
from linli.directory.models import Facility, OpenSpan, Organisation, Phone, Station
from linli.directory.sheets.planning import error_sheet, make_plan, open_sheet
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.site.searching import find

SHANGHAI = ZoneInfo("Asia/Shanghai")
STATION = [
    "编号",
    "辖区",
    "类型",
    "名称",
    "英文名称",
    "地址",
    "纬度",
    "经度",
    "坐标系",
    "电话",
    "设施",
    "开放时间",
]
NEW = ["", "南京西路街道", "微站", "新微站", "New micro-station", "某路 1 号", "31.23", "121.45", "高德", "021-5550-0001 转 2", "饮用水、室外电动车充电", "周一至周五 9:00-18:00"]  # fmt: skip


def sheet(*lines):
    return open_sheet(csv_text(lines).encode())


def bring_in(town, *lines, by=None, under=None):
    opened, under = sheet(*lines), under or town.network
    digest = make_plan(opened, under).digest()
    return bring_in_sheet(by=by, under=under, opened=opened, digest=digest)


def test_enters_a_new_station_with_all_that_is_said_of_it(town, today):
    plan = bring_in(town, STATION, NEW)
    assert (plan.tally["new"], faults(plan)) == (1, {})
    station = Station.objects.get(name="新微站")
    version = UnitVersion.objects.get(unit=station.unit)
    assert (version.parent, version.name, version.translations) == (
        town.west,
        "新微站",
        {"en": {"name": "New micro-station"}},
    )
    assert (station.unit.code, station.unit.kind, station.unit.opened_on) == (station.code, "station", today)
    assert (station.kind, station.language, station.time_zone) == ("micro", "zh-hans", "Asia/Shanghai")
    assert (station.latitude, station.longitude, station.datum) == (31.23, 121.45, "gcj02")
    assert round(station.wgs_latitude, 3) == 31.232
    assert list(station.phones.values_list("number", "extension")) == [("021-5550-0001", "2")]
    assert sorted(station.facilities.values_list("kind", "indoors")) == [
        ("ebike_charging", False),
        ("water", True),
    ]
    assert list(station.rules.values_list("weekday", "opens", "closes")) == [
        (day, time(9), time(18)) for day in range(5)
    ]


def test_it_is_found_and_open_at_once(town):
    bring_in(town, STATION, NEW)
    station = Station.objects.get(name="新微站")
    assert [hit.code for hit in find("新微站", None).things] == [station.code]
    assert station in Station.objects.open_at(datetime.combine(next_monday(), time(12), SHANGHAI))
    assert OpenSpan.objects.filter(station=station).count() > 4


def next_monday() -> date:
    today = timezone.localdate()
    return today + timedelta(days=(7 - today.weekday()) % 7)


def test_a_code_of_ones_own_is_kept(town):
    bring_in(town, STATION, ["XY-9", *NEW[1:]])
    assert Station.objects.get(name="新微站").code == "XY-9"


def test_finds_a_station_by_its_code_and_changes_only_what_is_said(town):
    Station.objects.filter(pk=town.tower.pk).update(brand="温馨家园", address="旧地址")
    plan = bring_in(town, ["编号", "地址", "品牌"], ["ja-0101", "新地址", ""])
    assert changes(plan) == {2: {"address:zh-hans": "新地址"}}
    town.tower.refresh_from_db()
    assert (town.tower.address, town.tower.brand) == ("新地址", "温馨家园")
    assert town.tower.rules.count() == 7


@pytest.mark.parametrize("name", ["云塔党群服务站", "Cloud Tower Station", "ｃｌｏｕｄ tower  station"])
@pytest.mark.parametrize("area", ["南京西路街道", "West Nanjing Road", "310106012"])
def test_finds_a_station_by_area_and_any_of_its_names(town, name, area):
    heading = "辖区编号" if area.isdigit() else "辖区"
    plan = bring_in(town, [heading, "名称", "电话"], [area, name, "12345"])
    number = town.tower.phones.get().number
    assert (plan.tally["changed"] + plan.tally["new"], number) == (1, "12345")


def test_a_dash_empties_and_an_empty_cell_does_not(town):
    Phone.objects.create(station=town.tower, number="110")
    Facility.objects.create(station=town.tower, kind="water", language="zh-hans")
    Station.objects.filter(pk=town.tower.pk).update(brand="温馨家园")
    bring_in(town, ["编号", "品牌", "电话", "设施", "开放时间"], ["JA-0101", "清空", "-", "", "—"])
    town.tower.refresh_from_db()
    assert (town.tower.brand, town.tower.phones.count(), town.tower.facilities.count()) == ("", 0, 1)
    assert town.tower.rules.count() == 0
    assert town.tower.judged_by == "none"


def test_what_stays_keeps_what_a_sheet_cannot_say(town):
    """Numbers, facilities and hours that do not change are the same rows, with their notes."""
    phone = Phone.objects.create(station=town.tower, number="110", about="夜间")
    water = Facility.objects.create(station=town.tower, kind="water", language="zh-hans", note="六楼")
    town.tower.rules.filter(weekday=0).update(note="前台")
    hours = "周一 09:00-18:00；周二至周日 10:00-18:00"
    bring_in(town, ["编号", "电话", "设施", "开放时间"], ["JA-0101", "119；110", "座位、饮用水", hours])
    assert Phone.objects.get(pk=phone.pk).about == "夜间"
    assert sorted(town.tower.phones.values_list("number", flat=True)) == ["110", "119"]
    assert Facility.objects.get(pk=water.pk).note == "六楼"
    assert town.tower.rules.get(weekday=0).note == "前台"
    assert set(town.tower.rules.exclude(weekday=0).values_list("opens", flat=True)) == {time(10)}


def test_hours_of_services_and_entrances_stay(network_station):
    station, service_rules = network_station
    lines = [["编号", "开放时间"], [station.code, "每天 10:00-11:00"]]
    opened = sheet(*lines)
    digest = make_plan(opened, tree.root()).digest()
    bring_in_sheet(by=None, under=tree.root(), opened=opened, digest=digest)
    assert station.rules.exclude(service=None, entrance=None).count() == service_rules
    assert station.rules.of_door().count() == 7


@pytest.fixture
def network_station(town):
    from linli.directory.models import Entrance, OpeningRule, Service

    service = Service.objects.create(name="量血压", language="zh-hans")
    entrance = Entrance.objects.create(station=town.tower, name="北门", language="zh-hans")
    clock = {"weekday": 2, "opens": time(14), "closes": time(16)}
    OpeningRule.objects.create(station=town.tower, service=service, **clock)
    OpeningRule.objects.create(station=town.tower, entrance=entrance, **clock)
    return town.tower, 2


def test_hours_are_the_stations_own_from_now_on(town):
    bring_in(town, ["编号", "周一"], ["JA-0101", "10:00-11:00"])
    town.tower.refresh_from_db()
    town.night.refresh_from_db()
    assert (town.tower.keeps_own_hours, town.night.keeps_own_hours) == (True, False)


def test_a_season_is_told_row_by_row(town):
    lines = [
        ["编号", "周一", "周二", "起始日期", "结束日期"],
        ["JA-0101", "休息", "10:00-12:00", "", ""],
        ["同上", "9:00-21:00", "", "2030.7.1", "2030年8月31日"],
    ]
    plan = bring_in(town, *lines)
    assert plan.tally == {"new": 1, "changed": 1, "same": 0, "unclear": 0}
    rules = town.tower.rules.filter(weekday__lte=1).values_list(
        "weekday", "opens", "valid_from", "valid_until"
    )
    assert sorted(rules, key=str) == [
        (0, time(9), date(2030, 7, 1), date(2030, 9, 1)),
        (1, time(10), None, None),
    ]


@pytest.mark.parametrize(
    ("cells", "blamed"),
    [
        (["休息", "", "2030-7-1", "2030-8-1"], ("mon", "season_cannot_close")),
        (["9:00-12:00", "", "2030-8-1", "2030-7-1"], ("last_day", "season_order")),
        (["", "休息", "", ""], ("make_up", "make_up_cannot_close")),
    ],
)
def test_what_a_season_or_a_make_up_day_cannot_say_is_refused(town, cells, blamed):
    plan = bring_in(town, ["编号", "周一", "调休日", "起始日期", "结束日期"], ["JA-0101", *cells])
    assert faults(plan) == {2: {blamed}}


def test_a_dash_gives_a_day_of_a_season_back_to_the_usual_week(town):
    line = ["JA-0101", "10:00-11:00", "2030-7-1", "2030-8-1"]
    headings = ["编号", "周一", "起始日期", "结束日期"]
    bring_in(town, headings, line)
    bring_in(town, headings, ["JA-0101", "-", *line[2:]])
    assert list(town.tower.rules.exclude(valid_from=None)) == []


def test_a_new_name_goes_into_the_tree_and_older_days_keep_the_older(town, today):
    bring_in(town, ["编号", "名称（中文）", "名称（英文）"], ["JA-0101", "云塔站", "-"])
    town.tower.refresh_from_db()
    assert (town.tower.name, town.tower.reading) == ("云塔站", "yun ta zhan")
    names = UnitVersion.objects.filter(unit=town.tower.unit).values_list(
        "name", "translations", "valid_until"
    )
    assert list(names) == [
        ("云塔党群服务站", {"en": {"name": "Cloud Tower Station"}}, today),
        ("云塔站", {}, None),
    ]


def test_a_name_of_today_is_corrected_in_place(town):
    bring_in(town, STATION, NEW)
    code = Station.objects.get(name="新微站").code
    bring_in(town, ["编号", "名称"], [code, "更新的微站"])
    assert [v.name for v in UnitVersion.objects.filter(unit__code=code)] == ["更新的微站"]


def test_words_under_a_heading_without_a_language_are_in_the_stations_own(town):
    make_station("EN-1", "micro", "Corner", town.west, language="en")
    bring_in(
        town, ["编号", "名称", "简介"], ["EN-1", "Corner shop", "A seat"], ["JA-0101", "云塔站", "有座位"]
    )
    corner = Station.objects.get(code="EN-1")
    assert (corner.name, corner.about, corner.translations) == ("Corner shop", "A seat", {})
    town.tower.refresh_from_db()
    assert (town.tower.name, town.tower.about) == ("云塔站", "有座位")


def test_an_english_station_is_entered_in_english(town):
    bring_in(
        town, ["Area", "Name", "Kind", "Address"], ["West Nanjing Road", "Corner", "Place", "1 Some Road"]
    )
    corner = Station.objects.get(name="Corner")
    assert (corner.language, corner.address, corner.kind) == ("en", "1 Some Road", "place")


def test_rows_that_are_not_in_the_sheet_stay(town):
    before = taken_along("stations")
    bring_in(town, STATION, NEW)
    assert [line for line in taken_along("stations") if line[0].startswith("JA-")] == before[1:]


def test_an_organisation_with_its_place_in_the_tree(town):
    headings = ["名称", "辖区", "类型", "统一社会信用代码", "组建情况", "组建情况截至", "只在线上", "网址"]
    line = [
        "白桦资本",
        "南京西路街道",
        "企业",
        "９１３１０１０６ma1fy0ux07",
        "联合组建",
        "2026.11.3",
        "否",
        "example.org",
    ]
    bring_in(town, headings, line)
    made = Organisation.objects.get(name="白桦资本")
    assert (made.kind, made.uscc, made.committee, made.committee_as_of, made.online_only, made.url) == (
        "company",
        "91310106MA1FY0UX07",
        "joint",
        date(2026, 11, 3),
        False,
        "https://example.org",
    )
    assert tree.ancestors(made.unit_id)[0] == town.west.pk
    assert made.unit.kind == "organisation"


def test_an_organisation_without_a_place_is_for_those_who_reach_the_whole_tree(town, gao):
    Organisation.objects.create(code="ORG-1", name="某社", language="zh-hans")
    lines = ["编号", "电子邮箱"], ["ORG-1", "a@example.org"]
    assert faults(bring_in(town, *lines, by=gao, under=town.west)) == {2: {("code", "outside")}}
    assert bring_in(town, *lines).tally["changed"] == 1


def test_a_credit_code_that_somebody_has_is_refused(town):
    Organisation.objects.create(code="ORG-1", name="某社", language="zh-hans", uscc="91310106MA1FY0UX07")
    lines = ["名称", "辖区", "统一社会信用代码"], ["别的社", "南京西路街道", "91310106MA1FY0UX07"]
    plan = bring_in(town, *lines, under=town.west)
    assert faults(plan) == {2: {("uscc", "uscc_taken")}}
    assert plan.unclear[0].faults[0].facts == {"name": "某社"}


# Which row is meant


@pytest.mark.parametrize(
    ("line", "blamed"),
    [
        (["", "", "微站", "某站"], ("area", "no_row_key")),
        (["", "南京西路街道", "微站", ""], ("name", "no_row_key")),
        (["310106017", "南京西路街道", "微站", "某站"], ("code", "code_taken")),
        (["JA-0101", "江宁路街道", "", ""], ("area", "moved")),
        (["NEW-1", "南京西路街道", "微站", "云塔党群服务站"], ("code", "other_code")),
        (["NEW-1", "", "微站", "某站"], ("area", "needed")),
        (["NEW-1", "南京西路街道", "", "某站"], ("kind", "needed")),
        (["NEW-1", "南京西路街道", "微站", ""], ("name", "needed")),
        (["", "某街道", "微站", "某站"], ("area", "unknown_area")),
    ],
)
def test_a_row_that_does_not_say_which_one_it_means_comes_back(town, line, blamed):
    before = taken_along("stations")
    headings = ["编号", "辖区", "类型", "名称"]
    if blamed == ("area", "no_row_key"):
        headings, line = headings[1:], line[1:]
    if blamed == ("name", "no_row_key"):
        blamed = ("code", "no_row_key")
    assert faults(bring_in(town, headings, line)) == {2: {blamed}}
    assert taken_along("stations") == before


def test_areas_of_one_name_are_told_by_their_code(town):
    make_unit("310106099", "subdistrict", "南京西路街道", town.east)
    headings = ["辖区编号", "辖区", "类型", "名称"]
    plan = bring_in(
        town, headings, ["", "南京西路街道", "微站", "甲站"], ["310106099", "南京西路街道", "微站", "乙站"]
    )
    assert faults(plan) == {2: {("area", "several_areas")}}
    assert plan.unclear[0].faults[0].facts == {"codes": "310106012, 310106099"}
    near = bring_in(town, headings, ["", "南京西路街道", "微站", "甲站"], under=town.west)
    assert near.tally["new"] == 1


def test_stations_of_one_name_are_told_by_their_code(town):
    for code in ("A-1", "A-2"):
        make_station(code, "micro", "双胞胎", town.west)
    plan = bring_in(town, ["辖区", "名称", "电话"], ["南京西路街道", "双胞胎", "110"])
    assert faults(plan) == {2: {("name", "several")}}
    assert plan.unclear[0].faults[0].facts == {"codes": "A-1, A-2"}


def test_a_station_that_closed_is_not_opened_again(town):
    close_unit(by=None, unit=town.tower.unit, on=timezone.localdate())
    plan = bring_in(town, ["编号", "电话"], ["JA-0101", "110"])
    assert faults(plan) == {2: {("code", "closed")}}


@pytest.mark.parametrize(
    ("line", "blamed"),
    [
        (["JA-0999", "", "", "9:00-10:00"], ("code", "unknown_station")),
        (["", "南京西路街道", "没有的站", "9:00-10:00"], ("name", "unknown_station")),
        (["JA-0101", "", "江宁路小哥驿站", "9:00-10:00"], ("name", "other_name")),
    ],
)
def test_hours_are_only_for_stations_that_are_there(town, line, blamed):
    plan = bring_in(town, ["编号", "辖区", "名称", "周一"], line)
    assert faults(plan) == {2: {blamed}}


@pytest.mark.parametrize(
    ("cells", "blamed"),
    [
        (["31.2", "", "高德"], ("latitude", "half_a_point")),
        (["31.2", "121.4", ""], ("datum", "which_datum")),
        (["", "", "高德"], ("datum", "no_point")),
    ],
)
def test_a_point_is_whole_or_nowhere(town, cells, blamed):
    plan = bring_in(town, ["编号", "纬度", "经度", "坐标系"], ["JA-0101", *cells])
    assert faults(plan) == {2: {blamed}}


def test_a_point_that_is_emptied_takes_its_datum_along(town):
    make_station("A-1", "micro", "有点", town.west, at=(31.2, 121.4), datum="gcj02")
    bring_in(town, ["编号", "纬度", "经度"], ["A-1", "-", "-"])
    station = Station.objects.get(code="A-1")
    assert (station.latitude, station.point) == (None, None)


# Who may


@pytest.mark.parametrize("who", ["mei", "omar", "lena", "kai"])
def test_only_an_organiser_may(town, who, request):
    with pytest.raises(Refused):
        bring_in(town, STATION, NEW, by=request.getfixturevalue(who), under=town.west)
    assert not Station.objects.filter(name="新微站").exists()


def test_an_organiser_brings_in_what_stands_below_and_nothing_else(town, gao):
    lines = [["编号", "电话"], ["JA-0101", "110"], ["JA-0201", "119"]]
    plan = bring_in(town, *lines, by=gao, under=town.west)
    assert faults(plan) == {3: {("code", "outside")}}
    assert Phone.objects.get().number == "110"
    with pytest.raises(Refused):
        bring_in(town, *lines, by=gao, under=town.district)


def test_a_new_station_elsewhere_is_refused_too(town, gao):
    plan = bring_in(town, STATION, [*NEW[:1], "江宁路街道", *NEW[2:]], by=gao, under=town.west)
    assert faults(plan) == {2: {("area", "outside")}}
    assert plan.unclear[0].faults[0].facts == {"unit": "南京西路街道"}


def test_rows_from_elsewhere_that_change_nothing_are_no_fault(town, gao):
    opened = open_sheet(xlsx(taken_along("stations")))
    assert make_plan(opened, town.west).tally == {"new": 0, "changed": 0, "same": 2, "unclear": 0}


def test_not_below_a_unit_that_has_closed(town):
    make_unit("OLD", "grid", "旧网格", town.west)
    old = Unit.objects.get(code="OLD")
    close_unit(by=None, unit=old, on=timezone.localdate())
    with pytest.raises(Problem):
        bring_in_sheet(by=None, under=old, opened=sheet(STATION, NEW), digest="")


# All or nothing, and what was looked at


def test_leaves_one_fact_of_counts(town, gao, facts):
    bring_in(
        town,
        STATION,
        NEW,
        [*NEW[:3], "云塔党群服务站", *[""] * 8],
        [*NEW[:2], "火星站", "坏", *[""] * 8],
        by=gao,
        under=town.west,
    )
    said = {"kind": "stations", "new": 1, "changed": 1, "same": 0, "left": 1}
    assert facts() == [("directory.sheet_brought_in", ref(town.west), said)]


def test_a_plan_that_is_no_longer_true_is_not_carried_out(town):
    lines = [["编号", "电话"], ["JA-0101", "110"]]
    opened = sheet(*lines)
    digest = make_plan(opened, town.network).digest()
    Phone.objects.create(station=town.tower, number="119")
    with pytest.raises(Moved) as moved:
        bring_in_sheet(by=None, under=town.network, opened=opened, digest=digest)
    assert moved.value.plan.outcomes[0].changes == {"phone": ([["119", ""]], [["110", ""]])}
    assert Phone.objects.get().number == "119"


def test_a_change_elsewhere_does_not_matter(town):
    opened = sheet(["编号", "电话"], ["JA-0101", "110"])
    digest = make_plan(opened, town.network).digest()
    Phone.objects.create(station=town.night, number="119")
    assert bring_in_sheet(by=None, under=town.network, opened=opened, digest=digest).tally["changed"] == 1


def test_what_fails_in_the_middle_leaves_nothing(town, monkeypatch):
    def fails(*_rows):
        raise RuntimeError

    before = taken_along("stations")
    monkeypatch.setattr("linli.directory.actions.many.index_stations", fails)
    with pytest.raises(RuntimeError):
        bring_in(town, STATION, NEW, ["JA-0101", *[""] * 8, "110", "", ""])
    assert taken_along("stations") == before


def test_queries_grow_with_the_batches_and_not_with_the_rows(town):
    with together():
        for number in range(60):
            make_station(f"M-{number:02}", "micro", f"微站{number}", town.west)

    def cost(rows, new):
        lines = [[f"M-{n:02}", f"{ord(new)}{n:04}", f"{new}{n}", f"周{new} 9:00-10:00"] for n in range(rows)]
        opened = sheet(["编号", "电话", "名称", "开放时间"], *lines)
        digest = make_plan(opened, town.network).digest()
        with CaptureQueriesContext(connection) as queries:
            bring_in_sheet(by=None, under=town.network, opened=opened, digest=digest)
        return len(queries)

    assert cost(3, "一") == cost(30, "二")


def test_the_error_sheet_speaks_the_readers_language(town):
    opened = sheet(["编号", "类型"], ["JA-0101", "火星站"])
    plan = make_plan(opened, town.network)
    heading, line = read_back(error_sheet(opened, plan))
    assert heading == ["编号", "类型", "问题"]
    assert line[2].startswith("类型: “火星站”不在可选范围内：")


def test_roles_that_end_end_the_right(town, today):
    person_role = make_role(make_organiser(town), town.west, "organiser", days=30)
    with time_machine.travel(timezone.now() + timedelta(days=40)), pytest.raises(Refused):
        bring_in(town, STATION, NEW, by=person_role.person, under=town.west)


def make_organiser(town):
    from tests.factories import make_person

    return make_person("高二", language="zh-hans")
