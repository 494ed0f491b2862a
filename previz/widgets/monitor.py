"""The monitor's kernel half: the frames a page asks for, what is seen at a place.

The newest question wins: while a page has as many pictures that it has not painted yet
as it says it bears, one as a rule, only the last of its questions is kept, and answered
once a picture is on the screen.
"""

from __future__ import annotations

import io
import re
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from previz.errors import ModelError
from previz.model import Film, Scene, Shot
from previz.stage import FIGURE_OBJECT_BASE
from previz.widgets.cards import ASPECT
from previz.widgets.messages import (
    AskPicture,
    Pick,
    Picked,
    PictureSent,
    Snapped,
    Snapshot,
    Spent,
)
from previz.widgets.playing import Playing

__all__ = ["MOVING_LIGHT_MS", "RESTING_LIGHT_MS", "Monitor", "size_of"]

_JPEG_QUALITY = 85
_SNAPSHOT_PX, _PICK_PX, _WARM_PX = 1280, 256, 256
MOVING_LIGHT_MS, RESTING_LIGHT_MS = 20.0, 60.0
"""Spent on light that changed, a picture: while something moves, and at rest, where it
is as much as the picture before took."""
_PAGES = 32


@dataclass
class _PageState:
    """What one page has been sent and still wants."""

    unpainted: list[int] = field(default_factory=list)
    waiting: AskPicture | None = None
    last: tuple[int, str, int] | None = None
    asked: AskPicture | None = None
    took_ms: float = 0.0


class _Made(NamedTuple):
    """A picture and what it took."""

    size: tuple[int, int]
    jpeg: bytes
    spent: Spent
    ms: float
    light_is_whole: bool


class _Ahead(NamedTuple):
    """A picture that nobody has asked for yet: of what, and it."""

    of: tuple[int, str, int, int]
    made: _Made


@dataclass
class _Watch:
    """Milliseconds since the last look."""

    at: float = field(default_factory=time.perf_counter)

    def lap_ms(self) -> float:
        before, self.at = self.at, time.perf_counter()
        return round((self.at - before) * 1e3, 2)


