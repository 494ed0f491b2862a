"""A whole take as editing and compositing programs take it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from previz.cut import timeline
from previz.deliver import (
    KINDS,
    REC1886,
    SRGB,
    Kind,
    Screen,
    Slate,
    Soundtrack,
    finished,
    read_exr,
    slate_attributes,
    whole,
    write_exr,
    write_movie,
    write_png,
)
from previz.errors import FilmFolderError, PromoteError, UnknownNameError
from previz.folder import explain_os_error
from previz.model import Film
from previz.promote.backend import Frame
from previz.promote.frozen import Frozen
from previz.promote.taken import SOUND, Taken

__all__ = ["FORMS", "Form", "hand_over", "slate_of"]

Form = Literal["h264", "hevc", "prores-hq", "prores-4444", "exr", "png", "png16"]
FORMS: Mapping[Form, str] = MappingProxyType(
    {
        "h264": "MP4, 8 bit, for a computer's screen",
        "hevc": "MP4, HEVC of 10 bit, for a grading monitor",
        "prores-hq": "MOV, ProRes 422 HQ, for a grading monitor",
        "prores-4444": "MOV, ProRes 4444 with alpha where the take has it",
        "exr": "a folder of half-float EXR with all layers, linear Rec.709",
        "png": "a folder of PNG of 8 bit, for a computer's screen",
        "png16": "a folder of PNG of 16 bit, for a computer's screen",
    }
)
_UNSAFE = re.compile(r"[^\w.-]|^\.+")
_APART: Mapping[Form, str] = MappingProxyType(
    {"hevc": "_hevc", "prores-4444": "_4444", "png16": "_16bit"}
)
"""What is added to a name where another form has the same suffix."""
_FIRST = 1001
"""The first picture's number in a sequence, as compositing counts."""


def slate_of(frozen: Frozen) -> Slate:
    """Return what files say of a take."""
    return Slate(
        film=frozen.film.title,
        shot=frozen.shot.slate,
        take=frozen.hash[:12],
        rate=frozen.film.rate,
        first_frame=frozen.record_frame,
    )


def _slate_now(taken: Taken, film: Film | None) -> Slate:
    """Return what files say of a take in a film as it is cut now, if it is in it."""
    slate = slate_of(taken.frozen)
    if film is None:
        return slate
    for clip in timeline(film):
        if clip.shot.id == taken.shot:
            return replace(
                slate, film=film.title, shot=clip.shot.slate,
                first_frame=clip.record_frame,
            )  # fmt: skip
    return slate


def hand_over(
    taken: Taken, folder: Path, *, form: Form = "prores-hq", film: Film | None = None
) -> Path:
    """Write a take into a folder, as `SLATE_HASH` with a suffix or numbers.

    A second form of the same take lies beside the first: none has another's name.

    Linear pictures are finished exactly at every pixel for the screen that a form is
    for; pictures of models are handed over as they are. Pictures of a sequence count
    from 1001. Movies have the sound that was made with the pictures. Timecode goes by
    the cut, and what lay there before is replaced.

    Args:
        taken: A whole take.
        folder: Made if missing.
        form: One of `FORMS`.
        film: The film as it is cut now, by which slate and timecode go; by default as
            it was when the take was begun.

    Returns:
        The file, or the folder of a sequence.

    Raises:
        FilmFolderError: If a frame is missing or changed, the disk is full or the
            folder cannot be written.
        PrevizError: If a movie of that kind cannot have the take's size.
        PromoteError: If an EXR is asked of a take that is not linear.
        UnknownNameError: If there is no such form.
    """
    if not isinstance(form, str) or form not in FORMS:
        raise UnknownNameError("Promotion.deliver", form, FORMS)
    if damage := taken.damage("frames/") or taken.damage(SOUND):
        raise FilmFolderError(
            f"Promotion.deliver must be of a take that is as it was made, got one of "
            f"which {damage}. Delete {taken.folder} and promote the shot again."
        )
    slate = _slate_now(taken, film)
    # A slate is any text: of a film by anybody it may be a path.
    name = f"{_UNSAFE.sub('-', slate.shot)}_{taken.hash[:8]}{_APART.get(form, '')}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if form in KINDS:
            return _movie(taken, folder / name, form, slate)  # type: ignore[arg-type]
        (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        raise FilmFolderError(explain_os_error(folder, error)) from None
    if form == "exr":
        return _copied(taken, folder / name, slate)
    for number in range(taken.length_frames):
        picture, screen = _finished(
            taken.frames.read(number), SRGB, bits=16 if form == "png16" else 8
        )
        path = folder / name / f"{name}.{_FIRST + number}.png"
        write_png(path, picture, screen=screen, texts=slate.texts())
    return folder / name


def _movie(taken: Taken, path: Path, kind: Kind, slate: Slate) -> Path:
    path = path.with_name(path.name + KINDS[kind].suffix)
    screen = SRGB if kind == "h264" else REC1886
    bits: Literal[8, 16] = 8 if kind == "h264" else 16
    first = taken.frames.read(0)
    if not first.is_linear:
        screen = SRGB

    def pictures() -> Iterator[NDArray[Any]]:
        for number in range(taken.length_frames):
            frame = taken.frames.read(number)
            yield _finished(frame, screen, bits=bits, alpha=KINDS[kind].alpha)[0]

    write_movie(
        path, pictures(), kind=kind, slate=slate, screen=screen, sound=_sound(taken)
    )
    return path


def _sound(taken: Taken) -> Soundtrack | None:
    """Return the sound that was made with the pictures, if there is some."""
    path = taken.folder / SOUND
    return Soundtrack.of_wav(path) if path.is_file() else None


def _finished(
    frame: Frame, screen: Screen, *, bits: Literal[8, 16], alpha: bool = False
) -> tuple[NDArray[np.uint8] | NDArray[np.uint16], Screen]:
    """Return a frame's code values and what they are for."""
    if not frame.is_linear:
        codes = np.asarray(frame.picture, np.uint8)
        return (codes if bits == 8 else codes.astype(np.uint16) * 257), SRGB
    share = np.asarray(frame.layers["alpha"]) if "alpha" in frame.layers else None
    linear = np.asarray(frame.picture, np.float32)
    return finished(linear, screen=screen, bits=bits, alpha=share if alpha else None), (
        screen
    )


def _copied(taken: Taken, folder: Path, slate: Slate) -> Path:
    own = slate == slate_of(taken.frozen)
    for number, path in taken.frames.paths().items():
        if path.suffix != ".exr":
            raise PromoteError(
                f"Promotion.deliver('exr') must be of linear light, got {path.name} of "
                f"{taken.frozen.order.backend}. Ask for 'png' or a movie."
            )
        place = folder / f"{folder.name}.{_FIRST + number}.exr"
        if own:
            with whole(place) as part:
                part.write_bytes(path.read_bytes())
            continue
        made = read_exr(path)
        write_exr(
            place, made.picture, layers=made.layers, names=made.names,
            attributes={**made.attributes, **slate_attributes(slate, number)},
        )  # fmt: skip
    return folder
