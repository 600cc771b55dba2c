"""The report of an outcome in words, English or Chinese, from the result of a run."""

from collections.abc import Iterator, Mapping
from typing import Any

LANGUAGES = ("en", "zh")

RULES = {
    "equal_shares": ("equal shares", "均等份额法"),
    "phragmen": ("Phragmén's rule", "弗拉格门法"),
    "greedy": ("most votes first", "得票多者先得"),
}
LACKS = {
    "nobody": ("nobody asked for it", "无人选择"),
    "supporters": (
        "its {votes} supporters together have {money} left, {missing} too little",
        "{votes} 位支持者的余款合计 {money}，还差 {missing}",
    ),
    "budget": ("the budget has {money} left, {missing} too little", "预算只剩 {money}，还差 {missing}"),
    "burden": ("others burden their supporters less", "其他项目给支持者的负担更轻"),
}
WORDS = {
    "size": (
        "{voters} people, {projects} projects, {budget} to spend. By {rule} {funded} projects are funded for {spent}; {left} is left.",
        "{voters} 人投票，{projects} 个项目，预算 {budget}。按{rule}资助 {funded} 个项目，共 {spent}，剩余 {left}。",
    ),
    "more": (
        "Each part was raised from {part} to {raised}, as far as the budget allows.",
        "在预算允许的范围内，每人份额由 {part} 提高到 {raised}。",
    ),
    "funded": ("Funded, in this order", "获资助（按先后）"),
    "equal_shares": ("each supporter pays at most {price}", "每位支持者至多付 {price}"),
    "equal_shares_points": ("each supporter pays at most {price} for each point", "支持者每分至多付 {price}"),
    "phragmen": ("each supporter then carries {price}", "此后每位支持者共负担 {price}"),
    "greedy": ("most votes of those that still fit", "在仍容得下的项目中得票最多"),
    "votes": ("{votes} votes", "{votes} 票"),
    "unfunded": ("Not funded", "未获资助"),
    "nothing": (
        "{with_nothing:,} of {voters:,} people get nothing that they asked for.",
        "{voters} 人中有 {with_nothing} 人所选项目全部落空。",
    ),
    "fair": (
        "No group was passed over (EJR+, cost).",
        "没有群体被忽略（EJR+，按费用）。",
    ),
    "passed": (
        "Passed over: {voters} people who want {project}. Their part of the budget is {part}; none of them got more than {most}.",
        "被忽略：{voters} 人想要 {project}，他们应占预算 {part}，而其中得到最多的人也只有 {most}。",
    ),
    "kept": (
        "Better off than with most votes first: {first:,} people; worse off: {second:,}; alike: {alike:,}. The outcome is kept.",
        "与得票多者先得相比：{first} 人更好，{second} 人更差，{alike} 人相同。结果保留。",
    ),
    "not_kept": (
        "Better off than with most votes first: {first:,} people; worse off: {second:,}; alike: {alike:,}. More prefer most votes first.",
        "与得票多者先得相比：{first} 人更好，{second} 人更差，{alike} 人相同。更多人宁取得票多者先得。",
    ),
    "same": ("This is what the city decided.", "与当地公布的结果相同。"),
    "differs": ("The city decided otherwise on: {projects}", "与当地公布的结果不同：{projects}"),
    "groups": ("Where the money falls", "资金落在谁身上"),
    "group": (
        "{group}: {voters} people ({share_people:.0%}), {money} ({share_money:.0%})",
        "{group}：{voters} 人（{share_people:.0%}），{money}（{share_money:.0%}）",
    ),
    "others": ("others", "其他"),
    "title": ("What {budget} pays for", "{budget} 资助了什么"),
    "desc": (
        "Each bar is the cost of a project. Filled bars are funded: {funded}. Of the others, the filled beginning is what their supporters have left: {unfunded}.",
        "每条的长度是项目费用。实心的获得资助：{funded}。其余各条开头的实心部分是支持者的余款：{unfunded}。",
    ),
    "voter": ("Of this part of {part} {left} is left. It paid for", "这份 {part} 还剩 {left}，付给了"),
}  # fmt: skip


