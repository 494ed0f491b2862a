"""The passes of a trace. Runs in the process that traces.

Lamps light the scene but are not seen, as in the preview; what glows is seen but gives
no light, since a lamp does, which shines through what is hollow about it. So only
light is traced; which share of each pixel hollow things and sky cover, what shines by
itself, albedo, normals and depth are drawn (`previz.trace.seen`), and the picture is
laid together from both. Where lamps stand for the sky at a room's windows, what lies
beyond those gets the sky's light from paths of its own, with all the room black.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.trace.building import (
    blackened,
    lamps_of,
    meshes_of,
    sensor_of,
    sky_of,
)
from previz.trace.denoise import denoised
from previz.trace.kept import Kept
from previz.trace.order import Layers, Order, Patch, View
from previz.trace.paint import Paints
from previz.trace.patches import parted
from previz.trace.seen import seen_through
from previz.trace.surfaces import Coats

__all__ = ["trace_order"]

_BLOCK_PX = 32
"""Side of what one thread traces at a time. Seeds go by it, and Mitsuba would make it
smaller where there are many threads: another picture on another machine."""
_MOST_LOOKS = 64
"""More do not show beside the light's own noise."""


def trace_order(
    mi: Any, order: Order, coats: Coats, kept: Kept, paints: Paints
) -> Layers:
    """Trace a picture.

    Args:
        mi: The module mitsuba, its variant set.
        order: What to trace.
        coats: The materials made so far.
        kept: The meshes of the picture before.
        paints: The pictures of matter used so far.
    """
    count = len(order.instants)
    share, more = divmod(order.samples, count)
    sums: list[NDArray[np.float64]] = []
    still = kept.of(order.still)
    for number, (moving, view) in enumerate(order.instants):
        samples = share + (number < more)
        seed = order.seed * 65_537 + number
        eye = _Eye(mi, order, moving, view, coats, still, paints)
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
        still: The meshes of what stands still.
        paints: The pictures of matter used so far.
    """

    def __init__(
        self,
        mi: Any,
        order: Order,
        moving: tuple[Patch, ...],
        view: View,
        coats: Coats,
        still: list[Any],
        paints: Paints,
    ) -> None:
        self._mi, self._order, self._view, self._coats = mi, order, view, coats
        self._patches = [*order.still, *moving]
        self._meshes = still + meshes_of(mi, moving, coats)
        self._paints = paints
        self._sensor = sensor_of(mi, order, view)

    def look(self, samples: int, seed: int) -> tuple[NDArray[np.float32], ...]:
        """Return light, albedo, normal, depth times coverage, and coverage."""
        seen = seen_through(
            self._view, self._patches, self._order, self._paints,
            looks=self._looks(samples), seed=seed,
        )  # fmt: skip
        light = self._paths(samples, seed, beyond=seen.beyond)
        light = light * (1.0 - seen.hollow[..., None]) + seen.own
        return light, seen.albedo, seen.normal, seen.depth_m, seen.covered

    def _looks(self, samples: int) -> int:
        """Return this instant's share of the looks; it has that of the paths."""
        order = self._order
        looks = min(order.care.looks or order.samples, _MOST_LOOKS)
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
            open_air = self._open_air(*order.room)
            lit += self._seen(sky, open_air, walk, samples, seed)
        if parts:
            lit += self._seen(parts, self._meshes, walk, samples, seed)
        return lit

    def _open_air(self, low: Sequence[float], high: Sequence[float]) -> list[Any]:
        """Return what the sky lights beyond a room's windows, the room itself black."""
        outside, within = parted(self._patches, low, high)
        panes = [x for x in within if x.surface.matter == "glass"]
        return [
            *meshes_of(self._mi, [*outside, *panes], self._coats),
            *blackened(self._mi, within),
        ]

    def _seen(
        self, parts: dict[str, Any], meshes: list[Any], integrator: dict[str, Any],
        samples: int, seed: int,
    ) -> NDArray[np.float32]:  # fmt: skip
        # Merging what is alike orders it by address, and so the paths: the same order
        # would not give the same bits.
        scene = self._mi.load_dict(
            {"type": "scene", **parts}
            | {f"mesh{k}": mesh for k, mesh in enumerate(meshes)},
            optimize=False,
        )
        walk = self._mi.load_dict({**integrator, "block_size": _BLOCK_PX})
        made = self._mi.render(
            scene, sensor=self._sensor, integrator=walk, spp=samples,
            seed=seed % 2**32,
        )  # fmt: skip
        light = np.nan_to_num(np.array(made, np.float32), posinf=0.0, neginf=0.0)
        return np.asarray(light[..., :3])
