"""Photos for tests, drawn here: a gradient in which left differs from right and up from down."""

import io

from PIL import Image


def drawn(width=400, height=300, mode="RGB") -> Image.Image:
    """Red grows to the right, green downwards."""
    red = Image.linear_gradient("L").rotate(90).resize((width, height))
    green = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (red, green, Image.new("L", (width, height), 40))).convert(mode)


def photograph(kind="JPEG", width=400, height=300, mode="RGB", **options) -> bytes:
    file = io.BytesIO()
    drawn(width, height, mode).save(file, kind, **options)
    return file.getvalue()
