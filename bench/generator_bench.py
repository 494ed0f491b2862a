"""Time the generated preview from stage to JPEG, part by part.

A bar of sixty pieces in which three people talk, frame after frame of its shots, on a
warm renderer.
Where no weights come with previz, a network of the same size with random ones stands
in: it takes the same time.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import cycle, islice
from typing import Any

import numpy as np

__all__ = ["generator_figures"]

_RUNS, _PIECES, _ASIDE_M = 60, 60, 0.22
_BAR = """INT. BAR - NIGHT

ANN, BOB and CARLA sit at a table. A waiter wipes the counter.

ANN
You said you would be there.

BOB
I counted it twice.

CARLA
Nobody asked you to come back.

Carla walks to the counter.
"""


def generator_figures(width_px: int, height_px: int) -> dict[str, Any]:
    """Time one size: parts and whole chain, in milliseconds.

    The parts are measured on the same frames, each alone; the chain is measured
    whole. `cpu` is what all threads together spent, which others on a busy machine
    distort less.
    """
    scene, stage, generator, runtime, trained = _ready()
    from previz.generate import decode, encode
    from previz.render import display

    renderer = _renderer(width_px, height_px, generator)
    same = _renderer(width_px, height_px, lambda plates: plates.lit)
    states = [stage.at(*at, width_px=width_px) for at in islice(_frames(scene), 8)]
    plates = [renderer.plates(state) for state in states]
    noise = generator._noise
    planes = [encode(x, noise=noise) for x in plates]
    answer = generator._answer(planes[0])
    pictures = [renderer.picture(state) for state in states]
    linear = renderer.linear(states[0])

    def chain(at: Any) -> None:
        _jpeg(renderer.picture(stage.at(*at, width_px=width_px)))

    parts = {
        "stage": _timed(lambda at: stage.at(*at, width_px=width_px), _frames(scene)),
        "buffers_and_light": _timed(renderer.plates, cycle(states)),
        "encode": _timed(lambda x: encode(x, noise=noise), cycle(plates)),
        "net": _timed(generator._answer, cycle(planes)),
        "decode": _timed(lambda x: decode(x.lit, answer), cycle(plates)),
        "light_and_lens": _timed(same.linear, cycle(states)),
        "display": _timed(lambda _: display(linear), cycle(states)),
        "jpeg": _timed(_jpeg, cycle(pictures)),
    }
    return {
        "chain_ms": _timed(chain, _frames(scene)),
        "parts_ms": parts,
        "runtime": runtime.name,
        "trained_weights": trained,
        "people": len(states[0].figures),
        "pieces": len(scene.set.pieces),
        "triangles": len(stage.set_geometry.triangles)
        + len(states[0].moving.triangles),
    }


@cache
def _ready() -> tuple[Any, Any, Any, Any, bool]:
    from previz.direct import direct
    from previz.generate import PreviewGenerator, find_runtime, read_weights
    from previz.generate.weights import INDEX_FILE, SHIPPED
    from previz.script import parse_fountain
    from previz.stage import Stage

    film = direct(parse_fountain(_BAR))
    scene = _filled(film.scenes[0])
    trained = (SHIPPED / INDEX_FILE).is_file()
    weights = read_weights(SHIPPED) if trained else _random_weights()
    runtime = find_runtime(weights)
    generator = PreviewGenerator(runtime, key=weights.sha256, noise=weights.reads_noise)
    stage = Stage(scene, film.characters, rate=film.rate)
    return scene, stage, generator, runtime, trained


def _filled(scene: Any) -> Any:
    """Return the scene with its smallest things twice, until it has sixty pieces."""
    pieces = scene.set.pieces
    small = sorted(pieces, key=lambda piece: max(piece.size_m))
    more = []
    for piece in small[: max(_PIECES - len(pieces), 0)]:
        x, y, z = piece.position_m
        more.append(
            piece.changed(id=f"{piece.id}-again", position_m=(x + _ASIDE_M, y, z))
        )
    return scene.changed(set=scene.set.changed(pieces=(*pieces, *more)))


def _random_weights() -> Any:
    from previz.generate import CHANNELS, Weights
    from previz.generate.plan import PlanOf

    plan = PlanOf(CHANNELS, (64, 128, 192), (2, 2, 4))
    random = np.random.default_rng(0)
    tensors = {
        name: random.normal(0, 0.3 / max(np.prod(shape[1:]), 1) ** 0.5, shape).astype(
            np.float32
        )
        for name, shape in plan.shapes().items()
    }
    return Weights(plan, tensors, "0" * 64)


def _renderer(width_px: int, height_px: int, generator: Any) -> Any:
    from previz.render import Renderer

    scene, stage, *_ = _ready()
    return Renderer(
        stage, width_px=width_px, height_px=height_px,
        exposure_ev100=scene.exposure_ev100, generator=generator,
    )  # fmt: skip


def _frames(scene: Any) -> Iterator[tuple[Any, int]]:
    """Yield shots and their frames, round and round."""
    return cycle([(s, f) for s in scene.shots for f in range(s.length_frames)])


def _jpeg(picture: Any) -> None:
    from PIL import Image

    Image.fromarray(picture).save(io.BytesIO(), "JPEG", quality=85)


def _timed(work: Callable[[Any], object], given: Iterator[Any]) -> dict[str, float]:
    for one in islice(given, 3):
        work(one)
    values, busy = [], []
    for one in islice(given, _RUNS):
        begun, spent = time.perf_counter(), time.process_time()
        work(one)
        values.append(1e3 * (time.perf_counter() - begun))
        busy.append(1e3 * (time.process_time() - spent))
    p50, p95 = np.percentile(values, (50, 95))
    return {
        "p50": round(float(p50), 2),
        "p95": round(float(p95), 2),
        "min": round(min(values), 2),
        "cpu_p50": round(float(np.median(busy)), 2),
        "cpu_min": round(min(busy), 2),
        "runs": len(values),
    }
