"""What each pixel sees, drawn: shares, colours, normals, distances, what shines.

A tracer finds the same with rays, in a pass for each, and takes as long for them as
for the light. Here patches are drawn over and over, each time through another place of
the pixel and of the pupil. Where the lens blurs, neighbours look through other places:
their noise goes with that of the light, where a few sharp copies would stay
(interleaved sampling: Keller and Heidrich 2001).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.visibility import NOTHING, rasterise
from previz.trace.looks import (
    ALBEDO,
    AWAY,
    BEYOND,
    HOLLOW,
    NORMAL,
    OWN,
    SKY,
    SUMS,
    add_look,
    may_be_seen,
    shift_points,
)
from previz.trace.order import Order, Patch, View
from previz.trace.paint import Paint, Paints
from previz.trace.patches import lies_within
from previz.trace.spread import disc, spread
from previz.trace.threads import cores_here, threads_asked

__all__ = ["Seen", "seen_through"]

_PARTS = 4
"""Sums that are made side by side; their number is fixed, so that bits are too."""
_MOST_PITCH = 3


class Seen(NamedTuple):
    """What pixels see, as means over their looks.

    Attributes:
        albedo: 0 to 1; 1 where the sky or a glow is seen, shape (h, w, 3).
        normal: In the world, 0 at the sky, shape (h, w, 3).
        depth_m: Distance times the share that is not sky, shape (h, w).
        covered: Share of what is not sky, shape (h, w).
        hollow: Share of what glows by a lamp in it; the other layers see through it,
            shape (h, w).
        own: Luminance of glow and sky in cd/m², shape (h, w, 3).
        beyond: Whether any look leaves the room.
    """

    albedo: NDArray[np.float32]
    normal: NDArray[np.float32]
    depth_m: NDArray[np.float32]
    covered: NDArray[np.float32]
    hollow: NDArray[np.float32]
    own: NDArray[np.float32]
    beyond: bool


def seen_through(
    view: View,
    patches: Sequence[Patch],
    order: Order,
    paints: Paints,
    *,
    looks: int,
    seed: int,
) -> Seen:
    """Return what pixels see of patches; panes of glass are looked through.

    Args:
        view: The camera.
        patches: In the world.
        order: Of the picture: its size, sky and room.
        paints: The pictures of matter used so far.
        looks: Through how many places each pixel looks.
        seed: Which ones; the same seed, the same bits.
    """
    scene = _scene_of(view, patches, order, paints)
    jobs = scene.jobs(looks, seed)
    chunks = [jobs[part::_PARTS] for part in range(_PARTS)]
    threads = min(threads_asked() or cores_here(), _PARTS)
    with ThreadPoolExecutor(threads) as pool:
        sums, *others = pool.map(scene.drawn, chunks)
    # In place: of a large picture each takes half a gigabyte.
    for part in others:
        sums += part
    sums /= np.float32(looks)
    return Seen(
        albedo=np.clip(sums[..., ALBEDO : ALBEDO + 3], 0.0, 1.0),
        normal=sums[..., NORMAL : NORMAL + 3],
        depth_m=sums[..., AWAY],
        covered=1.0 - sums[..., SKY],
        hollow=sums[..., HOLLOW],
        own=sums[..., OWN : OWN + 3],
        beyond=bool(sums[..., BEYOND].any()),
    )


class _Look(NamedTuple):
    """One drawing of every so-manieth pixel.

    Attributes:
        first: Row and column of the first pixel.
        place: Where in each pixel, right and down from its middle, in pixels.
        pupil: Where through the lens, right and up, in metres.
    """

    first: tuple[int, int]
    place: tuple[float, float]
    pupil: tuple[float, float]


@dataclass(frozen=True)
class _Scene:
    """Patches before a camera.

    Attributes:
        order: The picture.
        view: The camera.
        points: Right, up and away of the camera, shape (n, 3).
        normals: In the world, shape (n, 3).
        coordinates: On the surface in metres, shape (n, 2).
        colors: Of the vertices, where their patch has any, shape (n, 3).
        triangles: Corners and the patch's row in the paint, shape (m, 4).
        hollow: Whether it is to be looked through, shape (m,), uint8.
        outside: Whether it is beyond the room, shape (m,), uint8.
        paint: How patches look.
        focal_px: Focal length.
        center_px: Where the axis meets the picture.
        pitch: Neighbours look through other places over so many pixels.
    """

    order: Order
    view: View
    points: NDArray[np.float64]
    normals: NDArray[np.float32]
    coordinates: NDArray[np.float32]
    colors: NDArray[np.float32]
    triangles: NDArray[np.int32]
    hollow: NDArray[np.uint8]
    outside: NDArray[np.uint8]
    paint: Paint
    focal_px: float
    center_px: tuple[float, float]
    pitch: int

    def jobs(self, looks: int, seed: int) -> list[_Look]:
        """Return all looks of all pixels."""
        made = []
        for kind in range(self.pitch**2):
            first = kind // self.pitch, kind % self.pitch
            if first[0] >= self.order.height_px or first[1] >= self.order.width_px:
                continue
            rng = np.random.default_rng([seed, kind])
            places = spread(looks, rng) - 0.5
            pupils = disc(spread(looks, rng), self.view.pupil_m)
            made += [
                _Look(first, tuple(place), tuple(pupil))
                for place, pupil in zip(places.tolist(), pupils.tolist(), strict=True)
            ]
        return made

    def drawn(self, looks: Sequence[_Look]) -> NDArray[np.float32]:
        """Return the sums of some looks, shape (h, w, SUMS)."""
        order, pitch = self.order, self.pitch
        sums = np.zeros((order.height_px, order.width_px, SUMS), np.float32)
        points = np.empty_like(self.points)
        for look in looks:
            pixels = sums[look.first[0] :: pitch, look.first[1] :: pitch]
            self._add(look, points, pixels)
        return sums

    def _add(
        self, look: _Look, points: NDArray[np.float64], pixels: NDArray[np.float32]
    ) -> None:
        size, pitch = pixels.shape[:2], self.pitch
        focal = self.focal_px / pitch
        # What is far away moves by this, as the camera sees it.
        away = []
        for axis, sign in ((0, 1.0), (1, -1.0)):
            middle = (
                self.center_px[axis] - look.first[1 - axis] - 0.5 - look.place[axis]
            ) / pitch
            middle += 0.5 - 0.5 * size[1 - axis]
            away.append(sign * middle / focal + look.pupil[axis] / self.view.focus_m)
        shift_points(
            self.points, look.pupil[0], look.pupil[1], away[0], away[1], points
        )
        owner = np.full(size, NOTHING, np.int32)
        nearness = np.zeros(size, np.float32)
        rasterise(points, self.triangles, self.hollow, 0, focal, owner, nearness)
        first = owner
        if self.hollow.any():
            first = owner.copy()
            rasterise(points, self.triangles, self.hollow, 1, focal, first, nearness)
        add_look(
            owner, first, points, self.normals, self.coordinates, self.colors,
            self.triangles, self.hollow, self.outside, *self.paint, self.order.sky,
            np.ascontiguousarray(self.view.world_from_camera[:3, :3]),
            np.array([focal, *look.pupil, *away]), pixels,
        )  # fmt: skip


def _scene_of(
    view: View, patches: Sequence[Patch], order: Order, paints: Paints
) -> _Scene:
    seen = [x for x in patches if x.surface.matter != "glass"]
    focal_px = view.film_px[0] / 2 / math.tan(math.radians(view.fov_x_deg) / 2)
    center = (
        view.film_px[0] / 2 - view.crop_px[0],
        view.film_px[1] / 2 - view.crop_px[1],
    )
    positions = _stacked([x.positions for x in seen], 3)
    points = _before(view, positions)
    triangles = _numbered(seen)
    bounds = np.array(
        [-center[0], order.width_px - center[0], center[1] - order.height_px, center[1]]
    )
    kept = np.zeros(len(triangles), np.bool_)
    may_be_seen(
        points, triangles, bounds / focal_px, view.pupil_m, view.focus_m,
        1.0 / focal_px, kept,
    )  # fmt: skip
    triangles = np.ascontiguousarray(triangles[kept])
    hollow = np.array([x.hollow for x in seen], np.uint8)[triangles[:, 3]]
    return _Scene(
        order=order,
        view=view,
        points=points,
        normals=_stacked([x.normals for x in seen], 3),
        coordinates=_stacked([x.coordinates for x in seen], 2),
        colors=_stacked(
            [np.zeros_like(x.positions) if x.colors is None else x.colors
             for x in seen], 3,
        ),
        triangles=triangles,
        hollow=hollow,
        outside=_outside(positions, triangles, order.room),
        paint=paints.of(seen),
        focal_px=focal_px,
        center_px=center,
        pitch=_pitch(view, focal_px),
    )  # fmt: skip


def _pitch(view: View, focal_px: float) -> int:
    """Return over how many pixels places differ: the more, the wider the blur."""
    blur_px = 2 * view.pupil_m / view.focus_m * focal_px
    return min(max(math.ceil(blur_px), 1), _MOST_PITCH)


def _stacked(parts: Sequence[NDArray[np.float32]], width: int) -> NDArray[np.float32]:
    return np.concatenate([np.zeros((0, width), np.float32), *parts])


def _numbered(patches: Sequence[Patch]) -> NDArray[np.int32]:
    made = [np.zeros((0, 4), np.int32)]
    start = 0
    for row, patch in enumerate(patches):
        corners = patch.triangles.astype(np.int32) + start
        made.append(np.pad(corners, ((0, 0), (0, 1)), constant_values=row))
        start += len(patch.positions)
    return np.concatenate(made)


def _before(view: View, positions: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return world points as right, up and away of the camera."""
    turn, eye = view.world_from_camera[:3, :3], view.world_from_camera[:3, 3]
    points = (positions.astype(np.float64) - eye) @ turn
    points[:, 2] *= -1.0
    return np.ascontiguousarray(points)


def _outside(
    positions: NDArray[np.float32],
    triangles: NDArray[np.int32],
    room: tuple[Sequence[float], Sequence[float]] | None,
) -> NDArray[np.uint8]:
    """Return which triangles lie beyond a room, shape (m,)."""
    if room is None:
        return np.zeros(len(triangles), np.uint8)
    within = lies_within(positions, triangles[:, :3], *room)
    return np.asarray(~within, np.uint8)
