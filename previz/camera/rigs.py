"""What a rig cannot do, said before anybody builds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.camera.aim import Stand, Where, seen_at
from previz.camera.limits import RigLimits, limits_of, usual_arm_m
from previz.camera.motion import FOCAL_GIVE, Course, course_of, focal_range, stand_at
from previz.errors import PrevizError
from previz.model import Camera, Move, Rate, RigKind

__all__ = ["Inside", "RigFault", "rig_faults"]

Floats = NDArray[np.float64]

Inside = Callable[[Floats, int], str]
"""What a world point is inside of at a shot frame, by name; empty: it is free."""

_GIVE_M = 0.02
"""A grip's adjustment on the day: nearer than this to a limit is within it."""
_ARM_GIVE_M = 0.06
_CREEP_MPS = 0.1
_CAR_TURN_DEG = 3.0
_PER_CENT = 1.01


@dataclass(frozen=True)
class RigFault:
    """A limit that a camera exceeds.

    Attributes:
        frame: Shot frame at which it first does.
        quantity: What is exceeded, such as "height".
        value: At that frame.
        limit: What the rig or lens can do.
        unit: Of both.
        text: The whole in a sentence, in the house form.
    """

    frame: int
    quantity: str
    value: float
    limit: float
    unit: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class _Ride:
    """A camera frame by frame, before unrest; n frames.

    Attributes:
        course: The camera's way.
        limits: Of its rig.
        place: Shape (n, 3).
        back: Of the line of sight, shape (n, 3).
        focal: Engraved, shape (n,).
        stands: As they are.
    """

    course: Course
    limits: RigLimits
    place: Floats
    back: Floats
    focal: Floats
    stands: tuple[Stand, ...]

    @property
    def kind(self) -> RigKind:
        """Of the rig."""
        return self.course.camera.rig.kind


def rig_faults(
    camera: Camera,
    *,
    length_frames: int,
    rate: Rate,
    where: Where | None = None,
    inside: Inside | None = None,
) -> tuple[RigFault, ...]:
    """Return what rig and lens cannot do in a shot; empty where they can do all.

    Each quantity is named once, at the frame where it is first exceeded.

    Args:
        camera: The camera.
        length_frames: Of the shot.
        rate: Frames a second.
        where: Where people are.
        inside: What a point is inside of, for a camera in a wall or in somebody.
    """
    course = course_of(camera, length_frames=length_frames, rate=rate, where=where)
    try:
        found = [stand_at(course, f) for f in range(course.length_frames)]
    except PrevizError as error:
        # A dolly zoom with its subject behind the camera has no course to measure.
        return (_unsolved(course, error),)
    ride = _Ride(
        course,
        limits_of(camera.rig),
        np.array([stand.position for stand, _ in found]),
        np.array([stand.turn[:, 2] for stand, _ in found]),
        np.array([focal for _, focal in found]),
        tuple(stand for stand, _ in found),
    )
    faults = [check(ride) for check in _CHECKS]
    who = [key.subject for key in camera.focus]
    who += [p.move.subject for p in course.laid if p.move.kind is Move.RACK_FOCUS]
    faults += [_behind(ride, name) for name in dict.fromkeys(who) if name]
    if inside is not None:
        faults.append(_inside_fault(ride, inside))
    return tuple(fault for fault in faults if fault is not None)


def _unsolved(course: Course, error: PrevizError) -> RigFault:
    frame = 0
    for f in range(course.length_frames):
        try:
            stand_at(course, f)
        except PrevizError:
            frame = f
            break
    return RigFault(frame, "subject's depth", 0.0, 0.0, "m", str(error))


