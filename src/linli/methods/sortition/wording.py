"""The report of a lottery and its panel in words, English or Chinese, from the result of a run."""

from collections.abc import Iterator, Mapping
from typing import Any

LANGUAGES = ("en", "zh")
RULES = {
    "leximin": (
        "The smallest chance is as large as it can be, then the next, and so on.",
        "最小的机会尽可能大，其次小的也尽可能大，依此类推。",
    ),
    "maximin": ("The smallest chance is as large as it can be.", "最小的机会尽可能大。"),
    "nash": ("The product of all chances is as large as it can be.", "所有人机会的乘积尽可能大。"),
    "goldilocks": (
        "Neither very small nor very large chances, in balance.",
        "既避免过小的机会，也避免过大的机会，取其平衡。",
    ),
}
SMALLEST = (
    "Not proven: the smallest chance may be up to {gap:.2%} below the best possible.",
    "尚未证明：最小的机会可能比最优值低至多 {gap:.2%}。",
)
GAPS = {
    "leximin": SMALLEST,
    "maximin": SMALLEST,
    "nash": (
        "Not proven: the geometric mean of all chances may be up to {gap:.2%} below the best possible.",
        "尚未证明：所有人机会的几何平均可能比最优值低至多 {gap:.2%}。",
    ),
    "goldilocks": (
        "Not proven: what is to be small, the sum of the largest chance and the inverse of the smallest, may be up to "
        "{gap:.3f} above the least possible.",
        "尚未证明：应当尽可能小的那个和（最大的机会与最小机会的倒数之和）可能比最小值高至多 {gap:.3f}。",
    ),
}
WORDS = {
    "size": ("{people} people, a panel of {size}.", "{people} 人中抽出 {size} 人。"),
    "certified": (
        "Proven: within these quotas nothing is fairer by this rule.",
        "已证明：在这些配额之内，按此规则没有更公平的办法。",
    ),
    "gap_unknown": (
        "Not proven, and how far from the best cannot be said: there are people of whom it is not known whether they fit on "
        "any panel.",
        "尚未证明，与最优相差多少也无法说明：有些人能否进入任何一组尚不清楚。",
    ),
    "chances": (
        "Chances from {smallest:.2%} to {largest:.2%}; the same for all would be {mean:.2%}.",
        "每人机会从 {smallest:.2%} 到 {largest:.2%}；若人人相同则为 {mean:.2%}。",
    ),
    "without": (
        "{without} people fit on no panel within these quotas: their chance is 0.",
        "有 {without} 人在这些配额之内无法进入任何一组，机会为 0。",
    ),
    "sheet": (
        "1,000 numbered panels, each as likely as the next; digest {digest}",
        "1,000 组编号名单，每组机会相同；摘要 {digest}",
    ),
    "none": ("Nobody is drawn yet: there is no seed.", "尚未抽签：还没有种子。"),
    "drawn": ("Drawn: panel number {number}", "抽中：第 {number} 组"),
    "head": ("quota", "配额"),
    "pool": ("pool", "报名"),
    "mean": ("mean", "平均"),
    "panel": ("panel", "抽中"),
    "title": ("A panel of {size} beside its pool of {people}", "{size} 人名单与 {people} 名报名者的对照"),
    "desc": (
        "For each value: people on the panel (as many if it were as the pool; the quota).",
        "每一项：名单上的人数（若与报名者构成相同的人数；配额）。",
    ),
    "span_key": ("allowed by the quota", "配额允许的范围"),
    "pool_key": ("if it were as the pool", "若与报名者构成相同"),
    "panel_key": ("on this panel", "本次抽中的名单"),
    "mean_key": ("on panels in the mean", "各组平均"),
    "infeasible": (
        "No panel can keep these quotas. The smallest change with which one can:",
        "没有任何一组能满足这些配额。可行的最小改动是：",
    ),
    "least": ("{feature}, {value}: at least {then} instead of {now}", "{feature}，{value}：至少 {then} 人，而非 {now} 人"),
    "alike": (
        "{leaves} does not come any more. {comes} comes instead, drawn from those alike in everything asked for ({among}).",
        "{leaves} 不再参加，由 {comes} 替补，从所问各项都相同的人（{among} 人）中抽出。",
    ),
    "differs": (
        "{leaves} does not come any more, and nobody is alike in everything asked for. {comes} comes instead, drawn from "
        "those who differ in as little as possible ({apart}) and with whom every quota holds ({among}).",
        "{leaves} 不再参加，也没有各项都相同的人。由 {comes} 替补，从差别最少（{apart} 项）且全部配额仍能满足的人（{among} 人）中抽出。",
    ),
    "empty": (
        "{leaves} does not come any more. There is nobody with whom every quota holds: the seat stays empty, and people decide.",
        "{leaves} 不再参加。没有人能替补而仍满足全部配额：席位空缺，由人来决定。",
    ),
    "then": ("The panel now, {people} people:", "现在的名单，{people} 人："),
    "most": ("{feature}, {value}: at most {then} instead of {now}", "{feature}，{value}：至多 {then} 人，而非 {now} 人"),
}  # fmt: skip

