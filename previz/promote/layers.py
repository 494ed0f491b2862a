"""What an EXR carries beside a picture, drawn from the geometry at the picture's size.

Depth, normals and motion are those of what a pixel's middle sees, sharp, as comps want
them. Ids are counted over many looks through the lens while the shutter is open, so
that a matte is as soft as the picture where focus or motion blurs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from previz.controls import placed_as
from previz.deliver import id_of
from previz.render import Buffers
from previz.render.buffers import gather
from previz.render.frame import Frame, frame_of, see
from previz.render.kernel import Array, lean
from previz.render.lens.glass import drawn_at, seen_at
from previz.render.lens.passage import Passage, passage_of
from previz.render.looks import bent_places, bent_with_the_picture
from previz.render.renderer import StageLike
from previz.render.visibility import NOTHING, rasterise, to_camera
from previz.stage import StageState
from previz.trace.spread import disc, spread
from previz.trace.views import view_of

__all__ = ["RANKS", "Drawing", "buffers_of", "layers_of", "names_of"]

RANKS = 6
"""How many objects a pixel's mattes tell apart."""

_HELD = 10
_STRIP_PX = 128
"""Rows that are sorted at once: of a large picture all would take a gigabyte."""
_SKY = -1
_SET = "set"


@dataclass(frozen=True)
class Drawing:
    """A frame as it is drawn at a size.

    Attributes:
        stage: The scene's stage.
        state: The frame.
        width_px: Of the picture.
        height_px: Of the picture.
    """

    stage: StageLike
    state: StageState
    width_px: int
    height_px: int

    def passage(self, *, fine: int = 1) -> Passage:
        """Return what the light passes, in a picture so many times as fine."""
        width, height = self.width_px * fine, self.height_px * fine
        return passage_of(
            self.state.camera, width_px=width, height_px=height,
            centre_px=self.state.camera.axis_px(width, height),
            frame=self.state.scene_frame,
        )  # fmt: skip

    def frame(self, *, fine: int = 1) -> Frame:
        """Return the geometry before the camera, as wide as the lens bends it."""
        return frame_of(
            self.state,
            set_geometry=self.stage.set_geometry,
            width_px=self.width_px * fine,
            height_px=self.height_px * fine,
            wider=self.passage(fine=fine).wider,
        )


def buffers_of(drawing: Drawing, *, fine: int = 1) -> Buffers:
    """Return what pixels see, bent as the picture is, so many times as fine."""
    frame = drawing.frame(fine=fine)
    size = {"width_px": drawing.width_px * fine, "height_px": drawing.height_px * fine}
    owner, _ = see(frame, **size)
    return bent_with_the_picture(gather(frame, owner), drawing.passage(fine=fine))


def names_of(names: Mapping[int, str], number: int) -> str:
    """Return what an object is called; what is no object belongs to the set."""
    return names.get(number, f"object {number}") if number else _SET


def layers_of(
    drawing: Drawing,
    *,
    names: Mapping[int, str],
    looks: int,
    following: StageState | None = None,
) -> dict[str, NDArray[np.generic]]:
    """Return depth, normals, motion, ids and their shares of a frame.

    Args:
        drawing: The frame.
        names: Of object ids, as `Stage.object_names`.
        looks: How often each pixel is looked through for ids, 1 to 255.
        following: The frame after it; None goes on as from the frame before.
    """
    seen = buffers_of(drawing)
    ids, shares = _mattes(drawing, names, looks)
    return {
        "depth": seen.depth_m,
        "normal": seen.normal_world,
        "motion": _motion(drawing, seen, following),
        "ids": ids,
        "coverage": shares,
    }


def _motion(
    drawing: Drawing, seen: Buffers, following: StageState | None
) -> NDArray[np.float32]:
    """Return where what is seen goes until the next frame, pixels right and down.

    Who has other triangles there, as small or as large as they are, goes on as before.
    """
    state = drawing.state
    if following is None:
        return _through_the_glass(drawing, seen.motion_px, state)
    onward = 2 * state.moving.positions - state.moving_before
    turned = replace(
        state,
        camera_before=following.camera,
        moving_before=placed_as(state, following, otherwise=onward),
    )
    way = -buffers_of(replace(drawing, state=turned)).motion_px
    return _through_the_glass(drawing, way, following)


