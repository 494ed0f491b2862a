"""Cameras as the crew sets them: body, glass, rig, path and timing, moves, aim."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from previz.model.base import Identifier, Model, Vec3
from previz.model.lens import Lens, Sensor
from previz.model.look import (
    LAST_FRAME,
    Control,
    FocusDistance,
    FocusKey,
    FrameNumber,
    Look,
    Track,
)
from previz.model.rig import Rig, RigKind

__all__ = [
    "MOVE_UNITS",
    "Aim",
    "Camera",
    "CameraMove",
    "CameraPose",
    "Move",
    "TimingKey",
]


Share = Annotated[float, Field(ge=-4, le=5, examples=[0.5])]
"""A place across or down the frame; a subject may be held outside it."""


class Move(StrEnum):
    """What the camera does during a shot, in the words of a set."""

    STATIC = "static"
    PAN = "pan"
    TILT = "tilt"
    ROLL = "roll"
    TRUCK = "truck"
    DOLLY = "dolly"
    PEDESTAL = "pedestal"
    CRANE = "crane"
    ARC = "arc"
    ORBIT = "orbit"
    PUSH_IN = "push in"
    PULL_OUT = "pull out"
    ZOOM = "zoom"
    DOLLY_ZOOM = "dolly zoom"
    WHIP_PAN = "whip pan"
    RACK_FOCUS = "rack focus"
    TRACK = "track"
    HANDHELD = "handheld"


MOVE_UNITS: dict[Move, str] = {
    Move.PAN: "deg",
    Move.TILT: "deg",
    Move.ROLL: "deg",
    Move.WHIP_PAN: "deg",
    Move.ARC: "deg",
    Move.ORBIT: "deg",
    Move.TRUCK: "m",
    Move.DOLLY: "m",
    Move.PEDESTAL: "m",
    Move.CRANE: "m",
    Move.PUSH_IN: "m",
    Move.PULL_OUT: "m",
    Move.DOLLY_ZOOM: "m",
    Move.ZOOM: "mm",
    Move.RACK_FOCUS: "m",
}
"""The unit of `CameraMove.amount`, by kind; the kinds that can be composed."""


class CameraPose(Model):
    """Where the camera is and what it looks at, at one point of its path.

    `tangent_m` is the direction and pull of the path there, the derivative with
    respect to the spline's parameter of one segment, as a Hermite handle; None lets
    the spline choose.
    """

    position_m: Vec3
    target_m: Vec3
    roll_deg: Annotated[float, Field(ge=-180, le=180, examples=[0.0])] = 0.0
    focal_length_mm: Annotated[float, Field(ge=1, le=2000, examples=[35.0])] = 35.0
    focus_distance_m: FocusDistance = 2.5
    tangent_m: Vec3 | None = None

    @model_validator(mode="after")
    def _looks_somewhere(self) -> Self:
        if math.dist(self.position_m, self.target_m) < 1e-4:
            raise ValueError(
                "CameraPose.target_m must be >= 0.1 mm from position_m, "
                f"got {self.target_m}. Move the target or the camera."
            )
        return self


class TimingKey(Model):
    """At shot frame `frame` the camera has travelled this share of its path.

    `speed` is the slope of the timing curve there, in shares of the path a frame;
    None lets the monotone curve choose, 0 stops the camera at the key.
    """

    frame: FrameNumber
    travel: Annotated[float, Field(ge=0, le=1, examples=[0.0])]
    speed: Annotated[float, Field(ge=0, le=1e3, examples=[0.01])] | None = None


class CameraMove(Model):
    """One move as a word: "push in 1.2 m over 3 s, ease out".

    Moves are applied in order on top of the path. `amount` is in the unit of
    `MOVE_UNITS`: degrees (positive: pan left, tilt up, roll clockwise, arc and orbit
    counter-clockwise seen from above), metres (truck right, dolly forward, pedestal
    and crane up, push in and pull out by their own sense; for a rack focus the end
    distance) or millimetres (a zoom's end).

    Attributes:
        start_frame: Shot frame at which it begins.
        length_frames: Until `start_frame + length_frames`; None: the shot's last.
        ease_in: Share of the time spent gathering speed, 0 to 1.
        ease_out: Share spent losing it; together with `ease_in` at most 1.
        subject: Character it pushes towards, arcs around, holds in size or racks to;
            empty: what the camera looks at as it begins.
    """

    kind: Move
    amount: Annotated[float, Field(ge=-36_000, le=36_000, examples=[1.2])]
    start_frame: FrameNumber = 0
    length_frames: Annotated[int, Field(ge=1, le=LAST_FRAME)] | None = None
    ease_in: Annotated[float, Field(ge=0, le=1)] = 0.3
    ease_out: Annotated[float, Field(ge=0, le=1)] = 0.3
    subject: str = ""

    @model_validator(mode="after")
    def _can_be_made(self) -> Self:
        if self.kind not in MOVE_UNITS:
            raise ValueError(
                f"CameraMove.kind must be one of {', '.join(MOVE_UNITS)}, got "
                f"{str(self.kind)!r}. Leave Camera.moves empty for a static camera; "
                "handheld is a rig."
            )
        if self.ease_in + self.ease_out > 1 + 1e-9:
            raise ValueError(
                "CameraMove.ease_in and ease_out must be <= 1 together, got "
                f"{self.ease_in} and {self.ease_out}. Shorten one of them."
            )
        needs_more = (Move.ZOOM, Move.RACK_FOCUS, Move.PUSH_IN, Move.PULL_OUT)
        if self.kind in needs_more and self.amount <= 0:
            raise ValueError(
                f"CameraMove.amount must be > 0 {MOVE_UNITS[self.kind]} for a "
                f"{self.kind}, got {self.amount}. Pass a value such as 1.2."
            )
        return self


class Aim(Model):
    """Whom the operator keeps where in the frame.

    `at` is a place for each subject as shares of the frame from its top left
    corner: (0.5, 0.5) is the middle, (0.33, 0.33) the upper left third.

    Attributes:
        subjects: One or two characters.
        at: Where each is held.
        part: What of them is held there.
        solve: "pan and tilt" turns the camera; "position" moves it too (two
            subjects are then hit exactly).
        lag_s: How far the operator trails; 0 holds exactly.
    """

    subjects: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=2)]
    at: Annotated[
        tuple[tuple[Share, Share], ...], Field(min_length=1, max_length=2)
    ] = ((0.5, 0.4),)
    part: Annotated[str, Field(pattern="^(eyes|head|chest|hips|feet)$")] = "eyes"
    solve: Annotated[str, Field(pattern="^(pan and tilt|position)$")] = "pan and tilt"
    lag_s: Annotated[float, Field(ge=0, le=5)] = 0.0

    @model_validator(mode="after")
    def _a_place_for_each(self) -> Self:
        if len(self.at) != len(self.subjects):
            raise ValueError(
                f"Aim.at must have a place for each of {len(self.subjects)} subjects, "
                f"got {len(self.at)}. Pass one (x, y) for each."
            )
        return self


class Camera(Model):
    """A camera over a shot: geometry (poses) and, separately, timing; then moves.

    The path is a spline through the poses, measured by arc length; timing is a
    monotone curve from shot frame to share of the path. Endpoints are reached. Moves
    come on top, then the aim turns the camera, then the rig adds its unrest.

    `iso` is what the body is rated at; None exposes for the scene's meter reading
    instead of for stop, shutter, ISO and ND. `white_balance_k` None balances as a
    crew would for the scene's lights.
    """

    sensor: Sensor = Sensor()
    lens: Lens = Lens()
    rig: Rig = Rig()
    poses: Annotated[tuple[CameraPose, ...], Field(min_length=1, max_length=2000)]
    timing: tuple[TimingKey, ...] = ()
    moves: tuple[CameraMove, ...] = ()
    aim: Aim | None = None
    focus: tuple[FocusKey, ...] = ()
    shutter_deg: Annotated[float, Field(ge=1, le=360, examples=[180.0])] = 180.0
    iso: Annotated[float, Field(ge=1, le=409600, examples=[800.0])] | None = None
    nd_stops: Annotated[float, Field(ge=0, le=20, examples=[0.0])] = 0.0
    white_balance_k: (
        Annotated[float, Field(ge=1000, le=40000, examples=[5600.0])] | None
    ) = None
    look: Look = Look()
    tracks: tuple[Track, ...] = ()
    seed: Annotated[int, Field(ge=0, description="Seeds handheld unrest.")] = 0

    @model_validator(mode="after")
    def _keys_run_forward(self) -> Self:
        frames = [key.frame for key in self.timing]
        travels = [key.travel for key in self.timing]
        if frames != sorted(set(frames)) or travels != sorted(travels):
            raise ValueError(
                "Camera.timing must be keys of rising frame and non-falling travel, "
                f"got frames {frames} and travels {travels}. Sort the keys and drop "
                "the second key of a frame."
            )
        pulled = [key.frame for key in self.focus]
        if pulled != sorted(set(pulled)):
            raise ValueError(
                f"Camera.focus must be keys of rising frame, got frames {pulled}. "
                "Sort the keys and drop the second key of a frame."
            )
        tracked = [track.control for track in self.tracks]
        if len(tracked) != len(set(tracked)):
            raise ValueError(
                "Camera.tracks must have one track a control, got "
                f"{[str(c) for c in tracked]}. Join the keys of the same control."
            )
        return self

    @model_validator(mode="after")
    def _glass_reaches(self) -> Self:
        if self.lens.longest_mm is None:
            return self
        for pose in self.poses:
            if (
                not self.lens.focal_length_mm
                <= pose.focal_length_mm
                <= (self.lens.longest_mm)
            ):
                raise ValueError(
                    "CameraPose.focal_length_mm must be within the zoom's "
                    f"{self.lens.focal_length_mm:g} to {self.lens.longest_mm:g} mm, "
                    f"got {pose.focal_length_mm:g}. Put on another lens or stay "
                    "within its range."
                )
        return self

    @model_validator(mode="after")
    def _iris_reaches(self) -> Self:
        keys = [k for t in self.tracks if t.control is Control.T_STOP for k in t.keys]
        for key in keys:
            if key.value < self.lens.widest_t_stop - 1e-9:
                raise ValueError(
                    f"ControlKey.value must be >= T{self.lens.widest_t_stop:g}, as far "
                    f"as {self.lens.name} opens, for t_stop, got {key.value:g} at "
                    f"frame {key.frame}. Stop down or add light."
                )
        return self

    @property
    def move(self) -> Move:
        """What the camera does, as one word: the first move, else the path's."""
        if self.moves:
            return self.moves[0].kind
        if self._moves_along():
            return self._kind_of_path()
        if self.rig.kind is RigKind.HANDHELD:
            return Move.HANDHELD
        if self.aim is not None:
            return Move.PAN
        if len({(key.subject, key.distance_m) for key in self.focus}) > 1:
            return Move.RACK_FOCUS
        return Move.STATIC

    def _moves_along(self) -> bool:
        first = self.poses[0]
        return any(
            p.position_m != first.position_m or p.target_m != first.target_m
            for p in self.poses
        )

    def _kind_of_path(self) -> Move:
        first, last = self.poses[0], self.poses[-1]
        step = [b - a for a, b in zip(first.position_m, last.position_m, strict=True)]
        length = math.hypot(*step)
        furthest = max(
            math.dist(pose.position_m, first.position_m) for pose in self.poses
        )
        if furthest < 1e-3:
            return Move.PAN
        look = [b - a for a, b in zip(first.position_m, first.target_m, strict=True)]
        along = sum(a * b for a, b in zip(step, look, strict=True))
        along /= max(length * math.hypot(*look), 1e-9)
        if along > 0.8:
            return Move.PUSH_IN
        if along < -0.8:
            return Move.PULL_OUT
        if abs(step[1]) > 0.7 * length:
            return Move.CRANE
        return Move.TRACK
