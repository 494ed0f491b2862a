"""What a shot's frames follow from: everything that is where in each of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from previz import model
from previz.stage import Geometry, Stage, StageState

__all__ = ["seen_hash", "seen_steps", "through"]

_Made = TypeVar("_Made")

_SET = {"interior", "size_m", "pieces"}
"""What renderers read of a set besides its triangles: places on it have names only
for people."""


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...


def seen_hash(
    film: model.Film,
    scene: model.Scene,
    shot: model.Shot,
    stage: Stage,
    *,
    width_px: int,
) -> str:
    """Return the SHA-256 of what is where in each frame of a shot.

    Camera, people, things, set, light and the medium, frame by frame as the stage
    gives them: a mark moved in another shot's time changes nothing, one that moves
    somebody behind the camera does, since they throw light back. What nobody sees (a
    note, a slate, the words of a speech) is not in it. Every frame's state includes
    the moment before it, so that a backend may blur; none includes the moment after
    the last.

    Args:
        film: The film.
        scene: The shot's scene.
        shot: The shot.
        stage: The scene's stage.
        width_px: Width of the pictures, which decides how fine small figures are.
    """
    return through(seen_steps(film, scene, shot, stage, width_px=width_px))


def seen_steps(
    film: model.Film,
    scene: model.Scene,
    shot: model.Shot,
    stage: Stage,
    *,
    width_px: int,
) -> Generator[None, None, str]:
    """Work out `seen_hash` one frame after another."""
    told = hashlib.sha256()
    _add_value(told, _standing(film, scene, shot))
    _add(told, stage.set_geometry)
    for frame in range(shot.length_frames):
        _add_frame(told, stage.at(shot, frame, width_px=width_px))
        yield
    return told.hexdigest()


def through(steps: Generator[None, None, _Made]) -> _Made:
    """Do all steps at once, and return what they come to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: _Made = end.value
            return made


def _standing(
    film: model.Film, scene: model.Scene, shot: model.Shot
) -> dict[str, object]:
    """Return what holds for all frames of a shot."""
    return {
        "rate": [film.rate.numerator, film.rate.denominator],
        "seed": film.seed,
        "medium": film.medium_of(scene, shot),
        "exposure_ev100": scene.exposure_ev100,
        "set": scene.set.model_dump(mode="json", include=_SET),
        "lights": [light.model_dump(mode="json") for light in scene.lights],
        "length_frames": shot.length_frames,
    }


def _add_frame(told: _Hash, state: StageState) -> None:
    _add_value(told, [state.scene_frame, sorted(state.object_seeds.items())])
    _add(told, state.camera)
    _add(told, state.camera_before)
    _add(told, _placed(state.moving))
    _add(told, state.moving_before)


def _placed(geometry: Geometry) -> list[Any]:
    """Return triangles of people and things without what follows from their places."""
    return [
        geometry.positions,
        geometry.triangles,
        geometry.triangle_object,
        geometry.triangle_material,
        geometry.surface,
        geometry.materials,
    ]


def _add(told: _Hash, thing: object) -> None:
    """Add a value, an array or a record of such, with its shape and kind."""
    if isinstance(thing, np.ndarray):
        _add_array(told, thing)
    elif isinstance(thing, model.Model):
        _add_value(told, thing.model_dump(mode="json"))
    elif is_dataclass(thing):
        for part in fields(thing):
            _add(told, getattr(thing, part.name))
    elif isinstance(thing, Sequence) and not isinstance(thing, str):
        for each in thing:
            _add(told, each)
    else:
        _add_value(told, thing)


def _add_array(told: _Hash, values: NDArray[Any]) -> None:
    told.update(f"{values.dtype.str}{values.shape}".encode())
    told.update(np.ascontiguousarray(values).tobytes())


def _add_value(told: _Hash, value: object) -> None:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    told.update(text.encode() + b"\n")
