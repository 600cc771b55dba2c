"""Sign-up chains (接龙) as they are pasted from a group: who stands on which line, and which lines a person looks at.

One line is one attendee. What could be nobody, somebody else or more than one person is unclear and never guessed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from linli.kit.rules import Problem
from linli.kit.texts import clean_line, half_width

LONGEST, MOST_LINES, LONGEST_NAME = 20_000, 500, 40
HAN = "〇々\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# What stands around names and never in them: spaces, figures, punctuation, symbols, emoji.
AROUND = (
    r"\s\d_!-/:-@\[-`{-~\xa1-\xbf×÷\u2000-\u20ff\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u30fb"
    r"\u3200-\u33ff\ufe0e-\ufe6f\uff00-\uff65\ufffc\ufffd\U0001f000-\U0001fbff"
)
DOTS = "·•・‧∙⋅"
WORD = re.compile(rf"[^{AROUND}]+(?:(?:[{DOTS}\u200c\u200d]|(?<=[a-zÀ-ӿ])[.'’-](?=[a-zÀ-ӿ]))[^{AROUND}]+)*")

# A figure with a unit is no entry: 8月1日, 3号楼, 24 hours. Units that are surnames too count only at the end of a word.
UNIT = (
    r"(?:单元|号楼|公里|小时|周岁|周年|年级|分钟|(?:km|kg|cm|hours?|days?|min|am|pm|th|f)(?![a-z])"
    rf"|[月日号点分岁楼栋幢座室层弄块级期届排组天场次折对]|[年时元班路后](?![{HAN}]))"
)
CIRCLED = "①-⒛⓪-⓾❶-➓㉑-㉟㊱-㊿🔟"
KEYCAPS = r"(?:\d\ufe0f?\u20e3){1,3}"
MARK = re.compile(
    rf"[^\w#+]*(?:no\.?\s*)?(?:[{CIRCLED}][\s.、:)]*|{KEYCAPS}"
    r"|\d{1,3}(?:\s*(?:[.。、,)\]】](?!\d{1,2}(?!\d|[#-]\d{3}))|[:–—-](?!\d))"
    rf"|(?=$|\s+[^\d\s]|[{HAN}])(?!\s*(?:{UNIT}|[年时元班路后人位名个口大]))))"
)
INNER = re.compile(rf"[{CIRCLED}]|{KEYCAPS}|(?<=[\s,;])\d{{1,3}}\s*[.、)](?!\s*\d)")
EXAMPLE = re.compile(
    r"[^\w#]*(?:\d{1,3}\s*[.、)]\s*)?(?:报名|接龙)?(?:(?:例[如子]?|[示样范]例|格式|模板)(?=[\s:.(\d]|$)"
    r"|(?:example|sample|format|e\.g\.)(?=\s*(?:[:\d]|$)))"
)

ONE = rf"(?:(?<=[{HAN}][{HAN}])|(?<![{HAN}]))一"  # 王一名 is a name, 周九一名 is 周九
PERSONS = r"(?:个?人|位|名|口|个(?!\w)|大人|\s(?:people|persons?|pax|adults?))"
PLUS = rf"[+加]\s*(\d{{1,2}}|[一二两三四五六七八九])(?!\d|[#.:-]\d|{UNIT})\s*{PERSONS}?"
TIMES = r"(?<![a-z])[x×*]\s*(\d{1,2})(?!\d)"
NUMERAL = rf"(\d{{1,2}}|十?[二两三四五六七八九]|十一?|{ONE})"
PEOPLE = rf"(?<![十百第\d]){NUMERAL}(?:\s*{PERSONS}|大{NUMERAL}小)|(俩)"
COMPANY = (
    rf"(?<!自)[带携陪][^\s,;()+]*|(?<=[{HAN}a-z][{HAN}a-z])[和与跟及](?=[{HAN}a-z]{{2}})[^\s,;()+]+|[和与跟及][他她]"
    r"|[和与跟及]?(?:孩子|小孩|儿子|女儿|爱人|老公|老婆|妻子|丈夫|家人|家属|全家|一家|夫妇|夫妻|父子|父女|母子|母女|朋友)"
    r"|(?<![a-z])(?:and|with|plus|family|kids?|children|wife|husband|friends?|guests?)(?![a-z])"
)
NOT_SURE = (
    r"取消|[去来]不了|不(?:去|来|参加|确定|一定|能(?!吃))了?|[待未暂]定|退出|候补|占个?位|空[位缺]|^\W*[空无退略]\W*$|有事|没空|作废"
    r"|同上|转让|替|代[报接填]|帮.{0,6}报|改[天日到期]|请|姓名|名字|集合|地点|时间|活动|费用|注意|须知|名额|截止"
    r"|(?<![a-z])(?:cancel[a-z]*|tb[cd]|maybe|not|can't|out|n/a)(?![a-z])"
)
# Beyond company and a perhaps: signs for what could not be shown, 张* with its end hidden, 张 素 that may be one name.
DOUBT = re.compile(rf"{COMPANY}|{NOT_SURE}|[?□■〓\ufffd]|^\s*[{HAN}](?:\*(?!\s*\d)|\s+[男女素荤])")
STRUCK = re.compile("~~[^~]+~~|[\u0334-\u0338]")
PHONE = r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?[\d*]){8}(?!\d)"
BESIDES = re.compile(
    rf"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|{PHONE}|[\w.+-]{{1,64}}@[\w.-]+|{PLUS}|{TIMES}|{PEOPLE}"
    rf"|(?<![a-z])[a-z](?:座\d*|-?\d{{3,4}})|(?<![^{AROUND}])[^{AROUND}]{{1,6}}\s?:\s?(?!\s|{PHONE})[^\s,;()+]+"
    rf"|自[带备][^\s,;()+]*|{COMPANY}|{NOT_SURE}|(?:\d[\d*:.#-]*{UNIT}?)+"
)
REMARK = re.compile(
    r"[男女][士性生]?|素食?|荤|清真|[一二三四五六七八九十]+岁|年龄|住|电话|手机|微信|号码|tel|phone|mobile|wechat|(?:fe)?male"
    r"|vegetarian|vegan|ok|yes|报名|参加|本人|准时|[早晚]?到|左右|以?[前后]|出发|已?[缴付交]费|会员|志愿者|楼长|组长|领队|新人|第一次"
    r"|(?:不[吃要喝]|忌).*"
)
# Asks for a name, or a picture the app shows as a word.
UNSAID = re.compile(
    r"(?:姓名|名字|(?<![a-z])name)\s*:|\[(?:微笑|呲牙|愉快|太阳|玫瑰|爱心|强|握手|抱拳|鼓掌|庆祝|加油|耶|ok|胜利|拥抱|合十)\]"
)


@dataclass(frozen=True)
class Line:
    """One entry: `number` is its line in the pasted text, `note` what was written besides the name.

    `state` is "clear", "unclear" (then there is no name) or "double": the name stood on an earlier line.
    """

    number: int
    text: str
    name: str
    note: str
    count: int
    state: str


@dataclass(frozen=True)
class Chain:
    title: str
    lines: tuple[Line, ...]


def read_chain(text: str) -> Chain:
    """What stands before the first numbered line is the title; each line after it is somebody or a question."""
    refuse_more(LONGEST, len(text), _("Please paste at most %(limit)d characters at a time."))
    rows = [(number, typed) for number, typed in typed_rows(text) if not EXAMPLE.match(narrow(typed))]
    first = next((i for i, (_number, typed) in enumerate(rows) if MARK.match(narrow(typed))), len(rows))
    lines = [read_entry(number, entry) for number, typed in rows[first:] for entry in entries(typed)]
    numbered = sum(1 for line in lines if MARK.match(narrow(line.text)))
    refuse_more(MOST_LINES, numbered, _("Please paste at most %(limit)d numbered lines at a time."))
    return Chain(" ".join(typed for _number, typed in rows[:first]), tuple(with_doubles(lines)))


def refuse_more(than: int, found: int, sentence: str) -> None:
    if found > than:
        raise Problem(sentence % {"limit": than}, field="chain")


def typed_rows(text: str) -> Iterable[tuple[int, str]]:
    """Lines that are not empty. A private character may be half a rare name, so its place stays visible."""
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if typed := clean_line(re.sub("[\ue000-\uf8ff\U000f0000-\U0010ffff]", "\ufffd", raw), LONGEST * 4):
            yield number, typed


def narrow(typed: str) -> str:
    """Full-width signs and capitals made plain one for one: a place in the result is the same place in what was typed."""
    return "".join(map(narrow_sign, typed))


def narrow_sign(sign: str) -> str:
    plain = half_width(sign).lower()
    return plain if len(plain) == 1 and unicodedata.category(sign) != "No" else sign


def entries(typed: str) -> list[str]:
    """1.张三 2.李四 are two; a figure within a line begins an entry only when it is the next number."""
    plain = narrow(typed)
    if not (mark := MARK.match(plain)):
        return [typed]
    starts, last = [0], figure(mark.group())
    for inner in INNER.finditer(plain, mark.end()):
        if figure(inner.group()) == last + 1:
            starts.append(inner.start())
            last += 1
    return [typed[start:end].strip(" ,，;；") for start, end in pairwise([*starts, len(typed)])]


def figure(text: str) -> int:
    """The number that 12, 十二, ⑫ or 俩 stand for."""
    digits = "".join(filter(str.isdecimal, text))
    also = {"两": 2, "俩": 2, "🔟": 10}
    return int(digits or sum(unicodedata.numeric(sign, also.get(sign, 0)) for sign in text))


def read_entry(number: int, text: str) -> Line:
    mark = MARK.match(narrow(text))
    typed = text[mark.end() :] if mark else text
    plain = UNSAID.sub(lambda found: " " * len(found.group()), narrow(typed))
    besides, names = [found.span() for found in BESIDES.finditer(plain)], list[tuple[int, int]]()
    for word in WORD.finditer(BESIDES.sub(lambda found: ";" * len(found.group()), plain)):
        (besides if REMARK.fullmatch(word.group()) else names).append(word.span())
    notes = [typed[start:end].strip(" ()（）[]［］【】,，.-:;") for start, end in sorted(besides)]
    count = count_in(plain)
    lone = any(re.fullmatch("[2-9]", half_width(note)) for note in notes)  # 张三 2 may be two people
    sure = mark and count == 1 and not (lone or DOUBT.search(plain) or STRUCK.search(text))
    name = joined(typed, names) if sure else ""
    return Line(number, text, name, " ".join(filter(None, notes)), count, "clear" if name else "unclear")


def count_in(plain: str) -> int:
    """How many people a line says in figures; 1 where it says nothing."""
    said = re.sub(PHONE, ";", plain)
    groups = [sum(map(figure, found)) for found in re.findall(PEOPLE, said)]
    return max([1 + sum(map(figure, re.findall(PLUS, said))), *groups, *map(int, re.findall(TIMES, said))])


def joined(typed: str, spans: list[tuple[int, int]]) -> str:
    """小王 Tom, Omar Haddad and 张 三 are one name of several words; 张三 李四 and 张三/Tom may be two people: ""."""
    words = [typed[start:end] for start, end in spans]
    gaps = [typed[end:start] for (_start, end), (start, _end) in pairwise(spans)]
    chinese = [len(word) for word in words if re.search(f"[{HAN}]", word)]
    apart = len(chinese) > 1 and max(chinese) > 1 and (len(chinese) > 2 or chinese[0] > 1)
    if apart or not 0 < len(words) < 5 or not all(re.fullmatch(r"\.?\s+", gap) for gap in gaps):
        return ""
    name = typed[spans[0][0] : spans[-1][1]]
    return name if len(name) <= LONGEST_NAME and re.search(rf"[^\W\d_]|[{HAN}]", name) else ""


def with_doubles(lines: list[Line]) -> Iterable[Line]:
    seen: set[str] = set()
    for line in lines:
        key = name_key(line.name)
        yield replace(line, state="double") if key and key in seen else line
        seen.add(key)


def name_key(name: str) -> str:
    """The same for names that differ only in width, case, spaces or the dot in their middle."""
    return re.sub(rf"[\s.{DOTS}\u200c\u200d]", "", half_width(half_width(name).casefold()))
