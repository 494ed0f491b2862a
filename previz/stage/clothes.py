"""What a character wears, cut from the shell over the body and hung from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.model import Wardrobe
from previz.stage.bones import BONE_INDEX, BONES
from previz.stage.drape import belt, collar, front, hanging, yoke
from previz.stage.figure import Figure, cast
from previz.stage.loft import Array, Part, smooth
from previz.stage.palette import material
from previz.stage.shell import Cut, Limbs, Shell, fallen, shell_of
from previz.stage.shoes import build_shoes, shoe_top

__all__ = ["Outfit", "clothe", "covered"]

_ARMS = [
    i
    for i, name in enumerate(BONES)
    if name[:-2] in ("clavicle", "upper_arm", "forearm", "hand")
]
_SLEEVES = {"long": 1.94, "short": 0.55, "none": -0.02}
_LOOSE = {
    "shirt": 0.0026, "t-shirt": 0.0036, "sweater": 0.0042, "jacket": 0.0044,
    "coat": 0.0058, "dress": 0.0020,
}  # fmt: skip
"""Ease as a share of the height."""
_FALL = {
    "shirt": 0.93, "t-shirt": 0.93, "sweater": 0.90, "jacket": 0.91, "coat": 0.95,
    "dress": 0.80,
}  # fmt: skip
_YOKE = {"t-shirt": 0.72, "dress": 0.30}
_RISE = {"coat": 0.88, "jacket": 0.70}
_STEPS = {"shirt": 5, "t-shirt": 4, "sweater": 5, "jacket": 5, "coat": 6, "dress": 4}


@dataclass(frozen=True)
class Outfit:
    """A wardrobe measured out on a figure; heights above the floor in metres.

    Attributes:
        top: Kind of the top.
        bottom: Kind of the bottom, or "" below a dress.
        sleeve: Where sleeves end: 0 shoulder, 1 elbow, 2 wrist.
        hem: Where the top ends.
        waist: Where the bottom begins.
        leg: Where the bottom ends.
        neck: How far below the neck's joint the neckline is.
        shoe: Where shoes end.
        tucked: Whether the bottom is worn over the top.
    """

    top: str
    bottom: str
    sleeve: float
    hem: float
    waist: float
    leg: float
    neck: float
    shoe: float
    tucked: bool

    @classmethod
    def of(cls, figure: Figure, wardrobe: Wardrobe) -> Outfit:
        """Return the measures of a wardrobe on a figure."""
        top = "coat" if wardrobe.coat else wardrobe.top_kind
        bottom = "skirt" if wardrobe.skirt else wardrobe.bottom_kind
        height = _heights(figure)
        hip, knee, ankle, waist = (
            height[n] for n in ("thigh", "shin", "foot", "spine")
        )
        tall = figure.crown[1]
        hem = {"coat": hip, "dress": hip, "jacket": hip - 0.012 * tall}.get(
            top, hip + 0.018 * tall
        )
        tucked = top == "shirt" or (bottom == "skirt" and top in ("t-shirt", "sweater"))
        if tucked:
            hem = waist - 0.028 * tall
        leg = {
            "trousers": ankle - 0.020 * tall,
            "shorts": knee + 0.035 * tall,
            "skirt": knee - 0.03 * tall,
        }["skirt" if top == "dress" else bottom]
        return cls(
            top=top,
            bottom="" if top == "dress" else bottom,
            sleeve=_SLEEVES[wardrobe.sleeves],
            hem=hem,
            waist=waist - 0.018 * tall,
            leg=leg,
            neck={"t-shirt": 0.004, "dress": 0.020}.get(top, -0.004) * tall,
            shoe=shoe_top(figure, wardrobe.shoe_kind),
            tucked=tucked,
        )


def _heights(figure: Figure) -> dict[str, float]:
    names = ("thigh", "shin", "foot")
    out = {name: float(figure.joints[BONE_INDEX[f"{name}_l"], 1]) for name in names}
    return out | {"spine": float(figure.joints[BONE_INDEX["spine"], 1])}


def covered(figure: Figure, wardrobe: Wardrobe) -> NDArray[np.bool_]:
    """Return which vertices of the body lie well under cloth, shape (n,)."""
    base, outfit = cast(), Outfit.of(figure, wardrobe)
    count = int(base.spans[1])
    limbs = Limbs(figure, figure.points[:count], base.weights[:count])
    tall = figure.crown[1]
    hidden = _under([*_top_cuts(limbs, outfit), _shoulders(limbs)], 0.016 * tall)
    y = limbs.points[:, 1]
    low, high = outfit.leg, outfit.waist
    if outfit.bottom in ("trousers", "shorts"):
        hidden |= ~limbs.on_arm & (y < high) & (y > low + 0.016 * tall)
    else:
        # Legs are seen from below a skirt, but not far up.
        hips = float(figure.joints[BONE_INDEX["thigh_l"], 1])
        end = min(hips - 0.05 * tall, low + 0.09 * tall)
        hidden |= ~limbs.on_arm & (y < high) & (y > end)
    hidden |= ~limbs.on_arm & (y < outfit.shoe - 0.010 * tall)
    return np.asarray(hidden)


def _under(cuts: list[Cut], margin_m: float) -> NDArray[np.bool_]:
    return np.asarray(np.all([cut.inside_m > margin_m for cut in cuts], axis=0))


def _top_cuts(limbs: Limbs, outfit: Outfit) -> list[Cut]:
    return [
        limbs.above(outfit.hem),
        limbs.sleeve(outfit.sleeve),
    ]


def _shoulders(limbs: Limbs) -> Cut:
    """Return where the shell ends at the neck, for what is hidden below it."""
    neck = limbs.figure.joints[BONE_INDEX["neck"]]
    up = np.array([0.0, 0.91, 0.41])
    away = np.abs(limbs.points[:, 0]) - 0.045 * limbs.figure.crown[1]
    # A child's ears are as far from the middle as a shoulder begins.
    high = limbs.points[:, 1] > neck[1] + 0.03 * limbs.figure.crown[1]
    away = np.where(high, -1.0, away)
    gap = (neck - limbs.points) @ up - 0.012 * limbs.figure.crown[1]
    return Cut(np.where(limbs.on_arm, 1.0, np.maximum(gap, away)), -up)


def clothe(figure: Figure, wardrobe: Wardrobe) -> list[Part]:
    """Return everything worn but a hat."""
    outfit, shell = Outfit.of(figure, wardrobe), shell_of(figure)
    parts = _top(shell, outfit)
    if outfit.bottom in ("trousers", "shorts"):
        parts += _trousers(shell, outfit)
    elif outfit.bottom == "skirt":
        under = outfit.top == "coat"
        start = outfit.waist + 0.012 * figure.crown[1]
        # What a coat hides anyway would show through where it is waisted.
        start = outfit.hem - 0.02 * figure.crown[1] if under else start
        parts += [
            hanging(
                shell, start=start, end=outfit.leg,
                ease=0.0062 * figure.crown[1], waves=0.004 if under else 0.016,
                flare=-0.02 if under else 0.09,
                name=material("bottom"),
            )
        ]  # fmt: skip
    return [*parts, *build_shoes(shell, wardrobe.shoe_kind)]


def _top(shell: Shell, outfit: Outfit) -> list[Part]:
    figure, kind = shell.figure, outfit.top
    tall = figure.crown[1]
    ease = _LOOSE[kind] * tall
    # Sleeves are narrower than the trunk, or shoulders look stuffed.
    close = 1 - 0.45 * shell.weights[:, _ARMS].sum(axis=1)
    points = shell.eased(ease * close, steps=_STEPS[kind])
    points = _hung(shell, points, _FALL[kind], _RISE.get(kind, 0.0))
    name = material("top")
    parts = [shell.piece(points, lambda limbs: _top_cuts(limbs, outfit), name)]
    if kind in ("coat", "dress"):
        knee = float(figure.joints[BONE_INDEX["shin_l"], 1])
        parts.append(
            hanging(
                shell, start=outfit.hem + 0.045 * tall, end=knee - 0.012 * tall,
                ease=ease + 0.006 * tall, flare=0.07 if kind == "coat" else 0.20,
                waves=0.006 if kind == "coat" else 0.022, name=name, over=points,
            )
        )  # fmt: skip
    open_ = kind in ("jacket", "coat")
    share = _YOKE.get(kind, 1.0)
    parts.append(yoke(shell, points, outfit.neck, share=share, open_=open_))
    if kind in ("shirt", "jacket", "coat"):
        parts.append(collar(shell, outfit.neck, tall=open_))
        parts += front(shell, points, kind, hem=outfit.hem, neck=outfit.neck)
    return parts


def _hung(shell: Shell, points: Array, keep: float, rise: float) -> Array:
    """Return a top that falls from the chest, and sleeves from the arm."""
    figure, limbs = shell.figure, shell.limbs
    chest = figure.joints[BONE_INDEX["chest"]]
    armpit = float(figure.joints[BONE_INDEX["upper_arm_l"], 1]) - 0.06 * figure.crown[1]
    down = armpit - points[:, 1]
    hip = float(figure.joints[BONE_INDEX["thigh_l"], 1])
    trunk = ~limbs.on_arm & (down > 0) & (points[:, 1] > hip - 0.03 * figure.crown[1])
    centre = np.stack(
        [np.zeros(len(points)), points[:, 1], np.full(len(points), chest[2] + 0.02)],
        axis=1,
    )
    points = fallen(points, rows=trunk, along=down, centre=centre, keep=keep, rise=rise)
    elbow, wrist = limbs.joints("forearm"), limbs.joints("hand")
    way = wrist - elbow
    long = np.linalg.norm(way, axis=1)
    axis = way / long[:, None]
    along = np.einsum("ni,ni->n", points - elbow, axis)
    rows = limbs.on_arm & (along > 0)
    return fallen(
        points, rows=rows, along=along, centre=elbow + along[:, None] * axis,
        keep=min(keep, 0.92),
    )  # fmt: skip


def _trousers(shell: Shell, outfit: Outfit) -> list[Part]:
    figure, limbs = shell.figure, shell.limbs
    tall = figure.crown[1]
    # Closer where a top hangs over them.
    over = smooth(shell.points[:, 1], outfit.hem - 0.02 * tall, outfit.hem)
    ease = 0.0042 - 0.0034 * (0.0 if outfit.tucked else over)
    points = shell.eased(ease * tall, steps=7)
    hip, knee, ankle = (limbs.joints(n) for n in ("thigh", "shin", "foot"))
    y = points[:, 1]
    lower = y < knee[:, 1]
    first, last = (
        np.where(lower[:, None], knee, hip),
        np.where(lower[:, None], ankle, knee),
    )
    share = (first[:, 1] - y) / np.maximum(first[:, 1] - last[:, 1], 1e-6)
    centre = first + share[:, None] * (last - first)
    centre[:, 1] = y
    down = hip[:, 1] - 0.10 * tall - y
    leg = ~limbs.on_arm & (down > 0) & (y > ankle[:, 1] + 0.012 * tall)
    points = fallen(points, rows=leg, along=down, centre=centre, keep=0.965)
    # The last of the leg is drawn down over the shoe.
    low = smooth(y, ankle[:, 1] + 0.10 * tall, ankle[:, 1] + 0.010 * tall)
    points[:, 1] -= 0.030 * tall * np.where(limbs.on_arm, 0.0, low)

    upper = outfit.waist + 0.010 * tall
    if not outfit.tucked:
        upper = min(upper, outfit.hem + 0.014 * tall)

    if outfit.top == "coat":
        # Under the tails nothing shows, unless it comes through them.
        upper = outfit.hem - 0.07 * tall

    def cuts(limbs: Limbs) -> list[Cut]:
        return [limbs.above(outfit.leg), limbs.below(upper)]

    trousers = shell.piece(points, cuts, material("bottom"))
    return [trousers, *([belt(shell, points, outfit.waist)] if outfit.tucked else [])]
