"""Framings by name, each as a still."""

from __future__ import annotations

from collections.abc import Callable

from previz.camera.framing import View
from previz.camera.named import frame_insert
from previz.gallery.entry import Entry
from previz.gallery.location import Location, Take
from previz.model import Angle, ShotSize

__all__ = ["FRAMING_ENTRIES"]

_SOURCE = "Thompson and Bowen 2009, Grammar of the Shot, 2nd ed., chapter 1"
_SIZES = {
    ShotSize.EWS: ("The place; a person is a quarter of the height or less.", 24.0),
    ShotSize.LS: ("The whole person with much of the place.", 28.0),
    ShotSize.FS: ("Head to feet, filling the height.", 35.0),
    ShotSize.MLS: ("To below the knees.", 40.0),
    ShotSize.COWBOY: ("To the middle of the thighs, where the holster hangs.", 40.0),
    ShotSize.MS: ("To the waist.", 50.0),
    ShotSize.MCU: ("To the middle of the chest.", 65.0),
    ShotSize.CU: ("The face, with the shoulders' line.", 85.0),
    ShotSize.BCU: ("The face from the hairline to the chin.", 100.0),
    ShotSize.ECU: ("Eyes to chin.", 135.0),
}
_ANGLES = {
    Angle.EYE: "From the height of the eyes.",
    Angle.LOW: "From below: the camera looks up.",
    Angle.HIGH: "From above: the camera looks down.",
    Angle.OVERHEAD: "From nearly straight above.",
    Angle.DUTCH: "The horizon leans.",
}


def _still(
    name: str,
    does: str,
    solve: Callable[[Location], View],
    *,
    location: str = "park, alone",
) -> Entry:
    def film(at: Location) -> Take:
        camera = at.camera(solve(at))
        if name == str(Angle.DUTCH):
            tilted = camera.poses[0].changed(roll_deg=10.0)
            camera = camera.changed(poses=(tilted,))
        return Take(camera)

    return Entry("Framing", name, does, "", _SOURCE, location, film)


def _size(size: ShotSize) -> Entry:
    does, focal_mm = _SIZES[size]
    return _still(str(size), does, lambda at: at.framed(str(size), focal_mm=focal_mm))


def _angle(angle: Angle) -> Entry:
    return _still(
        str(angle),
        _ANGLES[angle],
        lambda at: at.framed("MS", focal_mm=40, angle=angle),
    )


def _hand(at: Location) -> View:
    body = at.body("ann")
    return frame_insert(
        at.hand("ann"), extent_m=0.3, yaw_deg=body.facing_deg + 120, pitch_deg=-20,
        focal_mm=65, sensor=at.gate,
    )  # fmt: skip


def _three(at: Location) -> View:
    order = tuple(blocking.character for blocking in at.scene.blocking)
    return at.framed("three-shot", order, focal_mm=35)


FRAMING_ENTRIES = (
    *(_size(size) for size in _SIZES),
    *(_angle(angle) for angle in _ANGLES),
    _still(
        "two-shot", "Both, square to their line, on the side of their faces.",
        lambda at: at.framed("two-shot", ("ann", "ben"), focal_mm=40), location="park",
    ),
    _still("three-shot", "All three, square to their line, every head in the frame.",
           _three, location="park, three"),
    _still(
        "OTS", "Past a shoulder at the edge; the face on the far third.",
        lambda at: at.framed("OTS", ("ben", "ann"), focal_mm=100), location="park",
    ),
    _still(
        "POV", "What he sees, from between his eyes.",
        lambda at: at.framed("POV", ("ben", "ann"), focal_mm=35), location="park",
    ),
    _still("insert", "A thing that fills six tenths of the height.", _hand),
)  # fmt: skip
