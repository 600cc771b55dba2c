"""The reader of codes that comes with us: every version and level we print, turned, tilted, blurred; and nothing read into noise."""

import random
import string

import pytest
from PIL import Image

from tests.browser.codes import VGA, Scene, address_of, picture

TICKET = "https://stations.example.org/tickets/AZqf3kP0c3KkLm9QeXJ2bA7hVt1sWnYyUuIiOoPp_-A/"
SCRIPTS = ("light", "finders", "grid", "layout", "mending", "read")
READ = """async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  pen.drawImage(image, 0, 0);
  return window.linliQr.read(pen.getImageData(0, 0, canvas.width, canvas.height));
}"""
# Bytes that a code of each version holds, 1 to 10.
HOLDS = {
    "l": [17, 32, 53, 78, 106, 134, 154, 192, 230, 271],
    "m": [14, 26, 42, 62, 84, 106, 122, 152, 180, 213],
    "q": [11, 20, 32, 46, 60, 74, 86, 108, 130, 151],
    "h": [7, 14, 24, 34, 44, 58, 64, 84, 98, 119],
}


@pytest.fixture
def read(visit, town):
    """read(picture) → what our reader sees in it, in the oldest browser we serve."""
    page = visit("/accessibility/", floor=True)
    for name in SCRIPTS:
        page.add_script_tag(url=f"/static/programmes/qr/{name}.js")
    return lambda image: page.evaluate(READ, address_of(image))


def test_every_version_and_level_full_to_the_brim(read):
    drawn, wrong = random.Random(1), []
    for level, sizes in HOLDS.items():
        for version, length in enumerate(sizes, 1):
            text = "".join(drawn.choices(string.ascii_letters + string.digits + "-_/:.", k=length))
            scene = Scene(width=380, angle=drawn.uniform(0, 360))
            if read(picture(text, scene, version=version, error=level)) != text:
                wrong.append(f"{version}-{level} {scene}")
    assert wrong == []


@pytest.mark.parametrize(
    "text", ["123456", "09", "1234567890123", "HELLO WORLD:42", "A", "票 42 é", "x" * 100]
)
def test_every_way_of_writing(text, read):
    assert read(picture(text)) == text


SCENES = {
    **{f"turned {angle}": Scene(angle=angle) for angle in range(0, 360, 24)},
    **{f"{width} wide": Scene(width=width) for width in (90, 110, 150, 200, 400, 470)},
    **{f"blurred {blur}": Scene(blur=blur, angle=10) for blur in (1, 2, 3)},
    **{f"noise {noise}": Scene(noise=noise, angle=200) for noise in (10, 20, 30)},
    **{f"shade {shade}": Scene(shade=shade, noise=3, angle=-20) for shade in (0.3, 0.6, 0.85)},
    **{
        f"tilted {tilt} {angle}": Scene(tilt=tilt, angle=angle, blur=0.7, noise=3)
        for tilt in ((20, 0), (40, 0), (0, 40), (25, 25), (-35, 15), (30, -20))
        for angle in (0, 25, 90, 170)
    },
    "a pale print": Scene(dark=120, light=170, around=170, noise=2),
    "a dark room": Scene(dark=8, light=50, around=20, noise=2),
    "a dim phone before a window": Scene(dark=40, light=140, around=255, angle=7),
    "on black": Scene(around=0),
    "a large picture": Scene(size=(1280, 720), width=500, angle=33),
    "a small picture": Scene(size=(320, 240), width=160, angle=33),
}


def test_a_ticket_is_read_however_it_is_held(read, record_property):
    wrong = [name for name, scene in SCENES.items() if read(picture(TICKET, scene)) != TICKET]
    record_property("figure", f"{len(SCENES)} pictures of a ticket, not read {len(wrong)}")
    assert wrong == []


def test_dirt_is_mended(read):
    """Level M mends about a seventh of the words: a thumb's breadth of ink in the middle of the code."""
    image = picture(TICKET)
    image.paste(0, (300, 230, 330, 252))
    assert read(image) == TICKET


def test_what_is_too_dirty_is_not_guessed(read):
    image = picture(TICKET)
    image.paste(0, (250, 190, 390, 290))
    assert read(image) == ""


def test_without_one_of_its_squares_it_is_no_code(read):
    image = picture(TICKET)
    image.paste(225, (160, 80, 260, 180))
    assert read(image) == ""


def test_nothing_is_read_into_what_is_no_code(read):
    empty, noise = Image.new("L", VGA, 200), Image.effect_noise(VGA, 90)
    stripes = Image.frombytes(
        "L", (64, 48), bytes(255 * (x // 3 % 2) for _y in range(48) for x in range(64))
    ).resize(VGA)
    assert [read(image) for image in (empty, noise, stripes)] == ["", "", ""]


def test_one_of_two_codes_is_read(read):
    both = Image.new("L", VGA, 220)
    for place, text in ((0, "LEFT"), (320, "RIGHT")):
        both.paste(picture(text, Scene(width=200, size=(320, 480))), (place, 0))
    assert read(both) in {"LEFT", "RIGHT"}
