"""Volumes and points that turn in a cell: the only file that imports ipyvolume.

ipyvolume and what it brings warn of traitlets' old ways while they are imported.
"""

from __future__ import annotations

import warnings
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.errors import MissingRuntimeError
from previz.inspection.grid import Grid
from previz.inspection.palette import colored
from previz.stage import Geometry

__all__ = ["cloud_widget", "sharp_edges", "volume_widget"]

_WIDTH_PX, _HEIGHT_PX = 720, 480
_GROUND = "#1b1c1e"
_EDGE = "#6d7176"
_ACCENT = "#e8a33d"
_SHARP = 0.5
"""Cosine between two faces below which their common edge is drawn."""
_LONG_M, _BESIDE_M = 0.4, 0.2


def _ipyvolume() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from ipyvolume import widgets
    except ImportError as error:
        raise MissingRuntimeError(
            f"inspect.widget must have ipyvolume, got: {error}. To turn it in a cell "
            "run: pip install 'previz[inspect]'"
        ) from error
    return widgets


def volume_widget(
    grid: Grid,
    share: NDArray[np.float64],
    palette: NDArray[np.float64],
    *,
    legend: str,
    geometry: Geometry,
    body: Geometry | None = None,
) -> Any:
    """Return a volume to turn, the edges of the set in it, its legend below.

    Args:
        grid: Where the values are.
        share: 0, clear, to 1, shape `grid.shape`.
        palette: Their colours.
        legend: HTML of what they say.
        geometry: Whose edges are drawn.
        body: Somebody who stands in it.
    """
    ipv = _ipyvolume()
    box = [list(map(float, pair)) for pair in zip(grid.low_m, grid.high_m, strict=True)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        volume = ipv.Volume(
            # The last axis of what it takes is x.
            data_original=np.ascontiguousarray(share.T, np.float32),
            data_max_shape=256,
            data_min=0.0,
            data_max=1.0,
            show_min=0.0,
            show_max=1.0,
            extent_original=box,
            tf=ipv.TransferFunction(rgba=_transfer(palette)),
            rendering_lighting=False,
        )
        meshes = [_edges(ipv, geometry, grid)]
        if body is not None:
            meshes.append(_solid(ipv, body))
    return _framed(ipv, box, volumes=[volume], meshes=meshes, legend=legend)


def _transfer(palette: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return colour and opacity of the values, shape (256, 4)."""
    level = np.linspace(0, 1, 256)
    rgba: NDArray[np.float64] = np.concatenate(
        [colored(level, palette) / 255, (0.008 + 0.34 * level**2)[:, None]], axis=1
    )
    rgba[0, 3] = 0.0
    return rgba


def cloud_widget(
    points_m: NDArray[np.float32],
    colors: NDArray[np.uint8],
    *,
    frustum_m: NDArray[np.float64],
    edges: tuple[tuple[int, int], ...],
    caption: str,
) -> Any:
    """Return coloured points to turn, with the camera's frustum.

    Args:
        points_m: World metres, shape (n, 3).
        colors: sRGB of each, shape (n, 3), uint8.
        frustum_m: Corners of the frustum, shape (k, 3).
        edges: Pairs of its corners.
        caption: What it shows, as text.
    """
    ipv = _ipyvolume()
    everything = np.concatenate([points_m, frustum_m])
    low = np.percentile(everything, 0.5, axis=0)
    high = np.percentile(everything, 99.5, axis=0)
    box = [[float(a), float(b)] for a, b in zip(low, high, strict=True)]
    x, y, z = np.ascontiguousarray(points_m.T)
    scatter = ipv.Scatter(
        x=x, y=y, z=z, color=colors / 255.0, size=0.45, geo="point_2d",
        size_selected=0.45, color_selected=_ACCENT,
        cast_shadow=False, receive_shadow=False,
    )  # fmt: skip
    wires = _lines(ipv, frustum_m, np.array(edges), _ACCENT)
    legend = f'<div style="font:12px/1.5 system-ui;opacity:.7">{escape(caption)}</div>'
    return _framed(ipv, box, scatters=[scatter], meshes=[wires], legend=legend)


def _framed(
    ipv: Any, box: list[list[float]], *, legend: str, **shown: list[Any]
) -> Any:
    """Return a dark figure round a box in equal steps, its legend below."""
    import ipywidgets
    import pythreejs

    longest = max(high - low for low, high in box)
    cube = []
    for low, high in box:
        middle = (low + high) / 2
        cube.append((middle - longest / 2, middle + longest / 2))
    figure = ipv.Figure(
        width=_WIDTH_PX,
        height=_HEIGHT_PX,
        camera=pythreejs.PerspectiveCamera(
            fov=40, position=(0.75, 0.95, 1.5), aspect=_WIDTH_PX / _HEIGHT_PX
        ),
        style={
            "background-color": _GROUND,
            "box": {"visible": False},
            "axes": {"visible": False},
        },
        **shown,
    )
    figure.xlim, figure.ylim, figure.zlim = cube
    return ipywidgets.VBox([figure, ipywidgets.HTML(legend)])


def _edges(ipv: Any, geometry: Geometry, grid: Grid) -> Any:
    """Return the sharp edges of what stands in a box as thin lines."""
    places, pairs = sharp_edges(geometry)
    within = (places > grid.low_m - _BESIDE_M) & (places < grid.high_m + _BESIDE_M)
    pairs = pairs[np.all(np.all(within, axis=1)[pairs], axis=1)]
    return _lines(ipv, places, pairs, _EDGE)


def _lines(
    ipv: Any, places: NDArray[Any], pairs: NDArray[np.integer], color: str
) -> Any:
    x, y, z = np.ascontiguousarray(places.T, np.float32)
    return ipv.Mesh(x=x, y=y, z=z, lines=pairs.astype(np.uint32), color=color)


def _solid(ipv: Any, body: Geometry) -> Any:
    x, y, z = np.ascontiguousarray(body.positions.T, np.float32)
    return ipv.Mesh(
        x=x, y=y, z=z, triangles=body.triangles.astype(np.uint32), color=_ACCENT
    )


def sharp_edges(
    geometry: Geometry,
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return the long edges where faces meet sharply, or that one face alone has.

    Returns:
        World points, shape (n, 3), and pairs of them, shape (k, 2).
    """
    keys = np.round(geometry.positions * 500).astype(np.int64)
    _, first, weld = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    places = geometry.positions[first]
    triangles = weld.reshape(-1)[geometry.triangles]
    a, b, c = (places[triangles[:, i]] for i in range(3))
    normal = np.cross(b - a, c - a)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    pairs = np.sort(np.concatenate([triangles[:, [i, (i + 1) % 3]] for i in range(3)]))
    owner = np.tile(np.arange(len(triangles)), 3)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, owner = pairs[order], owner[order]
    begins = np.flatnonzero(np.r_[True, (pairs[1:] != pairs[:-1]).any(axis=1)])
    counts = np.diff(np.r_[begins, len(pairs)])
    ends = begins + counts - 1
    bend = (normal[owner[begins]] * normal[owner[ends]]).sum(axis=1)
    edge = pairs[begins]
    long = np.linalg.norm(places[edge[:, 0]] - places[edge[:, 1]], axis=1) > _LONG_M
    return places, edge[long & ((counts == 1) | (bend < _SHARP))]
