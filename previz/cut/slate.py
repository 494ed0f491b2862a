"""The slate burnt into the picture: shot, lens, timecode, and speech as subtitles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from previz.cut.lettering import clip_text, draw_text, text_width, wrap_text
from previz.cut.timeline import Clip
from previz.model import Beat, ElementKind, Move, Rate, Shot

__all__ = ["Overlay", "blend", "slate_strip", "subtitle", "timecode"]

_INK = (238, 255)
_DIM = (168, 255)
_STRIP = (12, 165)
_BOX = (12, 140)
_SPOKEN = (ElementKind.DIALOGUE, ElementKind.LYRIC)


@dataclass(frozen=True)
class Overlay:
    """A grey layer over part of a picture.

    Attributes:
        x_px: Left edge, even.
        y_px: Top edge, even.
        luma: Video luma 16 to 235, shape (h, w), both even.
        alpha: Cover 0 to 256, shape (h, w).
    """

    x_px: int
    y_px: int
    luma: NDArray[np.int32]
    alpha: NDArray[np.int32]


def blend(planes: NDArray[np.uint8], overlay: Overlay, *, height_px: int) -> None:
    """Lay an overlay onto a yuv420p picture in place.

    Args:
        planes: Y, U and V under each other, shape (height · 3 / 2, width).
        overlay: What to lay; it must lie inside the picture.
        height_px: Height of the picture.
    """
    width = planes.shape[1]
    flat = planes.reshape(-1)
    luma = flat[: width * height_px].reshape(height_px, width)
    x, y = overlay.x_px, overlay.y_px
    h, w = overlay.luma.shape
    _mix(luma[y : y + h, x : x + w], overlay.luma, overlay.alpha)
    quarter = width * height_px // 4
    cover = overlay.alpha.reshape(h // 2, 2, w // 2, 2).sum((1, 3)) >> 2
    grey = np.int32(128)
    for plane in range(2):
        start = width * height_px + plane * quarter
        chroma = flat[start : start + quarter].reshape(height_px // 2, width // 2)
        part = chroma[y // 2 : (y + h) // 2, x // 2 : (x + w) // 2]
        _mix(part, grey, cover)


def _mix(
    under: NDArray[np.uint8],
    over: NDArray[np.int32] | np.int32,
    alpha: NDArray[np.int32],
) -> None:
    below = under.astype(np.int32)
    under[:] = below + (((over - below) * alpha + 128) >> 8)


def slate_strip(clip: Clip, *, rate: Rate, width_px: int, height_px: int) -> Overlay:
    """Return the strip at the foot of a shot, without the timecode."""
    px, strip = _letters(height_px), _strip_height(height_px)
    image = Image.new("LA", (width_px, strip), _STRIP)
    draw = ImageDraw.Draw(image)
    base = (strip + round(px * 0.72)) / 2
    pad = px
    right = width_px - pad - text_width(rate.timecode(0), px=px, style="mono") - pad
    x = pad + draw_text(
        draw,
        (pad, base),
        clip_text(clip.shot.slate, px=px, width_px=right / 3, style="bold"),
        px=px,
        fill=_INK,
        style="bold",
    )
    x += px * 0.9
    text = clip_text(_gear(clip.shot), px=px, width_px=max(0.0, right - x))
    draw_text(draw, (x, base), text, px=px, fill=_DIM)
    return _overlay(image, x_px=0, y_px=height_px - strip)


def timecode(frame: int, *, rate: Rate, width_px: int, height_px: int) -> Overlay:
    """Return the timecode at the right end of the strip."""
    px, strip = _letters(height_px), _strip_height(height_px)
    text = rate.timecode(frame)
    width = min(width_px, 2 * int(text_width(text, px=px, style="mono") / 2 + 2))
    image = Image.new("LA", (width, strip), (_INK[0], 0))
    base = (strip + round(px * 0.72)) / 2
    draw_text(ImageDraw.Draw(image), (1, base), text, px=px, fill=_INK, style="mono")
    x_px = max(0, (width_px - px - width) // 2 * 2)
    return _overlay(image, x_px=x_px, y_px=height_px - strip)


def subtitle(
    clip: Clip, *, width_px: int, height_px: int, above_slate: bool
) -> Iterator[tuple[range, Overlay]]:
    """Yield the shot frames and the overlay of each subtitle in a shot.

    A speech longer than two lines is shown in parts, each as long as its share of
    the speech's letters.
    """
    shot = clip.shot
    for beat in clip.scene.beats:
        if beat.element.kind not in _SPOKEN:
            continue
        for span, rows in _parts(beat, width_px=width_px, height_px=height_px):
            start = max(0, span.start - shot.first_frame)
            stop = min(shot.length_frames, span.stop - shot.first_frame)
            if start < stop:
                foot = height_px - (_strip_height(height_px) if above_slate else 0)
                layer = _subtitle_box(rows, width_px, height_px, foot)
                yield range(start, stop), layer


def _parts(
    beat: Beat, *, width_px: int, height_px: int
) -> Iterator[tuple[range, list[str]]]:
    px = _letters(height_px, speech=True)
    cue = f"{beat.element.character}: " if beat.element.character else ""
    rows = wrap_text(
        cue + beat.element.text, px=px, width_px=width_px * 0.8, lines=10_000
    )
    pairs = [rows[i : i + 2] for i in range(0, len(rows), 2)]
    letters = [sum(map(len, pair)) for pair in pairs]
    total, before = sum(letters), 0
    for pair, count in zip(pairs, letters, strict=True):
        start = beat.start_frame + beat.length_frames * before // total
        before += count
        yield (
            range(start, beat.start_frame + beat.length_frames * before // total),
            pair,
        )


def _subtitle_box(rows: list[str], width_px: int, height_px: int, foot: int) -> Overlay:
    px = _letters(height_px, speech=True)
    leading, pad = round(px * 1.3), round(px * 0.45)
    widths = [text_width(row, px=px) for row in rows]
    width = min(width_px, 2 * int(max(widths) / 2 + pad + 1))
    height = 2 * ((leading * len(rows) + pad + 1) // 2)
    image = Image.new("LA", (width, height), (_BOX[0], 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, width - 1, height - 1), radius=pad, fill=_BOX)
    for index, (row, wide) in enumerate(zip(rows, widths, strict=True)):
        at = ((width - wide) / 2, pad / 2 + leading * index + px * 1.02)
        draw_text(draw, at, row, px=px, fill=_INK)
    y_px = max(0, (foot - height - px) // 2 * 2)
    return _overlay(image, x_px=(width_px - width) // 4 * 2, y_px=y_px)


def _gear(shot: Shot) -> str:
    focal = shot.camera.poses[0].focal_length_mm
    words = [str(shot.size), f"{focal:g} mm"]
    if shot.camera.move is not Move.STATIC:
        words.append(str(shot.camera.move))
    return "  ·  ".join(words)


def _letters(height_px: int, *, speech: bool = False) -> int:
    return max(7, round(height_px * (0.042 if speech else 0.034)))


def _strip_height(height_px: int) -> int:
    return 2 * max(6, round(height_px * 0.032))


def _overlay(image: Image.Image, *, x_px: int, y_px: int) -> Overlay:
    grey, alpha = np.moveaxis(np.asarray(image, np.int32), 2, 0)
    return Overlay(x_px, y_px, 16 + grey * 219 // 255, alpha + (alpha >> 7))
