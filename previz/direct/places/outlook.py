"""What windows look out on: the town, dry country or green, as the story has it."""

from __future__ import annotations

from previz.direct.places.dressing import YAW_DEG, Dressing, Side
from previz.direct.places.parts import greenery
from previz.model import RGB, Matter

__all__ = ["outlook"]

TONES: tuple[RGB, ...] = ((0.33, 0.18, 0.12), (0.45, 0.33, 0.2), (0.22, 0.29, 0.3))
BARK: RGB = (0.1, 0.065, 0.04)


def outlook(d: Dressing, land: str) -> None:
    """Put what lies around outside the windows of a room.

    Args:
        d: The room; `d.views` names the walls with windows.
        land: "arid", "green", "city", or "" where the story has not said.
    """
    if not d.views:
        return
    country = land in ("arid", "green")
    drop = -0.12 if country or d.chance(0.6) else -3.4
    tone: RGB = {"arid": (0.35, 0.245, 0.15), "green": (0.17, 0.2, 0.08)}.get(
        land, (0.16, 0.16, 0.14)
    )
    matter = Matter.GRASS if land == "green" else Matter.GROUND
    wide = 600.0 if country else 110.0
    d.add("ground", (wide, 0.1, wide), 0, 0, y=drop - 0.04, color=tone, matter=matter)
    for side in sorted(d.views):
        if country:
            _country(d, side, drop, dry=land == "arid")
        else:
            _town(d, side, drop)


def _town(d: Dressing, side: Side, drop: float) -> None:
    """House fronts over the street, a tree before them, higher ones behind."""
    first = int(d.rng.integers(3))
    for n, (along, far, tall) in enumerate(((-7.0, 13.0, 9.5), (5.6, 14.5, 12.5))):
        x, z = d.by(side, along + d.jitter(1.0), -far - 2.5)
        d.add(
            "facade", (12.4, tall + d.jitter(1.5), 5.0), x, z, yaw=YAW_DEG[side],
            y=drop, color=TONES[(first + n) % 3], accent=(0.08, 0.1, 0.09),
            matter=Matter.BRICK,
        )  # fmt: skip
    x, z = d.by(side, -1.5 + d.jitter(4.0), -34.0)
    d.add(
        "facade", (26.0, 24.0, 6.0), x, z, yaw=YAW_DEG[side], y=drop,
        color=TONES[(first + 2) % 3], accent=(0.1, 0.1, 0.1), matter=Matter.STONE,
    )  # fmt: skip
    x, z = d.by(side, (-2.6 if d.chance(0.5) else 3.2) + d.jitter(0.8), -8.0)
    tall = 6.2 + d.jitter(0.8) + (1.5 if drop < -1 else 0.0)
    d.add(
        "tree", (tall * 0.62, tall, tall * 0.62), x, z, y=drop, color="leaf",
        accent=BARK, matter=Matter.FOLIAGE,
    )  # fmt: skip


def _country(d: Dressing, side: Side, drop: float, *, dry: bool) -> None:
    """Far hills or table mountains, and a few trees or cacti in the middle distance."""
    for along, far, w, h in ((-46.0, 120.0, 80.0, 22.0), (50.0, 150.0, 110.0, 30.0)):
        x, z = d.by(side, along, -far)
        d.add(
            "mesa" if dry else "hill", (w, h if dry else h * 0.7, w * 0.5), x, z,
            y=drop, yaw=YAW_DEG[side],
            color=(0.3, 0.15, 0.09) if dry else (0.13, 0.17, 0.09),
            matter=Matter.STONE if dry else Matter.GRASS,
        )  # fmt: skip
    spots = [d.by(side, a + d.jitter(1.5), -f) for a, f in ((-4.5, 11.0), (4.0, 17.0))]
    if not dry:
        greenery(d, spots, kind="tree", drop=drop)
        return
    for k, (x, z) in enumerate(spots):
        tall = 3.4 - 2.6 * k
        d.add(
            "bush" if k else "cactus", (tall * (1.6 if k else 0.5), tall, tall * 0.9),
            x, z, y=drop, yaw=d.jitter(60.0), color=(0.09, 0.11, 0.05),
            matter=Matter.FOLIAGE,
        )  # fmt: skip
