"""Pictures of tickets as a camera sees them: turned, tilted, blurred, shaded, noisy, on any background; and films of them."""

import base64
import math
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import segno
from PIL import Image, ImageChops, ImageFilter

VGA = (640, 480)
# A pixel of the printed code is drawn so large before it is laid into the scene.
GRAIN = 8


@dataclass(frozen=True)
class Scene:
    """How a code lies before the camera: `width` in pixels, angles in degrees, `dark` and `light` of its ink and paper."""

    width: int = 300
    angle: float = 0
    tilt: tuple[float, float] = (0, 0)
    blur: float = 0
    noise: float = 0
    shade: float = 0
    dark: int = 30
    light: int = 225
    around: int = 180
    size: tuple[int, int] = VGA


def picture(
    text: str, scene: Scene = Scene(), *, version: int | None = None, error: str = "m"
) -> Image.Image:
    """The code of a text in a scene, in grey."""
    code = segno.make(text, version=version, error=error, encoding="utf-8", boost_error=False, micro=False)
    rows = [bytes(0 if module else 255 for module in row) for row in code.matrix_iter(border=4)]
    plain = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    paper = plain.resize((plain.width * GRAIN, plain.height * GRAIN), Image.Resampling.NEAREST)
    ink = paper.point(lambda value: scene.dark + (scene.light - scene.dark) * value // 255)
    return aged(laid(ink, scene), scene)


def laid(paper: Image.Image, scene: Scene) -> Image.Image:
    """The square sheet as it is seen from a distance of about twice its width."""
    wide, high = (2 * side for side in scene.size)
    edge = paper.width
    seen = [corner(x, y, scene) for x, y in ((0, 0), (0, 1), (1, 1), (1, 0))]
    factors = transform([(2 * x, 2 * y) for x, y in seen], [(0, 0), (0, edge), (edge, edge), (edge, 0)])
    big = paper.transform(
        (wide, high), Image.Transform.PERSPECTIVE, factors, Image.Resampling.BILINEAR, fillcolor=scene.around
    )
    return big.resize(scene.size, Image.Resampling.BOX)


def corner(x: float, y: float, scene: Scene) -> tuple[float, float]:
    """Where a corner of the sheet, (0, 0) to (1, 1), is seen once it was turned and tilted both ways."""
    x, y, z = (x - 0.5) * scene.width, (y - 0.5) * scene.width, 0.0
    turn, sideways, over = (math.radians(degrees) for degrees in (scene.angle, *scene.tilt))
    x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
    x, z = x * math.cos(sideways) + z * math.sin(sideways), z * math.cos(sideways) - x * math.sin(sideways)
    y, z = y * math.cos(over) - z * math.sin(over), y * math.sin(over) + z * math.cos(over)
    near = 2.2 * scene.width / (2.2 * scene.width + z)
    return scene.size[0] / 2 + x * near, scene.size[1] / 2 + y * near


def transform(seen: list[tuple[float, float]], flat: list[tuple[float, float]]) -> list[float]:
    """The eight factors by which Pillow finds for each point of the scene its point on the sheet."""
    rows = []
    for (u, v), (x, y) in zip(seen, flat, strict=True):
        rows += [[u, v, 1, 0, 0, 0, -u * x, -v * x, x], [0, 0, 0, u, v, 1, -u * y, -v * y, y]]
    for column in range(8):
        best = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[best] = rows[best], rows[column]
        for row in range(8):
            if row != column:
                share = rows[row][column] / rows[column][column]
                rows[row] = [a - share * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[row][8] / rows[row][row] for row in range(8)]


def aged(image: Image.Image, scene: Scene) -> Image.Image:
    """A hand that shakes, a lamp on one side, a cheap sensor."""
    if scene.blur:
        image = image.filter(ImageFilter.GaussianBlur(scene.blur))
    if scene.shade:
        lamp = Image.linear_gradient("L").rotate(90).resize(image.size)
        image = ImageChops.multiply(image, lamp.point(lambda value: round(255 - scene.shade * value)))
    if scene.noise:
        image = ImageChops.add(image, Image.effect_noise(image.size, scene.noise), 1, -128)
    return image


def address_of(image: Image.Image) -> str:
    """The picture as a data URI."""
    held = BytesIO()
    image.save(held, "PNG")
    return f"data:image/png;base64,{base64.b64encode(held.getvalue()).decode()}"


def film(images: list[Image.Image], path: Path, *, seconds: int = 2) -> Path:
    """A film for the browser's make-believe camera, one picture after the other; it begins anew when it is over."""
    wide, high = images[0].size
    grey = bytes([128]) * (wide // 2 * (high // 2) * 2)
    with path.open("wb") as out:
        out.write(f"YUV4MPEG2 W{wide} H{high} F5:1 Ip A1:1 C420jpeg\n".encode())
        for image in images:
            for _frame in range(5 * seconds):
                out.write(b"FRAME\n" + image.convert("L").tobytes() + grey)
    return path
