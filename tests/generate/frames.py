"""Frames made by hand, for the generator's tests."""

from functools import cache

import scenes

from previz.model import Light, LightKind
from previz.render import Renderer
from previz.stage import FIGURE_OBJECT_BASE, join

WIDTH, HEIGHT = 64, 36
EV100 = 6.0


def room():
    """A floor, a wall that ends under the sky, and a box."""
    return join(
        [
            scenes.floor(matter="wood", object_id=1),
            scenes.facing_quad(4.0, size_m=3.0, matter="brick", object_id=2),
        ]
    )


def somebody():
    """A box that counts as a person."""
    size = (0.5, 1.2, 0.4)
    return scenes.box(
        (0.4, 0.6, -2.5), size, matter="cloth", object_id=FIGURE_OBJECT_BASE
    )


def lamp(intensity=4000.0, name="key"):
    """A bare bulb above."""
    return Light(
        id=name, kind=LightKind.POINT, position_m=(1.0, 2.5, 0.0), intensity=intensity
    )


def renderer_of(*, width=WIDTH, height=HEIGHT, lights=None, geometry=None, **how):
    """A renderer of the room."""
    there = room() if geometry is None else geometry
    lit_by = (lamp(),) if lights is None else lights
    return Renderer(
        scenes.stage(there, lights=lit_by), width_px=width, height_px=height,
        exposure_ev100=EV100, quality="board", **how,
    )  # fmt: skip


def frame(**how):
    """The frame that all look at."""
    view = scenes.camera((0.0, 1.4, 1.5), (0.2, 1.0, -2.5))
    return scenes.state(view, figures=somebody(), **how)


@cache
def plates_of(*, width=WIDTH, height=HEIGHT):
    """Plates of the frame."""
    return renderer_of(width=width, height=height).plates(frame())
