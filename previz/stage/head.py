"""Heads: skull and face, eyes with lids, ears, brows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from previz.model import Character
from previz.stage.hair import build_hair, build_hat, hairline
from previz.stage.loft import Array, Part, loft, mirrored, smooth, weight
from previz.stage.palette import material
from previz.stage.profile import Profile
from previz.stage.skeleton import BONES, Skeleton

__all__ = ["build_head"]


def build_head(skeleton: Skeleton, character: Character) -> list[Part]:
    """Return head and neck with everything on them."""
    profile = Profile.of(skeleton)
    eye = _eye(skeleton)
    lids = _lids(skeleton)
    ear = _ear(profile)
    brow = _brow(profile)
    skull = _skull(profile, skeleton)
    if character.hair_style != "bald":
        skull = _uncovered(skull, hairline(profile, character.hair_style))
    parts = [skull, _mouth(profile), eye, mirrored(eye)]
    for piece in (*lids, ear, brow):
        parts += [piece, mirrored(piece)]
    parts += build_hair(profile, character.hair_style)
    if character.wardrobe.hat is not None:
        parts += build_hat(profile)
    return parts


def _skull(profile: Profile, skeleton: Skeleton) -> Part:
    rows = np.arange(profile.rings, dtype=np.float64)
    points = profile.skin(rows)
    local = profile.local(points)
    y, z = local[..., 1], local[..., 2]
    neck = smooth(y, 0.12, -0.16) * smooth(z, 0.30, 0.05)
    neck = np.maximum(neck, smooth(y, -0.02, -0.14))
    chest = 0.5 * smooth(y, -0.25, -0.45)
    jaw = smooth(z, 0.02, 0.22) * smooth(y, 0.185, 0.170) * smooth(y, -0.08, 0.0)
    jaw = jaw * (1 - neck)
    shares = weight(
        y.shape,
        head=(1 - neck) * (1 - jaw),
        jaw=jaw,
        neck=neck * (1 - chest),
        chest=neck * chest,
    )
    return loft(points, shares, material=material("skin"), start=False)


def _uncovered(skull: Part, begin: Array) -> Part:
    """Return the skull without the skin that hair hides."""
    wide = len(begin) + 1
    row, column = np.divmod(skull.triangles, wide)
    hidden = (row > begin[column % len(begin)] + 0.9).all(axis=1)
    return replace(
        skull, triangles=skull.triangles[~hidden], material=skull.material[~hidden]
    )


def _ball(
    skeleton: Skeleton, polar: Array, azimuth: Array, radius: float | Array
) -> Array:
    """Return points round the left eye: polar from straight ahead, azimuth about it."""
    centre = skeleton.joint("eye_l")
    r = np.broadcast_to(radius, polar.shape)[:, None]
    x = np.sin(polar)[:, None] * np.cos(azimuth)
    y = np.sin(polar)[:, None] * np.sin(azimuth)
    z = np.broadcast_to(np.cos(polar)[:, None], x.shape)
    return np.asarray(centre + r[..., None] * np.stack([x, y, z], axis=-1))


def _eye(skeleton: Skeleton) -> Part:
    radius = 0.053 * skeleton.head_m * (1 + 0.10 * (1 - skeleton.maturity))
    polar = np.radians([6.0, 13.0, 31.0, 50.0, 75.0, 100.0])
    azimuth = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    points = _ball(skeleton, polar, azimuth, radius)
    names = np.full((5, 12), material("white"))
    names[0], names[1] = material("pupil"), material("iris")
    return loft(
        points, weight((6, 1), eye_l=1.0), material=names, start=True, end=False
    )


def _lids(skeleton: Skeleton) -> list[Part]:
    """Return the upper lid with its lashes and the lower lid, as bowls of skin."""
    head, centre = skeleton.head_m, skeleton.joint("eye_l")
    radius = 0.053 * head * (1 + 0.10 * (1 - skeleton.maturity))
    across = np.radians(np.linspace(-88, 88, 11))
    almond = np.cos(across) ** 2

    def bowl(elevation: Array, rise: Array, swell: Array) -> Array:
        up = np.radians(elevation[:, None] * (0.22 + 0.78 * almond) + rise[:, None])
        r = radius * swell[:, None]
        # Towards the corners the lid lies closer to the ball.
        x = r * np.sin(across) * np.cos(up) * 1.06
        y = r * np.sin(up)
        z = r * np.cos(across) * np.cos(up)
        return np.asarray(centre + np.stack([x, y, z], axis=-1))

    upper = bowl(
        np.array([15.0, 20.0, 42.0, 62.0, 80.0]),
        np.array([2.0, 2.0, 3.0, 6.0, 8.0]),
        np.array([1.13, 1.12, 1.11, 1.12, 1.18]),
    )
    lower = bowl(
        np.array([-70.0, -48.0, -26.0]),
        np.array([-8.0, -4.0, -1.0]),
        np.array([1.18, 1.10, 1.07]),
    )
    names = np.full((4, 10), material("lid"))
    names[0] = material("lash")
    on_head = weight((1, 1), head=1.0)
    return [
        loft(
            upper,
            np.broadcast_to(on_head, (5, 1, on_head.shape[-1])),
            material=names,
            start=False,
            end=False,
            closed=False,
        ),
        loft(
            lower,
            np.broadcast_to(on_head, (3, 1, on_head.shape[-1])),
            material=material("skin"),
            start=False,
            end=False,
            closed=False,
        ),
    ]


def _ear(profile: Profile) -> Part:
    polar = np.linspace(0.25, np.pi - 0.25, 6)
    azimuth = np.linspace(0, 2 * np.pi, 9, endpoint=False)
    y = np.cos(polar)[:, None] * 0.118 + 0.0 * azimuth
    z = np.sin(polar)[:, None] * np.cos(azimuth) * (0.066 + 0.16 * y) - 0.16 * y
    x = np.sin(polar)[:, None] * np.sin(azimuth) * 0.030
    x = x + 0.335 * profile.face_width - 0.22 * (z + 0.04)
    local = np.stack([x, y + 0.425, z - 0.055], axis=-1)
    points = profile.world(local)
    return loft(points, weight((6, 1), head=1.0), material=material("skin"))


def _brow(profile: Profile) -> Part:
    t = np.linspace(0, 1, 7)
    x = (0.062 + 0.170 * t) * profile.face_width
    y = 0.595 + 0.021 * np.sin(np.pi * 0.72 * t) - 0.006 * t**3
    half = (0.0125 - 0.004 * profile.femininity) * (1 - 0.72 * t) + 0.002
    rows = []
    for edge in (1.0, -1.0):
        yy = y + edge * half
        rows.append(np.stack([x, yy, profile.face_z(x, yy) + 0.0075], axis=-1))
    points = profile.world(np.array(rows))
    shares = np.broadcast_to(weight((1, 1), head=1.0), (2, 1, len(BONES)))
    return loft(
        points, shares, material=material("brow"), start=False, end=False, closed=False
    )


def _mouth(profile: Profile) -> Part:
    """Return the lips, and the dark between them that shows when the jaw drops."""
    t = np.linspace(-1, 1, 11)
    fem = profile.femininity
    x = 0.104 * t
    arch = 1 - np.abs(t) ** 2.2
    bow = 0.006 * np.exp(-(((np.abs(t) - 0.22) / 0.16) ** 2)) - 0.003 * np.exp(
        -((t / 0.10) ** 2)
    )
    line = 0.1925 + 0.008 * np.abs(t) ** 3
    upper = line + (0.020 + 0.007 * fem) * arch + bow * arch
    lower = line - (0.024 + 0.008 * fem) * arch
    edges = (upper, line + 0.0012, line - 0.0012, lower)
    out = (0.002, 0.0075, 0.0070, 0.002)
    rows = [
        np.stack([x, y, profile.face_z(x, y) + lift * (0.35 + 0.65 * arch)], axis=-1)
        for y, lift in zip(edges, out, strict=True)
    ]
    points = profile.world(np.array(rows))
    hinge = smooth(np.abs(t), 1.0, 0.75)[None]
    jaw = np.array([0.0, 0.0, 1.0, 1.0])[:, None] * hinge
    shares = weight(jaw.shape, jaw=jaw, head=1 - jaw)
    names = np.full((3, 10), material("lips"))
    names[1] = material("pupil")
    return loft(points, shares, material=names, start=False, end=False, closed=False)
