"""Sessions whose times or words calendars get wrong: midnight, the ends of months and years, clocks that change, commas."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from linli.kit.calendars import Occurrence

SHANGHAI, BERLIN = "Asia/Shanghai", "Europe/Berlin"
LONG = (
    "这一段很长，写给想来的人："
    + "沿着苏州河骑行，从江宁路桥到武宁路桥，中途休息两次；" * 12
    + "🚲🌧️到此为止。"
)


def at(zone: str, *moment: int, fold: int = 0) -> datetime:
    return datetime(*moment, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def awkward(name: str, starts_at: datetime, ends_at: datetime, zone: str = SHANGHAI, **more) -> Occurrence:
    """Its number stands in the identifier; it was last changed on the first of January."""
    uid = f"{UUID(int=len(AWKWARD) + 1)}@linli"
    columns = {"uid": uid, "sequence": 0, "changed_at": datetime(2026, 1, 1, 8, tzinfo=UTC)} | more
    made = Occurrence(starts_at=starts_at, ends_at=ends_at, zone=zone, summary=name, **columns)
    AWKWARD.append(made)
    return made


AWKWARD: list[Occurrence] = []
awkward("夜读", at(SHANGHAI, 2026, 2, 10, 22, 30), at(SHANGHAI, 2026, 2, 11, 0, 30))
awkward("until midnight", at(SHANGHAI, 2026, 2, 12, 22), at(SHANGHAI, 2026, 2, 13))
awkward("the last night of February", at(SHANGHAI, 2026, 2, 28, 23), at(SHANGHAI, 2026, 3, 1, 1))
awkward("跨年", at(SHANGHAI, 2026, 12, 31, 23), at(SHANGHAI, 2027, 1, 1, 1, 30))
awkward("three days", at(SHANGHAI, 2026, 4, 29, 9), at(SHANGHAI, 2026, 5, 1, 18))
awkward("the night clocks go on", at(BERLIN, 2026, 3, 29, 1, 30), at(BERLIN, 2026, 3, 29, 3, 30), BERLIN)
awkward("just after they went on", at(BERLIN, 2026, 3, 29, 3, 15), at(BERLIN, 2026, 3, 29, 3, 45), BERLIN)
awkward("the night clocks go back", at(BERLIN, 2026, 10, 25, 1, 30), at(BERLIN, 2026, 10, 25, 3, 30), BERLIN)
awkward("the first half past two", at(BERLIN, 2026, 10, 25, 2, 30), at(BERLIN, 2026, 10, 25, 2, 45), BERLIN)
awkward(
    "the second half past two",
    at(BERLIN, 2026, 10, 25, 2, 30, fold=1),
    at(BERLIN, 2026, 10, 25, 4),
    BERLIN,
)
awkward("New Year's Eve", at(BERLIN, 2026, 12, 31, 22), at(BERLIN, 2027, 1, 1, 2), BERLIN)
awkward(
    "quarters of an hour",
    at("Asia/Kathmandu", 2026, 3, 1, 9),
    at("Asia/Kathmandu", 2026, 3, 1, 10),
    "Asia/Kathmandu",
)
awkward(
    "half an hour of summer",
    at("Australia/Lord_Howe", 2026, 4, 4, 23),
    at("Australia/Lord_Howe", 2026, 4, 5, 6),
    "Australia/Lord_Howe",
)
awkward(
    "midnight goes on",
    at("Africa/Cairo", 2026, 4, 24, 1, 15),
    at("Africa/Cairo", 2026, 4, 24, 3),
    "Africa/Cairo",
)
awkward("without a zone of its own", at("UTC", 2026, 3, 1, 9), at("UTC", 2026, 3, 1, 10), "UTC")
awkward(
    "取消的骑行",
    at(SHANGHAI, 2026, 3, 7, 9),
    at(SHANGHAI, 2026, 3, 7, 11),
    status="CANCELLED",
    sequence=2,
    description="大风, 暴雨; 改日再约",
)
awkward("moved three times", at(SHANGHAI, 2026, 3, 8, 9), at(SHANGHAI, 2026, 3, 8, 11), sequence=3)
awkward("很长的骑行" * 20, at(SHANGHAI, 2026, 3, 9, 9), at(SHANGHAI, 2026, 3, 9, 11), description=LONG)
awkward("x" * 61 + "骑行", at(SHANGHAI, 2026, 3, 10, 9), at(SHANGHAI, 2026, 3, 10, 11))
awkward("咖啡, 茶; 与 \\ 点心", at(SHANGHAI, 2026, 3, 11, 9), at(SHANGHAI, 2026, 3, 11, 11))
awkward("one line\nanother line", at(SHANGHAI, 2026, 3, 12, 9), at(SHANGHAI, 2026, 3, 12, 11))
awkward(
    "👩‍🍳 cooks 🇨🇳 é & <b>\"quoted\"</b>: 'yes' 100% #1",
    at(SHANGHAI, 2026, 3, 13, 9),
    at(SHANGHAI, 2026, 3, 13, 11),
)
awkward("END:VEVENT\nEND:VCALENDAR", at(SHANGHAI, 2026, 3, 14, 9), at(SHANGHAI, 2026, 3, 14, 11))
awkward("one minute", at(SHANGHAI, 2026, 3, 15, 9), at(SHANGHAI, 2026, 3, 15, 9) + timedelta(minutes=1))

# Rightly written, but two of six readers take the N after a backslash for the end of a line: `ics` and `node-ical`.
FOLDER = r"C:\neu\Namen \\n"
