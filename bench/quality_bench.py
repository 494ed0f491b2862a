"""Measure the generated preview against what is true, beside its rivals.

On frames of `bench.held_out`, on what the display shows, with no exposure taken from
the truth. The figures depend on the weights that come with previz and on nothing that
was learned here; without traced truth those that need it are left out.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import product
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from bench.held_out import (
    PAIR_SAMPLES,
    SIZE,
    Seen,
    frames,
    moving,
    renderer_of,
    shown,
    told,
    truth_of,
)
from bench.pixels import around, largest
from bench.reseed import reseed_figures

__all__ = ["quality_figures"]

_RUNS, _MOST_SAMPLES = 5, 16
_LEAST_PLACES, _REACH_PX = 200, 4
_RIGHT_DB = 29.0
_MOVES_M = (0.7, 1.4, 2.1)
_LUMA = np.array([0.2126, 0.7152, 0.0722])


def quality_figures() -> dict[str, Any]:
    """Measure pictures, rivals, motion, re-seeding, an orbit and a moved light."""
    rows = [
        row
        for seen in frames()
        if (truth := truth_of(seen)) is not None
        for row in _rows(seen, truth)
    ]
    scores = {
        name: _by_kind(rows, name) for name in dict.fromkeys(r.name for r in rows)
    }
    return {
        "reference": told(),
        "equal_time": "each rival has as many paths a pixel as fit in the preview's "
        "wall time from a frame's state to light, at least one; sky, glow and haze it "
        "is given for nothing",
        "scores": scores,
        "network_adds": _added(scores),
        "motion": _motion(),
        "flicker": max(_flicker(seen) for seen in frames()),
        "reseed": reseed_figures(),
        "orbit": _orbit(),
        "light_moved": _light_moved(),
    }


class _Row(NamedTuple):
    """One picture of one painter."""

    name: str
    kind: str
    psnr_db: float
    flip: float
    detail: float
    wall_ms: float
    samples: int


def _rows(seen: Seen, truth: Any) -> list[_Row]:
    """Score the preview, what it is without its network, and rivals on one frame."""
    from bench.embree_rival import EmbreePaths
    from bench.mitsuba_rival import MitsubaPaths

    renderer, state = renderer_of(seen), seen.state
    ours_ms = _ms(lambda: renderer.linear(state))
    plain_ms = _ms(lambda: renderer.linear(state, plain=True))
    rows = [
        _scored("preview", seen, renderer.linear(state), truth, ours_ms, 0),
        _scored("without network", seen, renderer.linear(state, plain=True), truth,
                plain_ms, 0),
    ]  # fmt: skip
    for name, rival in (
        ("embree paths + OIDN fast", EmbreePaths(seen.stage)),
        ("Mitsuba + OIDN fast", MitsubaPaths(seen.stage, state, size=SIZE)),
    ):
        made, wall_ms = _in_time(rival, seen, ours_ms)
        rows.append(_scored(name, seen, made, truth, wall_ms, rival.samples))
    return rows


def _scored(
    name: str, seen: Seen, made: Any, truth: Any, wall_ms: float, samples: int
) -> _Row:
    from previz.train.measures import score_of

    return _Row(name, seen.kind, *score_of(made, truth), wall_ms, samples)


def _ms(work: Callable[[], object], runs: int = _RUNS) -> float:
    """Return the median wall time of some work, warm."""
    work()
    values = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        values.append(1e3 * (time.perf_counter() - begun))
    return statistics.median(values)


def _in_time(rival: Any, seen: Seen, limit_ms: float) -> tuple[Any, float]:
    """Return a rival's picture with as many paths as fit in a time, at least one.

    From the frame's state to light: buffers, scene update, paths, denoising. What
    shines by itself, and haze, it is given for nothing.
    """
    from bench.embree_rival import textured
    from previz.render.anchored import view_of

    glow = _glow(seen)
    view = view_of(seen.state.camera, width_px=SIZE[0], height_px=SIZE[1])

    def paint() -> Any:
        buffers = textured(renderer_of(seen).buffers(seen.state), view)
        return rival.linear(seen.state, buffers, glow)

    spent = _ms(paint, 3)
    while spent < limit_ms and rival.samples < _MOST_SAMPLES:
        rival.samples += 1
        more = _ms(paint, 3)
        if more > limit_ms:
            rival.samples -= 1
            break
        spent = more
    return _hazed(paint(), seen), spent


def _glow(seen: Seen) -> Any:
    """Return what shines by itself, exposed, as the preview shows it."""
    from previz.model import Matter
    from previz.render.buffers import SKY_MATTER
    from previz.stage import MATTERS

    plates = renderer_of(seen).plates(seen.state)
    matter = plates.buffers.matter
    shines = (matter == SKY_MATTER) | (matter == MATTERS.index(Matter.EMITTER))
    return np.where(shines[..., None], plates.lit, np.float32(0))


def _hazed(made: Any, seen: Seen) -> Any:
    """Return a picture through the air and the lens of a traced one."""
    from previz.render.color import exposure_scale
    from previz.trace import Layers, exposed

    buffers, ev100 = renderer_of(seen).buffers(seen.state), seen.exposure_ev100
    own = seen.state.camera.exposure_ev100
    met = np.isfinite(buffers.depth_m)
    ways = buffers.position_world - seen.state.camera.position_m
    layers = Layers(
        light=made / np.float32(exposure_scale(ev100)),
        albedo=buffers.base_color,
        normal=buffers.normal_world,
        depth_m=np.where(met, np.linalg.norm(ways, axis=2), 0.0).astype(np.float32),
        covered=met.astype(np.float32),
    )
    return exposed(layers, seen.stage, seen.state,
                   exposure_ev100=ev100 if own is None else own)  # fmt: skip


def _by_kind(rows: Sequence[_Row], name: str) -> dict[str, dict[str, float]]:
    own = [row for row in rows if row.name == name]
    kinds = [*dict.fromkeys(row.kind for row in own), "all"]
    return {kind: _mean([r for r in own if kind in (r.kind, "all")]) for kind in kinds}


def _mean(rows: Sequence[_Row]) -> dict[str, float]:
    def mean(name: str, digits: int) -> float:
        return round(float(np.mean([getattr(row, name) for row in rows])), digits)

    return {
        "psnr_db": mean("psnr_db", 2),
        "flip": mean("flip", 4),
        "detail": mean("detail", 3),
        "wall_ms": mean("wall_ms", 1),
        "samples": mean("samples", 1),
        "pictures": len(rows),
    }


def _added(scores: dict[str, Any]) -> dict[str, float]:
    if not scores:
        return {}
    ours, plain = (scores[name]["all"] for name in ("preview", "without network"))
    return {
        "psnr_db": round(ours["psnr_db"] - plain["psnr_db"], 2),
        "flip": round(ours["flip"] - plain["flip"], 4),
    }


def _motion() -> dict[str, float]:
    """Return warp errors along exact motion, in code values, and ours over truth's.

    Both truths of a pair draw the same chance, so noise that stands still is no motion.
    """
    from previz.render import display
    from previz.train.measures import warp_error

    found: list[tuple[float, ...]] = []
    for seen in moving():
        pair = (seen.before, seen.state)
        true = [truth_of(seen, state, samples=PAIR_SAMPLES) for state in pair]
        if any(picture is None for picture in true):
            continue
        buffers = [renderer_of(seen).buffers(state) for state in pair]
        made = (
            [shown(seen, state) for state in pair],
            [shown(seen, state, plain=True) for state in pair],
            [display(picture, exact=True) for picture in true],
        )
        found.append(tuple(warp_error(*pictures, *buffers) for pictures in made))
    if not found:
        return {"pairs": 0}
    ours, plain, truth = np.mean(np.array(found), axis=0)
    return {
        "warp_rms": round(float(ours), 3),
        "without_network": round(float(plain), 3),
        "reference": round(float(truth), 3),
        "over_reference": round(float(ours / truth), 3),
        "pairs": len(found),
    }


def _flicker(seen: Seen) -> float:
    """Return the mean change, of 255, when nothing moves and a second has passed."""
    later = replace(seen.state, scene_frame=seen.state.scene_frame + 24,
                    frame=seen.state.frame + 24)  # fmt: skip
    one, two = (shown(seen, state).astype(float) for state in (seen.state, later))
    return round(float(np.abs(one - two).mean()), 3)


def _detail(shown: Any) -> Any:
    """Return the luma's mean over 3×3 pixels less that over 9×9.

    What is finer than that, two pictures sample at other places of the surface.
    """
    luma = shown.astype(np.float64) @ _LUMA
    return around(luma, 1, np.mean) - around(luma, _REACH_PX, np.mean)


def _inner(ids: Any) -> Any:
    """Return where all that `_detail` looks at belongs to one object."""
    return around(ids, _REACH_PX, np.max) == around(ids, _REACH_PX, np.min)


def _orbit() -> dict[str, Any]:
    """Correlate detail of places seen from two sides, 30 degrees apart.

    `invented` is what the network adds to the plain picture; `plain` is the detail
    that the plain picture itself has, whose textures stick to their surfaces.
    """
    found: dict[str, list[float]] = {"invented": [], "plain": []}
    counts = []
    for seen in frames():
        pair = _both_sides(seen)
        if pair is None:
            continue
        for name, values in pair.items():
            found[name].append(float(np.corrcoef(*values)[0, 1]))
        counts.append(len(pair["plain"][0]))
    return {
        **{name: _middle(values) for name, values in found.items()},
        "frames": len(counts),
        "places": int(np.sum(counts)),
    }


def _middle(values: Iterable[float]) -> dict[str, float]:
    known = list(values)
    if not known:
        return {}
    return {"mean": round(float(np.mean(known)), 3), "min": round(min(known), 3)}


def _both_sides(seen: Seen) -> dict[str, tuple[Any, Any]] | None:
    """Return detail at the same places from both sides of an orbit.

    Round the largest person, or else the largest thing.
    """
    from bench.orbit import orbit, same_places
    from previz.render.anchored import view_of
    from previz.stage import FIGURE_OBJECT_BASE

    renderer = renderer_of(seen)
    buffers = renderer.buffers(seen.state)
    number = largest(buffers.object_id, lambda ids: ids >= FIGURE_OBJECT_BASE)
    number = number or largest(buffers.object_id, lambda ids: ids > 0)
    about = np.median(buffers.position_world[buffers.object_id == number], axis=0)
    sides = []
    for state in orbit(seen.state, (-15.0, 15.0), about=about):
        plain, made = (shown(seen, state, plain=x) for x in (True, False))
        made = made.astype(float) - plain
        details = {"invented": _detail(made), "plain": _detail(plain)}
        view = view_of(state.camera, width_px=SIZE[0], height_px=SIZE[1])
        sides.append((renderer.buffers(state), view, details))
    (here, _, mine), (there, view, yours) = sides
    at, other = same_places(here, there, view)
    both = _inner(here.object_id).ravel()[at] & _inner(there.object_id)[other]
    at, other = at[both], (other[0][both], other[1][both])
    if len(at) < _LEAST_PLACES:
        return None
    return {name: (mine[name].ravel()[at], yours[name][other]) for name in mine}


def _light_moved() -> dict[str, Any]:
    """Time the light of rooms at night after a lamp moved, in seconds.

    A picture is drawn between slices as long as the monitor's: short while the lamp is
    dragged, longer once it rests. `first` is when the first one was shown that is right
    to 29 dB of the one under the finished light; moves after which the old picture
    still is are not counted.
    """
    from previz.train.measures import psnr

    rooms = [seen for seen in frames() if seen.kind == "night room"]
    rows = []
    for seen, by_m in product(rooms, _MOVES_M):
        pictures, times = _relit(seen, by_m)
        near = [psnr(picture, pictures[-1]) for picture in pictures]
        if near[0] < _RIGHT_DB:
            first = next(t for t, db in zip(times, near, strict=True) if db > _RIGHT_DB)
            rows.append((near[0], first, times[-1]))
    if not rows:
        return {"moves": 0}
    before, first, converged = np.median(np.array(rows), axis=0)
    return {
        "right_db": _RIGHT_DB,
        "old_light_db": round(float(before), 1),
        "first_s": round(float(first), 3),
        "converged_s": round(float(converged), 3),
        "moves": len(rows),
    }


def _relit(seen: Seen, by_m: float) -> tuple[list[Any], list[float]]:
    """Return pictures while a light is baked, the first under the old, and when."""
    from previz.generate import shipped_generator
    from previz.render import Renderer
    from previz.widgets.monitor import MOVING_LIGHT_MS, RESTING_LIGHT_MS

    renderer = Renderer(
        seen.stage, width_px=SIZE[0], height_px=SIZE[1],
        exposure_ev100=seen.exposure_ev100, generator=shipped_generator(),
    )  # fmt: skip
    scene = _with_lamp_moved(seen, by_m)
    pictures, times = [renderer.picture(seen.state)], [0.0]
    begun, done = time.perf_counter(), False
    renderer.relight(SimpleNamespace(scene=scene, set_geometry=seen.stage.set_geometry))
    while not done:
        done = renderer.advance(
            MOVING_LIGHT_MS if len(times) == 1 else RESTING_LIGHT_MS
        )
        pictures.append(renderer.picture(seen.state))
        times.append(time.perf_counter() - begun)
    return pictures, times


def _with_lamp_moved(seen: Seen, by_m: float) -> Any:
    """Return the scene, its lamp that lights the frame most moved to the right."""
    from previz.model import LightKind, LightRole

    scene, buffers = seen.stage.scene, renderer_of(seen).buffers(seen.state)
    middle = np.median(buffers.position_world[np.isfinite(buffers.depth_m)], axis=0)

    def lux(light: Any) -> float:
        placed = light.kind in (LightKind.AREA, LightKind.POINT)
        if not placed or light.role is LightRole.BACKING:
            return 0.0
        away = middle - np.array(light.position_m)
        return float(light.intensity / max(away @ away, 0.25))

    lamp = max(scene.lights, key=lux)
    x, y, z = lamp.position_m
    lights = [
        light.changed(position_m=(x + by_m, y, z)) if light is lamp else light
        for light in scene.lights
    ]
    return scene.changed(lights=tuple(lights))