def _through_the_glass(
    drawing: Drawing, way: NDArray[np.float32], then: StageState
) -> NDArray[np.float32]:
    """Return a way of the picture as drawn as the finished picture shows it.

    Args:
        drawing: The frame.
        way: Pixels of what is drawn, right and down, as the glass bends it.
        then: The frame that it leads to.
    """
    passage, size = drawing.passage(), (drawing.width_px, drawing.height_px)
    bends = [drawing.state.camera.look.distortion, then.camera.look.distortion]
    if passage.wider == 1.0 and not any(bends):
        return way
    rows, cols = np.mgrid[0 : size[1], 0 : size[0]] + 0.5
    place = np.stack([cols, rows], axis=-1)
    drawn = drawn_at(
        place, distortion=bends[0], wider=passage.wider,
        centre_px=passage.seen.centre_px, size=size,
    )  # fmt: skip
    there = seen_at(
        drawn + way, distortion=bends[1], wider=passage.wider,
        centre_px=then.camera.axis_px(*size), size=size,
    )  # fmt: skip
    return np.asarray(there - place, np.float32)


def _mattes(
    drawing: Drawing, names: Mapping[int, str], looks: int
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Return ids by rank and their shares, each of shape (h, w, RANKS)."""
    frame = drawing.frame()
    size = (drawing.height_px, drawing.width_px)
    found, codes = np.unique(frame.triangle_object, return_inverse=True)
    codes = np.asarray(codes, np.int32)
    bent = bent_places(
        drawing.passage(), width_px=drawing.width_px, height_px=drawing.height_px
    )
    held = np.full((*size, _HELD), _SKY, np.int32)
    counts = np.zeros((*size, _HELD), np.uint8)
    owner, inverse = np.empty(size, np.int32), np.empty(size, np.float32)
    for points in _through_the_lens(drawing, frame, looks):
        owner.fill(NOTHING)
        inverse.fill(0.0)
        rasterise(points, frame.triangles, frame.glass, 0, frame.focal_px, owner,
                  inverse)  # fmt: skip
        _count(owner if bent is None else owner[bent], codes, held, counts)
    hashed = np.array([id_of(names_of(names, int(x))) for x in found] + [0], np.uint32)
    ids = np.empty((*size, RANKS), np.uint32)
    shares = np.empty((*size, RANKS), np.float32)
    for top in range(0, size[0], _STRIP_PX):
        rows = slice(top, top + _STRIP_PX)
        order = np.argsort(-counts[rows].astype(np.int16), axis=2, kind="stable")
        order = order[..., :RANKS]
        ids[rows] = hashed[np.take_along_axis(held[rows], order, axis=2)]
        shares[rows] = np.take_along_axis(counts[rows], order, axis=2)
    shares /= np.float32(looks)
    return ids, shares


def _through_the_lens(drawing: Drawing, frame: Frame, looks: int) -> Iterator[Array]:
    """Yield the camera's points as each look sees them, shape (n, 3).

    A look goes through one place of a pixel and of the pupil at one instant. What lies
    in the focal plane stays where it is; the rest moves as far as it is out of focus.
    """
    camera, size = drawing.state.camera, (drawing.width_px, drawing.height_px)
    view = view_of(drawing.state, drawing.passage(), 0.0, size=size)
    now = frame.points_camera
    before = np.empty_like(now)
    to_camera(frame.positions_before, frame.camera_from_world_before, before)
    open_frames = camera.shutter_deg / 360.0 if camera.look.motion_blur else 0.0
    rng = np.random.default_rng(0)
    places, pupils = spread(looks, rng) - 0.5, disc(spread(looks, rng), view.pupil_m)
    times = spread(looks, rng)[:, 0] - 0.5
    for place, pupil, time in zip(places, pupils, times, strict=True):
        points = now + time * open_frames * (now - before)
        shift = place / frame.focal_px
        away = points[:, 2]
        for axis in (0, 1):
            points[:, axis] += shift[axis] * away
            points[:, axis] += pupil[axis] * (away / view.focus_m - 1.0)
        yield points


@lean
def _count(owner: Array, codes: Array, held: Array, counts: Array) -> None:
    """Add one look to what each pixel has seen.

    Args:
        owner: Triangles or `NOTHING`, shape (h, w).
        codes: Each triangle's object, counted from 0, shape (m,).
        held: Objects seen so far, shape (h, w, k); changed in place.
        counts: How often, uint8; 0 is an empty place; changed in place.
    """
    for row in range(owner.shape[0]):
        for col in range(owner.shape[1]):
            if owner[row, col] == NOTHING:
                continue
            mine = codes[owner[row, col]]
            for place in range(held.shape[2]):
                if counts[row, col, place] == 0:
                    held[row, col, place] = mine
                if held[row, col, place] == mine:
                    counts[row, col, place] += 1
                    break
