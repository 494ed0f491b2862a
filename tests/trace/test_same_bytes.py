"""A scene of many matters and lamps: what could come in another order each time."""

import numpy as np
import scenes

from previz.model import Light, LightKind, Matter
from previz.trace import order_of


def a_crowded_order():
    """Return an order of boxes of every matter under twelve lamps."""
    lamps = [
        Light(
            id=f"lamp-{row}-{column}",
            kind=LightKind.AREA,
            position_m=(column - 3.5, 2.0, -row),
            intensity=300.0,
        )
        for column in range(6)
        for row in range(2)
    ]
    rng = np.random.default_rng(0)
    boxes = [
        scenes.box(
            (rng.uniform(-2, 2), -0.3, rng.uniform(-5, -1.5)), (0.4,) * 3, matter=matter
        )
        for matter in [*Matter] * 3
    ]
    floor = scenes.floor(6.0, height_m=-0.6, matter="brick")
    stage = scenes.stage(scenes.join([floor, *boxes]), lights=lamps, interior=True)
    return order_of(
        stage, scenes.state(lights=lamps), width_px=32, height_px=18, samples=1, seed=0,
        denoise=False,
    )  # fmt: skip


def test_a_scene_that_is_built_again_is_traced_to_the_same_bytes(tracer):
    order = a_crowded_order()
    first, again, third = (tracer.layers(order).light.tobytes() for _ in range(3))
    assert first == again == third
