"""The passes of a trace. Runs in the process that traces.

Lamps light the scene but are not seen, as in the preview; what glows is seen but gives
no light, since a lamp does, which shines through what is hollow about it. So a picture
is laid together from four passes with the same rays through the lens: paths; what
shines by itself (glow and sky); which share of each pixel hollow things and sky cover;
and albedo, normals and depth. Where lamps stand for the sky at a room's windows, what
lies beyond those gets the sky's light from paths of its own, with all the room black.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.trace.building import (
    blackened,
    even_sky,
    glow_of,
    hollow_of,
    lamps_of,
    marked_of,
    meshes_of,
    painted_of,
    retone,
    sensor_of,
    sky_of,
    solids_of,
    toned_of,
)
from previz.trace.denoise import denoised
from previz.trace.kept import Kept
from previz.trace.order import Layers, Order, Patch, View
from previz.trace.patches import joined, parted, turned_to
from previz.trace.surfaces import Coats

__all__ = ["trace_order"]

_FEATURE_SAMPLES = 4
_BLOCK_PX = 32
"""Side of what one thread traces at a time. Seeds go by it, and Mitsuba would make it
smaller where there are many threads: another picture on another machine."""
_SEE = {"type": "path", "max_depth": 1}
_GREEN = {"sky": even_sky(0.0, 1.0, 0.0)}
_AOVS = "albedo:albedo,normal:sh_normal,depth:depth"
_GLOWS = 2.0**-20
"""Blue of what glows where what lies beyond a room is blue: no share of it is less."""


def trace_order(mi: Any, order: Order, coats: Coats, kept: Kept) -> Layers:
    """Trace a picture.

    Args:
        mi: The module mitsuba, its variant set.
        order: What to trace.
        coats: The materials made so far.
        kept: The meshes of the picture before.
    """
    count = len(order.instants)
    share, more = divmod(order.samples, count)
    sums: list[NDArray[np.float64]] = []
    still = kept.of(order.still)
    for number, (moving, view) in enumerate(order.instants):
        samples = share + (number < more)
        seed = order.seed * 65_537 + number
        eye = _Eye(mi, order, moving, view, coats, still)
        for k, layer in enumerate(eye.look(samples, seed)):
            weighed = layer.astype(np.float64) * (samples / order.samples)
            if number == 0:
                sums.append(weighed)
            else:
                sums[k] += weighed
    light, albedo, normal, depth, covered = (x.astype(np.float32) for x in sums)
    if order.denoise:
        light = denoised(light, albedo=albedo, normal=normal, care=order.care)
    depth = np.where(covered > 1e-4, depth / np.maximum(covered, 1e-4), 0.0)
    return Layers(light, albedo, normal, depth.astype(np.float32), covered)


class _Eye:
    """One instant before the camera.

    Args:
        mi: The module mitsuba.
        order: What to trace.
        moving: What does not stand still, now.
        view: The camera, now.
        coats: The materials made so far.
        still: What stands still: under its materials, and matt.
    """

    def __init__(
        self,
        mi: Any,
        order: Order,
        moving: tuple[Patch, ...],
        view: View,
        coats: Coats,
        still: tuple[list[Any], list[Any]],
    ) -> None:
        self._mi, self._order, self._view, self._coats = mi, order, view, coats
        self._patches = [*order.still, *moving]
        self._meshes = still[0] + meshes_of(mi, moving, coats)
        self._solid = still[1] + solids_of(mi, moving, coats)
        self._outside: list[Patch] = []
        self._within = self._patches
        if order.room:
            self._outside, self._within = parted(self._patches, *order.room)
        self._marked = self._marks()
        self._sensor = sensor_of(mi, order, view)

    def _marks(self) -> list[Any]:
        """Return meshes that are red where hollow, blue where there is more to see."""
        mi, coats = self._mi, self._coats
        eye = self._view.world_from_camera[:3, 3]
        outside = [turned_to(x, eye) for x in self._outside if not x.surface.glows]
        return [
            *(solids_of(mi, self._within, coats) if outside else self._solid),
            *marked_of(mi, outside, coats, blue=1.0, smooth=False),
            *marked_of(
                mi, [x for x in self._patches if x.surface.glows], coats, blue=_GLOWS
            ),
            *hollow_of(mi, self._patches),
        ]

    def _open_air(self) -> list[Any]:
        """Return what the sky lights beyond a room's windows, the room itself black."""
        panes = [x for x in self._within if x.surface.matter == "glass"]
        return [
            *meshes_of(self._mi, [*self._outside, *panes], self._coats),
            *blackened(self._mi, self._within),
        ]

    def look(self, samples: int, seed: int) -> tuple[NDArray[np.float32], ...]:
        """Return light, albedo, normal, depth times coverage, and coverage."""
        looks = self._looks(samples)
        marks = self._seen(_GREEN, self._marked, _SEE, looks, seed)
        hollow, covered = marks[..., :1], 1.0 - marks[..., 1]
        light = self._paths(
            samples, seed, beyond=bool((marks[..., 2] > 2 * _GLOWS).any())
        )
        if marks[..., :3].any():
            light = light * (1.0 - hollow) + self._own_light(looks, seed)
        features = self._features(looks, seed, covered)
        albedo = np.clip(features[..., :3], 0.0, 1.0)
        return light, albedo, features[..., 3:6], features[..., 6], covered

    def _looks(self, samples: int) -> int:
        """Return this instant's share of the looks; it has that of the paths."""
        order = self._order
        looks = order.care.looks or order.samples
        return max(round(looks * samples / order.samples), 1)

    def _paths(self, samples: int, seed: int, *, beyond: bool) -> NDArray[np.float32]:
        order = self._order
        parts = lamps_of(self._mi, order.lamps)
        walk = {"type": "volpath", "max_depth": order.depth, "hide_emitters": True,
                "rr_depth": order.care.roulette}  # fmt: skip
        lit = np.zeros((order.height_px, order.width_px, 3), np.float32)
        if order.room is None:
            parts["sky"] = sky_of(self._mi, order)
        elif beyond:
            sky = {"sky": sky_of(self._mi, order)}
            lit += self._seen(sky, self._open_air(), walk, samples, seed)[..., :3]
        if parts:
            lit += self._seen(parts, self._meshes, walk, samples, seed)[..., :3]
        return lit

    def _own_light(self, samples: int, seed: int) -> NDArray[np.float32]:
        """Return what glow and sky show."""
        meshes = self._solid + glow_of(self._mi, self._patches)
        parts = {"sky": sky_of(self._mi, self._order)}
        return self._seen(parts, meshes, _SEE, samples, seed)[..., :3]

    def _features(
        self, samples: int, seed: int, covered: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return albedo, normal and depth times coverage, shape (h, w, 7)."""
        if self._mi.variant().startswith("scalar"):
            return self._painted(samples, seed, covered)
        look = {"type": "aov", "aovs": _AOVS, "own": _SEE}
        # Few samples, since each is dear.
        samples = min(samples, _FEATURE_SAMPLES)
        made = self._seen(_GREEN, self._marked, look, samples, seed)
        made[..., 4:7] += made[..., 1:2]
        # Where only some samples saw anything, depth is the mean of those.
        made[..., 10] *= covered / np.maximum(1.0 - made[..., 1], 1e-3)
        return made[..., 4:]

    def _painted(
        self, samples: int, seed: int, covered: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return features as meshes that shine with them: one look for each.

        Mitsuba's own pass for them takes a hundred times as long where nothing is
        compiled.
        """
        eye = self._view.world_from_camera[:3, 3]
        seen = [
            turned_to(x, eye)
            for x in self._patches
            if not x.hollow and x.surface.matter != "glass"
        ]
        if not seen:
            return np.zeros((*covered.shape, 7), np.float32)
        whole = joined(seen)
        ways = np.asarray(whole.positions - eye, np.float32)
        longest = np.abs(ways).max()
        painted = painted_of(self._mi, seen, self._coats)
        albedo = self._seen({"sky": even_sky(1.0)}, painted, _SEE, samples, seed)
        toned = toned_of(self._mi, whole)
        scene = self._scene({"sky": even_sky(0.5)}, [toned])
        found = [albedo[..., :3]]
        for tone in (whole.normals, ways / longest)[: 1 + self._order.care.deep]:
            # Light below 0 is complained of path by path, five times as slowly.
            retone(self._mi, toned, 0.5 * tone + 0.5)
            made = self._shot(scene, _SEE, samples, seed)
            found.append(2.0 * made[..., :3] - 1.0)
        way = found[2] if self._order.care.deep else np.zeros_like(albedo[..., :3])
        depth = np.linalg.norm(way, axis=-1, keepdims=True) * longest
        return np.concatenate([*found[:2], depth], axis=-1)

    def _seen(
        self, parts: dict[str, Any], meshes: list[Any], integrator: dict[str, Any],
        samples: int, seed: int,
    ) -> NDArray[np.float32]:  # fmt: skip
        return self._shot(self._scene(parts, meshes), integrator, samples, seed)

    def _scene(self, parts: dict[str, Any], meshes: list[Any]) -> Any:
        # Merging what is alike orders it by address, and so the paths: the same order
        # would not give the same bits.
        return self._mi.load_dict(
            {"type": "scene", **parts}
            | {f"mesh{k}": mesh for k, mesh in enumerate(meshes)},
            optimize=False,
        )

    def _shot(
        self, scene: Any, integrator: dict[str, Any], samples: int, seed: int
    ) -> NDArray[np.float32]:
        walk = self._mi.load_dict({**integrator, "block_size": _BLOCK_PX})
        made = self._mi.render(
            scene, sensor=self._sensor, integrator=walk, spp=samples,
            seed=seed % 2**32,
        )  # fmt: skip
        return np.nan_to_num(np.array(made, np.float32), posinf=0.0, neginf=0.0)
