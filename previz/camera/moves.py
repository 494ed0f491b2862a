"""Moves as words of the set: functions from a camera to a camera.

Each adds one move to `Camera.moves` and changes nothing else: whether the rig can do
it, `rig_faults` says. The frames that moves act in are chosen so that they compose:

- The head pans, tilts and rolls; angles add up. These commute with everything.
- The base trucks, dollies, pedestals and cranes along its own heading as the move
  begins. The head does not turn the base, so truck and pan commute. An arc or orbit
  turns the base.
- A push-in, a pull-out and a dolly zoom go straight to or from their subject, or what
  the camera looks at, as they begin.
- Ways add up; only an arc or orbit carries along what comes before it in the list.
- A zoom and a rack focus are of the lens and commute with all but a dolly zoom and
  each other.
"""

from __future__ import annotations

from previz.errors import PrevizError, UnknownNameError
from previz.model import Camera, CameraMove, Move, Rate, RigKind

__all__ = [
    "EASES",
    "arc",
    "crane",
    "dolly",
    "dolly_zoom",
    "handheld",
    "orbit",
    "pan",
    "pedestal",
    "pull_out",
    "push_in",
    "rack_focus",
    "roll",
    "static",
    "tilt",
    "truck",
    "whip_pan",
    "with_move",
    "zoom",
]

EASES: dict[str, tuple[float, float]] = {
    "in and out": (0.3, 0.3),
    "in": (0.6, 0.0),
    "out": (0.0, 0.6),
    "none": (0.0, 0.0),
}
"""Shares of a move's time in which it gathers and loses speed, by the word for it."""

UNKNOWN_FOCUS_M = 3.0
"""Where a rack to somebody ends as long as nobody knows where they are."""


def with_move(
    camera: Camera,
    kind: Move,
    amount: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
    subject: str = "",
) -> Camera:
    """Return a camera that makes one more move.

    Args:
        camera: Before.
        kind: Which move.
        amount: In the unit of `MOVE_UNITS`, by the signs of `CameraMove`.
        over_s: How long it takes; None: until the shot ends.
        rate: Frames a second; 24 if not given.
        ease: One of `EASES`.
        start_frame: Shot frame at which it begins.
        subject: Whom it is about; empty: what the camera looks at as it begins.

    Raises:
        UnknownNameError: If there is no such ease.
        PrevizError: If the move lasts less than a frame or is none that can be made.
    """
    if ease not in EASES:
        raise UnknownNameError("CameraMove.ease", ease, EASES)
    begin, end = EASES[ease]
    move = CameraMove(
        kind=kind,
        amount=amount,
        start_frame=start_frame,
        length_frames=_frames(over_s, rate or Rate()),
        ease_in=begin,
        ease_out=end,
        subject=subject,
    )
    return camera.changed(moves=(*camera.moves, move))


def _frames(over_s: float | None, rate: Rate) -> int | None:
    if over_s is None:
        return None
    if not 0 < over_s <= 86_400 or rate.frames(over_s) < 1:
        raise PrevizError(
            f"CameraMove.over_s must be at least a frame and at most a day, got "
            f"{over_s} s at {rate} frames a second. Pass a time such as 3 s."
        )
    return rate.frames(over_s)


def pan(
    camera: Camera,
    deg: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
) -> Camera:
    """Turn the head about the vertical; positive degrees to the left."""
    return with_move(
        camera, Move.PAN, deg,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame,
    )  # fmt: skip


def whip_pan(
    camera: Camera,
    deg: float,
    *,
    over_s: float | None = 0.3,
    rate: Rate | None = None,
    start_frame: int = 0,
) -> Camera:
    """Throw the head round, positive degrees to the left; it eases as an arm does."""
    return with_move(
        camera, Move.WHIP_PAN, deg, over_s=over_s, rate=rate, start_frame=start_frame
    )


def tilt(
    camera: Camera,
    deg: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
) -> Camera:
    """Tip the head; positive degrees up."""
    return with_move(
        camera, Move.TILT, deg,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame,
    )  # fmt: skip


def roll(
    camera: Camera,
    deg: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
) -> Camera:
    """Turn the head about the line of sight; positive degrees clockwise from behind."""
    return with_move(
        camera, Move.ROLL, deg,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame,
    )  # fmt: skip


def truck(
    camera: Camera,
    metres: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
) -> Camera:
    """Go sideways, square to the base's heading; positive metres to the right."""
    return with_move(
        camera, Move.TRUCK, metres,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame,
    )  # fmt: skip


