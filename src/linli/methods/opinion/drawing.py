"""The map as a picture that also tells those who cannot see it: SVG with a title and a description.

Groups differ by letter and by shape, not by colour alone. Each mark is one small cluster of people, larger where more
stand; where fewer than 30 people are on the map only the groups are drawn.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np

from linli.methods.arrays import Floats
from linli.methods.opinion.publication import LEAST_FOR_MAP
from linli.methods.opinion.wording import Wording, letter

SIZE, MARGIN = 640.0, 56.0
SMALLEST, LARGEST, OF_GROUP = 3.0, 16.0, 30.0
# Each at least 3 : 1 against white, and apart from each other in every common kind of colour blindness.
COLOURS = ("#0b5cad", "#b3470a", "#00735c", "#8a3d8f", "#5b5b00", "#444444")
STYLE = "font-family:system-ui,sans-serif;font-size:20px;font-weight:600"


def draw_svg(result: Mapping[str, Any], trace: Mapping[str, Any], wording: Wording) -> str:
    """The picture, from result and trace of a run of `opinion.map` as they stand in its file. Same in, same out."""
    groups = {group["group"]: group for group in result["groups"]}
    inside = result["people"]["inside"]
    says = [wording.say("group", letter=letter(name), people=each["people"]) for name, each in groups.items()]
    title = wording.say("title", inside=inside)
    desc = wording.say("desc", groups="; ".join(says))
    if inside < LEAST_FOR_MAP:
        desc = f"{desc} {wording.say('no_points')}"
    marks = [*(base_marks(result, trace) if inside >= LEAST_FOR_MAP else ()), *group_marks(result)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE:.0f} {SIZE:.0f}" role="img" '
            'aria-labelledby="map-title map-desc">',
            f'<title id="map-title">{escape(title)}</title>',
            f'<desc id="map-desc">{escape(desc)}</desc>',
            f'<rect width="{SIZE:.0f}" height="{SIZE:.0f}" fill="#ffffff"/>',
            *marks,
            "</svg>",
            "",
        ]
    )


def base_marks(result: Mapping[str, Any], trace: Mapping[str, Any]) -> list[str]:
    """One mark for each small cluster, with the shape of its group."""
    labels, groups = np.array(result["people"]["base"]), np.array(result["people"]["groups"])
    places = np.array(result["people"]["places"])
    on_paper = paper(result)
    found = []
    for cluster, size in enumerate(trace["base"]["sizes"]):
        own = labels == cluster
        x, y = on_paper(places[own].mean(axis=0))
        radius = min(LARGEST, SMALLEST * np.sqrt(size))
        found.append(mark(int(groups[own][0]), x, y, radius))
    return found


def group_marks(result: Mapping[str, Any]) -> list[str]:
    """The letter of each group at its middle; a circle by its size where single people are not drawn."""
    on_paper, inside = paper(result), result["people"]["inside"]
    found = []
    for group in result["groups"]:
        x, y = on_paper(np.array(group["centre"]))
        if inside < LEAST_FOR_MAP:
            radius = OF_GROUP + OF_GROUP * np.sqrt(group["people"] / inside)
            found.append(mark(group["group"], x, y, radius))
        name = escape(letter(group["group"]))
        found.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="17" fill="#ffffff" stroke="{colour(group["group"])}" stroke-width="3"/>'
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" dominant-baseline="central" fill="#111111" '
            f'style="{STYLE}">{name}</text>'
        )
    return found


def paper(result: Mapping[str, Any]) -> Any:
    """From places to points on the picture, both directions to one scale, up being up."""
    groups = np.array(result["people"]["groups"])
    shown: Floats = np.array(result["people"]["places"], dtype=np.float64)[groups >= 0]
    low, high = shown.min(axis=0), shown.max(axis=0)
    scale = (SIZE - 2 * MARGIN) / max(float((high - low).max()), 1e-9)
    middle = (low + high) / 2

    def on_paper(place: Floats) -> tuple[float, float]:
        x, y = (place - middle) * scale
        return SIZE / 2 + float(x), SIZE / 2 - float(y)

    return on_paper


def colour(group: int) -> str:
    return COLOURS[group % len(COLOURS)]


def mark(group: int, x: float, y: float, radius: float) -> str:
    """Circle, square, triangle, diamond, pentagon, hexagon …: as many corners as tell groups apart."""
    paint = f'fill="{colour(group)}" fill-opacity="0.55" stroke="{colour(group)}"'
    if group == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {paint}/>'
    corners, turn = ((4, 0.785), (3, -1.571), (4, 0.0), (5, -1.571), (6, 0.0))[(group - 1) % 5]
    angles = turn + 2 * np.pi * np.arange(corners) / corners
    around = zip(x + 1.2 * radius * np.cos(angles), y + 1.2 * radius * np.sin(angles), strict=True)
    points = " ".join(f"{one:.1f},{other:.1f}" for one, other in around)
    return f'<polygon points="{points}" {paint}/>'