class Wording:
    """Words in one language, for one result."""

    def __init__(self, language: str, result: Mapping[str, Any]) -> None:
        self.column, self.result = LANGUAGES.index(language), result
        projects = result["projects"]
        self.names = dict(zip(projects["ids"], projects["names"], strict=True))
        self.votes = dict(zip(projects["ids"], projects["votes"], strict=True))
        self.costs = dict(zip(projects["ids"], projects["costs"], strict=True))
        self.per_unit: int = result["election"]["per_unit"]

    def say(self, key: str, among: Mapping[str, tuple[str, str]] = WORDS, **said: Any) -> str:
        return among[key][self.column].format(**said)

    def money(self, minor: float, digits: int | None = None) -> str:
        wanted = len(str(self.per_unit)) - 1 if digits is None else digits
        return f"{minor / self.per_unit:,.{wanted}f}"

    def project(self, one: str) -> str:
        text = " ".join(self.names[one].split())
        short = text if len(text) <= 80 else f"{text[:79]}…"
        return f"[{one}] {short}" if short != one else f"[{one}]"

    def report(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> Iterator[str]:
        yield from self.size()
        yield from ("", self.say("funded"))
        yield from map(self.round, self.result["rounds"])
        if self.result["unfunded"]:
            yield from ("", self.say("unfunded"))
            yield from map(self.lack, self.result["unfunded"])
        yield ""
        yield from self.checks()
        yield from self.groups()
        yield from self.voter()

    def size(self) -> Iterator[str]:
        election, result = self.result["election"], self.result
        yield self.say(
            "size",
            voters=f"{election['voters']:,}",
            projects=len(self.names),
            budget=self.money(election["budget"]),
            rule=self.say(result["rule"], RULES),
            funded=len(result["funded"]),
            spent=self.money(result["spent"]),
            left=self.money(result["left"]),
        )
        if result["endowment"] > election["budget"]:
            part, raised = (
                self.money(total / election["voters"], 2)
                for total in (election["budget"], result["endowment"])
            )
            yield self.say("more", part=part, raised=raised)

    def round(self, each: Mapping[str, Any]) -> str:
        by_points = each["by"] == "equal_shares" and self.result["utility"] == "points"
        key = f"{each['by']}_points" if by_points else each["by"]
        return self.line(each["project"], self.say(key, price=self.money(each["price"], 2)))

    def lack(self, each: Mapping[str, Any]) -> str:
        money, missing = self.money(each["money"]), self.money(each["missing"])
        votes = f"{self.votes[each['project']]:,}"
        return self.line(
            each["project"], self.say(each["why"], LACKS, votes=votes, money=money, missing=missing)
        )

    def line(self, one: str, why: str) -> str:
        votes = self.say("votes", votes=f"{self.votes[one]:,}")
        return f"  {self.money(self.costs[one]):>12}  {votes:>12}  {self.project(one)}: {why}"

    def checks(self) -> Iterator[str]:
        result = self.result
        yield self.say("nothing", **result["satisfaction"])
        if not result["passed_over"]:
            yield self.say("fair")
        for one in result["passed_over"]:
            part, most, project = (
                self.money(one["part"]),
                self.money(one["most"]),
                self.project(one["project"]),
            )
            yield self.say("passed", voters=one["voters"], project=project, part=part, most=most)
        if result["rule"] != "greedy":
            yield self.say(
                "kept" if result["comparison"]["first_is_kept"] else "not_kept", **result["comparison"]
            )
        if "official" in result:
            differ = result["official"]["differ"]
            yield self.say("differs", projects=", ".join(differ)) if differ else self.say("same")

    def groups(self) -> Iterator[str]:
        if "groups" not in self.result:
            return
        yield from ("", self.say("groups"))
        voters, spent = self.result["election"]["voters"], max(self.result["spent"], 1)
        for one in self.result["groups"]:
            said: dict[str, Any] = {**one, "group": one["group"] or self.say("others")}
            said |= {"money": self.money(one["money"]), "share_money": one["money"] / spent}
            yield f"  {self.say('group', share_people=one['voters'] / voters, **said)}"

    def voter(self) -> Iterator[str]:
        if "voter" not in self.result:
            return
        own = self.result["voter"]
        yield from ("", self.say("voter", part=self.money(own["part"], 2), left=self.money(own["left"], 2)))
        for each in own["paid"]:
            yield f"  {self.money(each['amount'], 2):>12}  {self.project(each['project'])}"
