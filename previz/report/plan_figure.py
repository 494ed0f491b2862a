"""A shot's plan over time as a plotly figure: camera and people at a frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.model import Film, Scene, SetPiece, Shot
from previz.report.sheet import INKS
from previz.stage import Stage, camera_at

__all__ = ["PlanTracks", "plan_figure", "plan_tracks", "show_on_plan"]

_ACCENT, _SET_INK = "#e8a33d", "#9a9da1"
_UNSEEN = frozenset({"ceiling", "pendant", "floor", "ground", "slab", "canopy", "hill"})
_RAYS_M = 2.5


@dataclass(frozen=True)
class PlanTracks:
    """Where camera and people are at each frame of a shot, on the floor.

    Attributes:
        camera_m: x and z, shape (n, 2).
        left_m: Where the left edge of the picture goes through, shape (n, 2).
        right_m: And the right one.
        people: Names and their x and z, NaN where they are not there, shape (n, 2).
    """

    camera_m: NDArray[np.float64]
    left_m: NDArray[np.float64]
    right_m: NDArray[np.float64]
    people: tuple[tuple[str, NDArray[np.float64]], ...]


def plan_tracks(stage: Stage, film: Film, scene: Scene, shot: Shot) -> PlanTracks:
    """Ask the stage where camera and people are at each frame of a shot."""
    where = stage.where(shot)
    states = [
        camera_at(
            shot.camera,
            length_frames=shot.length_frames,
            frame=frame,
            rate=film.rate,
            where=where,
        )
        for frame in range(shot.length_frames)
    ]
    place = np.array([state.position_m[[0, 2]] for state in states])
    ends = []
    for side in (-1, 1):
        ways = []
        for state in states:
            half = state.sensor.width_mm * state.squeeze / (2 * state.focal_length_mm)
            way = -state.world_from_camera[:3, 2]
            way = way + side * half * state.world_from_camera[:3, 0]
            ways.append(way[[0, 2]] / max(float(np.linalg.norm(way)), 1e-9))
        ends.append(place + np.array(ways) * _RAYS_M)
    names = {character.id: character.name for character in film.characters}
    people = tuple(
        (names.get(b.character, b.character), _walk(stage, b.character, shot))
        for b in scene.blocking
    )
    return PlanTracks(place, ends[0], ends[1], people)


def _walk(stage: Stage, character: str, shot: Shot) -> NDArray[np.float64]:
    made = np.full((shot.length_frames, 2), np.nan)
    for frame in range(shot.length_frames):
        bones = stage.bones(character, shot.first_frame + frame)
        if bones is not None:
            x, _, z = stage.floor_at(character, shot.first_frame + frame)
            made[frame] = x, z
    return made


def plan_figure(scene: Scene, shot: Shot, tracks: PlanTracks, *, frame: int = 0) -> Any:
    """Return the plan at a frame; the first trace is the camera's path, frame by frame.

    Args:
        scene: The scene.
        shot: The shot.
        tracks: From `plan_tracks`.
        frame: Which is shown.
    """
    from plotly.graph_objects import Figure, Scatter

    frames = np.arange(shot.length_frames)
    figure = Figure()
    figure.add_trace(
        Scatter(
            mode="lines+markers",
            marker={"size": 5, "opacity": 0.35},
            line={"color": _ACCENT, "width": 2},
            customdata=frames,
            hovertemplate="camera, frame %{customdata}<extra></extra>",
        )
    )
    figure.add_trace(_set_trace(scene))
    for index, (name, _) in enumerate(tracks.people):
        figure.add_traces(_person_traces(name, INKS[index % len(INKS)]))
    figure.add_trace(
        Scatter(
            mode="lines",
            fill="toself",
            fillcolor="rgba(232,163,61,.16)",
            line={"color": _ACCENT, "width": 1},
            hoverinfo="skip",
        )
    )
    _lay_out(figure, _plain(f"{shot.slate}: {shot.camera.move}"))
    show_on_plan(figure, tracks, frame)
    return figure


def _lay_out(figure: Any, title: str) -> None:
    figure.update_layout(
        title=title,
        template="plotly_white",
        showlegend=False,
        height=520,
        margin={"l": 40, "r": 20, "t": 50, "b": 40},
    )
    figure.update_xaxes(title_text="x, m", zeroline=False)
    # Down the page is towards +z, as on all plans.
    figure.update_yaxes(
        title_text="z, m",
        autorange="reversed",
        scaleanchor="x",
        zeroline=False,
    )


def _person_traces(name: str, ink: str) -> list[Any]:
    """Return somebody's way and where they are, without places."""
    from plotly.graph_objects import Scatter

    way = {"color": ink, "width": 1.5, "dash": "dot"}
    return [
        Scatter(mode="lines", line=way, hoverinfo="skip"),
        Scatter(
            mode="markers+text",
            marker={"size": 13, "color": ink},
            text=[_plain(name)],
            textposition="top center",
            hoverinfo="text",
        ),
    ]


def show_on_plan(figure: Any, tracks: PlanTracks, frame: int) -> None:
    """Put camera and people of a plan where they are at a frame.

    Args:
        figure: From `plan_figure`.
        tracks: Where they are.
        frame: Of the shot; one beyond its end counts as its last.
    """
    at = min(max(frame, 0), len(tracks.camera_m) - 1)
    data = figure.data
    data[0].x, data[0].y = tracks.camera_m.T
    for index, (_, walk) in enumerate(tracks.people):
        path, dot = data[2 + 2 * index : 4 + 2 * index]
        path.x, path.y = walk.T
        dot.x, dot.y = walk[at : at + 1].T
    wedge = np.stack(
        [
            tracks.camera_m[at],
            tracks.left_m[at],
            tracks.right_m[at],
            tracks.camera_m[at],
        ]
    )
    data[-1].x, data[-1].y = wedge.T


def _set_trace(scene: Scene) -> Any:
    """Return the footprints of what stands on the set, as one trace with gaps."""
    from plotly.graph_objects import Scatter

    x: list[float | None] = []
    z: list[float | None] = []
    words: list[str] = []
    for piece in scene.set.pieces:
        if piece.kind in _UNSEEN:
            continue
        corners = _footprint(piece)
        x += [corner[0] for corner in corners] + [None]
        z += [corner[1] for corner in corners] + [None]
        words += [_plain(piece.kind)] * (len(corners) + 1)
    return Scatter(
        x=x,
        y=z,
        text=words,
        mode="lines",
        line={"color": _SET_INK, "width": 1},
        hoverinfo="text",
    )


def _footprint(piece: SetPiece) -> list[tuple[float, float]]:
    wide, deep = piece.size_m[0] / 2, piece.size_m[2] / 2
    turn = math.radians(piece.yaw_deg)
    return [
        (
            piece.position_m[0] + x * math.cos(turn) + z * math.sin(turn),
            piece.position_m[2] - x * math.sin(turn) + z * math.cos(turn),
        )
        for x, z in ((-wide, -deep), (wide, -deep), (wide, deep), (-wide, deep),
                     (-wide, -deep))
    ]  # fmt: skip


def _plain(words: str) -> str:
    """Return words in which plotly sees no markup."""
    return words.replace("&", "&amp;").replace("<", "&lt;")
