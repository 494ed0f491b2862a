"""Fewer triangles over some of the same vertices, the same on both sides.

Source: Garland and Heckbert 1997, Surface simplification using quadric error metrics,
with half-edge collapses, so that whatever is known of a vertex stays true of it. The
error is summed over several shapes, among them bent and speaking ones.
"""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

__all__ = ["Decimation", "mirror_of"]

Array = NDArray[np.float64]
_BORDER_WEIGHT = 20.0


def mirror_of(points: Array) -> NDArray[np.int64]:
    """Return for each vertex the one at the mirrored place (x turned round).

    Args:
        points: Shape (n, 3).

    Raises:
        ValueError: If a vertex has no counterpart.
    """
    flipped = points * (-1.0, 1.0, 1.0)
    order = np.argsort(points[:, 1], kind="stable")
    heights = points[order, 1]
    out = np.empty(len(points), np.int64)
    for i, place in enumerate(flipped):
        low, high = np.searchsorted(heights, [place[1] - 2e-4, place[1] + 2e-4])
        near = order[low:high]
        gaps = np.abs(points[near] - place).max(axis=1)
        best = int(gaps.argmin())
        if gaps[best] > 2e-3:
            raise ValueError(f"vertex {i} at {place} has no mirror image")
        out[i] = near[best]
    return out


