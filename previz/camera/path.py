"""Where the camera is at a frame of its shot."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.camera.state import CameraState
from previz.curves import Monotone, smoothstep, spline
from previz.model import Camera, CameraPose, Rate, RigKind, TimingKey

__all__ = ["camera_at", "look_at"]

_SAMPLES = 64
_STILL_M = 1e-6

# Unrest of a camera on a shoulder: hertz, metres (x, y, z), degrees (pan, tilt,
# roll). Breath, sway of the body, shifting of the feet, tremor of the hands.
_UNREST = (
    (0.28, (0.002, 0.006, 0.001), (0.06, 0.22, 0.04)),
    (0.47, (0.009, 0.002, 0.005), (0.30, 0.08, 0.20)),
    (0.83, (0.004, 0.004, 0.003), (0.16, 0.14, 0.08)),
    (1.71, (0.001, 0.002, 0.001), (0.07, 0.08, 0.04)),
    (3.90, (0.0003, 0.0004, 0.0002), (0.02, 0.025, 0.012)),
)


@dataclass(frozen=True)
class _Path:
    """A camera path, sampled once.

    Attributes:
        positions: Of the poses, shape (k, 3).
        aim: Target, then roll in degrees (unwrapped), focal length and focus, over
            the share of the path.
        share: Share of the path's measure at each pose, shape (k,), 0 to 1.
        table: Share of its segment's length at even steps, shape (k - 1, n).
    """

    positions: NDArray[np.float64]
    aim: Monotone
    share: NDArray[np.float64]
    table: NDArray[np.float64]


def camera_at(
    camera: Camera, *, length_frames: int, frame: int, rate: Rate | None = None
) -> CameraState:
    """Return the camera at shot frame `frame`.

    Args:
        camera: Gear, path and timing.
        length_frames: Of the shot; the path ends at its last frame.
        frame: From 0; held to the shot at both ends.
        rate: What handheld unrest is timed by; 24 frames a second if not given.
    """
    held = min(max(frame, 0), max(length_frames - 1, 0))
    path = _path(camera.poses)
    travel = _travel(camera, length_frames, held)
    aim = path.aim.at(travel)
    world_from_camera = look_at(_on_path(path, travel), aim[:3], roll_deg=float(aim[3]))
    if camera.rig.kind is RigKind.HANDHELD:
        seconds = (rate or Rate()).seconds(held)
        world_from_camera = world_from_camera @ _unrest(camera.seed, seconds)
    return CameraState(
        world_from_camera=world_from_camera,
        sensor=camera.sensor,
        focal_length_mm=float(aim[4]),
        squeeze=camera.lens.squeeze,
        t_stop=camera.lens.t_stop,
        focus_distance_m=float(aim[5]),
    )


def look_at(
    position: NDArray[np.float64], target: NDArray[np.float64], *, roll_deg: float = 0.0
) -> NDArray[np.float64]:
    """Return the rigid transform of a camera that looks at `target`, y up.

    Straight up or down, the top of the picture is -z when looking down and +z when
    looking up, as on a plan. Positive roll turns the camera clockwise from behind.

    Args:
        position: In metres, shape (3,).
        target: In metres, shape (3,), apart from `position`.
        roll_deg: About the line of sight.

    Returns:
        World from camera, shape (4, 4).
    """
    back = np.asarray(position, np.float64) - np.asarray(target, np.float64)
    back = back / np.linalg.norm(back)
    right = np.array([back[2], 0.0, -back[0]])
    level = float(np.hypot(back[0], back[2]))
    right = right / level if level > 1e-5 else np.array([1.0, 0.0, 0.0])
    up = np.cross(back, right)
    up = up / np.linalg.norm(up)
    right = np.cross(up, back)
    c, s = np.cos(np.radians(roll_deg)), np.sin(np.radians(roll_deg))
    result = np.eye(4)
    result[:3, 0] = c * right - s * up
    result[:3, 1] = s * right + c * up
    result[:3, 2] = back
    result[:3, 3] = position
    return result


@lru_cache(maxsize=512)
def _path(poses: tuple[CameraPose, ...]) -> _Path:
    positions = np.array([p.position_m for p in poses], np.float64)
    targets = np.array([p.target_m for p in poses], np.float64)
    roll = np.degrees(np.unwrap(np.radians([p.roll_deg for p in poses])))
    focal = [p.focal_length_mm for p in poses]
    focus = [p.focus_distance_m for p in poses]
    steps = np.linspace(0.0, 1.0, _SAMPLES + 1)
    lengths, table = [], []
    for segment in range(len(poses) - 1):
        points = spline(positions, segment, steps)
        run = np.concatenate(
            [[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
        )
        lengths.append(run[-1])
        table.append(run / run[-1] if run[-1] > _STILL_M else steps)
    measure = np.array(lengths)
    # A pan in the middle of a move has no length of its own: it gets a mean one.
    moving = measure > _STILL_M
    measure[~moving] = measure[moving].mean() if moving.any() else 1.0
    run = np.concatenate([[0.0], np.cumsum(measure)])
    share = run / run[-1] if run[-1] > 0 else run
    lens = np.stack([roll, np.array(focal), np.array(focus)], axis=1)
    return _Path(
        positions=positions,
        aim=Monotone.through(share, np.concatenate([targets, lens], axis=1)),
        share=share,
        table=np.array(table).reshape(len(poses) - 1, _SAMPLES + 1),
    )


def _on_path(path: _Path, travel: float) -> NDArray[np.float64]:
    if len(path.share) == 1 or travel <= 0:
        return np.asarray(path.positions[0])
    if travel >= 1:
        return np.asarray(path.positions[-1])
    segment = int(np.searchsorted(path.share, travel, side="right")) - 1
    start, end = path.share[segment], path.share[segment + 1]
    local = (travel - start) / (end - start)
    steps = np.linspace(0.0, 1.0, _SAMPLES + 1)
    t = np.interp([local], path.table[segment], steps)
    return np.asarray(spline(path.positions, segment, t)[0])


def _travel(camera: Camera, length_frames: int, frame: int) -> float:
    """Return the share of the path behind the camera, 0 to 1."""
    if len(camera.poses) == 1:
        return 0.0
    last = length_frames - 1
    if not camera.timing:
        # A one-frame shot of a move shows where the move begins.
        return smoothstep(frame / last) if last > 0 else 0.0
    return float(_curve(camera.timing, last).at(frame)[0])


@lru_cache(maxsize=512)
def _curve(timing: tuple[TimingKey, ...], last: int) -> Monotone:
    # Holding before the first and after the last key gives those keys no speed;
    # a key on the shot's own end keeps its speed, as when cutting into a move.
    keys = {0: timing[0].travel} | {key.frame: key.travel for key in timing}
    if last > timing[-1].frame:
        keys[last] = timing[-1].travel
    frames = sorted(keys)
    return Monotone.through(frames, [[keys[f]] for f in frames])


def _unrest(seed: int, seconds: float) -> NDArray[np.float64]:
    """Return the small rigid motion of a handheld camera, shape (4, 4)."""
    phases = _phases(seed)
    shift, turn = np.zeros(3), np.zeros(3)
    for i, (hertz, metres, degrees) in enumerate(_UNREST):
        wave = np.sin(2 * np.pi * hertz * phases[i, 1] * seconds + phases[i, 0])
        shift += np.asarray(metres) * wave[:3]
        turn += np.radians(degrees) * wave[3:]
    result = np.eye(4)
    result[:3, :3] = _small_rotation(*turn)
    result[:3, 3] = shift
    return result


@lru_cache(maxsize=256)
def _phases(seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng([seed, zlib.crc32(b"handheld")])
    phase = rng.uniform(0, 2 * np.pi, (len(_UNREST), 6))
    detune = rng.uniform(0.88, 1.12, (len(_UNREST), 6))
    return np.stack([phase, detune], axis=1)


def _small_rotation(pan: float, tilt: float, roll: float) -> NDArray[np.float64]:
    cy, sy, cx, sx = np.cos(pan), np.sin(pan), np.cos(tilt), np.sin(tilt)
    cz, sz = np.cos(roll), np.sin(roll)
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return np.asarray(about_y @ about_x @ about_z)
