"""What the measures of adherence can tell: their floor on path traces, and controls.

A clip of few frames, whose camera trucks past two people, is path-traced and measured
whole, as a take is: what the figures say of it is their floor. Then takes that are not
what was directed: traced frames in another order, one of them held, the actors swapped;
and of whole shots of the shipped film, at a preview's price, another shot's frames, the
shot backwards, one frame held, the actors swapped.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

import previz as pv
from previz.adherence import Adherence, measured
from previz.controls import Footage
from previz.model import CameraMove, Film, Move, Shot
from previz.render import Renderer, display
from previz.render.bake import LightCache
from previz.stage import Stage
from previz.trace import Tracer, trace

__all__ = ["figures", "traced_clip"]

_SIZE = (384, 216)
_CLIP_SIZE, _CLIP_FRAMES, _CLIP_SAMPLES, _TRUCK_M = (192, 108), 6, 8, 0.25
_SHOWN = ("registered", "framing_pct", "rot_err_frame_deg", "focal_pct", "outline",
          "joint_pct", "movement", "warp", "flicker", "colour_off",
          "colour_wavers")  # fmt: skip

Frames = Callable[[int], NDArray[np.uint8]]


def figures(shots: int = 2) -> dict[str, Any]:
    """Return the floor, and the verdict on each control, by shot.

    Args:
        shots: How many of the shipped film's whose camera moves are measured, evenly
            over it: where nothing moves, a frame that is held is what was directed.
    """
    film = pv.Film.from_screenplay(pv.demo_screenplay()).value
    moving = [shot.id for _, shot in film.shots if _moves(shot)]
    places = np.linspace(0, len(moving) - 1, shots + 2).round().astype(int)[1:-1]
    rows = [_shot(film, moving[int(place)]) for place in places]
    return {
        "goal": {"path trace": "pass", "controls": "retry or review"},
        "clip": traced_clip(film),
        "size": f"{_SIZE[0]}x{_SIZE[1]}",
        "shots": rows,
    }


def _moves(shot: Shot) -> bool:
    return bool(shot.camera.moves) or len(shot.camera.poses) > 1


def traced_clip(film: Film) -> dict[str, Any]:
    """Return the verdicts on a path-traced clip and on what is made wrong of it.

    Args:
        film: One with a shot of two people.
    """
    shot_id = next(shot.id for _, shot in film.shots if len(shot.subjects) > 1)
    own = _trucking(_footage(film, shot_id))
    others = _trucking(_footage(_swapped(own), shot_id))
    tracer = Tracer("scalar_rgb")
    begun = time.perf_counter()
    taken, swapped = (_traced(footage, tracer) for footage in (own, others))
    order = np.random.default_rng(1).permutation(_CLIP_FRAMES)
    takes: dict[str, Frames] = {
        "path trace": taken,
        "camera shuffled": lambda frame: taken(int(order[frame])),
        "one frame held": lambda frame: taken(0),
        "actors swapped": swapped,
    }
    found = {
        name: _told(measured(own, frames, tier="draft"))
        for name, frames in takes.items()
    }
    seconds = time.perf_counter() - begun
    tracer.close()
    return {
        "slate": own.shot.slate,
        "traced": f"{_CLIP_FRAMES} frames of {_CLIP_SIZE[0]}x{_CLIP_SIZE[1]}, "
        f"{_CLIP_SAMPLES} paths a pixel, denoised, scalar_rgb",
        "tier": "draft",
        "seconds": round(seconds, 1),
        **found,
    }


def _trucking(footage: Footage) -> Footage:
    """Return the first frames of a shot, in which its camera moves sideways."""
    move = CameraMove(kind=Move.TRUCK, amount=_TRUCK_M, length_frames=_CLIP_FRAMES - 1)
    camera = footage.shot.camera.changed(moves=(move,))
    shot = footage.shot.changed(length_frames=_CLIP_FRAMES, camera=camera)
    return replace(footage, shot=shot)


def _traced(footage: Footage, tracer: Tracer) -> Frames:
    """Return what traces a frame of a clip, each once."""

    @cache
    def frame_of(frame: int) -> NDArray[np.uint8]:
        light = trace(
            footage.stage, footage.shot, frame, width_px=_CLIP_SIZE[0],
            height_px=_CLIP_SIZE[1], samples=_CLIP_SAMPLES, grown=False, tracer=tracer,
        )  # fmt: skip
        return display(light, exact=True)

    return frame_of


def _shot(film: Film, shot_id: str) -> dict[str, Any]:
    footage = _footage(film, shot_id)
    others = [shot for shot in footage.scene.shots if shot.id != shot_id]
    last = footage.length_frames - 1
    plain = _previewed(footage)
    controls: dict[str, Frames] = {
        "backwards": lambda frame: plain(last - frame),
        "one frame held": lambda frame: plain(0),
    }
    if others:
        other = _previewed(_footage(film, others[0].id))
        end = others[0].length_frames - 1
        controls["another shot's camera"] = lambda frame: other(min(frame, end))
    if len(footage.film.characters) > 1:
        controls["actors swapped"] = _previewed(_footage(_swapped(footage), shot_id))
    begun = time.perf_counter()
    own = measured(footage, plain, tier="standard")
    seconds = time.perf_counter() - begun
    return {
        "slate": footage.shot.slate,
        "measured_s": round(seconds, 1),
        "preview itself": _told(own),
        "controls": {
            name: _told(measured(footage, frames, tier="standard"))
            for name, frames in controls.items()
        },
    }


def _previewed(footage: Footage) -> Frames:
    """Return what draws a frame of a shot, each once."""

    @cache
    def frame_of(frame: int) -> NDArray[np.uint8]:
        return footage.preview(frame, size=_SIZE)

    return frame_of


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
