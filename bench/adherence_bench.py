"""What the measures of adherence can tell: their floor on path traces, and controls.

Some frames of the shipped film's shots are path-traced: takes that are true to their
shot. What is measured of them is the estimators' floor. Then takes that are not:
another shot's frames, the shot backwards, one frame held, the actors swapped.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

import previz as pv
from previz.adherence import Adherence, measured
from previz.adherence.camera import camera_fit
from previz.adherence.colour import colour_fit
from previz.adherence.compared import Taken
from previz.adherence.people import people_fit
from previz.controls import Footage
from previz.model import Film
from previz.render import Renderer, display
from previz.render.bake import LightCache
from previz.stage import Stage
from previz.trace import Tracer, trace

__all__ = ["figures"]

_SIZE = (384, 216)
_TRACED_FRAMES, _SAMPLES = 2, 8
_SHOWN = ("registered", "framing_pct", "rot_err_frame_deg", "focal_pct", "outline",
          "joint_pct", "movement", "warp", "flicker", "colour_off",
          "colour_wavers")  # fmt: skip

Frames = Callable[[int], NDArray[np.uint8]]


def figures(shots: int = 2) -> dict[str, Any]:
    """Return the floor, and the verdict on each control, by shot.

    Args:
        shots: How many of the shipped film's are measured, evenly over it.
    """
    film = pv.Film.from_screenplay(pv.demo_screenplay()).value
    places = np.linspace(0, len(film.shots) - 1, shots + 2).round().astype(int)[1:-1]
    rows = [_shot(film, film.shots[int(place)][1].id) for place in places]
    return {
        "goal": {"path trace": "pass", "controls": "retry or review"},
        "size": f"{_SIZE[0]}x{_SIZE[1]}",
        "traced": f"{_TRACED_FRAMES} frames of {_SAMPLES} paths a pixel, denoised",
        "shots": rows,
    }


def _shot(film: Film, shot_id: str) -> dict[str, Any]:
    footage = _footage(film, shot_id)
    scene = footage.scene
    others = [shot for shot in scene.shots if shot.id != shot_id]
    last = footage.length_frames - 1

    def plain(frame: int) -> NDArray[np.uint8]:
        return footage.preview(frame, size=_SIZE)

    controls: dict[str, Frames] = {
        "backwards": lambda frame: plain(last - frame),
        "one frame held": lambda frame: plain(0),
    }
    if others:
        other = _footage(film, others[0].id)
        end = other.length_frames - 1
        controls["another shot's camera"] = lambda frame: other.preview(
            min(frame, end), size=_SIZE
        )
    if len(footage.film.characters) > 1:
        swapped = _footage(_swapped(footage), shot_id)
        controls["actors swapped"] = lambda frame: swapped.preview(frame, size=_SIZE)
    begun = time.perf_counter()
    own = measured(footage, plain, tier="standard")
    seconds = time.perf_counter() - begun
    return {
        "slate": footage.shot.slate,
        "measured_s": round(seconds, 1),
        "preview itself": _told(own),
        "path trace": _traced(footage),
        "controls": {
            name: _told(measured(footage, frames, tier="standard"))
            for name, frames in controls.items()
        },
    }


def _traced(footage: Footage) -> dict[str, Any]:
    """Return what the estimators make of path traces: their floor."""
    chosen = np.linspace(0, footage.length_frames - 1, _TRACED_FRAMES).round()
    tracer = Tracer("scalar_rgb")
    kept: dict[int, NDArray[np.uint8]] = {}

    def frame_of(frame: int) -> NDArray[np.uint8]:
        if frame not in kept:
            light = trace(
                footage.stage, footage.shot, frame, width_px=_SIZE[0],
                height_px=_SIZE[1], samples=_SAMPLES, tracer=tracer,
            )  # fmt: skip
            kept[frame] = display(light, exact=True)
        return kept[frame]

    taken = Taken(footage, frame_of)
    compared = [taken.compared(int(frame)) for frame in chosen]
    tracer.close()
    people = people_fit(compared, footage.film.characters)
    told = {**vars(camera_fit(compared)), **vars(people)}
    told["colour_off"] = colour_fit(compared).off
    return {name: _rounded(value) for name, value in told.items()}


def _told(found: Adherence) -> dict[str, Any]:
    shown = {name: _rounded(found.figures.get(name)) for name in _SHOWN}
    return {"verdict": found.verdict, "because": list(found.reasons), **shown}


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.3g}")


def _footage(film: Film, shot_id: str) -> Footage:
    scene, shot = film.find_shot(shot_id)
    stage = Stage(scene, film.characters, rate=film.rate)
    made: dict[tuple[int, int], Renderer] = {}
    cache = LightCache()

    def renderer_of(size: tuple[int, int]) -> Renderer:
        if size not in made:
            made[size] = Renderer(
                stage, width_px=size[0], height_px=size[1],
                exposure_ev100=scene.exposure_ev100, quality="board",
                light_cache=cache,
            )  # fmt: skip
        return made[size]

    return Footage(film, scene, shot, stage, renderer_of)


def _swapped(footage: Footage) -> Film:
    """Return the film with those on set in each other's bodies and clothes."""
    film = footage.film
    here = [blocking.character for blocking in footage.scene.blocking]
    turned = dict(zip(here, here[1:] + here[:1], strict=True))
    cast = {person.id: person for person in film.characters}
    return film.changed(
        characters=tuple(
            cast[turned.get(one.id, one.id)].changed(id=one.id, name=one.name)
            for one in film.characters
        )
    )
