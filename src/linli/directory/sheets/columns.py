"""The columns of each sheet: what they are called in every language, by which other headings they are known, what their
cells hold. docs/sheets.md is held to this file by a test.

Words that people wrote stand in a column for each language: `name:zh-hans` beside `name:en`. A heading that names no
language (`name`) is the station's own language, or that of the column which is missing beside another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import override, pgettext_lazy

from linli.directory.listing import KIND_NOUNS
from linli.directory.models import Facility, Organisation, Station
from linli.directory.panels.organisations import BANDS, COMMITTEES, KINDS, OPERATING
from linli.directory.sheets import cells
from linli.directory.sheets.cells import Choice, Reader, Several, Words, folded
from linli.kit.nouns import names, noun, read_pack

CHINESE, ENGLISH = "zh-hans", "en"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday", "make_up")


@dataclass(frozen=True)
class Column:
    """`also`: other headings by which it is known. `kept`: it cannot be emptied. `read_only`: never written out."""

    key: str
    heading: Any
    reader: Reader
    also: tuple[str, ...] = ()
    kept: bool = False
    read_only: bool = False

    @property
    def base(self) -> str:
        """The field, without the language."""
        return self.key.partition(":")[0]

    def heading_in(self, language: str) -> str:
        with override(language):
            return str(self.heading)

    def known_as(self) -> set[str]:
        """Every heading it goes by, folded."""
        own = {self.heading_in(language) for language, _name in settings.LANGUAGES}
        return {folded(heading) for heading in (*own, *self.also)}


@dataclass(frozen=True)
class Sheet:
    """One kind of sheet. `title` is what it lists."""

    key: str
    title: Any
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """By its key, or by its field where the language has no column of its own."""
        base = key.partition(":")[0]
        by_key = {column.key: column for column in self.columns}
        return by_key.get(key) or by_key[base]

    @property
    def written(self) -> list[Column]:
        return [column for column in self.columns if not column.read_only]

    def by_heading(self) -> dict[str, Column]:
        return headings_of(self)


@cache
def headings_of(sheet: Sheet) -> dict[str, Column]:
    return {heading: column for column in sheet.columns for heading in column.known_as()}


def in_each_language(
    key: str,
    plain: Any,
    chinese: Any,
    english: Any,
    reader: Words,
    also: tuple[str, ...] = (),
    *,
    kept: bool = False,
) -> Iterator[Column]:
    yield Column(f"{key}:{CHINESE}", chinese, reader, beside(also, "中文"))
    yield Column(f"{key}:{ENGLISH}", english, reader, beside(also, "英文", "english"))
    yield Column(key, plain, reader, also, kept, read_only=True)


def beside(also: tuple[str, ...], *languages: str) -> tuple[str, ...]:
    """名称英文 and 英文名称."""
    return tuple(each for word in also for more in languages for each in (f"{word}{more}", f"{more}{word}"))


def labels(options: dict[str, Any], language: str) -> dict[str, str]:
    with override(language):
        return {str(key): str(label) for key, label in options.items()}


@cache
def kinds(language: str) -> dict[str, str]:
    return {kind: noun(KIND_NOUNS.get(kind, kind), language) for kind in Station.Kind.values}


@cache
def facilities(language: str) -> dict[str, str]:
    return {kind: noun(kind, language) for kind in Facility.Kind.values}


def nouns_of(keys: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What every pack calls these things, one and many, in every language: (word, key)."""
    for pack in map(read_pack, names()):
        for words in pack.nouns.values():
            for key, word in keys.items():
                yield from ((each, key) for each in words.get(word, ()))


def station_words() -> list[tuple[str, str]]:
    return [*nouns_of({kind: KIND_NOUNS.get(kind, kind) for kind in Station.Kind.values}), *MORE_KINDS]


def facility_words() -> list[tuple[str, str]]:
    return [*nouns_of({kind: kind for kind in Facility.Kind.values}), *MORE_FACILITIES]


MORE_KINDS = [("中心", "centre"), ("网格站", "grid"), ("居民区站", "neighbourhood"), ("楼宇站", "building"), ("微站", "micro"), ("小哥驿站", "courier"), ("驿站", "courier")]  # fmt: skip
MORE_FACILITIES = [("饮水", "water"), ("热水", "water"), ("座位", "seat"), ("厕所", "toilet"), ("wifi", "wifi"), ("AED", "aed"), ("雨伞", "umbrella"), ("书", "books"), ("换电", "battery_swap"), ("打印", "printer")]  # fmt: skip
DATUM = {"wgs84": "WGS-84", "gcj02": "GCJ-02", "bd09": "BD-09"}
DATUM_WORDS = [("高德", "gcj02"), ("腾讯", "gcj02"), ("火星坐标", "gcj02"), ("amap", "gcj02"), ("百度", "bd09"), ("baidu", "bd09"), ("GPS", "wgs84"), ("天地图", "wgs84"), ("CGCS2000", "wgs84")]  # fmt: skip
KIND = Choice(kinds, station_words)
FACILITIES = Several(Choice(facilities, facility_words))
DATUMS = Choice(lambda language: DATUM, lambda: DATUM_WORDS)

