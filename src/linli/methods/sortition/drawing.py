"""A panel beside its pool as a picture that also tells those who cannot see it: SVG with a title and a description.

A row for each value: the span between its quotas, a ring where it would be if the panel were as the pool, a square where
panels are in the mean, or, once drawn, where this panel is. Marks differ by shape, not by colour alone.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from linli.methods.sortition.wording import Wording

WIDTH, LEFT, RIGHT, ROW, TOP = 640, 150, 56, 26, 66
SPAN, RING, SQUARE, LINE = "#c9d8e6", "#b3470a", "#0b5cad", "#767676"
FONT = "font-family:system-ui,sans-serif;font-size:14px"


def draw_svg(result: Mapping[str, Any], wording: Wording) -> str:
    """The picture, from the result of a run of `sortition.panel` as it stands in its file. Same in, same out."""
    size, people = result["size"], len(result["people"]["ids"])
    widest = max(max(*one["max"], *(size * n / people for n in one["pool"])) for one in result["quotas"])

    def x(count: float) -> float:
        return float(LEFT + (WIDTH - LEFT - RIGHT) * count / widest)

    marks, told, y = [], [], TOP
    for one in result["quotas"]:
        marks.append(text(12, y + 18, one["feature"], ";font-weight:600"))
        y += ROW
        for at, value in enumerate(one["values"]):
            as_pool, there = size * one["pool"][at] / people, one.get("panel", one["expected"])[at]
            marks += row(x, y, value, (one["min"][at], one["max"][at]), as_pool, there)
            told.append(f"{value}: {there:.3g} ({as_pool:.1f}; {one['min'][at]}–{one['max'][at]})")
            y += ROW
    title = wording.say("title", people=people, size=size)
    keys = legend(wording, drawn=result["drawn"] is not None)
    height = y + 16
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
            'aria-labelledby="panel-title panel-desc">',
            f'<title id="panel-title">{escape(title)}</title>',
            f'<desc id="panel-desc">{escape(wording.say("desc"))} {escape("; ".join(told))}</desc>',
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *keys,
            *marks,
            "</svg>",
            "",
        ]
    )


def row(x: Any, y: float, value: str, span: tuple[int, int], as_pool: float, there: float) -> list[str]:
    low, high, middle = x(span[0]), x(span[1]), y + 13
    return [
        text(28, y + 18, value),
        f'<line x1="{LEFT}" y1="{middle}" x2="{WIDTH - RIGHT}" y2="{middle}" stroke="{LINE}" stroke-width="0.5"/>',
        f'<rect x="{low - 9:.1f}" y="{y + 3}" width="{high - low + 18:.1f}" height="20" rx="9" fill="{SPAN}"/>',
        square(x(there), middle),
        ring(x(as_pool), middle),
        text(WIDTH - RIGHT + 20, y + 18, f"{there:.3g}"),
    ]


def legend(wording: Wording, drawn: bool) -> list[str]:
    there = wording.say("panel_key" if drawn else "mean_key")
    return [
        f'<rect x="12" y="17" width="26" height="20" rx="9" fill="{SPAN}"/>',
        text(46, 32, wording.say("span_key")),
        ring(214, 27),
        text(228, 32, wording.say("pool_key")),
        square(434, 27),
        text(448, 32, there),
    ]


def ring(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="none" stroke="{RING}" stroke-width="2.5"/>'


def square(x: float, y: float) -> str:
    return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{SQUARE}"/>'


def text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}" style="{FONT}{more}">{escape(words)}</text>'
