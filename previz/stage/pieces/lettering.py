"""Words on signs and boards: capitals and digits on a grid of five by seven."""

from __future__ import annotations

import unicodedata

from previz.model import Vec3
from previz.stage.pieces.coats import Coat
from previz.stage.pieces.solids import Solid, quads

__all__ = ["lettered"]

_COLUMNS, _ROWS = 5, 7
_GLYPHS = {
    "A": "0E 11 11 1F 11 11 11", "B": "1E 11 11 1E 11 11 1E",
    "C": "0E 11 10 10 10 11 0E", "D": "1E 11 11 11 11 11 1E",
    "E": "1F 10 10 1E 10 10 1F", "F": "1F 10 10 1E 10 10 10",
    "G": "0E 11 10 17 11 11 0F", "H": "11 11 11 1F 11 11 11",
    "I": "0E 04 04 04 04 04 0E", "J": "07 02 02 02 02 12 0C",
    "K": "11 12 14 18 14 12 11", "L": "10 10 10 10 10 10 1F",
    "M": "11 1B 15 15 11 11 11", "N": "11 19 15 13 11 11 11",
    "O": "0E 11 11 11 11 11 0E", "P": "1E 11 11 1E 10 10 10",
    "Q": "0E 11 11 11 15 12 0D", "R": "1E 11 11 1E 14 12 11",
    "S": "0F 10 10 0E 01 01 1E", "T": "1F 04 04 04 04 04 04",
    "U": "11 11 11 11 11 11 0E", "V": "11 11 11 11 11 0A 04",
    "W": "11 11 11 15 15 1B 11", "X": "11 11 0A 04 0A 11 11",
    "Y": "11 11 0A 04 04 04 04", "Z": "1F 01 02 04 08 10 1F",
    "0": "0E 11 13 15 19 11 0E", "1": "04 0C 04 04 04 04 0E",
    "2": "0E 11 01 06 08 10 1F", "3": "1F 02 04 02 01 11 0E",
    "4": "02 06 0A 12 1F 02 02", "5": "1F 10 1E 01 01 11 0E",
    "6": "06 08 10 1E 11 11 0E", "7": "1F 01 02 04 08 08 08",
    "8": "0E 11 11 0E 11 11 0E", "9": "0E 11 11 0F 01 02 0C",
    "'": "04 04 08 00 00 00 00", "-": "00 00 00 0E 00 00 00",
    ".": "00 00 00 00 00 0C 0C", "!": "04 04 04 04 04 00 04",
}  # fmt: skip
"""Rows from the top, each five bits in hexadecimal."""


def lettered(
    text: str, *, width_m: float, height_m: float, at: Vec3, coat: Coat
) -> list[Solid]:
    """Return a line of capitals as flat strokes that face +z.

    Letters keep their proportions: a line too long for its width is lower. What the
    grid has no letter for stays blank, so a line can be empty.

    Args:
        text: Accents are left off; small letters become capitals.
        width_m: The line's greatest width.
        height_m: Its greatest height.
        at: The middle of its foot.
        coat: Of the strokes.
    """
    plain = unicodedata.normalize("NFKD", text).upper()
    letters = [c for c in plain if not unicodedata.combining(c)]
    if not letters:
        return []
    cells = (_COLUMNS + 1) * len(letters) - 1
    cell = min(width_m / cells, height_m / _ROWS)
    left = at[0] - cells * cell / 2
    strokes = [
        (left + cell * ((_COLUMNS + 1) * k + start), row, cell * long)
        for k, letter in enumerate(letters)
        for row, start, long in _strokes(letter)
    ]
    rings = []
    for x, row, long in strokes:
        low = at[1] + cell * (_ROWS - 1 - row)
        high, z = low + cell, at[2]
        ring = [(x, low, z), (x + long, low, z), (x + long, high, z), (x, high, z)]
        rings.append(ring)
    return [quads(rings, coat)] if rings else []


def _strokes(letter: str) -> list[tuple[int, int, int]]:
    """Return row, first column and length of each run of a letter's filled cells."""
    runs = []
    for row, code in enumerate(_GLYPHS.get(letter, "").split()):
        bits = f"{int(code, 16):05b}0"
        start = 0
        for column, bit in enumerate(bits):
            if bit == "1":
                continue
            if column > start:
                runs.append((row, start, column - start))
            start = column + 1
    return runs
