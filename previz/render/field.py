"""Light and sight in the open: lux and lines of sight at any points of a set."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.errors import PrevizError
from previz.render.color import luminance
from previz.render.kernel import Array, kernel, lean
from previz.render.lighting import Light, read_probes
from previz.render.lights import INTENSITY, lamp_on
from previz.render.rays import DEPTH_LIMIT, Tree, blocked, build_tree
from previz.render.shares import share_seen
from previz.stage import Geometry

__all__ = ["lux_at", "shares_in_sight", "tree_of"]

_SIDE = 4
"""Rays along the side of an area light: the same from all points, so that what is
measured at neighbours differs by the light alone."""
_NEAR_END = 0.999


def tree_of(geometry: Geometry, opaque: NDArray[np.bool_]) -> Tree:
    """Return what rays meet: triangles of a geometry that are opaque, shape (m,)."""
    return build_tree(geometry.positions, geometry.triangles, np.flatnonzero(opaque))


def lux_at(
    light: Light,
    tree: Tree,
    points_world: NDArray[np.float64],
    *,
    facing: tuple[float, float, float] | None = None,
) -> NDArray[np.float64]:
    """Return what an incident meter reads at points, in lux, shape (n,).

    Each lamp is shaded by the set, its flags and its doors; what bounces is read from
    the probes. Turned to a lone bulb of I candela the meter reads I / d².

    Args:
        light: The set's light; nobody in it counts.
        tree: What stops light.
        points_world: World metres, shape (n, 3).
        facing: Where the meter points, of any length; None turns it at each point to
            the lamp, or the side of the room, where it reads most.

    Raises:
        PrevizError: If `facing` has no direction.
    """
    ways = np.zeros((0, 3)) if facing is None else _unit(facing)[None]
    points = np.ascontiguousarray(points_world, np.float64)
    out = np.zeros(len(points))
    weights = luminance(np.eye(3))
    strength = light.lamps[:, INTENSITY : INTENSITY + 3] @ weights
    probes = light.probes
    _meter(
        tree.nodes, tree.corners, light.lamps, strength, probes.low, probes.step,
        probes.values, weights, ways, points, out,
    )  # fmt: skip
    return out


def _unit(facing: tuple[float, float, float]) -> NDArray[np.float64]:
    length = float(np.linalg.norm(facing))
    # The kernel reads three numbers, whatever there is.
    if len(facing) != 3 or not 1e-9 < length < np.inf:
        raise PrevizError(
            f"lux_at.facing must be a direction, got {facing}. Pass a vector such as "
            "(0.0, 1.0, 0.0)."
        )
    return np.asarray(facing, np.float64) / length


def shares_in_sight(
    tree: Tree, points_world: NDArray[np.float64], targets_world: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return which share of some targets is seen from points, 0 to 1, shape (n,).

    Args:
        tree: What is not looked through.
        points_world: From where, world metres, shape (n, 3).
        targets_world: What is looked at, world metres, shape (m, 3), m >= 1.
    """
    points = np.ascontiguousarray(points_world, np.float64)
    out = np.zeros(len(points))
    targets = np.ascontiguousarray(targets_world, np.float64)
    _look(tree.nodes, tree.corners, points, targets, out)
    return out


@kernel
def _meter(
    nodes: Array, corners: Array, lamps: Array, strength: Array, low: Array,
    step: Array, values: Array, weights: Array, ways: Array, points: Array, out: Array,
) -> None:  # fmt: skip
    count = lamps.shape[0]
    share, ray, p = np.empty(count), np.empty(3), np.empty(3)
    kept = np.empty(3 + values.shape[3] - 18)
    stack = np.empty(DEPTH_LIMIT, np.int64)
    for s in range(points.shape[0]):
        for c in range(3):
            p[c] = points[s, c]
        place = (p[0], p[1], p[2])
        for i in range(count):
            share[i] = share_seen(nodes, corners, lamps, i, p, _SIDE, 0, stack, ray)
        most = 0.0
        for k in range(ways.shape[0]):
            n = (ways[k, 0], ways[k, 1], ways[k, 2])
            lux = _indirect(low, step, values, weights, place, n, kept)
            most = lux + _direct(lamps, strength, share, place, n)
        if ways.shape[0] == 0:
            for k in range(count + 6):
                n = _way(lamps, k, count, place)
                lux = _indirect(low, step, values, weights, place, n, kept)
                most = max(most, lux + _direct(lamps, strength, share, place, n))
        out[s] = most


@lean
def _way(
    lamps: Array, k: int, count: int, place: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Return the direction to lamp k, then each side of the room."""
    if k < count:
        _, _, towards = lamp_on(lamps, k, place, (0.0, 1.0, 0.0))
        return towards
    side, sign = (k - count) // 2, 1.0 - 2.0 * ((k - count) % 2)
    if side == 0:
        return sign, 0.0, 0.0
    if side == 1:
        return 0.0, sign, 0.0
    return 0.0, 0.0, sign


@lean
def _direct(
    lamps: Array, strength: Array, share: Array, place: tuple[float, float, float],
    n: tuple[float, float, float],
) -> float:  # fmt: skip
    total = 0.0
    for i in range(lamps.shape[0]):
        if share[i] > 0.0:
            factor, _, _ = lamp_on(lamps, i, place, n)
            total += factor * share[i] * strength[i]
    return total


@lean
def _indirect(
    low: Array, step: Array, values: Array, weights: Array,
    place: tuple[float, float, float], n: tuple[float, float, float], kept: Array,
) -> float:  # fmt: skip
    read_probes(low, step, values, place, n, kept)
    return float(kept[0] * weights[0] + kept[1] * weights[1] + kept[2] * weights[2])


@kernel
def _look(
    nodes: Array, corners: Array, points: Array, targets: Array, out: Array
) -> None:
    ray, p = np.empty(3), np.empty(3)
    stack = np.empty(DEPTH_LIMIT, np.int64)
    for s in range(points.shape[0]):
        for c in range(3):
            p[c] = points[s, c]
        seen = 0
        for k in range(targets.shape[0]):
            for c in range(3):
                ray[c] = targets[k, c] - p[c]
            if not blocked(nodes, corners, p, ray, _NEAR_END, stack):
                seen += 1
        out[s] = seen / targets.shape[0]
