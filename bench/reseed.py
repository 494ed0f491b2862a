"""Measure that another seed of one object changes that object and its light alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from bench.held_out import SIZE, Seen, frames, hash_of, kept_in, renderer_of, shown
from bench.pixels import around, largest

__all__ = ["reseed_figures", "traced_reseed"]

_FAR_PX = 8
"""Farther than this from an object is neither it nor its light."""
_OTHER_SEED = 12_345
_FEW = 4


def _spread(one: Any, other: Any, mask: Any) -> dict[str, float]:
    """Return how much changed on an object and which share of it far from that."""
    change = np.abs(np.asarray(one, float) - np.asarray(other, float)).mean(axis=2)
    far = ~around(mask, _FAR_PX, np.any)
    total = float(change.sum())
    return {
        "changed_on_it": round(float(change[mask].mean()), 4),
        "share_outside": round(float(change[far].sum()) / total, 5) if total else 0.0,
    }


def reseed_figures() -> dict[str, Any]:
    """Re-seed the largest person and set piece of each frame, one at a time."""
    from previz.generate.weights import SHIPPED, read_weights
    from previz.stage import FIGURE_OBJECT_BASE

    which: dict[str, Callable[[Any], Any]] = {
        "person": lambda ids: ids >= FIGURE_OBJECT_BASE,
        "set piece": lambda ids: ids < FIGURE_OBJECT_BASE,
    }
    found: dict[str, Any] = {"weights_read_noise": read_weights(SHIPPED).reads_noise}
    for name, allowed in which.items():
        rows = []
        for seen in frames():
            ids = renderer_of(seen).buffers(seen.state).object_id
            number = largest(ids, allowed)
            if number:
                pair = [shown(seen, s) for s in (seen.state, _other(seen, number))]
                rows.append(_spread(*pair, ids == number))
        found[name] = _worst(rows)
    found["person, traced"] = traced_reseed()
    return found


def _other(seen: Seen, number: int) -> Any:
    """Return the frame with another seed of one object."""
    return replace(
        seen.state, object_seeds={**seen.state.object_seeds, number: _OTHER_SEED}
    )


def _worst(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    return {
        "changed_on_it": round(float(np.mean([r["changed_on_it"] for r in rows])), 4),
        "share_outside": max((r["share_outside"] for r in rows), default=0.0),
        "objects": len(rows),
    }


def traced_reseed() -> dict[str, float]:
    """Trace the largest person of all frames under two seeds, by the same paths.

    Their hair grows anew. Traced once: what is known goes by what is traced.
    """
    from previz.trace import Tracer

    seen, number, mask = max(map(_person, frames()), key=lambda x: int(x[2].sum()))
    if not number:
        return {}
    pair = (seen.state, _other(seen, number))
    named = "-".join(hash_of(seen, state) for state in pair)
    path = kept_in() / f"reseed-{named}.json"
    if not path.is_file():
        tracer = Tracer("scalar_rgb")
        one, two = (_traced(tracer, seen, state) for state in pair)
        tracer.close()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(_spread(one, two, mask)))
    return dict(json.loads(path.read_text()))


def _person(seen: Seen) -> tuple[Seen, int, Any]:
    """Return a frame, its largest person (0 for none) and where they are seen."""
    from previz.stage import FIGURE_OBJECT_BASE

    ids = renderer_of(seen).buffers(seen.state).object_id
    number = largest(ids, lambda x: x >= FIGURE_OBJECT_BASE)
    return seen, number, (ids == number) & (number > 0)


def _traced(tracer: Any, seen: Seen, state: Any) -> Any:
    from previz.render import display
    from previz.trace import exposed, order_of

    order = order_of(
        seen.stage, state, width_px=SIZE[0], height_px=SIZE[1], samples=_FEW, seed=1,
        denoise=False,
    )  # fmt: skip
    layers, ev100 = tracer.layers(order), seen.exposure_ev100
    return display(exposed(layers, seen.stage, state, exposure_ev100=ev100))
