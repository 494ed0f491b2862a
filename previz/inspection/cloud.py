"""What a camera sees as coloured points in the world."""

from __future__ import annotations

import base64
import io
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.inspection.inspected import AbstractInspected
from previz.model import Shot
from previz.render import Renderer, display
from previz.stage import CameraState, StageState

__all__ = ["DepthCloud", "depth_cloud"]

_WIDTH_PX, _HEIGHT_PX = 860, 460
_GROUND = (27, 28, 30)
_INK = (232, 163, 61)
_FILLED, _SPREAD, _LARGEST = 0.86, 1.5, 7
_FRUSTUM_EDGES = ((0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (2, 3), (3, 4), (4, 1))


class DepthCloud(AbstractInspected):
    """A frame as points: each pixel that sees something, where that is.

    Args:
        points_m: World metres, shape (n, 3).
        colors: sRGB of each, shape (n, 3), uint8.
        camera: What saw it.
        picture: The frame, shape (h, w, 3), uint8.
        caption: What it shows.

    Attributes:
        points_m: As given.
        colors: As given.
        camera: As given.
    """

    def __init__(
        self,
        points_m: NDArray[np.float32],
        colors: NDArray[np.uint8],
        *,
        camera: CameraState,
        picture: NDArray[np.uint8],
        caption: str,
    ) -> None:
        self.points_m, self.colors = points_m, colors
        self.camera = camera
        self._picture, self._caption = picture, caption

    @property
    def frustum_m(self) -> NDArray[np.float64]:
        """The lens and the corners of what it frames in focus, world, shape (5, 3)."""
        height, width = self._picture.shape[:2]
        far = self.camera.focus_distance_m
        if len(self.points_m):
            away = np.linalg.norm(self.points_m - self.camera.position_m, axis=1)
            far = min(far, float(np.percentile(away, 60)))
        corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], float)
        ends = self.camera.unproject(
            corners, np.full(4, far), width_px=width, height_px=height
        )
        return np.concatenate([self.camera.position_m[None], ends])

    def picture_html(self) -> str:
        """Return the points from beside the camera, and its frame, as HTML."""
        turned = _url(self.turned())
        frame = _url(self._picture)
        return (
            f'<figure style="margin:0;max-width:{_WIDTH_PX}px;position:relative;'
            'font:12px/1.6 system-ui,sans-serif">'
            f'<img alt="Points from above and beside the camera" src="{turned}" '
            'style="width:100%;display:block;border-radius:2px">'
            f'<img alt="The frame" src="{frame}" style="position:absolute;left:10px;'
            'top:10px;width:26%;outline:1px solid #0008">'
            f'<figcaption style="opacity:.7">{escape(self._caption)}</figcaption>'
            "</figure>"
        )

    def turned(self) -> NDArray[np.uint8]:
        """Return the points seen from above and beside the camera, (h, w, 3)."""
        wires, near = self._wires(), self._near()
        away = np.linalg.norm(near - self.camera.position_m, axis=1)
        points = np.concatenate([near, wires]).astype(np.float64)
        inks = np.tile(np.array(_INK, np.uint8), (len(wires), 1))
        colors = np.concatenate([self.colors[self._is_near()], inks])
        flat, depth = self._beside(points)
        low, high = flat.min(axis=0), flat.max(axis=0)
        room = np.array([_WIDTH_PX, _HEIGHT_PX]) * _FILLED
        scale = float((room / np.maximum(high - low, 1e-6)).min())
        middle = np.array([_WIDTH_PX, _HEIGHT_PX]) / 2
        at = (flat - (low + high) / 2) * (scale, -scale) + middle
        sides = np.ones(len(points))
        pixel = self.camera.focal_px(*self._picture.shape[1::-1])[0]
        sides[: len(away)] = away / pixel * scale / depth[: len(away)] * _SPREAD
        return _splatted(at, depth, np.clip(np.ceil(sides), 1, _LARGEST), colors)

    def _is_near(self) -> NDArray[np.bool_]:
        """Return which points are not far behind the rest, as a street is at night."""
        if not len(self.points_m):
            return np.zeros(0, bool)
        away = np.linalg.norm(self.points_m - self.camera.position_m, axis=1)
        return np.asarray(away <= 1.4 * np.percentile(away, 90))

    def _near(self) -> NDArray[np.float32]:
        return self.points_m[self._is_near()]

    def _beside(
        self, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return points on a picture plane at 1 m, shape (n, 2), and their depths."""
        low, high = np.percentile(points, [2, 98], axis=0)
        back, right = (self.camera.world_from_camera[:3, c] for c in (2, 0))
        way = 0.55 * back + 0.75 * right + np.array([0.0, 0.55, 0.0])
        way /= np.linalg.norm(way)
        reach = float(np.linalg.norm(high - low)) + 2.0
        eye = (low + high + self.camera.position_m) / 3 + way * reach * 1.6
        side = np.cross((0.0, 1.0, 0.0), way)
        side /= np.linalg.norm(side)
        local = (points - eye) @ np.stack([side, np.cross(way, side), way], axis=1)
        depth = np.maximum(-local[:, 2], 0.05)
        return local[:, :2] / depth[:, None], depth

    def _wires(self) -> NDArray[np.float64]:
        """Return points along the edges of the frustum, shape (n, 3)."""
        corners = self.frustum_m
        share = np.linspace(0, 1, 260)[:, None]
        lines = [
            corners[a] + share * (corners[b] - corners[a]) for a, b in _FRUSTUM_EDGES
        ]
        return np.concatenate(lines)

    def widget(self) -> Any:
        """Return it to turn and look into; needs ipyvolume."""
        from previz.inspection.turning import cloud_widget

        return cloud_widget(
            self._near(),
            self.colors[self._is_near()],
            frustum_m=self.frustum_m,
            edges=_FRUSTUM_EDGES,
            caption=self._caption,
        )


def depth_cloud(
    state: StageState, shot: Shot, renderer: Renderer, *, seed: int
) -> DepthCloud:
    """Return a frame as coloured points.

    Args:
        state: The frame.
        shot: Its shot.
        renderer: Of the shot's scene; its size says how many points there are.
        seed: The film's.
    """
    plates = renderer.plates(state, seed=seed)
    picture = display(plates.lit)
    seen = np.isfinite(plates.buffers.depth_m)
    return DepthCloud(
        plates.buffers.position_world[seen],
        picture[seen],
        camera=state.camera,
        picture=picture,
        caption=(
            f"{shot.slate}, frame {state.frame}: what the lens sees, where it is. The "
            "lines frame the picture at the distance of focus, or nearer."
        ),
    )


def _splatted(
    at: NDArray[np.float64],
    depth: NDArray[np.float64],
    sides: NDArray[np.float64],
    colors: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    """Return squares of so many pixels, the nearest on top, shape (h, w, 3)."""
    rows, cols, owners = [], [], []
    for size in range(1, _LARGEST + 1):
        some = np.flatnonzero(sides == size)
        corner = np.floor(at[some] - (size - 1) / 2).astype(int)
        for row, col in np.ndindex(size, size):
            rows.append(corner[:, 1] + row)
            cols.append(corner[:, 0] + col)
            owners.append(some)
    row, col, owner = (np.concatenate(x) for x in (rows, cols, owners))
    on = (row >= 0) & (row < _HEIGHT_PX) & (col >= 0) & (col < _WIDTH_PX)
    order = np.flatnonzero(on)[np.argsort(-depth[owner[on]], kind="stable")]
    out = np.full((_HEIGHT_PX, _WIDTH_PX, 3), _GROUND, np.uint8)
    out[row[order], col[order]] = colors[owner[order]]
    return out


def _url(picture: NDArray[np.uint8]) -> str:
    from PIL import Image

    raw = io.BytesIO()
    Image.fromarray(picture).save(raw, "JPEG", quality=88)
    return "data:image/jpeg;base64," + base64.b64encode(raw.getvalue()).decode()