class Monitor:
    """Frames of a film through its cameras.

    Args:
        playing: The scenes, kept up with the film.
    """

    def __init__(self, playing: Playing) -> None:
        self._playing = playing
        self._pages: OrderedDict[str, _PageState] = OrderedDict()
        self._ahead: _Ahead | None = None

    def ask(
        self, film: Film, asked: AskPicture, *, revision: int
    ) -> tuple[PictureSent, bytes] | None:
        """Return the frame and its JPEG; None where the page has yet to paint one.

        Raises:
            UnknownNameError: If the film has no such shot.
            ModelError: If the shot has no such frame.
        """
        page = self._page(asked.page)
        if asked.painted is not None:
            self.painted(asked.page, asked.painted)
        if len(page.unpainted) >= asked.at_once:
            page.waiting = asked
            return None
        made = self._picture(film, asked, page, revision)
        page.unpainted.append(asked.number)
        return made

    def painted(self, page: str, number: int) -> AskPicture | None:
        """Take note that a picture is on the screen; return the question that waits.

        What was sent before it will not be painted any more.
        """
        state = self._page(page)
        if number not in state.unpainted:
            return None
        del state.unpainted[: state.unpainted.index(number) + 1]
        waiting, state.waiting = state.waiting, None
        return waiting

    def make_ahead(self, film: Film, page: str, *, revision: int) -> None:
        """Make the picture that a page has said it will ask for next, and keep it."""
        state = self._pages.get(page)
        asked = state.asked if state else None
        if asked is None or asked.shot not in {shot.id for _, shot in film.shots}:
            return
        frame = asked.then_frame
        if frame is None or frame >= film.find_shot(asked.shot)[1].length_frames:
            return
        then = asked.changed(frame=frame)
        if self._ahead is not None and self._ahead.of == _of(then, revision):
            return
        made = self._make(film, then, light_ms=MOVING_LIGHT_MS)
        self._ahead = _Ahead(_of(then, revision), made)

    def warm(self, film: Film, shot: Shot) -> Iterator[None]:
        """Make a first picture of a shot in steps, for whoever asks soon."""
        scene, _ = film.find_shot(shot.id)
        size = size_of(_WARM_PX)
        played = self._playing.scene(film, scene)
        yield
        state = played.stage.at(shot, 0, width_px=size[0])
        yield
        renderer = played.renderer(size, fine=False)
        yield
        medium = film.medium_of(scene, shot)
        _jpeg(renderer.picture(state, medium=medium, seed=film.seed))

    def forget(self, page: str) -> None:
        """Take a page as new: what it was sent will never be painted."""
        self._pages.pop(page, None)

    def shown(self, page: str) -> tuple[str, int] | None:
        """Return shot and frame that a page was shown last."""
        state = self._pages.get(page)
        return state.last[1:] if state and state.last else None

    def pick(self, film: Film, asked: Pick) -> Picked:
        """Say what is seen at a place of the picture.

        Raises:
            UnknownNameError: If the film has no such shot.
            ModelError: If the shot has no such frame.
        """
        scene, shot = _found(film, asked.shot, asked.frame)
        played = self._playing.scene(film, scene)
        width, height = size_of(_PICK_PX)
        state = played.stage.at(shot, asked.frame, width_px=width)
        buffers = played.renderer((width, height), fine=False).buffers(state)
        row = min(int(asked.y * height), height - 1)
        column = min(int(asked.x * width), width - 1)
        depth = float(buffers.depth_m[row, column])
        number = int(buffers.object_id[row, column])
        seen = np.isfinite(depth)
        x, y, z = buffers.position_world[row, column].tolist()
        name = played.stage.object_names.get(number, "") if seen else ""
        people = {c.id: c.name for c in film.characters}
        person = number >= FIGURE_OBJECT_BASE and name in people
        pieces = {piece.id: piece.kind for piece in scene.set.pieces}
        return Picked(
            page=asked.page,
            shot=shot.id,
            frame=asked.frame,
            distance_m=depth if seen else None,
            what=people[name] if person else _words(pieces.get(name, name)),
            character=name if person else "",
            piece=name if name in pieces and not person else "",
            point_m=(x, y, z) if seen else None,
        )

    def snapshot(self, film: Film, asked: Snapshot) -> tuple[Snapped, bytes]:
        """Return a frame as a large still, in the light of a film, and its PNG.

        Raises:
            UnknownNameError: If the film has no such shot.
            ModelError: If the shot has no such frame.
        """
        scene, shot = _found(film, asked.shot, asked.frame)
        played = self._playing.scene(film, scene)
        size = size_of(_SNAPSHOT_PX)
        renderer = played.renderer(size, fine=True)
        while not renderer.advance(1e3):
            pass
        state = played.stage.at(shot, asked.frame, width_px=size[0])
        medium = film.medium_of(scene, shot)
        pixels = renderer.picture(state, medium=medium, seed=film.seed)
        raw = io.BytesIO()
        Image.fromarray(pixels).save(raw, "PNG")
        sent = Snapped(
            page=asked.page, shot=shot.id, frame=asked.frame,
            width_px=size[0], height_px=size[1],
        )  # fmt: skip
        return sent, raw.getvalue()

    def _picture(
        self, film: Film, asked: AskPicture, page: _PageState, revision: int
    ) -> tuple[PictureSent, bytes]:
        if not asked.board and asked.coverage is None:
            page.asked = asked
        _, shot = film.find_shot(asked.shot)
        now = (revision, shot.id, asked.frame)
        resting, page.last = page.last == now, now
        made = self._made_ahead(asked, revision)
        if made is None:
            at_rest = max(RESTING_LIGHT_MS, page.took_ms)
            made = self._make(
                film, asked, light_ms=at_rest if resting else MOVING_LIGHT_MS
            )
        page.took_ms = made.spent.picture_ms
        sent = PictureSent(
            page=asked.page, number=asked.number, revision=revision, shot=shot.id,
            frame=asked.frame, width_px=made.size[0], height_px=made.size[1],
            ms=made.ms, spent=made.spent, light_is_whole=made.light_is_whole,
        )  # fmt: skip
        return sent, made.jpeg

    def _made_ahead(self, asked: AskPicture, revision: int) -> _Made | None:
        """Return what was made of just this ahead of the question, once."""
        if asked.board or asked.coverage is not None:
            return None
        ahead, self._ahead = self._ahead, None
        return ahead.made if ahead and ahead.of == _of(asked, revision) else None

    def _make(self, film: Film, asked: AskPicture, *, light_ms: float) -> _Made:
        watch = _Watch()
        started = watch.at
        scene, shot = _found(film, asked.shot, asked.frame)
        played = self._playing.scene(film, scene)
        size = size_of(asked.width_px)
        state = played.stage.at(shot, asked.frame, width_px=size[0])
        stage_ms = watch.lap_ms()
        renderer = played.renderer(size, fine=not asked.board)
        whole = renderer.advance(light_ms)
        took_light_ms = watch.lap_ms()
        pixels = renderer.picture(
            state, medium=film.medium_of(scene, shot), seed=film.seed
        )
        picture_ms = watch.lap_ms()
        jpeg = _jpeg(pixels)
        spent = Spent(
            stage_ms=stage_ms, light_ms=took_light_ms, picture_ms=picture_ms,
            jpeg_ms=watch.lap_ms(),
        )  # fmt: skip
        ms = round((watch.at - started) * 1e3, 2)
        return _Made(size, jpeg, spent, ms, whole or asked.board)

    def _page(self, name: str) -> _PageState:
        state = self._pages.setdefault(name, _PageState())
        self._pages.move_to_end(name)
        while len(self._pages) > _PAGES:
            self._pages.popitem(last=False)
        return state


def size_of(width_px: int) -> tuple[int, int]:
    """Return a size about so wide whose width is a multiple of 16."""
    width = max(width_px // 16, 1) * 16
    return width, round(width / ASPECT)


def _of(asked: AskPicture, revision: int) -> tuple[int, str, int, int]:
    """Return what a plain question of the monitor is about."""
    return revision, asked.shot, asked.frame, asked.width_px


def _found(film: Film, name: str, frame: int) -> tuple[Scene, Shot]:
    scene, shot = film.find_shot(name)
    if frame >= shot.length_frames:
        raise ModelError(
            f"Shot.frame must be 0 to {shot.length_frames - 1} frames in {shot.slate}, "
            f"got {frame}. Pass a frame of the shot."
        )
    return scene, shot


def _words(name: str) -> str:
    """Return a kind or an id as words: "wall-4 door-1" is a wall door."""
    return " ".join(re.findall(r"[^\W\d_]+", name))


def _jpeg(pixels: NDArray[np.uint8]) -> bytes:
    raw = io.BytesIO()
    Image.fromarray(pixels).save(raw, "JPEG", quality=_JPEG_QUALITY)
    return raw.getvalue()
