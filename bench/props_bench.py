"""How true thrown things stay: how deep they go in, what energy a fall wins."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["figures"]

_NOUNS = ("vase", "ball", "suitcase", "cup", "box", "bottle", "book", "umbrella")
_THROWS = 2


def figures() -> dict[str, float]:
    """Drop things with a spin on a table's edge and follow them to rest.

    Returns:
        The deepest touch on the way and at rest in millimetres, the energy that a fall
        wins as a share of what it loses, and the farthest a free flight is from its
        parabola in millimetres.
    """
    from previz.simulate import fall_of
    from previz.simulate.world import GRAVITY_M_S2, STEP_S

    rng = np.random.default_rng(7)
    deepest = resting = won = off = 0.0
    for noun in _NOUNS:
        stage = _room(noun)
        for _ in range(_THROWS):
            velocity = rng.uniform(-1.5, 1.5, 3)
            fall = fall_of(
                stage, noun, start_frame=0, velocity_m_s=velocity,
                spin_deg_s=rng.uniform(-300, 300, 3),
            )  # fmt: skip
            deepest = max(deepest, float(fall.depths_m.max()))
            resting = max(resting, float(fall.depths_m[-1]))
            free = fall.energies_j[fall.depths_m == 0]
            lost = max(float(np.ptp(fall.energies_j)), 1e-9)
            won = max(won, float((free - np.minimum.accumulate(free)).max()) / lost)
            steps = round(fall.hits[0].time_s / STEP_S)
            time = np.arange(steps)[:, None] * STEP_S
            speed = velocity - np.array([0.0, GRAVITY_M_S2, 0.0]) * time
            speed[:, 1] += GRAVITY_M_S2 * STEP_S / 2
            gap = np.cumsum(fall.velocities[:steps, 0] - speed, axis=0) * STEP_S
            off = max(off, float(np.abs(gap).max()))
    return {
        "deepest_mm": 1e3 * deepest,
        "deepest_at_rest_mm": 1e3 * resting,
        "energy_won": won,
        "off_the_parabola_mm": 1e3 * off,
    }


def _room(noun: str) -> Any:
    from previz import model
    from previz.direct.hand_props import hand_prop
    from previz.stage import Stage

    piece = hand_prop(noun, id=noun, seed=1)
    assert piece is not None
    table = model.SetPiece(id="table", kind="table", size_m=(1.2, 0.75, 0.8))
    scene = model.Scene(
        id="one",
        number="1",
        slugline=model.Slugline(text="INT. ROOM - DAY"),
        set=model.Set(
            id="set", name="Set", template="room", interior=True, size_m=(6, 2.7, 6),
            pieces=(table,),
        ),
        props=(model.Prop(piece=piece.changed(position_m=(0.3, 1.4, 0.0))),),
        length_frames=240,
    )  # fmt: skip
    return Stage(scene, (), rate=model.Rate())