def _fault(
    ride: _Ride,
    values: Floats,
    limit: float | None,
    *,
    field: str,
    quantity: str,
    unit: str,
    advice: str,
    least: bool = False,
    give: float = 0.0,
) -> RigFault | None:
    """Return the first value beyond a limit as a fault, or None."""
    if limit is None or len(values) == 0:
        return None
    over = values < limit - give if least else values > limit + give
    if not over.any():
        return None
    frame = int(np.argmax(over))
    worst = int(np.argmin(values) if least else np.argmax(values))
    sign = ">=" if least else "<="
    on = f" on {ride.kind}" if field == "Camera.rig" else ""
    again = ""
    if abs(values[worst] - values[frame]) > 0.01 * abs(values[frame]):
        again = f" ({values[worst]:.4g} {unit} at frame {worst})"
    return RigFault(
        frame,
        quantity,
        float(values[frame]),
        float(limit),
        unit,
        f"{field} must keep its {quantity} {sign} {limit:.4g} {unit}{on}, got "
        f"{values[frame]:.4g} {unit} at frame {frame}{again}. {advice}",
    )


def _too_low(ride: _Ride) -> RigFault | None:
    return _fault(
        ride, ride.place[:, 1], ride.limits.lowest_m,
        field="Camera.rig", quantity="height", unit="m",
        advice="Raise the camera or take a rig that goes lower.",
        least=True, give=_GIVE_M,
    )  # fmt: skip


def _too_high(ride: _Ride) -> RigFault | None:
    return _fault(
        ride, ride.place[:, 1], ride.limits.highest_m,
        field="Camera.rig", quantity="height", unit="m",
        advice="Lower the camera or take a rig that goes higher.", give=_GIVE_M,
    )  # fmt: skip


def _too_far(ride: _Ride) -> RigFault | None:
    frames = len(ride.place)
    seen = np.unique(np.linspace(0, frames - 1, 64).astype(int))
    apart = np.linalg.norm(ride.place[:, None] - ride.place[seen], axis=2)
    apart[np.arange(frames)[:, None] < seen] = 0.0
    stands = ride.limits.travel_m == 0.0
    advice = "Take a dolly, or pan." if stands else "Lay more track or move less."
    return _fault(
        ride, apart.max(axis=1), ride.limits.travel_m,
        field="Camera.rig", quantity="travel", unit="m", advice=advice, give=_GIVE_M,
    )  # fmt: skip


def _rises_too_much(ride: _Ride) -> RigFault | None:
    height = ride.place[:, 1]
    swept = np.maximum.accumulate(height) - np.minimum.accumulate(height)
    return _fault(
        ride, swept, ride.limits.rise_m,
        field="Camera.rig", quantity="change of height", unit="m",
        advice="Rise less, or take a jib or a crane.", give=_GIVE_M,
    )  # fmt: skip


def _velocity(ride: _Ride) -> Floats:
    """Return the velocity at each frame, shape (n, 3); of the step that led to it."""
    out = np.zeros_like(ride.place)
    if len(out) > 1:
        out[1:] = np.diff(ride.place, axis=0) * ride.course.fps
        out[0] = out[1]
    return out


def _too_fast(ride: _Ride) -> RigFault | None:
    speed = np.linalg.norm(_velocity(ride), axis=1)
    limit = ride.limits.top_speed_mps
    return _fault(
        ride, speed, limit,
        field="Camera.rig", quantity="speed", unit="m/s",
        advice="Give the move more time or a shorter way.",
        give=(_PER_CENT - 1) * (limit or 0.0),
    )  # fmt: skip


def _too_abrupt(ride: _Ride) -> RigFault | None:
    change = np.zeros(len(ride.place))
    if len(change) > 2:
        steps = np.diff(_velocity(ride)[1:], axis=0) * ride.course.fps
        change[2:] = np.linalg.norm(steps, axis=1)
    return _fault(
        ride, change, ride.limits.top_acceleration_mps2,
        field="Camera.rig", quantity="acceleration", unit="m/s²",
        advice="Ease the move longer, or smooth the path.",
    )  # fmt: skip


def _bends_too_tightly(ride: _Ride) -> RigFault | None:
    """Find a bend that is tighter than the track: speed over rate of turn."""
    flat = _velocity(ride)[:, (0, 2)]
    speed = np.hypot(flat[:, 0], flat[:, 1])
    radius = np.full(len(speed), np.inf)
    turn = np.abs(
        flat[1:, 0] * flat[:-1, 1] - flat[1:, 1] * flat[:-1, 0]
    ) * ride.course.fps  # fmt: skip
    moving = (speed[1:] > _CREEP_MPS) & (speed[:-1] > _CREEP_MPS) & (turn > 1e-6)
    radius[1:][moving] = speed[1:][moving] ** 3 / turn[moving]
    limit = ride.limits.tightest_m
    return _fault(
        ride, radius, limit,
        field="Camera.rig", quantity="radius of the bend", unit="m",
        advice="Widen the curve or put the camera on a gimbal.",
        least=True, give=(_PER_CENT - 1) * (limit or 0.0),
    )  # fmt: skip


