"""Film the gallery: a still or a clip for each entry, and the page that shows them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from previz.errors import UnknownNameError
from previz.folder import write_atomic
from previz.gallery.entries import ENTRIES
from previz.gallery.entry import CHAPTERS, Entry
from previz.gallery.location import location_of
from previz.gallery.table import entries_table, file_stem
from previz.progress import progress_report

__all__ = ["Gallery", "build_gallery"]

_RATE = 24
_EVERY = 2
"""Frames of a clip that are filmed: every second one, which a page plays smoothly."""


@dataclass(frozen=True)
class Gallery:
    """Where the gallery was written.

    Attributes:
        page: The HTML page.
        table: The Markdown table.
        pictures: A JPEG for each entry: a still, an effect off and on beside each
            other, or a clip's first, middle and last frame.
        clips: An animated WebP for each clip.
    """

    page: Path
    table: Path
    pictures: tuple[Path, ...]
    clips: tuple[Path, ...]


def build_gallery(
    folder: Path | str,
    *,
    chapters: Iterable[str] = CHAPTERS,
    size: tuple[int, int] = (384, 216),
) -> Gallery:
    """Film every entry of some chapters and write the page and the table.

    Args:
        folder: Where; made if it is not there.
        chapters: Of `CHAPTERS`.
        size: Of a picture, in pixels.

    Raises:
        UnknownNameError: If there is no such chapter.
        FilmFolderError: If a file cannot be written.
    """
    wanted = (chapters,) if isinstance(chapters, str) else tuple(chapters)
    for chapter in wanted:
        if chapter not in CHAPTERS:
            raise UnknownNameError("gallery.chapter", chapter, CHAPTERS)
    place = Path(folder)
    entries = [entry for entry in ENTRIES if entry.chapter in wanted]
    pictures, clips = [], []
    with progress_report("gallery") as told:
        for done, entry in enumerate(entries, start=1):
            frames = _filmed(entry, size)
            stem = place / file_stem(entry)
            pictures.append(stem.with_suffix(".jpg"))
            write_atomic(pictures[-1], _strip(frames))
            if entry.lasts_s:
                clips.append(stem.with_suffix(".webp"))
                write_atomic(clips[-1], _clip(frames))
            told(f"{entry.chapter}: {entry.name}", done, len(entries))
    page, table = place / "index.html", place / "CAMERA.md"
    write_atomic(page, _page(entries))
    write_atomic(table, entries_table())
    return Gallery(page, table, tuple(pictures), tuple(clips))


def _filmed(entry: Entry, size: tuple[int, int]) -> list[NDArray[np.uint8]]:
    width_px, height_px = size
    at = location_of(entry.location, width_px=width_px, height_px=height_px)
    take = entry.film(at)
    if not entry.lasts_s:
        stills = [take] if entry.without is None else [entry.without(at), take]
        return [at.pictures(one, [12], length_frames=24)[0] for one in stills]
    length = round(entry.lasts_s * _RATE) + 1
    return at.pictures(take, list(range(0, length, _EVERY)), length_frames=length)


def _strip(frames: list[NDArray[np.uint8]]) -> bytes:
    """Return a still, an effect off and on, or three frames of a clip, as JPEG."""
    shown = frames
    if len(frames) > 2:
        shown = [frames[0], frames[len(frames) // 2], frames[-1]]
    raw = io.BytesIO()
    Image.fromarray(np.concatenate(shown, axis=1)).save(raw, "JPEG", quality=86)
    return raw.getvalue()


def _clip(frames: list[NDArray[np.uint8]]) -> bytes:
    first, *rest = (Image.fromarray(frame) for frame in frames)
    raw = io.BytesIO()
    first.save(
        raw, "WEBP", save_all=True, append_images=rest, loop=0, quality=72,
        duration=round(1000 * _EVERY / _RATE),
    )  # fmt: skip
    return raw.getvalue()


def _page(entries: list[Entry]) -> str:
    parts = []
    for chapter in dict.fromkeys(entry.chapter for entry in entries):
        cards = "".join(_card(e) for e in entries if e.chapter == chapter)
        parts.append(f"<h2>{escape(chapter)}</h2><section>{cards}</section>")
    return _PAGE.replace("{chapters}", "".join(parts))


def _card(entry: Entry) -> str:
    ending = ".webp" if entry.lasts_s else ".jpg"
    wide = ' class="wide"' if entry.without is not None else ""
    unit = f" · {escape(entry.unit)}" if entry.unit else ""
    return (
        f'<figure{wide}><img loading="lazy" alt="{escape(entry.name)}" '
        f'src="{file_stem(entry)}{ending}"><figcaption><b>{escape(entry.name)}</b>'
        f"<i>{unit}</i><p>{escape(entry.does)}</p><small>{escape(entry.source)}</small>"
        "</figcaption></figure>"
    )


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Camera, lens and light</title>
<meta name="viewport" content="width=device-width">
<style>
body{margin:0;padding:28px 36px;background:#17181a;color:#d6d4ce;
font:14px/1.45 system-ui,sans-serif}
h1{font-size:20px;margin:0}h2{font-size:13px;letter-spacing:.08em;
text-transform:uppercase;color:#8d8f92;margin:34px 0 12px}
section{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:18px}
figure{margin:0}.wide{grid-column:span 2}
img{width:100%;display:block;border-radius:3px;background:#000}
figcaption{padding:8px 2px}b{color:#f2f0ea}i{color:#8d8f92;font-style:normal}
p{margin:3px 0}small{color:#73757a;font-size:11.5px}
</style>
<h1>Camera, lens and light</h1>{chapters}
</html>
"""