WHICH = (
    Column("code", pgettext_lazy("column", "Code"), cells.Code(), ("编号", "站点编号", "站点编码", "单位编号", "编码", "代码", "station code")),
    Column("area_code", pgettext_lazy("column", "Area code"), cells.AreaCode(), ("辖区编号", "辖区编码", "区划代码", "区域编号"), kept=True),
    Column("area", pgettext_lazy("column", "Area"), Words(200), ("辖区", "所属辖区", "所在辖区", "所属区域", "街道", "街镇", "所属街道", "所属街镇", "subdistrict"), kept=True),
)  # fmt: skip
PROBLEM = Column("problem", pgettext_lazy("column", "Problem"), Words(5000), ("问题",), read_only=True)
PLACE = (
    Column("latitude", pgettext_lazy("column", "Latitude"), cells.Degrees(90), ("纬度", "lat")),
    Column("longitude", pgettext_lazy("column", "Longitude"), cells.Degrees(180), ("经度", "lon", "lng")),
    Column("datum", pgettext_lazy("column", "Datum"), DATUMS, ("坐标系", "坐标系统", "坐标基准")),
)
PHONE = Column(
    "phone",
    pgettext_lazy("column", "Telephone"),
    cells.Phones(),
    ("电话", "联系电话", "电话号码", "phone", "telephone number"),
)
ONE_CELL = (
    Column(
        "hours",
        pgettext_lazy("column", "Opening hours"),
        cells.WeekHours(),
        ("开放时间", "服务时间", "营业时间", "hours"),
    ),
    Column(
        "opens",
        pgettext_lazy("column", "Opens at"),
        cells.Clock(),
        ("开门时间", "开始时间", "opens"),
        read_only=True,
    ),
    Column(
        "closes",
        pgettext_lazy("column", "Closes at"),
        cells.Clock(),
        ("关门时间", "闭馆时间", "结束时间", "closes"),
        read_only=True,
    ),
)

