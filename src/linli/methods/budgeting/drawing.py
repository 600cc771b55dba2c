"""The outcome as a picture that also tells those who cannot see it: one bar for each project, as long as it costs.

Funded projects have a filled bar and a tick; of the others the beginning is filled as far as their supporters' money goes.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from linli.methods.budgeting.wording import Wording

WIDTH, LABELS, ROW, BAR, MARGIN = 820.0, 390.0, 34.0, 18.0, 16.0
MOST_LETTERS = 42
# Both at least 3 : 1 against white; the tick says the same without colour.
FUNDED, SHORT, INK = "#00735c", "#b3470a", "#111111"
STYLE = "font-family:system-ui,sans-serif;font-size:14px"


def draw_svg(result: Mapping[str, Any], wording: Wording) -> str:
    """The picture, from the result of a run of `budgeting.outcome` as it stands in its file. Same in, same out."""
    have = {
        each["project"]: min(each["money"], wording.costs[each["project"]]) for each in result["unfunded"]
    }
    if result["rule"] != "equal_shares":
        have = dict.fromkeys(have, 0.0)
    rows = [*result["funded"], *have]
    scale = (WIDTH - LABELS - 2 * MARGIN) / max(*wording.costs.values(), 1)
    title = wording.say("title", budget=wording.money(result["election"]["budget"]))
    desc = wording.say(
        "desc",
        funded="; ".join(map(wording.project, result["funded"])),
        unfunded="; ".join(f"{wording.project(one)} {wording.money(money)}" for one, money in have.items()),
    )
    height = 2 * MARGIN + ROW * len(rows)
    bars = [line for place, one in enumerate(rows) for line in row(one, place, have.get(one), scale, wording)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" '
            'aria-labelledby="outcome-title outcome-desc">',
            f'<title id="outcome-title">{escape(title)}</title>',
            f'<desc id="outcome-desc">{escape(desc)}</desc>',
            f'<rect width="{WIDTH:.0f}" height="{height:.0f}" fill="#ffffff"/>',
            *bars,
            "</svg>",
            "",
        ]
    )


def row(one: str, place: int, money: float | None, scale: float, wording: Wording) -> list[str]:
    """Label, bar and cost of a project; `money` of its supporters if it is not funded."""
    top = MARGIN + ROW * place
    middle, cost = top + ROW / 2, wording.costs[one]
    filled, colour = (cost, FUNDED) if money is None else (money, SHORT)
    name = " ".join(wording.names[one].split())
    short = name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"
    mark = "✓ " if money is None else ""
    bar = f'x="{LABELS:.1f}" y="{middle - BAR / 2:.1f}" height="{BAR:.1f}"'
    text = f'y="{middle:.1f}" dominant-baseline="central" fill="{INK}" style="{STYLE}"'
    found = [
        f'<text x="{LABELS - 8:.1f}" text-anchor="end" {text}>{escape(mark + short)}</text>',
        f'<rect {bar} width="{filled * scale:.1f}" fill="{colour}" fill-opacity="0.75"/>',
        f'<rect {bar} width="{cost * scale:.1f}" fill="none" stroke="{colour}" stroke-width="1.5"/>',
    ]
    # Beside the bar there is not always room; on white both kinds of bar leave ink readable.
    at = LABELS + 6
    return [*found, f'<text x="{at:.1f}" {text}>{escape(wording.money(cost))}</text>']
