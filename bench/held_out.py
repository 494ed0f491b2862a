"""Frames of places that nobody learned from, and what is true of them.

Truth is dear, so it is traced once, by `python -m bench.run references`, and kept
outside the repository: in the folder that `PREVIZ_BENCH_CACHE` names, or in the user's
cache, with the scenes as they were directed. It is made in slices, one of each kind of
scene first: it may be stopped at any time, and what is whole by then is used. What is
kept goes by a hash of all that is before the camera, so truth of an older stage is
never taken for that of this one; the tracer's own code is not in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

__all__ = [
    "PAIR_SAMPLES",
    "SIZE",
    "Seen",
    "frames",
    "hash_of",
    "kept_in",
    "moving",
    "renderer_of",
    "shown",
    "told",
    "trace_references",
    "truth_of",
]

SIZE = (256, 144)
SAMPLES, PAIR_SAMPLES = 256, 64
NUMBERS = tuple(range(16, 24))
"""Scenes, two of each kind; not the sixteen that a run of the training chooses by."""
PAIRS = 2
"""Of how many shots, those that move most, the frame before is traced too."""
_SEED, _SLICE, _FIRST = 1, 64, 4
_MADE = 2
"""Of how truth is made: another number, and all of it is traced anew."""
_LAYERS = ("light", "albedo", "normal", "depth_m", "covered")


@dataclass(frozen=True, eq=False)
class Seen:
    """One frame to measure at.

    Attributes:
        number: Of the scene.
        kind: One of `previz.train.varied.KINDS`.
        stage: The scene, played.
        before: The frame before.
        state: The frame.
    """

    number: int
    kind: str
    stage: Any
    before: Any
    state: Any

    @property
    def exposure_ev100(self) -> float:
        """What the scene's camera is set to."""
        return float(self.stage.scene.exposure_ev100)


@cache
def frames() -> tuple[Seen, ...]:
    """Return the frames, in the order of their numbers."""
    return tuple(_seen(number) for number in NUMBERS)


def _seen(number: int) -> Seen:
    from previz.model import Shot, film_from_json
    from previz.stage import Stage
    from previz.train.varied import KINDS, filmed

    path = kept_in() / f"{number:05d}.json"
    if not path.is_file():
        made = filmed(number, seed=_SEED, held_out=True, takes=1)
        take = made.takes[0]
        kept = {"film": made.film.to_json(), "shot": take.shot.to_json(),
                "frame": max(take.frame, 1)}  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(kept))
    kept = json.loads(path.read_text())
    film, shot = film_from_json(kept["film"]), Shot.from_json(kept["shot"])
    stage = Stage(film.scenes[0], film.characters, rate=film.rate)
    before, state = (
        stage.at(shot, kept["frame"] + step, width_px=SIZE[0]) for step in (-1, 0)
    )
    return Seen(number, KINDS[number % len(KINDS)], stage, before, state)


@cache
def renderer_of(seen: Seen) -> Any:
    """Return the renderer of a frame's scene, with the generator that ships."""
    from previz.generate import shipped_generator
    from previz.render import Renderer

    return Renderer(
        seen.stage, width_px=SIZE[0], height_px=SIZE[1],
        exposure_ev100=seen.exposure_ev100, generator=shipped_generator(),
    )  # fmt: skip


def shown(seen: Seen, state: Any, **how: Any) -> Any:
    """Return the preview's picture of a moment as code values, shape (h, w, 3).

    Args:
        seen: The frame whose scene it is.
        state: The moment.
        **how: As `Renderer.linear` takes it.
    """
    from previz.render import display

    return display(renderer_of(seen).linear(state, **how), exact=True)


def moving() -> tuple[Seen, ...]:
    """Return the frames before which most moves, the fastest first."""
    return tuple(sorted(frames(), key=_motion, reverse=True)[:PAIRS])


def _motion(seen: Seen) -> float:
    """Return how far the camera and people moved since the frame before, about."""
    state = seen.state
    camera = state.camera.world_from_camera - state.camera_before.world_from_camera
    people = state.moving.positions - state.moving_before
    return float(np.abs(camera).sum() + np.abs(people).mean())