STATIONS = Sheet("stations", pgettext_lazy("sheet", "Stations"), (
    *WHICH,
    Column("kind", pgettext_lazy("column", "Kind"), KIND, ("类型", "类别", "站点类型", "站点类别"), kept=True),
    *in_each_language("name", pgettext_lazy("column", "Name"), pgettext_lazy("column", "Name (Chinese)"), pgettext_lazy("column", "Name (English)"), Words(200), ("名称", "站点名称", "站名", "站点", "station"), kept=True),
    *in_each_language("brand", pgettext_lazy("column", "Brand"), pgettext_lazy("column", "Brand (Chinese)"), pgettext_lazy("column", "Brand (English)"), Words(100), ("品牌", "品牌名称")),
    *in_each_language("address", pgettext_lazy("column", "Address"), pgettext_lazy("column", "Address (Chinese)"), pgettext_lazy("column", "Address (English)"), Words(300), ("地址", "详细地址", "站点地址")),
    *in_each_language("directions", pgettext_lazy("column", "Which door"), pgettext_lazy("column", "Which door (Chinese)"), pgettext_lazy("column", "Which door (English)"), Words(300), ("从哪进门", "入口", "入口说明")),
    *PLACE,
    PHONE,
    *in_each_language("about", pgettext_lazy("column", "About"), pgettext_lazy("column", "About (Chinese)"), pgettext_lazy("column", "About (English)"), Words(5000, prose=True), ("简介", "介绍", "站点简介")),
    Column("facilities", pgettext_lazy("column", "Facilities"), FACILITIES, ("设施", "设施设备", "服务设施")),
    *ONE_CELL,
    *in_each_language("all_day_zone", pgettext_lazy("column", "Open around the clock"), pgettext_lazy("column", "Open around the clock (Chinese)"), pgettext_lazy("column", "Open around the clock (English)"), Words(200), ("24小时区", "24小时开放区")),
    Column("follows_holidays", pgettext_lazy("column", "Follows public holidays"), cells.YesNo(), ("随节假日调整", "执行节假日"), kept=True),
    PROBLEM,
))  # fmt: skip
HOURS = Sheet("hours", pgettext_lazy("sheet", "Opening hours"), (
    *WHICH,
    Column("name", pgettext_lazy("column", "Name"), Words(200), ("名称", "站点名称", "站名", "站点", "station"), kept=True),
    *(Column(key, heading, cells.DayHours(), also) for key, heading, also in (
        ("mon", pgettext_lazy("column", "Monday"), ("周一", "星期一", "礼拜一", "mon")),
        ("tue", pgettext_lazy("column", "Tuesday"), ("周二", "星期二", "礼拜二", "tue")),
        ("wed", pgettext_lazy("column", "Wednesday"), ("周三", "星期三", "礼拜三", "wed")),
        ("thu", pgettext_lazy("column", "Thursday"), ("周四", "星期四", "礼拜四", "thu")),
        ("fri", pgettext_lazy("column", "Friday"), ("周五", "星期五", "礼拜五", "fri")),
        ("sat", pgettext_lazy("column", "Saturday"), ("周六", "星期六", "礼拜六", "sat")),
        ("sun", pgettext_lazy("column", "Sunday"), ("周日", "星期日", "星期天", "周天", "礼拜日", "礼拜天", "sun")),
        ("holiday", pgettext_lazy("column", "Public holiday"), ("节假日", "法定节假日", "holiday")),
        ("make_up", pgettext_lazy("column", "Make-up workday"), ("调休日", "调休上班日", "补班日")),
    )),
    Column("first_day", pgettext_lazy("column", "From (first day)"), cells.Day(), ("开始日期", "起始日期", "有效期起", "自", "from", "first day")),
    Column("last_day", pgettext_lazy("column", "Until (last day)"), cells.Day(), ("结束日期", "截止日期", "终止日期", "有效期止", "至", "until", "last day")),
    *(Column(column.key, column.heading, column.reader, column.also, read_only=True) for column in ONE_CELL),
    PROBLEM,
))  # fmt: skip
ORGANISATIONS = Sheet("organisations", pgettext_lazy("sheet", "Organisations"), (
    *WHICH,
    *in_each_language("name", pgettext_lazy("column", "Name"), pgettext_lazy("column", "Name (Chinese)"), pgettext_lazy("column", "Name (English)"), Words(200), ("名称", "单位名称", "单位", "组织名称", "企业名称", "organisation"), kept=True),
    Column("kind", pgettext_lazy("column", "Kind"), Choice(lambda language: labels(KINDS, language), lambda: [("企业", "company"), ("公司", "company"), ("物业", "property"), ("机关", "public"), ("事业单位", "public")]), ("类型", "类别", "单位类型"), kept=True),
    Column("uscc", pgettext_lazy("column", "Credit code"), cells.CreditCode(), ("统一社会信用代码", "信用代码", "社会信用代码", "USCC")),
    Column("band", pgettext_lazy("column", "Headcount"), Choice(lambda language: labels(BANDS, language)), ("人数", "员工人数", "规模", "人员规模")),
    Column("operating", pgettext_lazy("column", "Operating"), Choice(lambda language: labels(OPERATING, language), lambda: [("正常", "operating"), ("在营", "operating"), ("停业", "suspended"), ("注销", "closed")]), ("经营状态", "状态"), kept=True),
    Column("online_only", pgettext_lazy("column", "Online only"), cells.YesNo(), ("只在线上", "互联网企业", "线上"), kept=True),
    Column("committee", pgettext_lazy("column", "Group"), Choice(lambda language: labels(COMMITTEES, language), lambda: [("单独", "own"), ("联合", "joint"), ("无", "none"), ("未组建", "none")]), ("组建情况", "组织组建")),
    Column("committee_as_of", pgettext_lazy("column", "Group, as of"), cells.Day(), ("组建情况截至", "截至日期")),
    PHONE,
    Column("url", pgettext_lazy("column", "Web address"), cells.Web(), ("网址", "网站", "website")),
    Column("email", pgettext_lazy("column", "E-mail"), cells.Email(), ("邮箱", "电子邮箱", "电子邮件", "email")),
    *in_each_language("description", pgettext_lazy("column", "Description"), pgettext_lazy("column", "Description (Chinese)"), pgettext_lazy("column", "Description (English)"), Words(5000, prose=True), ("简介", "介绍", "单位简介")),
    PROBLEM,
))  # fmt: skip
SHEETS = {sheet.key: sheet for sheet in (STATIONS, HOURS, ORGANISATIONS)}
# Words of a row that people wrote, by the model that holds them.
WORDS_OF = {Station: ("name", "brand", "address", "directions", "about", "all_day_zone"), Organisation: ("name", "description")}  # fmt: skip
