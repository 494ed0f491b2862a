"""Draw all looks: `python -m bench.looks_strip docs/pictures/looks.jpg`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

_SLATES = ("1", "1G", "2", "3D")
_SIZE = (256, 144)


def looks_strip() -> Any:
    """Return a picture with a row for each look and a column for each shot."""
    from PIL import Image, ImageDraw

    from previz.film import Film, demo_screenplay
    from previz.model import Medium

    film = Film.from_screenplay(demo_screenplay())
    width, height = _SIZE
    sheet = Image.new("RGB", (width * len(_SLATES), height * len(Medium)), "white")
    words = ImageDraw.Draw(sheet)
    for column, slate in enumerate(_SLATES):
        shot = film[slate]
        for row, medium in enumerate(Medium):
            picture = shot.frame(
                shot.length_frames // 2, size=_SIZE, quality="board", look=medium
            )
            sheet.paste(picture, (column * width, row * height))
    for row, medium in enumerate(Medium):
        at = (4, row * height + 3)
        box = words.textbbox(at, str(medium))
        words.rectangle((box[0] - 3, box[1] - 2, box[2] + 3, box[3] + 2), fill="black")
        words.text(at, str(medium), fill="white")
    return sheet


if __name__ == "__main__":
    looks_strip().save(Path(sys.argv[1]), "JPEG", quality=74)
