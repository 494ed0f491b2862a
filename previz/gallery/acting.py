"""The page of what people do: every act, posture, gait and feeling from two sides."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from previz.folder import write_atomic
from previz.gallery.acts import PLAYS, film_play
from previz.model import ActKind, Emotion, Posture
from previz.progress import progress_report

__all__ = ["acting_table", "build_acting"]

_HEAD = """\
# What people do

Written by `make gallery`. Each is filmed from two sides at two or three moments: acts
shortly before the moment of contact and after it, feelings at full strength on two
faces.

"""
_CHAPTERS = {"Acts": ActKind, "Postures": Posture, "Gaits": None, "Feelings": Emotion}


def build_acting(
    folder: Path | str,
    *,
    names: Iterable[str] = tuple(PLAYS),
    size: tuple[int, int] = (200, 200),
) -> Path:
    """Film what people do and write a JPEG for each and the page that shows them.

    Args:
        folder: Where; made if it is not there.
        names: Of `previz.gallery.acts.PLAYS`.
        size: Of one picture, in pixels.

    Raises:
        FilmFolderError: If a file cannot be written.
    """
    at, wanted = Path(folder), tuple(names)
    with progress_report("acting") as told:
        for done, name in enumerate(wanted, start=1):
            raw = io.BytesIO()
            strip = Image.fromarray(film_play(PLAYS[name], size=size))
            strip.save(raw, "JPEG", quality=80)
            write_atomic(at / f"{_stem(name)}.jpg", raw.getvalue())
            told(name, done, len(wanted))
    write_atomic(at / "ACTING.md", acting_table())
    return at / "ACTING.md"


def acting_table() -> str:
    """Return Markdown with the picture of everything that people do, by chapter."""
    named = {str(kind) for kinds in (ActKind, Posture, Emotion) for kind in kinds}
    parts = []
    for chapter, kinds in _CHAPTERS.items():
        gaits = [name for name in PLAYS if name not in named]
        names = gaits if kinds is None else [str(kind) for kind in kinds]
        rows = [f"**{n}**\n\n![{n}](gallery/{_stem(n)}.jpg)\n" for n in names]
        parts.append(f"## {chapter}\n\n" + "\n".join(rows))
    return _HEAD + "\n".join(parts)


def _stem(name: str) -> str:
    return "acting-" + name.replace(" ", "-")
