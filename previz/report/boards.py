"""Storyboard sheets: six panels a page on paper, with what a crew needs to read."""

from __future__ import annotations

import glob
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from previz.cut import (
    Clip,
    clip_text,
    draw_text,
    text_width,
    timeline,
    unwritable,
    wrap_text,
)
from previz.folder import write_atomic
from previz.model import Film, Move
from previz.report.shots import shot_beats, shot_words, spoken

__all__ = ["write_boards"]

_WIDTH, _HEIGHT = 2400, 1697
_MARGIN, _GAP = 96, 54
_COLUMNS, _ROWS = 3, 2
_HEADER, _FOOTER = 176, 84
_PAPER, _INK, _GREY, _RULE = (
    (247, 245, 240),
    (28, 28, 30),
    (112, 110, 106),
    (196, 192, 184),
)
_ACCENT = (176, 84, 28)
_COLUMN = (_WIDTH - 2 * _MARGIN - (_COLUMNS - 1) * _GAP) // _COLUMNS
_PANEL_HEIGHT = _COLUMN * 9 // 16
_HEADING = 44


@dataclass(frozen=True)
class _Line:
    """One line of text below a panel."""

    text: str
    style: str
    color: tuple[int, int, int]
    indent: int


def write_boards(
    film: Film, panels: Mapping[str, bytes], path: Path, *, made_by: str = ""
) -> tuple[Path, ...]:
    """Write the storyboard's sheets: `boards.png`, `boards-002.png` and so on.

    Args:
        film: The film.
        panels: The panel of each shot as a JPEG file's bytes, by the shot's id.
        path: The first sheet, a PNG; the others stand beside it. Sheets of an
            earlier, longer board are removed.
        made_by: What made the pictures, for the foot of the sheets.

    Returns:
        The sheets in order.

    Raises:
        FilmFolderError: If a sheet cannot be written.
    """
    clips = timeline(film)
    per_page = _COLUMNS * _ROWS
    pages = [clips[i : i + per_page] for i in range(0, len(clips), per_page)]
    sheets: list[Path] = []
    for number, page in enumerate(pages, 1):
        image = _sheet(film, page, panels, number=number, count=len(pages))
        _footer(ImageDraw.Draw(image), film, page, made_by)
        target = io.BytesIO()
        image.save(target, "PNG", compress_level=4)
        sheet = path.with_stem(f"{path.stem}-{number:03d}") if number > 1 else path
        write_atomic(sheet, target.getvalue())
        sheets.append(sheet)
    for old in path.parent.glob(f"{glob.escape(path.stem)}-[0-9][0-9][0-9].png"):
        if old not in sheets:
            old.unlink()
    return tuple(sheets)