def _not_straight(ride: _Ride) -> RigFault | None:
    if not ride.limits.straight:
        return None
    away = ride.place - ride.place[0]
    end = away[int(np.argmax(np.linalg.norm(away, axis=1)))]
    length = float(np.linalg.norm(end))
    if length < _GIVE_M:
        return None
    beside = np.linalg.norm(np.cross(away, end / length), axis=1)
    return _fault(
        ride, beside, 0.0,
        field="Camera.rig", quantity="distance from a straight line", unit="m",
        advice="Straighten the path or take a dolly on curved track.", give=_GIVE_M,
    )  # fmt: skip


def _off_the_arm(ride: _Ride) -> RigFault | None:
    """Find where the camera leaves every sphere that an arm's end can sweep."""
    arm = ride.limits.arm_m
    if arm is None or ride.kind not in (RigKind.JIB, RigKind.CRANE):
        return None
    off = _off_sphere(ride.place, ride.back[0], arm)
    return _fault(
        ride, off, 0.0,
        field="Camera.rig", quantity=f"distance from the sweep of a {arm:g} m arm",
        unit="m",
        advice="Swing on an arc (a crane move), or take a longer arm.",
        give=_ARM_GIVE_M,
    )  # fmt: skip


def _beyond_the_arm(ride: _Ride) -> RigFault | None:
    """Find a crane move that is higher than its arm swings, and so stops short."""
    reach = 2.0 * usual_arm_m(ride.course.camera.rig)
    asked = np.zeros(len(ride.place))
    for plan in ride.course.laid:
        if plan.move.kind is Move.CRANE:
            asked[plan.last] = max(asked[plan.last], abs(plan.move.amount))
    return _fault(
        ride, asked, reach,
        field="Camera.rig", quantity="swing of the arm", unit="m",
        advice="Crane less, or take a longer arm.",
    )  # fmt: skip


def _off_sphere(place: Floats, back: Floats, arm: float) -> Floats:
    """Return how far each place is from the best sphere of radius `arm`, shape (n,).

    Gauss-Newton for the pivot, from behind the camera, from either side and from
    below and above.
    """
    chosen = place[np.unique(np.linspace(0, len(place) - 1, 64).astype(int))]
    level = np.array([back[0], 0.0, back[2]])
    size = float(np.linalg.norm(level))
    level = level / size if size > 1e-6 else np.array([0.0, 0.0, 1.0])
    side, up = np.array([level[2], 0.0, -level[0]]), np.array([0.0, 1.0, 0.0])
    best, least = np.abs(np.linalg.norm(place - place[0], axis=1)), np.inf
    for way in (level, side, -side, up, -up, -level, level - up, level + up):
        pivot = chosen.mean(axis=0) + arm * way / np.linalg.norm(way)
        for _ in range(40):
            out = chosen - pivot
            length = np.maximum(np.linalg.norm(out, axis=1), 1e-9)
            slope = -out / length[:, None]
            square = slope.T @ slope + 1e-6 * np.eye(3)
            pivot = pivot - np.linalg.solve(square, slope.T @ (length - arm))
        off = np.abs(np.linalg.norm(place - pivot, axis=1) - arm)
        if float(off.max()) < least:
            best, least = off, float(off.max())
    return np.asarray(best)


def _turns_too_fast(ride: _Ride) -> RigFault | None:
    cosine = np.ones(len(ride.back))
    cosine[1:] = np.sum(ride.back[1:] * ride.back[:-1], axis=1)
    turn = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))) * ride.course.fps
    return _fault(
        ride, turn, ride.limits.top_pan_dps,
        field="Camera.rig", quantity="turn", unit="deg/s",
        advice="Give the pan more time, or cut.",
    )  # fmt: skip


