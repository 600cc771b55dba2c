"""The report of a map in words, English or Chinese, from the result of a run."""

from collections.abc import Iterator, Mapping
from typing import Any

LETTERS = "ABCDEFGHIJ"
LANGUAGES = ("en", "zh")

VERDICTS = {
    "too_few": ("Too few people to speak of groups yet.", "人数太少，还谈不上意见群体。"),
    "small_group": (
        "One group is so small that the picture is about single people: do not speak of groups yet.",
        "其中一组人数极少，图上反映的只是个别人，暂不宜谈意见群体。",
    ),
    "chance": (
        "Answers dealt out by chance would look as divided: do not speak of groups.",
        "把回答随机打乱后分歧同样明显，不宜谈意见群体。",
    ),
    "unsteady": (
        "The groups would be others had a fifth of the people stayed away: do not rely on them.",
        "若有五分之一的人没来，分组就会不同，不宜依据这些分组。",
    ),
    "groups": ("The groups hold.", "分组是稳定的。"),
}
FINDINGS = {
    "too_little": (
        "Too little to say whether votes came in step.",
        "数据太少，无法判断是否有步调一致的投票。",
    ),
    "like_chance": ("No more votes in step than chance has.", "步调一致的投票不多于偶然。"),
    "more": (
        "More people answered alike at about the same time than chance has; only people can tell why.",
        "同一时段内回答几乎相同的人多于偶然，原因需由人来了解。",
    ),
}
CHANGES = {
    "people": ("People on the map: {before} → {after}", "图上的人数：{before} → {after}"),
    "votes": ("Votes: {before} → {after}", "投票：{before} → {after}"),
    "statements": ("Statements: {before} → {after}", "观点：{before} → {after}"),
    "groups": ("Groups: {before} → {after}", "群体：{before} → {after}"),
    "moved_group": ("{people} of {of} people changed groups", "{of} 人中有 {people} 人换了群体"),
    "group_size": ("Group {group}: {before} → {after} people", "{group} 组：{before} → {after} 人"),
    "group_began": ("Group {group} is new: {people} people", "新出现 {group} 组：{people} 人"),
    "group_ended": ("Group {group} is gone: it had {people} people", "{group} 组不复存在：原有 {people} 人"),
    "consensus_came": ("Now shared: {way} {statement}", "新共识：{way} {statement}"),
    "consensus_went": ("No longer shared: {way} {statement}", "不再是共识：{way} {statement}"),
    "voice_came": (
        "Now stands for group {group}: {way} {statement}",
        "现在代表 {group} 组：{way} {statement}",
    ),
    "voice_went": (
        "No longer stands for group {group}: {way} {statement}",
        "不再代表 {group} 组：{way} {statement}",
    ),
}
WORDS = {
    "size": ("{voted} people cast {votes} votes; {inside} are on the map.", "{voted} 人投了 {votes} 票，{inside} 人在图上。"),
    "hold": (
        "Agreement of the groups without a fifth of the people: {agreement:.2f} (1 is the same). "
        "Of {rooms} rooms with the answers dealt out by chance {alike} look as divided.",
        "去掉五分之一的人后分组一致度 {agreement:.2f}（1 为相同）；把回答随机打乱 {rooms} 次，有 {alike} 次同样分裂。",
    ),
    "step": (
        "Pairs who came together and answered alike: {alike} of {together}; by chance about {expected:.1f}.",
        "同时到来且回答几乎相同的成对者：{together} 对中 {alike} 对；偶然约 {expected:.1f} 对。",
    ),
    "group": ("Group {letter}, {people} people", "{letter} 组，{people} 人"),
    "common": ("Common to (nearly) all", "大家共同的看法"),
    "nothing": ("nothing yet", "暂无"),
    "changes": ("Since the map before", "与上一张图相比"),
    "agree": ("agree", "同意"),
    "disagree": ("disagree", "不同意"),
    "title": ("Opinion map of {inside} people", "{inside} 人的意见图"),
    "desc": (
        "People who answer alike stand close together. {groups}. Left, right, above and below have no meaning of their own.",
        "回答相近的人靠得近。{groups}。上下左右本身没有含义。",
    ),
    "no_points": (
        "With fewer than 30 people only the groups are drawn, not single people.",
        "不足 30 人时只画群体，不画个人。",
    ),
}  # fmt: skip


class Wording:
    """Words in one language. `texts`: what the statements say, by id, if that is known."""

    def __init__(self, language: str = "en", texts: Mapping[str, str] | None = None) -> None:
        self.column = LANGUAGES.index(language)
        self.texts = texts or {}

    def say(self, key: str, among: Mapping[str, tuple[str, str]] = WORDS, **numbers: Any) -> str:
        return among[key][self.column].format(**numbers)

    def statement(self, one: str) -> str:
        text = " ".join(self.texts.get(one, "").split())
        short = text if len(text) <= 100 else f"{text[:99]}…"
        return f"[{one}] {short}".rstrip()

    def report(self, result: Mapping[str, Any]) -> str:
        return "\n".join(self.lines(result))

    def lines(self, result: Mapping[str, Any]) -> Iterator[str]:
        people, held = result["people"], result["stability"]
        yield self.say("size", **people)
        yield self.say(held["verdict"], VERDICTS)
        alike = sum(width >= held["width"] for width in held["chance_widths"])
        yield self.say("hold", agreement=held["agreement"], alike=alike, rooms=len(held["chance_widths"]))
        for group in result["groups"]:
            yield ""
            yield self.say("group", letter=letter(group["group"]), people=group["people"])
            yield from map(self.voice, group["representative"])
        yield from self.common(result["consensus"])
        if "changes" in result:
            yield ""
            yield self.say("changes")
            yield from map(self.change, result["changes"])
        if "screening" in result:
            yield ""
            yield self.say(result["screening"]["finding"], FINDINGS)
            yield self.say("step", **result["screening"])

    def common(self, consensus: Mapping[str, Any]) -> Iterator[str]:
        yield ""
        yield self.say("common")
        found = [{**one, "direction": side} for side in ("agree", "disagree") for one in consensus[side]]
        yield from map(self.voice, found)
        if not found:
            yield f"  {self.say('nothing')}"

    def voice(self, one: Mapping[str, Any]) -> str:
        way = self.say(one["direction"])
        return f"  {one['success']:>5} / {one['trials']:<5} {way:8} {self.statement(one['statement'])}"

    def change(self, change: Mapping[str, Any]) -> str:
        numbers = dict(change["numbers"])
        if "group" in numbers:
            numbers["group"] = letter(numbers["group"])
        if "statement" in numbers:
            numbers["statement"] = self.statement(numbers["statement"])
        if "way" in numbers:
            numbers["way"] = self.say("agree" if numbers["way"] > 0 else "disagree")
        return f"  {self.say(change['code'], CHANGES, **numbers)}"


def letter(group: int) -> str:
    """A for the first group; beyond the letters their number.

    >>> letter(1), letter(12)
    ('B', '13')
    """
    return LETTERS[group] if group < len(LETTERS) else str(group + 1)