def dolly(
    camera: Camera,
    metres: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
) -> Camera:
    """Go along the base's heading on the level; positive metres forward."""
    return with_move(
        camera, Move.DOLLY, metres,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame,
    )  # fmt: skip


def pedestal(
    camera: Camera,
    metres: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
) -> Camera:
    """Go straight up or down; positive metres up."""
    return with_move(
        camera, Move.PEDESTAL, metres,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame,
    )  # fmt: skip


def crane(
    camera: Camera,
    metres: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
) -> Camera:
    """Swing up or down on the rig's arm, by its length; positive metres up.

    The arm is level at half the height, so the camera starts and ends equally far
    from the pivot's column and bulges out between. The head stays level. It goes no
    farther than straight up or down, twice the arm; more is a fault of `rig_faults`.
    """
    return with_move(
        camera, Move.CRANE, metres,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame,
    )  # fmt: skip


def arc(
    camera: Camera,
    deg: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
    subject: str = "",
) -> Camera:
    """Go round the subject at its distance; positive counter-clockwise from above."""
    return with_move(
        camera, Move.ARC, deg,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame, subject=subject,
    )  # fmt: skip


def orbit(
    camera: Camera,
    deg: float = 360.0,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "none",
    start_frame: int = 0,
    subject: str = "",
) -> Camera:
    """Go all round the subject, at constant speed unless eased; as `arc` otherwise."""
    return with_move(
        camera, Move.ORBIT, deg,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame, subject=subject,
    )  # fmt: skip


def push_in(
    camera: Camera,
    metres: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
    subject: str = "",
) -> Camera:
    """Go straight towards the subject, or what the camera looks at; metres > 0."""
    return with_move(
        camera, Move.PUSH_IN, metres,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame, subject=subject,
    )  # fmt: skip


def pull_out(
    camera: Camera,
    metres: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
    subject: str = "",
) -> Camera:
    """Go straight away from the subject, or what the camera looks at; metres > 0."""
    return with_move(
        camera, Move.PULL_OUT, metres,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame, subject=subject,
    )  # fmt: skip


def zoom(
    camera: Camera,
    to_mm: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
) -> Camera:
    """Change the focal length to `to_mm`, evenly in ratio, as the eye sees it.

    Raises:
        PrevizError: If the lens has no such focal length.
    """
    lens = camera.lens
    if not lens.focal_length_mm <= to_mm <= (lens.longest_mm or 0.0):
        reach = f"a prime of {lens.focal_length_mm:g} mm"
        if lens.longest_mm is not None:
            reach = f"{lens.focal_length_mm:g} to {lens.longest_mm:g} mm"
        raise PrevizError(
            f"CameraMove.amount must be a focal length of the lens, {reach}, for a "
            f"zoom, got {to_mm:g} mm. Put on a zoom that reaches."
        )
    return with_move(
        camera, Move.ZOOM, to_mm,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame,
    )  # fmt: skip


def dolly_zoom(
    camera: Camera,
    metres: float,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
    subject: str = "",
) -> Camera:
    """Go towards the subject (negative: away) and zoom so that its size stays.

    The focal length is solved at each frame, also for a subject who walks. A focal
    length that the lens has not is an error of `camera_at` that names the frame.
    """
    return with_move(
        camera, Move.DOLLY_ZOOM, metres,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame, subject=subject,
    )  # fmt: skip


def rack_focus(
    camera: Camera,
    to_m: float = UNKNOWN_FOCUS_M,
    *,
    over_s: float | None = None,
    rate: Rate | None = None,
    ease: str = "in and out",
    start_frame: int = 0,
    subject: str = "",
) -> Camera:
    """Pull focus to a distance, or to a subject wherever they go."""
    return with_move(
        camera, Move.RACK_FOCUS, to_m,
        over_s=over_s, rate=rate, ease=ease, start_frame=start_frame, subject=subject,
    )  # fmt: skip


def handheld(camera: Camera, unrest: float = 1.0, *, seed: int | None = None) -> Camera:
    """Take the camera off its rig onto a shoulder.

    Args:
        camera: Before.
        unrest: Against a usual operator; 0 none.
        seed: Of the operator; the camera's own if None.
    """
    rig = camera.rig.changed(kind=RigKind.HANDHELD, unrest=unrest)
    return camera.changed(rig=rig, seed=camera.seed if seed is None else seed)


def static(camera: Camera) -> Camera:
    """Lock the camera off where its path begins: no path, moves, aim or unrest."""
    rig = camera.rig.changed(kind=RigKind.STICKS)
    return camera.changed(
        rig=rig, poses=camera.poses[:1], timing=(), moves=(), aim=None
    )