def _sheet(
    film: Film,
    clips: tuple[Clip, ...],
    panels: Mapping[str, bytes],
    *,
    number: int,
    count: int,
) -> Image.Image:
    image = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    _header(draw, film, clips, number=number, count=count)
    row_height = (_HEIGHT - _HEADER - _FOOTER) // _ROWS
    before = ""
    for index, clip in enumerate(clips):
        x = _MARGIN + (index % _COLUMNS) * (_COLUMN + _GAP)
        y = _HEADER + (index // _COLUMNS) * row_height
        _cell(
            image,
            draw,
            film,
            clip,
            panels,
            x=x,
            y=y,
            bottom=y + row_height,
            opens=clip.scene.id != before,
        )
        before = clip.scene.id
    return image


def _header(
    draw: ImageDraw.ImageDraw,
    film: Film,
    clips: tuple[Clip, ...],
    *,
    number: int,
    count: int,
) -> None:
    base = 104
    right = _WIDTH - _MARGIN
    page = f"{number} / {count}"
    page_width = draw_text(
        draw, (right, base), page, px=34, fill=_INK, style="bold", right=True
    )
    scenes = list(dict.fromkeys(clip.scene.number for clip in clips))
    spoken_scenes = scenes[0] if len(scenes) == 1 else f"{scenes[0]}–{scenes[-1]}"
    label = f"Scene{'s' if len(scenes) > 1 else ''} {spoken_scenes}"
    label = clip_text(label, px=26, width_px=420)
    label_width = draw_text(
        draw, (right - page_width - 48, base), label, px=26, fill=_GREY, right=True
    )
    room = right - page_width - label_width - 120 - _MARGIN
    title = clip_text(film.title, px=46, width_px=room * 0.72, style="bold")
    x = _MARGIN + draw_text(
        draw, (_MARGIN, base), title, px=46, fill=_INK, style="bold"
    )
    author = clip_text(film.author, px=26, width_px=_MARGIN + room - x - 28)
    draw_text(draw, (x + 28, base), author, px=26, fill=_GREY)
    draw.line((_MARGIN, 130, right, 130), fill=_INK, width=3)


def _cell(
    image: Image.Image,
    draw: ImageDraw.ImageDraw,
    film: Film,
    clip: Clip,
    panels: Mapping[str, bytes],
    *,
    x: int,
    y: int,
    bottom: int,
    opens: bool,
) -> None:
    if opens:
        heading = f"{clip.scene.number}  {clip.scene.slugline.text}"
        heading = clip_text(heading, px=23, width_px=_COLUMN, style="bold")
        draw_text(draw, (x, y + 30), heading, px=23, fill=_ACCENT, style="bold")
    top = y + _HEADING
    _panel(image, draw, panels.get(clip.shot.id), x=x, y=top)
    base = top + _PANEL_HEIGHT + 46
    _caption(draw, film, clip, x=x, base=base)
    draw.line((x, base + 16, x + _COLUMN, base + 16), fill=_RULE, width=2)
    leading = 31
    room = (bottom - base - 16 - 30) // leading
    for index, line in enumerate(_text(clip, lines=room)):
        at = (x + line.indent, base + 16 + 34 + index * leading)
        draw_text(draw, at, line.text, px=23, fill=line.color, style=line.style)


def _panel(
    image: Image.Image,
    draw: ImageDraw.ImageDraw,
    panel: bytes | None,
    *,
    x: int,
    y: int,
) -> None:
    box = (x, y, x + _COLUMN - 1, y + _PANEL_HEIGHT - 1)
    draw.rectangle(box, fill=(20, 20, 21))
    if panel is not None:
        picture = Image.open(io.BytesIO(panel)).convert("RGB")
        scale = min(_COLUMN / picture.width, _PANEL_HEIGHT / picture.height)
        size = (round(picture.width * scale), round(picture.height * scale))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
        at = (x + (_COLUMN - size[0]) // 2, y + (_PANEL_HEIGHT - size[1]) // 2)
        image.paste(picture, at)
    draw.rectangle(box, outline=_INK, width=3)


def _caption(
    draw: ImageDraw.ImageDraw, film: Film, clip: Clip, *, x: int, base: int
) -> None:
    shot = clip.shot
    length = f"{film.rate.seconds(shot.length_frames):.1f} s  {shot.length_frames} f"
    wide = draw_text(draw, (x + _COLUMN, base), length, px=22, fill=_GREY, right=True)
    slate = clip_text(shot.slate, px=34, width_px=_COLUMN / 3, style="bold")
    at = x + draw_text(draw, (x, base), slate, px=34, fill=_INK, style="bold") + 22
    words = [str(shot.size), f"{shot.camera.poses[0].focal_length_mm:g} mm"]
    if str(shot.angle) != "eye":
        words.append(str(shot.angle))
    if shot.camera.move is not Move.STATIC:
        words.append(str(shot.camera.move))
    room = x + _COLUMN - wide - 20 - at
    gear = clip_text("  ·  ".join(words), px=24, width_px=max(0, room))
    if text_width(gear, px=24) <= room:
        draw_text(draw, (at, base), gear, px=24, fill=_INK)


def _text(clip: Clip, *, lines: int) -> list[_Line]:
    """Return what the shot says and shows, at most `lines` lines."""
    out: list[_Line] = []
    for beat, words in shot_words(clip.scene, clip.shot):
        left = lines - len(out)
        if left <= 0:
            break
        if spoken(beat):
            cue = beat.element.character or "—"
            if beat.element.extension:
                cue += f" ({beat.element.extension})"
            out.append(
                _Line(
                    clip_text(cue, px=23, width_px=_COLUMN - 36, style="bold"),
                    "bold",
                    _INK,
                    36,
                )
            )
            left -= 1
        indent, style, color = (
            (36, "regular", _INK) if spoken(beat) else (0, "oblique", _GREY)
        )
        rows = wrap_text(
            words,
            px=23,
            width_px=_COLUMN - indent,
            lines=max(left, 1),
            style=style,
        )
        out.extend(_Line(row, style, color, indent) for row in rows)
    return out[:lines]


def _footer(
    draw: ImageDraw.ImageDraw, film: Film, clips: tuple[Clip, ...], made_by: str
) -> None:
    base = _HEIGHT - 44
    span = (
        f"{film.rate.timecode(clips[0].record_frame)} – "
        f"{film.rate.timecode(clips[-1].record_frame + clips[-1].length_frames)}"
        f"   {film.rate} fps"
    )
    wide = draw_text(
        draw,
        (_WIDTH - _MARGIN, base),
        span,
        px=20,
        fill=_GREY,
        style="mono",
        right=True,
    )
    lacking = unwritable(_words(film, clips))
    note = " · ".join(filter(None, (film.source, made_by)))
    if lacking:
        codes = ", ".join(f"U+{ord(c):04X}" for c in lacking[:6])
        note = (
            f"▯ = no font on this machine has {codes}"
            f"{' …' if len(lacking) > 6 else ''}. Install fonts for that script."
        )
    note = clip_text(note, px=20, width_px=_WIDTH - 2 * _MARGIN - wide - 60)
    draw_text(draw, (_MARGIN, base), note, px=20, fill=_GREY)


def _words(film: Film, clips: tuple[Clip, ...]) -> list[str]:
    words = [film.title, film.author]
    for clip in clips:
        words += [clip.shot.slate, clip.scene.number, clip.scene.slugline.text]
        for beat in shot_beats(clip.scene, clip.shot):
            words += [beat.element.text, beat.element.character, beat.element.extension]
    return words
