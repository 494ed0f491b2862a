"""The shot list: one row a shot, as values, CSV and an HTML table."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from html import escape
from itertools import accumulate
from pathlib import Path

from previz.cut import Clip, timeline
from previz.folder import write_atomic
from previz.model import Beat, ElementKind, Film, Scene, Shot

__all__ = [
    "SHOT_COLUMNS",
    "ShotRow",
    "csv_cell",
    "shot_beats",
    "shot_rows",
    "shot_table_html",
    "shot_words",
    "spoken",
    "write_shot_list",
]

_SPOKEN = (ElementKind.DIALOGUE, ElementKind.LYRIC)
_REMEMBERED = 64
"""Texts kept parted: a long speech runs over many shots in a row."""

_Parts = tuple[tuple[str, ...], tuple[float, ...]]
"""Parts of a text, and where the middle of each lies in it, 0 to 1."""


SHOT_COLUMNS = (
    "scene",
    "setting",
    "slate",
    "coverage",
    "size",
    "angle",
    "lens_mm",
    "move",
    "timecode",
    "length_frames",
    "length_s",
    "characters",
    "dialogue",
    "page",
    "line",
    "note",
)

Cell = str | int | float
"""A value of the shot list."""

ShotRow = dict[str, Cell]
"""A row of the shot list, by column; see `shot_rows`."""


def shot_rows(film: Film) -> tuple[ShotRow, ...]:
    """Return the shot list in order of the cut.

    The columns: scene, setting (the heading), slate, coverage, size, angle, lens_mm
    (focal length at the shot's start), move, timecode (where it begins in the film),
    length_frames, length_s (rounded to 2 digits), characters (whom it shows),
    dialogue (what is said in it, with the cues), page and line (of the screenplay),
    note.
    """
    names = {character.id: character.name for character in film.characters}
    return tuple(_row(film, clip, names) for clip in timeline(film))


def shot_beats(scene: Scene, shot: Shot) -> list[Beat]:
    """Return the beats that a shot covers, in order of time."""
    named = [beat for beat in scene.beats if beat.id in shot.beats]
    end = shot.first_frame + shot.length_frames
    return named or [
        beat
        for beat in scene.beats
        if beat.start_frame < end
        and shot.first_frame < beat.start_frame + beat.length_frames
    ]


def shot_words(scene: Scene, shot: Shot) -> list[tuple[Beat, str]]:
    """Return the beats of a shot, each with its words that fall into the shot.

    A speech that runs over a cut is parted where the cut falls, by its share of
    letters, with an ellipsis at the parting. An action is parted between sentences:
    a shot tells those whose middle falls into it, at least one.
    """
    return [
        (beat, words)
        for beat in shot_beats(scene, shot)
        if (words := _words_within(beat, shot))
    ]


def _words_within(beat: Beat, shot: Shot) -> str:
    start = shot.first_frame - beat.start_frame
    stop = start + shot.length_frames
    if stop <= 0 or start >= beat.length_frames:
        return beat.element.text
    if not spoken(beat):
        return _sentences_within(beat, start, stop)
    words, middles = _words_of(beat.element.text)
    first = bisect_right(middles, start / beat.length_frames)
    last = bisect_right(middles, stop / beat.length_frames)
    if first >= last:
        return ""
    part = " ".join(words[first:last])
    return f"{'… ' if first else ''}{part}{' …' if last < len(words) else ''}"


def _sentences_within(beat: Beat, start: int, stop: int) -> str:
    """Return the sentences of an action from beat frame `start` to `stop`."""
    sentences, middles = _sentences_of(beat.element.text)
    low, high = start / beat.length_frames, stop / beat.length_frames
    first, last = bisect_left(middles, low), bisect_left(middles, high)
    if first < last:
        return " ".join(sentences[first:last])
    near = range(max(first - 1, 0), min(first + 1, len(middles)))
    return sentences[min(near, key=lambda i: abs(middles[i] - (low + high) / 2))]


@lru_cache(maxsize=_REMEMBERED)
def _words_of(text: str) -> _Parts:
    return _placed(text.split())


@lru_cache(maxsize=_REMEMBERED)
def _sentences_of(text: str) -> _Parts:
    return _placed(re.split(r"(?<=[.!?。！？])\s+", text.strip()))


def _placed(parts: list[str]) -> _Parts:
    """Return parts of a text with their middles, as shares of all their letters."""
    letters = max(sum(map(len, parts)), 1)
    ends = accumulate(map(len, parts))
    middles = [(e - len(p) / 2) / letters for p, e in zip(parts, ends, strict=True)]
    return tuple(parts), tuple(middles)


def spoken(beat: Beat) -> bool:
    """Tell whether a beat is a speech."""
    return beat.element.kind in _SPOKEN


def write_shot_list(film: Film, path: Path) -> None:
    """Write the shot list as CSV.

    UTF-8 with a byte order mark, because Excel reads accents wrongly without it and
    every other reader skips it. A text that a spreadsheet would run as a formula
    (it begins with = + - @, a tab a line end, | or %) gets an apostrophe before it.

    Raises:
        FilmFolderError: If the file cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(SHOT_COLUMNS)
    for row in shot_rows(film):
        writer.writerow(csv_cell(value) for value in row.values())
    write_atomic(path, b"\xef\xbb\xbf" + text.getvalue().encode())


def shot_table_html(film: Film) -> str:
    """Return the shot list as an HTML table, escaped, without styles."""
    head = "".join(f"<th>{escape(n.replace('_', ' '))}</th>" for n in SHOT_COLUMNS)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{escape(_shown(v))}</td>" for v in row.values())
        + "</tr>"
        for row in shot_rows(film)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(film: Film, clip: Clip, names: dict[str, str]) -> ShotRow:
    scene, shot = clip.scene, clip.shot
    beats = shot_beats(scene, shot)
    first = beats[0].element if beats else scene.slugline
    values: tuple[Cell, ...] = (
        scene.number,
        scene.slugline.text,
        shot.slate,
        str(shot.coverage),
        str(shot.size),
        str(shot.angle),
        shot.camera.poses[0].focal_length_mm,
        str(shot.camera.move),
        film.rate.timecode(clip.record_frame),
        shot.length_frames,
        round(film.rate.seconds(shot.length_frames), 2),
        ", ".join(names[s] for s in shot.subjects if s in names),
        " / ".join(
            _speech(beat, words)
            for beat, words in shot_words(scene, shot)
            if spoken(beat)
        ),
        first.page,
        first.line,
        shot.note,
    )
    return dict(zip(SHOT_COLUMNS, values, strict=True))


def _speech(beat: Beat, words: str) -> str:
    cue = f"{beat.element.character}: " if beat.element.character else ""
    return " ".join((cue + words).split())


def csv_cell(value: object) -> object:
    """Return a value as a CSV cell that no spreadsheet runs as a formula."""
    if isinstance(value, str) and value.lstrip(" ")[:1] in tuple("=+-@\t\r\n|%"):
        return f"'{value}"
    return _shown(value) if isinstance(value, float) else value


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