# Columns of the table beside the quota: the word above, and where the numbers are.
COLUMNS = (("pool", "pool"), ("mean", "expected"), ("panel", "panel"))


class Wording:
    """Words in one language."""

    def __init__(self, language: str = "en") -> None:
        self.column = LANGUAGES.index(language)

    def say(self, key: str, words: Mapping[str, tuple[str, str]] = WORDS, **numbers: Any) -> str:
        return words[key][self.column].format(**numbers)

    def report(self, result: Mapping[str, Any]) -> str:
        return "\n".join(self.lines(result) if result["feasible"] else self.changes(result["relaxations"]))

    def lines(self, result: Mapping[str, Any]) -> Iterator[str]:
        people, fair = len(result["people"]["ids"]), result["fairness"]
        yield self.say("size", people=people, size=result["size"])
        yield self.say(result["rule"], RULES)
        if fair["certified"]:
            yield self.say("certified")
        elif fair["gap"] is None:
            yield self.say("gap_unknown")
        else:
            yield self.say(result["rule"], GAPS, **fair)
        yield self.say("chances", mean=result["size"] / people, **fair)
        if fair["without"]:
            yield self.say("without", **fair)
        yield self.say("sheet", **result["sheet"])
        yield ""
        yield from self.table(result["quotas"])
        yield ""
        drawn = result["drawn"]
        if drawn is None:
            yield self.say("none")
        else:
            yield self.say("drawn", **drawn)
            yield "  " + " ".join(drawn["ids"])

    def succession(self, result: Mapping[str, Any]) -> str:
        """Who comes for whom, from the result of a run of `sortition.replacement`."""
        lines = []
        for one in result["came"]:
            key = "empty" if one["comes"] is None else "differs" if one["apart"] else "alike"
            lines.append(self.say(key, **one))
        ids = result["panel"]["ids"]
        lines += [
            "",
            self.say("then", people=len(ids)),
            "  " + " ".join(ids),
            "",
            *self.table(result["quotas"]),
        ]
        return "\n".join(lines)

    def table(self, quotas: list[Mapping[str, Any]]) -> Iterator[str]:
        there = [(head, key) for head, key in COLUMNS if key in quotas[0]]
        yield "  ".join(f"{self.say(head):>7}" for head in ("head", *(head for head, _key in there)))
        for one in quotas:
            yield one["feature"]
            for at, value in enumerate(one["values"]):
                cells = [f"{one['min'][at]}–{one['max'][at]}", *(one[key][at] for _head, key in there)]
                cells = [f"{cell:.1f}" if isinstance(cell, float) else cell for cell in cells]
                yield "  ".join(f"{cell:>7}" for cell in cells) + f"  {value}"

    def changes(self, relaxations: list[Mapping[str, Any]]) -> Iterator[str]:
        yield self.say("infeasible")
        for one in relaxations:
            for side in ("least", "most"):
                now, then = one[side], one[f"{side}_then"]
                if now != then:
                    yield "  " + self.say(
                        side, feature=one["feature"], value=one["value"], now=now, then=then
                    )
