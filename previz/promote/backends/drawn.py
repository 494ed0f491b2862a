"""Traced light in a medium other than film."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from previz.model import Medium
from previz.promote.layers import Drawing, buffers_of
from previz.render.anchored import View
from previz.render.looks import FINE, draw
from previz.render.looks.geometry import CLAY_COLOR, CLAY_ROUGHNESS
from previz.trace import Order
from previz.trace.order import Patch

__all__ = ["drawn", "in_clay"]


def drawn(
    drawing: Drawing, lit: NDArray[np.float32], medium: Medium, *, seed: int
) -> NDArray[np.uint8]:
    """Return a frame as drawn from traced light, sRGB, shape (h, w, 3).

    Args:
        drawing: The frame.
        lit: Exposed linear Rec.709 as it left the lens, shape (h, w, 3).
        medium: Any but natural.
        seed: Of what is invented.
    """
    frame = drawing.frame(fine=FINE)
    wider = drawing.passage(fine=FINE).wider
    view = View(frame.world_from_camera, frame.focal_px * wider)
    return draw(medium, lit, buffers_of(drawing, fine=FINE), view, seed=seed)


def in_clay(order: Order) -> Order:
    """Return an order with one matt material on all but glass and what glows."""
    return replace(
        order,
        still=tuple(_clay(patch) for patch in order.still),
        instants=tuple(
            (tuple(_clay(patch) for patch in moving), view)
            for moving, view in order.instants
        ),
    )


def _clay(patch: Patch) -> Patch:
    surface = patch.surface
    if surface.matter == "glass" or surface.glows:
        return patch
    matt = surface._replace(
        color=CLAY_COLOR, roughness=CLAY_ROUGHNESS, metalness=0.0, matter="paper"
    )
    return replace(patch, surface=matt, colors=None)
