"""From a frame of a stage to an order, and from traced layers to the picture.

The renderer's own tables say what the lights give, how the sky looks and where the
picture's middle lies, and its own passage finishes the picture: only the light in
between is traced.
"""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from previz.model import Scene, Vec3
from previz.render.color import exposure_scale
from previz.render.lens.passage import Passage, develop, passage_of
from previz.render.lights import (
    KIND,
    PLACE,
    POINT,
    lamps_of,
    sky_of,
    white_balance_of,
    windows_are_lamps,
)
from previz.render.renderer import StageLike
from previz.stage import Geometry, StageState
from previz.trace.growth import Eye, Growth, clouded, eye_of, grown_hair, grown_set
from previz.trace.lamps import traced_lamps
from previz.trace.order import Layers, Order, Patch
from previz.trace.patches import cut, hollowed, moved
from previz.trace.skydome import sky_along, sky_picture
from previz.trace.views import shutter_times, view_of

__all__ = ["exposed", "order_of"]

_MOST_LAMPS = 64
_DEPTH = 9
_HAZE_PER_M, _CLEAR_M = 0.0025, 6.0
"""As in the renderer: what a metre of outdoor air takes and gives, and from where."""
_WALL_M, _ROOF_M = 0.25, 4.0
"""As in the renderer: how far past its size a set's walls and its ceiling reach."""


def order_of(
    stage: StageLike,
    state: StageState,
    *,
    width_px: int,
    height_px: int,
    samples: int,
    seed: int,
    denoise: bool,
    grown: bool = True,
) -> Order:
    """Return what to trace for a frame.

    Args:
        stage: The scene's stage.
        state: The frame.
        width_px: Of the picture.
        height_px: Of the picture.
        samples: Paths a pixel.
        seed: Of the paths.
        denoise: Whether the light is denoised.
        grown: Whether leaves, grass and hair grow where blocking has proxies.
    """
    scene, still = stage.scene, stage.set_geometry
    balance = white_balance_of(scene)
    center = np.array([0.0, 1.2, 0.0])
    lamps = lamps_of(
        scene.lights, center=center, limit=_MOST_LAMPS, white_balance_k=balance
    )
    size = (width_px, height_px)
    times = shutter_times(
        state, set_corners=_some_of(still), width_px=width_px, height_px=height_px,
        samples=samples,
    )  # fmt: skip
    passage = _passage(state, width_px=width_px, height_px=height_px)
    bulbs = lamps[lamps[:, KIND] == POINT, PLACE : PLACE + 3]
    growth, hair = Growth((), still), Growth((), state.moving)
    eye = eye_of(state.camera, width_px=width_px, height_px=height_px)
    if grown:
        growth = grown_set(still, scene, eye)
        hair = grown_hair(state.moving, state, eye)
    rest = hollowed(
        cut(hair.rest, first=len(still.triangles), closer=hair.closer), bulbs
    )
    return Order(
        width_px=width_px,
        height_px=height_px,
        instants=tuple(
            ((*_at(rest, state, time), *_hair_at(hair, state, eye, time)),
             view_of(state, passage, time, size=size))
            for time in times
        ),
        still=(
            *hollowed(cut(growth.rest, closer=growth.closer), bulbs),
            *growth.patches,
        ),
        lamps=traced_lamps(lamps, around=center),
        sky=_sky(scene, balance, grown=grown),
        room=_room(scene) if windows_are_lamps(scene.lights) else None,
        samples=samples,
        depth=_DEPTH,
        seed=seed,
        denoise=denoise,
    )  # fmt: skip


def _room(scene: Scene) -> tuple[Vec3, Vec3]:
    """Return the corners of what stands within the set's walls, with its ceiling."""
    width, height, depth = scene.set.size_m
    x, z = 0.5 * width + _WALL_M, 0.5 * depth + _WALL_M
    return (-x, -_WALL_M, -z), (x, height + _ROOF_M, z)


def _sky(scene: Scene, balance_k: float, *, grown: bool) -> NDArray[np.float32]:
    sky = sky_of(scene.lights, white_balance_k=balance_k)
    picture = sky_picture(sky)
    if not grown:
        return picture
    # No piece's seed: it is of that piece alone.
    place = " ".join(piece.id for piece in scene.set.pieces) + str(scene.set.size_m)
    return clouded(picture, seed=zlib.crc32(place.encode()), sun=sky[-1])


def exposed(
    layers: Layers,
    stage: StageLike,
    state: StageState,
    *,
    exposure_ev100: float,
) -> NDArray[np.float32]:
    """Return the picture that leaves the camera, linear Rec.709, shape (h, w, 3).

    Args:
        layers: Traced.
        stage: The scene's stage.
        state: The frame.
        exposure_ev100: Of the scene; what the camera is set to decides over it.
    """
    scene, camera = stage.scene, state.camera
    balance = white_balance_of(scene)
    height_px, width_px = layers.covered.shape
    ev100 = camera.exposure_ev100
    scale = exposure_scale(exposure_ev100 if ev100 is None else ev100)
    light = layers.light
    if not scene.set.interior:
        light = _hazed(layers, scene, state, balance)
    return develop(
        np.ascontiguousarray(light * np.float32(scale)),
        _passage(state, width_px=width_px, height_px=height_px),
        baked_k=balance,
        inverse_depth=np.zeros((height_px, width_px), np.float32),
    )


def _passage(state: StageState, *, width_px: int, height_px: int) -> Passage:
    return passage_of(
        state.camera,
        width_px=width_px,
        height_px=height_px,
        centre_px=state.camera.axis_px(width_px, height_px),
        frame=state.scene_frame,
    )


def _hair_at(
    hair: Growth, state: StageState, eye: Eye, time: float
) -> tuple[Patch, ...]:
    """Return hair at a time of the shutter, grown anew where its head has gone."""
    if time == 0.0 or not hair.patches:
        return hair.patches
    there = replace(state.moving, positions=_positions_at(state, time))
    return grown_hair(there, state, eye).patches


def _positions_at(state: StageState, time: float) -> NDArray[np.float32]:
    now = state.moving.positions
    return np.asarray(now + np.float32(time) * (now - state.moving_before), np.float32)


def _at(
    patches: tuple[Patch, ...], state: StageState, time: float
) -> tuple[Patch, ...]:
    """Return what moves at a time of the shutter, going on as it came."""
    if time == 0.0:
        return patches
    return moved(patches, _positions_at(state, time))


def _some_of(geometry: Geometry) -> NDArray[np.float64]:
    step = max(len(geometry.positions) // 500, 1)
    return geometry.positions[::step].astype(np.float64)


def _hazed(
    layers: Layers, scene: Scene, state: StageState, balance_k: float
) -> NDArray[np.float32]:
    """Lay the air between the camera and what it sees over the light."""
    height_px, width_px = layers.covered.shape
    rows, cols = np.mgrid[0:height_px, 0:width_px] + 0.5
    pixels = np.stack([cols.ravel(), rows.ravel()], axis=1)
    camera = state.camera
    ahead = camera.unproject(
        pixels, np.ones(len(pixels)), width_px=width_px, height_px=height_px
    )
    ways = ahead - camera.position_m
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    ways[:, 1] = np.maximum(ways[:, 1], 0.0)
    sky = sky_of(scene.lights, white_balance_k=balance_k)
    air = sky_along(sky, ways).reshape(height_px, width_px, 3)
    far = np.maximum(layers.depth_m - _CLEAR_M, 0.0)
    share = (1.0 - np.exp(-far * _HAZE_PER_M)) * layers.covered
    return np.asarray(
        layers.light + (air - layers.light) * share[..., None], np.float32
    )
