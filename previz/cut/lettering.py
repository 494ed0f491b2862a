"""Letters on pictures: any script that a font of this machine has, nothing hidden.

DejaVu (it comes with matplotlib) writes most of the world's alphabets. What it lacks
is looked for in the system's fonts. A character that no font has is drawn as an empty
box, and `unwritable` names it so that a page can say so.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]
from PIL import ImageDraw, ImageFont

__all__ = ["clip_text", "draw_text", "text_width", "unwritable", "wrap_text"]

Ink = tuple[int, ...] | int

_MISSING = "▯"
_ELLIPSIS = "…"
_STYLES = {
    "regular": "DejaVuSans.ttf",
    "bold": "DejaVuSans-Bold.ttf",
    "oblique": "DejaVuSans-Oblique.ttf",
    "mono": "DejaVuSansMono.ttf",
    "mono-bold": "DejaVuSansMono-Bold.ttf",
}
_NO_BREAK_BEFORE = set(
    "、。，．・：；？！）」』】〕〉》’”ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョ"
)


def draw_text(
    draw: ImageDraw.ImageDraw,
    xy: tuple[float, float],
    text: str,
    *,
    px: int,
    fill: Ink,
    style: str = "regular",
    right: bool = False,
) -> float:
    """Draw one line of text and return its width in pixels.

    Args:
        draw: What to draw on.
        xy: Left end of the baseline (right end with `right`), in pixels.
        text: One line.
        px: Size of the letters.
        fill: Colour, as Pillow takes it.
        style: regular, bold, oblique, mono or mono-bold.
        right: Whether `xy` is the right end.
    """
    width = text_width(text, px=px, style=style)
    x, y = xy[0] - width if right else xy[0], xy[1]
    for run, path in _runs(text, style):
        font = _font(path, px)
        draw.text((x, y), run, font=font, fill=fill, anchor="ls")
        x += font.getlength(run)
    return width


def text_width(text: str, *, px: int, style: str = "regular") -> float:
    """Return how wide one line of text is, in pixels."""
    return float(
        sum(_font(path, px).getlength(run) for run, path in _runs(text, style))
    )


def clip_text(text: str, *, px: int, width_px: float, style: str = "regular") -> str:
    """Return the text, cut with an ellipsis where it is wider than `width_px`."""
    text = " ".join(text.split())
    if text_width(text, px=px, style=style) <= width_px:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        cut = text[:middle].rstrip() + _ELLIPSIS
        if text_width(cut, px=px, style=style) <= width_px:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + _ELLIPSIS


def wrap_text(
    text: str, *, px: int, width_px: float, lines: int, style: str = "regular"
) -> list[str]:
    """Return at most `lines` lines no wider than `width_px`; the last may be cut.

    Breaks at spaces, between ideographs, and inside a word only if it alone is wider
    than a line.
    """
    rows: list[str] = []
    rest = _pieces(text, px=px, width_px=width_px, style=style)
    row = ""
    for position, piece in enumerate(rest):
        if not row or text_width(row + piece, px=px, style=style) <= width_px:
            row += piece if row else piece.lstrip()
            continue
        rows.append(row.rstrip())
        if len(rows) == lines:
            tail = rows[-1] + " " + "".join(rest[position:])
            rows[-1] = clip_text(tail, px=px, width_px=width_px, style=style)
            return rows
        row = piece.lstrip()
    return [*rows, row.rstrip()] if row.strip() else rows


def unwritable(texts: Iterable[str]) -> str:
    """Return the characters that no font of this machine can draw, sorted."""
    characters = {c for text in texts for c in text if not _blank(c)}
    return "".join(sorted(c for c in characters if _font_for(c, "regular") is None))


def _pieces(text: str, *, px: int, width_px: float, style: str) -> list[str]:
    """Split text into what a line must not break."""
    pieces: list[str] = []
    piece = ""
    for character in " ".join(text.split()):
        breaks = character == " " or (
            _wide(character) and character not in _NO_BREAK_BEFORE
        )
        too_long = len(piece) > 1 and (
            text_width(piece + character, px=px, style=style) > width_px
        )
        if piece and (
            breaks
            or too_long
            or (
                _wide(piece[-1])
                and not piece.isspace()
                and character not in _NO_BREAK_BEFORE
            )
        ):
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece] if piece else pieces


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _blank(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cf", "Mn", "Cc")


@cache
def _runs(text: str, style: str) -> tuple[tuple[str, Path], ...]:
    """Split text into runs of one font."""
    runs: list[tuple[str, Path]] = []
    base = _bundled(style)
    for character in text:
        if unicodedata.category(character) == "Cc":
            character = " "
        path = runs[-1][1] if runs and _blank(character) else None
        path = path or (base if _blank(character) else _font_for(character, style))
        if path is None:
            character, path = _MISSING, base
        if runs and runs[-1][1] == path:
            runs[-1] = (runs[-1][0] + character, path)
        else:
            runs.append((character, path))
    return tuple(runs)


@cache
def _bundled(style: str) -> Path:
    package = importlib.util.find_spec("matplotlib")
    roots = (package.submodule_search_locations if package else None) or []
    return Path(roots[0]) / "mpl-data" / "fonts" / "ttf" / _STYLES[style]


@cache
def _font(path: Path, px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), px)


@cache
def _font_for(character: str, style: str) -> Path | None:
    for path in (_bundled(style), _bundled("regular"), *_used_fallbacks):
        if ord(character) in _coverage(path):
            return path
    for path in _system_fonts():
        if ord(character) in _coverage(path):
            _used_fallbacks.append(path)
            return path
    return None


_used_fallbacks: list[Path] = []
"""System fonts that were needed once: asked first the next time."""


@cache
def _coverage(path: Path) -> frozenset[int]:
    """Return the code points a font draws as outlines; none if it cannot be read."""
    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            outlines = "glyf" in font or "CFF " in font or "CFF2" in font
            return frozenset(font.getBestCmap() or ()) if outlines else frozenset()
    except (OSError, TTLibError, KeyError, ValueError, AssertionError):
        return frozenset()


@cache
def _system_fonts() -> tuple[Path, ...]:
    """Return the system's font files, the ones made for many scripts first."""
    found = [
        path
        for folder in _font_folders()
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in (".ttf", ".otf", ".ttc", ".otc")
    ]
    return tuple(sorted(found, key=_likelihood))


def _likelihood(path: Path) -> tuple[int, int]:
    name = path.name.lower()
    known = (
        "notosanscjk",
        "notosans",
        "noto",
        "pingfang",
        "hiragino",
        "msyh",
        "meiryo",
        "malgun",
        "arialuni",
        "wqy",
        "ipa",
        "unifont",
    )
    rank = next((i for i, word in enumerate(known) if word in name), len(known))
    return rank, int(any(w in name for w in ("bold", "black", "italic", "oblique")))


def _font_folders() -> Iterator[Path]:
    home = Path.home()
    by_system = {
        "darwin": [
            "/System/Library/Fonts",
            "/Library/Fonts",
            str(home / "Library/Fonts"),
        ],
        "win32": [str(Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts")],
    }
    unix = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        str(home / ".fonts"),
        str(home / ".local/share/fonts"),
    ]
    for name in by_system.get(sys.platform, unix):
        if Path(name).is_dir():
            yield Path(name)