class Decimation:
    """Triangles that are taken away step by step.

    Args:
        shapes: The mesh in several shapes, shape (s, n, 3).
        triangles: Shape (m, 3).
        region: Of each triangle, shape (m,); borders of regions are kept.
        weight: How dear an error at a vertex is, shape (n,).
        mirror: Of each vertex.
    """

    def __init__(
        self,
        shapes: Array,
        triangles: NDArray[np.int64],
        *,
        region: NDArray[np.int64],
        weight: Array,
        mirror: NDArray[np.int64],
    ) -> None:
        self._shapes, self._mirror = shapes, mirror
        self._faces = {i: tuple(map(int, t)) for i, t in enumerate(triangles)}
        self._region = region
        self._weight = weight
        self._of: dict[int, set[int]] = {}
        for i, corners in self._faces.items():
            for v in corners:
                self._of.setdefault(v, set()).add(i)
        self._quadric = np.zeros((shapes.shape[1], len(shapes), 4, 4))
        self._add_planes()
        self._border = self._add_borders()
        self._stamp = dict.fromkeys(self._of, 0)
        self._heap: list[tuple[float, int, int, int, int]] = []
        for v in sorted(self._of):
            self._offer(v)

    def run(self, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return at most `count` triangles, and the region of each."""
        while len(self._faces) > count and self._heap:
            _, u, v, su, sv = heapq.heappop(self._heap)
            if self._stamp.get(u) != su or self._stamp.get(v) != sv:
                continue
            mu, mv = int(self._mirror[u]), int(self._mirror[v])
            pairs = [(u, v)] if mu == u else [(u, v), (mu, mv)]
            if mu != u and ({u, v} & {mu, mv}) - {mv if mv == v else -1}:
                continue
            if not all(self._allowed(a, b) for a, b in pairs):
                continue
            for a, b in pairs:
                if a in self._of and b in self._of and b in self._around(a):
                    self._collapse(a, b)
        keys = sorted(self._faces)
        return (
            np.array([self._faces[k] for k in keys], np.int64),
            self._region[keys],
        )

    def _add_planes(self) -> None:
        for corners in self._faces.values():
            a, b, c = (self._shapes[:, v] for v in corners)
            n = np.cross(b - a, c - a)
            area = np.linalg.norm(n, axis=1)
            n = n / np.maximum(area, 1e-12)[:, None]
            plane = np.concatenate([n, -np.sum(n * a, axis=1)[:, None]], axis=1)
            q = plane[:, :, None] * plane[:, None, :] * area[:, None, None]
            for v in corners:
                self._quadric[v] += q

    def _add_borders(self) -> set[tuple[int, int]]:
        edges: dict[tuple[int, int], list[int]] = {}
        for i, (a, b, c) in self._faces.items():
            for u, v in ((a, b), (b, c), (c, a)):
                edges.setdefault((min(u, v), max(u, v)), []).append(i)
        border = set()
        for (u, v), faces in edges.items():
            if len(faces) == 2 and self._region[faces[0]] == self._region[faces[1]]:
                continue
            border.add((u, v))
            p, q, r = (self._shapes[:, w] for w in self._faces[faces[0]])
            normal = np.cross(q - p, r - p)
            along = self._shapes[:, v] - self._shapes[:, u]
            n = np.cross(normal, along)
            n = n / np.maximum(np.linalg.norm(n, axis=1), 1e-12)[:, None]
            d = -np.sum(n * self._shapes[:, u], axis=1)[:, None]
            plane = np.concatenate([n, d], axis=1)
            length = np.sum(along * along, axis=1)
            square = plane[:, :, None] * plane[:, None, :] * length[:, None, None]
            for w in (u, v):
                self._quadric[w] += _BORDER_WEIGHT * square
        return border

    def _around(self, v: int) -> set[int]:
        return {w for f in self._of[v] for w in self._faces[f]} - {v}

    def _on_border(self, v: int) -> bool:
        return any((min(v, w), max(v, w)) in self._border for w in self._around(v))

    def _offer(self, u: int) -> None:
        """Put every collapse of `u` into a neighbour on the heap."""
        for v in sorted(self._around(u)):
            self._offer_one(u, v)

    def _allowed(self, u: int, v: int) -> bool:
        if u not in self._of or v not in self._of or v not in self._around(u):
            return False
        both = self._of[u] & self._of[v]
        third = {w for f in both for w in self._faces[f]} - {u, v}
        if self._around(u) & self._around(v) != third:
            return False
        for f in self._of[u] - both:
            old = self._faces[f]
            new = tuple(v if w == u else w for w in old)
            for shape in (0, len(self._shapes) - 1):
                before = _normal(self._shapes[shape], old)
                after = _normal(self._shapes[shape], new)
                long = np.linalg.norm(after)
                dot = float(before @ after)
                if dot < 0.25 * float(np.linalg.norm(before)) * float(long):
                    return False
                sides = [
                    self._shapes[shape, new[i]] - self._shapes[shape, new[i - 1]]
                    for i in range(3)
                ]
                if long < 0.08 * max(float(s @ s) for s in sides):
                    return False
        return True

    def _collapse(self, u: int, v: int) -> None:
        touched = self._around(u) | self._around(v)
        for w in self._around(u):
            if (min(u, w), max(u, w)) in self._border and w != v:
                self._border.add((min(v, w), max(v, w)))
        for f in list(self._of[u]):
            corners = self._faces[f]
            if v in corners:
                del self._faces[f]
                for w in corners:
                    self._of[w].discard(f)
            else:
                self._faces[f] = tuple(v if w == u else w for w in corners)
                self._of[v].add(f)
        del self._of[u], self._stamp[u]
        self._quadric[v] += self._quadric[u]
        for w in touched - {u}:
            if w in self._of:
                self._stamp[w] += 1
        for w in touched - {u}:
            if w in self._of:
                self._offer(w)
                for x in self._around(w) - touched:
                    self._offer_one(x, w)

    def _offer_one(self, u: int, v: int) -> None:
        """Put the collapse of `u` into a neighbour on the heap, if it may be."""
        if self._mirror[u] == u and self._mirror[v] != v:
            return
        if self._mirror[u] == v:
            return
        edge = (min(u, v), max(u, v))
        if self._on_border(u) and edge not in self._border:
            return
        q = self._quadric[u] + self._quadric[v]
        p = np.concatenate(
            [self._shapes[:, v], np.ones((len(self._shapes), 1))], axis=1
        )
        cost = float(np.einsum("si,sij,sj->", p, q, p))
        step = self._shapes[0, u] - self._shapes[0, v]
        cost = (abs(cost) + 1e-6 * float(step @ step)) * self._weight[u]
        heapq.heappush(self._heap, (cost, u, v, self._stamp[u], self._stamp[v]))


def _normal(points: Array, corners: tuple[int, ...]) -> Array:
    a, b, c = (points[v] for v in corners)
    x, y = b - a, c - a
    return np.array(
        [
            x[1] * y[2] - x[2] * y[1],
            x[2] * y[0] - x[0] * y[2],
            x[0] * y[1] - x[1] * y[0],
        ]
    )
