"""Opening hours as people write them in a cell, and as they are written back. Pure: texts and numbers only.

A span is [nth, opens, closes]: `nth` 0 every week, 1 to 5 and -1 that one or the last of its kind in the month, clock
times as "HH:MM". A week is a list of [weekday, nth, opens, closes] with the weekdays of `directory.hours`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from linli.directory.hours import HOLIDAY, MAKE_UP_DAY
from linli.directory.sheets.faults import Unclear
from linli.kit.texts import half_width

Span = list  # [nth, opens, closes]
Week = list  # of [weekday, nth, opens, closes]
EVERY_DAY = range(7)
CLOCK = r"(?:次日|第二天)?(?:(上午|早上|凌晨|中午|下午|晚上|晚)\s*)?(\d{1,2})(?:[:.](\d{2})|(?:点|时)(半|(\d{1,2})分?)?)?\s*([ap]\.?m\.?(?![a-z]))?"
SPAN = re.compile(rf"{CLOCK}\s*-\s*{CLOCK}(?:\s*#\s*(-1|[1-5]))?(?![\d:])", re.ASCII)
FRACTIONS = re.compile(r"(0?\.\d+)\s*-\s*([01]?\.\d+|1)(?![\d.])", re.ASCII)
ALL_DAY = re.compile(r"(?:24\s*小时|全天候?|昼夜)(?:开放|营业)?|24/7|24\s*hours|around the clock")
CLOSED = re.compile(r"休息|不开放|闭馆|关闭|休(?!息)|closed|off\b")
BETWEEN = re.compile(r"[\s,;。、/:()\[\]]+")
DASHES = re.compile(r"[‐‑‒–—―−~〜～]+|至|到|\bto\b")
WEEKDAY = r"(?:(?:周|星期|礼拜)([一二三四五六日天])|(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?)"
DAY_RANGE = re.compile(rf"{WEEKDAY}\s*-\s*(?:{WEEKDAY}|([一二三四五六日天]))")
DAY = re.compile(WEEKDAY)
MORE_DAYS = re.compile(r"[、,]?\s*([一二三四五六日天])(?=[、,\s:\d一二三四五六日天上下早中晚凌])")
GROUPS = [
    (re.compile(r"每天|每日|天天|全周|daily|every day|everyday"), list(EVERY_DAY)),
    (re.compile(r"工作日|平日|weekdays"), [0, 1, 2, 3, 4]),
    (re.compile(r"周末|双休日?|weekends?"), [5, 6]),
    (re.compile(r"(?:法定)?节假日|公共假日|法定假日|(?:public )?holidays?"), [HOLIDAY]),
    (re.compile(r"调休(?:上班|工作)?日?|补班日?|make-up (?:work)?days?"), [MAKE_UP_DAY]),
]
CHARACTERS = "一二三四五六日天"
SHORT = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
NAMES = {
    "zh-hans": ["周一", "周二", "周三", "周四", "周五", "周六", "周日", "节假日", "调休日"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Holidays", "Make-up days"],
}
AFTERNOON = {"下午", "晚上", "晚"}
MOST_SPANS = 20


def plain(text: str) -> str:
    """Half-width, small letters, one kind of dash."""
    return DASHES.sub("-", half_width(text).lower())


def clock(part: str, hour: str, minute: str, half: str, minutes: str, half_day: str) -> str:
    """ "HH:MM" of one matched time; ValueError when there is no such time of day."""
    number = int(hour)
    past = 30 if half == "半" else int(minute or minutes or 0)
    if half_day:
        if not 1 <= number <= 12:
            raise ValueError(hour)
        number = number % 12 + 12 * half_day.startswith("p")
    elif (part in AFTERNOON and number < 12) or (part == "中午" and number < 3):
        number += 12
    if number == 24 and past == 0:
        return "00:00"
    if number > 23 or past > 59:
        raise ValueError(hour)
    return f"{number:02}:{past:02}"


def read_clock(text: str) -> str:
    """A single time: "9:00", "9：00", "9点半", "下午5点". Unclear for anything else, a bare number too."""
    found = re.fullmatch(CLOCK, plain(text).strip(), re.ASCII)
    try:
        if found is None or not (found[3] or found[6] or re.search("[点时]", text)):
            raise ValueError(text)
        return clock(*found.groups(""))
    except ValueError:
        raise Unclear("not_hours", text=text[:30]) from None


def of_fraction(number: float) -> str:
    """0.375 of a day is 09:00; the end of the day is 00:00."""
    minutes = round(number * 24 * 60)
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def span_at(text: str, at: int) -> tuple[Span, int] | None:
    """The span that begins at a place in the text, and where it ends."""
    if found := FRACTIONS.match(text, at):
        return checked(0, of_fraction(float(found[1])), of_fraction(float(found[2])), found), found.end()
    if found := SPAN.match(text, at):
        return of_match(found), found.end()
    if found := ALL_DAY.match(text, at):
        return [0, "00:00", "00:00"], found.end()
    return None


def of_match(found: re.Match) -> Span:
    """Two clock times; a bare "11-3" or "1:30-5pm" could be read in two ways, so it is not read."""
    opens, closes, nth = found.groups("")[:6], found.groups("")[6:12], found[13]
    says_time = any(opens[2:4]) or any(closes[2:4]) or re.search("[点时]", found[0])
    if not (says_time or opens[5] or opens[0]) or (closes[5] and not opens[5]):
        raise Unclear("not_hours", text=found[0][:30])
    try:
        start, end = clock(*opens), clock(*closes)
        # 下午1:30-5:00: the second time is of the same half of the day, if that is later.
        if opens[0] in AFTERNOON and not closes[0] and end <= start < clock("下午", *closes[1:]):
            end = clock("下午", *closes[1:])
    except ValueError:
        raise Unclear("not_hours", text=found[0][:30]) from None
    return checked(int(nth or 0), start, end, found)


def checked(nth: int, opens: str, closes: str, found: re.Match) -> Span:
    if opens == closes != "00:00":
        raise Unclear("same_time", text=found[0][:30])
    return [nth, opens, closes]


def read_day(text: str) -> list[Span]:
    """The hours of one day: "09:00-12:00 13:30-21:00", "休息"; in order, and none for a day off."""
    text, spans, at, closed = plain(text), [], 0, False
    while at < len(text):
        if found := BETWEEN.match(text, at):
            at = found.end()
        elif found := CLOSED.match(text, at):
            at, closed = found.end(), True
        elif one := span_at(text, at):
            add(spans, one[0])
            at = one[1]
        else:
            raise Unclear("not_hours", text=text[at : at + 30])
    if len(spans) > MOST_SPANS or (closed and spans) or not (closed or spans):
        raise Unclear("not_hours", text=text[:30])
    return spans


def add(spans: list[Span], span: Span) -> None:
    """Each span begins after the one ahead of it: 1:30 for half past one in the afternoon is found out here."""
    if spans and spans[-1][0] == span[0] and span[1] <= spans[-1][1]:
        raise Unclear("out_of_order", text=f"{span[1]}-{span[2]}")
    spans.append(span)


def read_week(text: str) -> Week:
    """A whole week in one cell: "周一至周五 9:00-18:00；周六 10:00-16:00"; hours without any day hold every day."""
    text, at = plain(text), 0
    days: list[int] = []
    spans: dict[int, list[Span]] = defaultdict(list)
    said, without_day = False, ""
    while at < len(text):
        if found := BETWEEN.match(text, at):
            at = found.end()
        elif named := days_at(text, at):
            if without_day:
                raise Unclear("days_missing", text=without_day)
            # Days after times begin a group of their own.
            days, at, said = ([] if said else days) + named[0], named[1], False
        elif found := CLOSED.match(text, at):
            at, said = found.end(), True
        elif one := span_at(text, at):
            without_day = without_day or ("" if days else text[at : one[1]])
            for day in days or EVERY_DAY:
                add(spans[day], one[0])
            at, said = one[1], True
        else:
            raise Unclear("not_hours", text=text[at : at + 30])
    if not said or not spans or any(len(each) > MOST_SPANS for each in spans.values()):
        raise Unclear("not_hours", text=text[:30])
    return sorted([day, *span] for day, each in spans.items() for span in each)


def days_at(text: str, at: int) -> tuple[list[int], int] | None:
    """The days named at a place in the text: a range, a group, one day or several ("周一三五")."""
    for pattern, group in GROUPS:
        if found := pattern.match(text, at):
            return list(group), found.end()
    if found := DAY_RANGE.match(text, at):
        first, last = weekday(found[1], found[2]), weekday(found[3] or found[5], found[4])
        return [(first + n) % 7 for n in range((last - first) % 7 + 1)], found.end()
    if found := DAY.match(text, at):
        days, at = [weekday(found[1], found[2])], found.end()
        while found[1] and (more := MORE_DAYS.match(text, at)):
            days.append(weekday(more[1], None))
            at = more.end()
        return days, at
    return None


def weekday(character: str | None, short: str | None) -> int:
    return min(CHARACTERS.index(character), 6) if character else SHORT.index(str(short))


def write_span(span: Span) -> str:
    nth, opens, closes = span
    end = "24:00" if closes == "00:00" else closes
    return f"{opens}-{end}" + (f"#{nth}" if nth else "")


def write_day(spans: Iterable[Span]) -> str:
    return " ".join(map(write_span, spans))


def write_week(week: Week, language: str) -> str:
    """Days that keep the same hours stand together: "周一至周五 09:00-18:00；周六 10:00-16:00"."""
    by_day: dict[int, list[Span]] = defaultdict(list)
    for day, *span in week:
        by_day[day].append(span)
    days_of: dict[str, list[int]] = defaultdict(list)
    for day in sorted(by_day):
        days_of[write_day(by_day[day])].append(day)
    chinese = language != "en"
    between, joined = ("；", "、") if chinese else ("; ", ", ")
    return between.join(
        f"{joined.join(name_days(days, language))} {hours}" for hours, days in days_of.items()
    )


def name_days(days: list[int], language: str) -> Iterator[str]:
    """Three days or more in a row as a range, others one by one."""
    names = NAMES.get(language, NAMES["en"])
    dash = "–" if names is NAMES["en"] else "至"
    at = 0
    while at < len(days):
        end = at
        while end + 1 < len(days) and days[end + 1] == days[end] + 1 < HOLIDAY:
            end += 1
        if end - at >= 2:
            yield f"{names[days[at]]}{dash}{names[days[end]]}"
        else:
            yield from (names[day] for day in days[at : end + 1])
        at = end + 1
