"""Time the stage on a busy scene: three people, sixty set pieces, then fifty extras."""

from __future__ import annotations

import math
import statistics
import time
from typing import Any

__all__ = ["busy_scene", "stage_figures"]

_FRAMES = 60
_PIECES = 60
_EXTRAS = 50


def stage_figures() -> dict[str, Any]:
    """Return what a frame of the busy scene costs, in milliseconds, one thread.

    `stage` is everything at frame f, skinned to the detail that the picture needs;
    each frame is asked for once, in order, as a preview does.
    """
    alone, crowd = (_timed(_EXTRAS * n) for n in (0, 1))
    return {
        "goal_ms": {"stage": 6.0, "buffers_256x144": 6.0, "fifty_extras": 4.0},
        "pieces": _PIECES,
        "people": 3,
        "stage_ms": alone["stage"],
        "buffers_256x144_ms": alone["buffers"],
        "triangles": alone["triangles"],
        "with_50_extras": {
            "stage_ms": crowd["stage"],
            "buffers_256x144_ms": crowd["buffers"],
            "triangles": crowd["triangles"],
        },
        "fifty_extras_add_ms": {
            "stage": round(crowd["stage"]["median"] - alone["stage"]["median"], 2),
            "buffers": round(
                crowd["buffers"]["median"] - alone["buffers"]["median"], 2
            ),
        },
    }


def _acts(person: int) -> tuple[Any, ...]:
    """Return what a lead does: one drinks, one hands something over, one takes it."""
    from previz.model import Act, ActKind

    acts = (
        Act(kind=ActKind.DRINK, frame=16, length_frames=60),
        Act(
            kind=ActKind.HAND_OVER, frame=24, length_frames=40, target="lead-2"
        ),
        Act(kind=ActKind.RECEIVE, frame=24, length_frames=40, target="lead-1"),
    )  # fmt: skip
    return acts[person : person + 1]


def _held() -> tuple[Any, ...]:
    """Return the cup of who drinks and the book that changes hands."""
    from previz.model import Hold, Prop, SetPiece

    cup = SetPiece(id="cup", kind="cup", size_m=(0.08, 0.10, 0.08))
    book = SetPiece(id="book", kind="book", size_m=(0.16, 0.03, 0.22))
    passed = (Hold(frame=0, character="lead-1"), Hold(frame=26, character="lead-2"))
    return (
        Prop(piece=cup, holds=(Hold(frame=0, character="lead-0"),)),
        Prop(piece=book, holds=passed),
    )


def busy_scene(extras: int) -> tuple[Any, Any]:
    """Return a scene and its characters: three act in a room, others stand around."""
    from previz.direct import dress
    from previz.model import (
        Blocking,
        Camera,
        CameraPose,
        Character,
        Coverage,
        Gaze,
        Mark,
        Scene,
        Shot,
        ShotSize,
        Slugline,
    )

    slug = Slugline(text="INT. CAFE - DAY", place="cafe", time="DAY")
    place = dress(slug, seed=5, id="busy", people=12)
    pieces = (place.pieces * 3)[:_PIECES]
    pieces = tuple(p.changed(id=f"p{i}") for i, p in enumerate(pieces))
    place = place.changed(pieces=pieces)
    cast, blocking = [], []
    for k in range(3 + extras):
        name = f"lead-{k}" if k < 3 else f"extra-{k}"
        cast.append(
            Character(
                id=name,
                name=name,
                age=25 + 7 * (k % 6),
                femininity=k % 2,
                seed=k,
                background=k >= 3,
            )
        )
        turn = 2.4 * k
        away = 0.8 + 0.05 * k if k < 3 else 2.0 + 0.35 * math.sqrt(k)
        at = (away * math.sin(turn), 0.0, away * math.cos(turn))
        marks = [Mark(position_m=at, facing_deg=40.0 * k, arrive_frame=0,
                      leave_frame=20 if k < 3 else 500)]  # fmt: skip
        if k < 3:
            marks.append(
                Mark(position_m=(-at[0], 0.0, -at[2]), arrive_frame=60, leave_frame=500)
            )
        gazes = (Gaze(frame=0, target=f"lead-{(k + 1) % 3}"),)
        blocking.append(
            Blocking(character=name, marks=tuple(marks), gazes=gazes, acts=_acts(k))
        )
    eye = CameraPose(
        position_m=(0.0, 1.9, 7.0), target_m=(0.0, 1.0, 0.0), focal_length_mm=24.0
    )
    shot = Shot(
        id="1a", slate="1A", first_frame=0, length_frames=240,
        coverage=Coverage.MASTER, size=ShotSize.LS, camera=Camera(poses=(eye,)),
    )  # fmt: skip
    scene = Scene(
        id="busy", number="1", slugline=slug, set=place, blocking=tuple(blocking),
        length_frames=240, shots=(shot,), props=_held(),
    )  # fmt: skip
    return scene, tuple(cast)


def _timed(extras: int) -> dict[str, Any]:
    from previz.model import Rate
    from previz.render import Renderer
    from previz.stage import Stage

    scene, cast = busy_scene(extras)
    stage = Stage(scene, cast, rate=Rate.of(24))
    shot = scene.shots[0]
    renderer = Renderer(
        stage, width_px=256, height_px=144, exposure_ev100=7.0, quality="board"
    )
    stage.at(shot, 0, width_px=256)
    staged, drawn = [], []
    for frame in range(1, _FRAMES + 1):
        begun = time.perf_counter()
        state = stage.at(shot, frame, width_px=256)
        staged.append(1e3 * (time.perf_counter() - begun))
        begun = time.perf_counter()
        renderer.buffers(state)
        drawn.append(1e3 * (time.perf_counter() - begun))
    return {
        "stage": _spread(staged),
        "buffers": _spread(drawn),
        "triangles": len(stage.set_geometry.triangles) + len(state.moving.triangles),
    }


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 2),
        "min": round(min(values), 2),
        "max": round(max(values), 2),
        "runs": len(values),
    }
