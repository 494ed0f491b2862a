"""A shot's camera as curves over its frames: the camera report of a cell."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.camera import Where
from previz.model import Rate, Shot
from previz.stage import camera_at

__all__ = [
    "CameraCurves",
    "camera_curves",
    "curves_figure",
    "curves_svg",
    "playhead_line",
]

_ACCENT, _PLAYHEAD = "#e8a33d", "#4da3ff"
_ROW_PX = 110
_SVG_PX, _SVG_ROW_PX, _SVG_LEFT_PX = 720, 64, 92


@dataclass(frozen=True)
class CameraCurves:
    """What a camera does over a shot; each array has one value a frame.

    Attributes:
        seconds: Time from the shot's start, shape (n,).
        height_m: Of the sensor above the floor, shape (n,).
        tilt_deg: Up is positive, shape (n,).
        speed_m_s: Along the path, 0 at the first frame, shape (n,).
        focal_length_mm: As engraved, shape (n,).
        focus_distance_m: Shape (n,).
    """

    seconds: NDArray[np.float64]
    height_m: NDArray[np.float64]
    tilt_deg: NDArray[np.float64]
    speed_m_s: NDArray[np.float64]
    focal_length_mm: NDArray[np.float64]
    focus_distance_m: NDArray[np.float64]

    @property
    def rows(self) -> tuple[tuple[str, NDArray[np.float64]], ...]:
        """The curves under what they say, in the order they are drawn."""
        return (
            ("height, m", self.height_m),
            ("tilt, °", self.tilt_deg),
            ("speed, m/s", self.speed_m_s),
            ("lens, mm", self.focal_length_mm),
            ("focus, m", self.focus_distance_m),
        )


def camera_curves(
    shot: Shot, *, rate: Rate, where: Where | None = None
) -> CameraCurves:
    """Return the curves of a shot's camera.

    Args:
        shot: The shot.
        rate: The film's.
        where: Says where people are, for a camera that follows or focuses on them.
    """
    states = [
        camera_at(
            shot.camera,
            length_frames=shot.length_frames,
            frame=frame,
            rate=rate,
            where=where,
        )
        for frame in range(shot.length_frames)
    ]
    places = np.array([state.position_m for state in states])
    steps = np.linalg.norm(np.diff(places, axis=0, prepend=places[:1]), axis=1)
    forward_y = np.array([-state.world_from_camera[1, 2] for state in states])
    return CameraCurves(
        seconds=np.array([rate.seconds(frame) for frame in range(len(states))]),
        height_m=places[:, 1],
        tilt_deg=np.degrees(np.arcsin(np.clip(forward_y, -1.0, 1.0))),
        speed_m_s=steps * float(rate.fraction),
        focal_length_mm=np.array([state.focal_length_mm for state in states]),
        focus_distance_m=np.array([state.focus_distance_m for state in states]),
    )


def curves_figure(shot: Shot, *, rate: Rate, where: Where | None = None) -> Any:
    """Return the curves as a plotly figure; the arguments are `camera_curves`'."""
    from plotly.graph_objects import Scatter
    from plotly.subplots import make_subplots

    curves = camera_curves(shot, rate=rate, where=where)
    count = len(curves.rows)
    figure = make_subplots(
        rows=count, cols=1, shared_xaxes=True, vertical_spacing=0.035
    )
    for number, (name, values) in enumerate(curves.rows, start=1):
        figure.add_trace(
            Scatter(
                x=curves.seconds,
                y=values,
                name=name,
                line={"color": _ACCENT},
                mode="lines",
                customdata=np.arange(len(values)),
                hovertemplate="%{y:.2f}<extra>frame %{customdata}</extra>",
            ),
            row=number,
            col=1,
        )
        low, high = _span(values)
        figure.update_yaxes(
            title_text=name.replace(", ", "<br>"), range=[low, high], row=number, col=1
        )
    figure.update_xaxes(title_text="seconds into the shot", row=count, col=1)
    figure.update_layout(
        title=f"{shot.slate}: {shot.camera.move}",
        template="plotly_white",
        showlegend=False,
        height=_ROW_PX * count + 90,
        margin={"l": 70, "r": 20, "t": 50, "b": 45},
        hovermode="x",
        hoverdistance=-1,
    )
    return figure


def playhead_line(seconds: float) -> dict[str, Any]:
    """Return the line of the playhead through all rows, as a plotly shape."""
    return {
        "type": "line",
        "x0": seconds,
        "x1": seconds,
        "y0": 0,
        "y1": 1,
        "xref": "x",
        "yref": "paper",
        "line": {"color": _PLAYHEAD, "width": 1.5},
    }


def curves_svg(shot: Shot, curves: CameraCurves) -> str:
    """Return the curves as a drawing, for a page that runs no script."""
    high = _SVG_ROW_PX * len(curves.rows)
    width = _SVG_PX - _SVG_LEFT_PX - 56
    along = np.linspace(0, width, len(curves.seconds)) + _SVG_LEFT_PX
    drawn = []
    for row, (name, values) in enumerate(curves.rows):
        low, top = _span(values)
        foot = _SVG_ROW_PX * (row + 1) - 10
        y = foot - (values - low) / (top - low) * (_SVG_ROW_PX - 20)
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(along, y, strict=True))
        drawn.append(
            f'<text x="{_SVG_LEFT_PX - 10}" y="{foot - 18}" text-anchor="end">{name}'
            f'</text><polyline points="{points}" fill="none" stroke="{_ACCENT}" '
            f'stroke-width="1.6"/><text x="{along[-1] + 6:.1f}" y="{y[-1] + 4:.1f}">'
            f'{values[-1]:.2f}</text><path d="M{_SVG_LEFT_PX} {foot + 5}h{width}" '
            'stroke="#8886"/>'
        )
    title = escape(f"{shot.slate}: {shot.camera.move}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SVG_PX} {high}" '
        'role="img" style="max-width:720px;font:12px system-ui,sans-serif" '
        f'fill="currentColor"><title>{title}</title>{"".join(drawn)}</svg>'
    )


def _span(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of an axis: what stands still is a line in its middle."""
    spread = float(values.max() - values.min())
    middle = float(values.max() + values.min()) / 2
    half = max(spread * 0.6, abs(middle) * 0.1, 0.05)
    return middle - half, middle + half