def _turns_on_the_car(ride: _Ride) -> RigFault | None:
    """Find a turn of the head on a mount that is clamped to the car."""
    if ride.kind is not RigKind.CAR_MOUNT:
        return None
    velocity = _velocity(ride)
    going = np.hypot(velocity[:, 0], velocity[:, 2]) > 0.5
    yaw = np.unwrap(np.arctan2(ride.back[:, 0], ride.back[:, 2]))
    way = np.unwrap(np.arctan2(velocity[:, 0], velocity[:, 2]))
    # A car that stands points where it last went, or first will.
    latest = np.maximum.accumulate(np.where(going, np.arange(len(going)), -1))
    car = way[np.where(latest < 0, int(np.argmax(going)), latest)]
    car = car if going.any() else np.zeros_like(way)
    apart = np.degrees(np.abs(yaw - car - (yaw - car)[0]))
    return _fault(
        ride, apart, 0.0,
        field="Camera.rig", quantity="turn against the car", unit="deg",
        advice="Lock the head, or take a gimbal in the car.", give=_CAR_TURN_DEG,
    )  # fmt: skip


def _lens_too_short(ride: _Ride) -> RigFault | None:
    widest, _ = focal_range(ride.course)
    return _fault(
        ride, ride.focal, widest if ride.course.changes_focal else None,
        field="Camera.lens", quantity="focal length", unit="mm",
        advice="Put on a zoom that goes wider, or move less.", least=True,
        give=FOCAL_GIVE * widest,
    )  # fmt: skip


def _lens_too_long(ride: _Ride) -> RigFault | None:
    _, longest = focal_range(ride.course)
    return _fault(
        ride, ride.focal, longest if ride.course.changes_focal else None,
        field="Camera.lens", quantity="focal length", unit="mm",
        advice="Put on a zoom that reaches, or move less.",
        give=FOCAL_GIVE * longest,
    )  # fmt: skip


def _focuses_too_near(ride: _Ride) -> RigFault | None:
    asked = np.full(len(ride.place), np.inf)
    camera = ride.course.camera
    for key in camera.focus:
        if key.distance_m is not None and key.frame < len(asked):
            asked[key.frame] = key.distance_m
    for plan in ride.course.laid:
        if plan.move.kind is Move.RACK_FOCUS and not plan.move.subject:
            asked[plan.last] = min(asked[plan.last], plan.move.amount)
    return _fault(
        ride, asked, camera.lens.close_focus_m,
        field="Camera.lens", quantity="focus", unit="m",
        advice="Step back, or put on a lens that focuses closer.", least=True,
    )  # fmt: skip


def _behind(ride: _Ride, name: str) -> RigFault | None:
    """Find where somebody who is focused on stands behind the camera."""
    where = ride.course.where
    if where is None:
        return None
    depth = np.full(len(ride.stands), np.inf)
    for frame, stand in enumerate(ride.stands):
        point = seen_at(where, name, "eyes", frame)
        if point is not None:
            depth[frame] = stand.depth_to(point)
    return _fault(
        ride, depth, 0.0,
        field="Camera.focus", quantity=f"depth of {name}", unit="m",
        advice=f"{name} is behind the camera: turn to them or focus on a distance.",
        least=True,
    )  # fmt: skip


def _inside_fault(ride: _Ride, inside: Inside) -> RigFault | None:
    for frame, place in enumerate(ride.place):
        name = inside(place, frame)
        if name:
            shown = tuple(round(float(v), 2) for v in place)
            return RigFault(
                frame, "clearance", 0.0, 0.0, "m",
                f"Camera.poses must keep the camera out of {name}, got {shown} at "
                f"frame {frame}. Move the camera or shorten the move.",
            )  # fmt: skip
    return None


_CHECKS: tuple[Callable[[_Ride], RigFault | None], ...] = (
    _too_low,
    _too_high,
    _too_far,
    _rises_too_much,
    _too_fast,
    _too_abrupt,
    _bends_too_tightly,
    _not_straight,
    _off_the_arm,
    _beyond_the_arm,
    _turns_too_fast,
    _turns_on_the_car,
    _lens_too_short,
    _lens_too_long,
    _focuses_too_near,
)