def trace_references() -> dict[str, Any]:
    """Trace what is not kept yet, on all cores; say how long it takes."""
    whole = [(x, x.state, SAMPLES) for x in frames()]
    pairs = [(x, s, PAIR_SAMPLES) for x in moving() for s in (x.before, x.state)]
    wanted = [*whole[:_FIRST], *pairs, *whole[_FIRST:]]
    wanted = [job for job in wanted if _kept(*job) < job[2]]
    begun = time.perf_counter()
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for done, seen in enumerate(pool.map(_trace, wanted), start=1):
            left = (time.perf_counter() - begun) / done * (len(wanted) - done) / 60
            line = f"truth {done}/{len(wanted)}, scene {seen.number}: {left:.0f} min"
            sys.stderr.write(f"{line} left\n")
    return told()


def told() -> dict[str, Any]:
    """Say what truth is there and how it was made."""
    there = [x for x in frames() if _kept(x, x.state, SAMPLES) >= SAMPLES]
    return {
        "frames": len(there),
        "of": len(NUMBERS),
        "samples": SAMPLES,
        "pair_samples": PAIR_SAMPLES,
        "size_px": list(SIZE),
        "denoised": True,
        "how": "Mitsuba scalar_rgb, full depth, grown matter; then Open Image Denoise "
        "at its best quality, which rivals that denoise share",
        "scenes": [x.stage.scene.set.template for x in there],
    }


def truth_of(seen: Seen, state: Any = None, *, samples: int = SAMPLES) -> Any:
    """Return the true picture, exposed linear Rec.709; None if it is not traced yet.

    Args:
        seen: The frame.
        state: Another moment of the scene than the frame's.
        samples: Paths a pixel.
    """
    from previz.trace import Layers, exposed
    from previz.trace.denoise import denoised
    from previz.trace.order import ALL_CARE

    state = state or seen.state
    if _kept(seen, state, samples) < samples:
        return None
    with np.load(_path(seen, state, samples)) as kept:
        layers = Layers(*(kept[name] / np.float32(samples) for name in _LAYERS))
    light = denoised(
        layers.light, albedo=layers.albedo, normal=layers.normal, care=ALL_CARE
    )
    layers = replace(layers, light=light)
    return exposed(layers, seen.stage, state, exposure_ev100=seen.exposure_ev100)


def _trace(job: tuple[Seen, Any, int]) -> Seen:
    """Trace a picture in slices, each kept: one that is stopped goes on later.

    Returns:
        The frame.
    """
    from previz.trace import Tracer, order_of

    seen, state, samples = job
    path, done = _path(*job), _kept(*job)
    sums = dict(np.load(path)) if done else {}
    tracer = Tracer("scalar_rgb")
    while done < samples:
        order = order_of(
            seen.stage, state, width_px=SIZE[0], height_px=SIZE[1], samples=_SLICE,
            seed=1000 * seen.number + done, denoise=False,
        )  # fmt: skip
        layers = tracer.layers(order)
        for name in _LAYERS:
            layer = np.float32(_SLICE) * getattr(layers, name)
            sums[name] = sums.get(name, np.float32(0)) + layer
        done += _SLICE
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new.npz")
        np.savez(new, samples=done, **{name: sums[name] for name in _LAYERS})
        new.replace(path)
    tracer.close()
    return seen


def _kept(seen: Seen, state: Any, samples: int) -> int:
    """Return how many paths a pixel are kept."""
    path = _path(seen, state, samples)
    if not path.is_file():
        return 0
    with np.load(path) as kept:
        return int(kept["samples"])


def _path(seen: Seen, state: Any, samples: int) -> Path:
    return kept_in() / f"{seen.number:05d}-{hash_of(seen, state)}-{samples}.npz"


def kept_in() -> Path:
    """Return the folder where truth is kept."""
    named = os.environ.get("PREVIZ_BENCH_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "previz" / "bench"


def hash_of(seen: Seen, state: Any) -> str:
    """Return what tells all that is before the camera, 16 hexadecimal digits."""
    scene = seen.stage.scene
    made = hashlib.sha256(repr((_MADE, SIZE, _SLICE, state.object_seeds)).encode())
    for geometry in (seen.stage.set_geometry, state.moving):
        for name in ("positions", "triangles", "triangle_material"):
            made.update(np.ascontiguousarray(getattr(geometry, name)).tobytes())
        made.update(np.ascontiguousarray(geometry.materials.base_color).tobytes())
    made.update(state.camera.world_from_camera.tobytes())
    made.update("".join(light.to_json() for light in scene.lights).encode())
    return made.hexdigest()[:16]
