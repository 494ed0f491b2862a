"""The camera's move drawn on a panel, as storyboard artists draw it."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw

from previz.model import Move, Shot
from previz.stage import camera_at

__all__ = ["draw_move"]

_INK = (255, 255, 255, 235)
_EDGE = (0, 0, 0, 150)
_FINE = 4
"""The arrows are drawn this much larger and reduced, which smooths their edges."""

Point = tuple[float, float]


def draw_move(image: Image.Image, shot: Shot) -> Image.Image:
    """Return the picture with the shot's camera move drawn on it.

    Push in and pull out are arrows in the corners; pan and tilt an arrow on the edge
    that the frame leaves by; truck, track and crane an arrow at the foot or the side;
    arc a bow. A static or handheld camera has none.
    """
    strokes = _strokes(shot)
    if not strokes:
        return image
    width, height = image.size
    layer = Image.new("RGBA", (width * _FINE, height * _FINE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    unit = height * _FINE / 100
    for edge in (True, False):
        for stroke in strokes:
            points = [(x * width * _FINE, y * height * _FINE) for x, y in stroke]
            _arrow(draw, points, unit=unit, edge=edge)
    layer = layer.resize(image.size, Image.Resampling.LANCZOS)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _strokes(shot: Shot) -> list[list[Point]]:
    """Return polylines in shares of the frame; each ends in an arrow head."""
    across, up, forward, turn_right, turn_up = _motion(shot)
    match shot.camera.move:
        case Move.PUSH_IN | Move.PULL_OUT | Move.DOLLY | Move.DOLLY_ZOOM:
            inward = shot.camera.move is Move.PUSH_IN if not forward else forward > 0
            return [_diagonal(x, y, inward=inward) for x in (0, 1) for y in (0, 1)]
        case Move.PAN | Move.WHIP_PAN:
            return [_level(turn_right)]
        case Move.TILT:
            return [_upright(turn_up)]
        case Move.CRANE | Move.PEDESTAL:
            return [_upright(up)]
        case Move.TRUCK | Move.TRACK:
            if abs(forward) > abs(across):
                return [_diagonal(x, 1, inward=forward > 0) for x in (0, 1)]
            return [_level(across)]
        case Move.ARC | Move.ORBIT:
            return [_bow(across)]
    return []


def _motion(shot: Shot) -> tuple[float, float, float, float, float]:
    """Return how the camera travels (right, up, forward in m) and turns (right, up)."""
    first, last = (
        camera_at(shot.camera, length_frames=shot.length_frames, frame=frame)
        for frame in (0, shot.length_frames - 1)
    )
    look, after = -first.world_from_camera[:3, 2], -last.world_from_camera[:3, 2]
    travel = last.position_m - first.position_m
    flat = math.hypot(look[0], look[2]) or 1e-9
    right = np.array([-look[2], 0.0, look[0]]) / flat
    ahead = np.array([look[0], 0.0, look[2]]) / flat
    level = math.hypot(after[0], after[2]) or 1e-9
    turn, rise = float(after @ right) / level, float(after[1] / level - look[1] / flat)
    return (
        float(travel @ right), float(travel[1]), float(travel @ ahead), turn, rise
    )  # fmt: skip


def _diagonal(x: int, y: int, *, inward: bool) -> list[Point]:
    outer = (0.045 + x * 0.91, 0.07 + y * 0.86)
    inner = (0.125 + x * 0.75, 0.19 + y * 0.62)
    return [outer, inner] if inward else [inner, outer]


def _level(direction: float) -> list[Point]:
    points = [(0.36, 0.91), (0.64, 0.91)]
    return points if direction >= 0 else points[::-1]


def _upright(direction: float) -> list[Point]:
    points = [(0.945, 0.68), (0.945, 0.32)]
    return points if direction >= 0 else points[::-1]


def _bow(direction: float) -> list[Point]:
    angles = [math.radians(150 - 120 * i / 24) for i in range(25)]
    points = [(0.5 + 0.2 * math.cos(a), 0.78 + 0.14 * math.sin(a)) for a in angles]
    return points if direction >= 0 else points[::-1]


def _arrow(
    draw: ImageDraw.ImageDraw, points: list[Point], *, unit: float, edge: bool
) -> None:
    grow = 0.5 * unit if edge else 0.0
    ink = _EDGE if edge else _INK
    (x0, y0), (x1, y1) = points[-2], points[-1]
    length = math.hypot(x1 - x0, y1 - y0)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    head, half = 4.2 * unit, 2.4 * unit
    neck = (x1 - ux * head * 0.8, y1 - uy * head * 0.8)
    shaft = [*points[:-1], neck]
    draw.line(shaft, fill=ink, width=round(1.1 * unit + 2 * grow), joint="curve")
    tip = (x1 + ux * grow * 1.8, y1 + uy * grow * 1.8)
    back = (x1 - ux * (head + grow), y1 - uy * (head + grow))
    wide = half + grow * 1.6
    draw.polygon(
        [
            tip,
            (back[0] - uy * wide, back[1] + ux * wide),
            (back[0] + uy * wide, back[1] - ux * wide),
        ],
        fill=ink,
    )
