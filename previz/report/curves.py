"""A shot's camera as curves over its frames: the camera report of a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.model import Rate, Shot
from previz.stage import camera_at

__all__ = ["CameraCurves", "camera_curves", "curves_figure"]

_ACCENT = "#e8a33d"


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


def camera_curves(shot: Shot, *, rate: Rate) -> CameraCurves:
    """Return the curves of a shot's camera."""
    frames = range(shot.length_frames)
    states = [
        camera_at(shot.camera, length_frames=shot.length_frames, frame=frame)
        for frame in frames
    ]
    places = np.array([state.position_m for state in states])
    steps = np.linalg.norm(np.diff(places, axis=0, prepend=places[:1]), axis=1)
    forward_y = np.array([-state.world_from_camera[1, 2] for state in states])
    return CameraCurves(
        seconds=np.array([rate.seconds(frame) for frame in frames]),
        height_m=places[:, 1],
        tilt_deg=np.degrees(np.arcsin(np.clip(forward_y, -1.0, 1.0))),
        speed_m_s=steps * float(rate.fraction),
        focal_length_mm=np.array([state.focal_length_mm for state in states]),
        focus_distance_m=np.array([state.focus_distance_m for state in states]),
    )


def curves_figure(shot: Shot, *, rate: Rate) -> Any:
    """Return the curves as a plotly figure that also shows without a kernel."""
    from plotly.graph_objects import Scatter
    from plotly.subplots import make_subplots

    curves = camera_curves(shot, rate=rate)
    rows = (
        ("height, m", curves.height_m),
        ("tilt, °", curves.tilt_deg),
        ("speed, m/s", curves.speed_m_s),
        ("lens, mm", curves.focal_length_mm),
        ("focus, m", curves.focus_distance_m),
    )
    figure = make_subplots(rows=len(rows), cols=1, shared_xaxes=True)
    for number, (name, values) in enumerate(rows, start=1):
        line = Scatter(x=curves.seconds, y=values, name=name, line={"color": _ACCENT})
        figure.add_trace(line, row=number, col=1)
        spread = float(values.max() - values.min())
        middle = float(values.max() + values.min()) / 2
        half = max(spread * 0.6, abs(middle) * 0.1, 0.05)
        figure.update_yaxes(
            title_text=name, range=[middle - half, middle + half], row=number, col=1
        )
    figure.update_xaxes(title_text="seconds into the shot", row=len(rows), col=1)
    figure.update_layout(
        title=f"{shot.slate}: {shot.camera.move}",
        template="plotly_white",
        showlegend=False,
        height=110 * len(rows) + 90,
        margin={"l": 70, "r": 20, "t": 50, "b": 45},
    )
    return figure
