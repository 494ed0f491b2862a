"""What each kind of rig can do, where nothing else is said."""

from __future__ import annotations

from dataclasses import dataclass

from previz.model import Rig, RigKind

__all__ = ["USUAL_LIMITS", "RigLimits", "limits_of", "usual_arm_m"]


@dataclass(frozen=True)
class RigLimits:
    """What a rig can do. None: the rig sets no limit there.

    Attributes:
        lowest_m: Height of the lens.
        highest_m: Height of the lens.
        travel_m: How far the lens can get from where it began.
        rise_m: How much the height can change over a shot.
        top_speed_mps: Fastest travel.
        top_acceleration_mps2: What the weight and its grips can do.
        top_pan_dps: Fastest turn of the head, degrees a second.
        arm_m: From the pivot to the camera.
        tightest_m: Smallest radius of a bend on the floor.
        straight: Whether it travels on a straight line only.
        source: Where the figures are from.
    """

    lowest_m: float | None = None
    highest_m: float | None = None
    travel_m: float | None = None
    rise_m: float | None = None
    top_speed_mps: float | None = None
    top_acceleration_mps2: float | None = None
    top_pan_dps: float | None = None
    arm_m: float | None = None
    tightest_m: float | None = None
    straight: bool = False
    source: str = ""


USUAL_LIMITS: dict[RigKind, RigLimits] = {
    RigKind.STICKS: RigLimits(
        lowest_m=0.25,
        highest_m=2.3,
        travel_m=0.0,
        rise_m=0.0,
        top_pan_dps=700.0,
        source="hi-hat to tall legs, which do not travel; a fluid head thrown by hand "
        "turns a quarter in 0.3 s",
    ),
    RigKind.SLIDER: RigLimits(
        lowest_m=0.2,
        highest_m=2.3,
        travel_m=1.2,
        top_speed_mps=1.0,
        top_acceleration_mps2=3.0,
        top_pan_dps=700.0,
        straight=True,
        source="a 1.2 m slider on two stands",
    ),
    RigKind.DOLLY: RigLimits(
        lowest_m=0.25,
        highest_m=2.3,
        travel_m=15.0,
        rise_m=1.0,
        top_speed_mps=3.0,
        top_acceleration_mps2=2.0,
        top_pan_dps=700.0,
        source="a column dolly of about 1 m boom, low shot to riser, pushed by hand",
    ),
    RigKind.TRACK: RigLimits(
        lowest_m=0.25,
        highest_m=2.3,
        travel_m=30.0,
        rise_m=1.0,
        top_speed_mps=3.0,
        top_acceleration_mps2=2.0,
        top_pan_dps=700.0,
        tightest_m=1.5,
        source="a column dolly pushed by hand on laid track, which is sold in circles "
        "from 10 ft across",
    ),
    RigKind.PEDESTAL: RigLimits(
        lowest_m=0.6,
        highest_m=2.0,
        travel_m=8.0,
        rise_m=1.2,
        top_speed_mps=1.5,
        top_acceleration_mps2=1.5,
        top_pan_dps=700.0,
        source="a studio pedestal on a flat floor",
    ),
    RigKind.JIB: RigLimits(
        lowest_m=0.1,
        highest_m=4.0,
        top_speed_mps=2.0,
        top_acceleration_mps2=2.0,
        top_pan_dps=180.0,
        arm_m=2.0,
        source="a 2 m jib arm on legs, swung by hand",
    ),
    RigKind.CRANE: RigLimits(
        lowest_m=0.1,
        highest_m=9.0,
        top_speed_mps=3.0,
        top_acceleration_mps2=2.0,
        top_pan_dps=180.0,
        arm_m=5.0,
        source="a 5 m arm with a remote head",
    ),
    RigKind.STEADICAM: RigLimits(
        lowest_m=0.3,
        highest_m=2.0,
        rise_m=0.9,
        top_speed_mps=5.0,
        top_acceleration_mps2=3.0,
        top_pan_dps=360.0,
        source="low mode at the knee to high post; a running operator; the arm booms "
        "about 0.8 m",
    ),
    RigKind.GIMBAL: RigLimits(
        lowest_m=0.1,
        highest_m=2.2,
        rise_m=2.0,
        top_speed_mps=5.0,
        top_acceleration_mps2=4.0,
        top_pan_dps=360.0,
        source="held at the ankle to above the head by a running operator",
    ),
    RigKind.HANDHELD: RigLimits(
        lowest_m=0.2,
        highest_m=2.1,
        rise_m=1.6,
        top_speed_mps=5.0,
        top_acceleration_mps2=5.0,
        top_pan_dps=700.0,
        source="kneeling or cradled low to above the head; a running operator",
    ),
    RigKind.DRONE: RigLimits(
        lowest_m=0.5,
        highest_m=120.0,
        top_speed_mps=20.0,
        top_acceleration_mps2=6.0,
        top_pan_dps=180.0,
        source="open category flight to 120 m: EU 2019/947 UAS.OPEN.010, FAA 14 CFR "
        "107.51(b)",
    ),
    RigKind.CAR_MOUNT: RigLimits(
        lowest_m=0.2,
        highest_m=3.0,
        top_speed_mps=40.0,
        top_acceleration_mps2=8.0,
        source="rigid on a car at motorway speed; it brakes at most at about 0.8 g",
    ),
}
"""The usual limits by kind: figures of common gear, rounded; a rig may differ."""


def limits_of(rig: Rig) -> RigLimits:
    """Return the limits of a rig: its own where it has them, else its kind's."""
    usual = USUAL_LIMITS[rig.kind]
    return RigLimits(
        lowest_m=_own(rig.lowest_m, usual.lowest_m),
        highest_m=_own(rig.highest_m, usual.highest_m),
        travel_m=_own(rig.track_m, usual.travel_m),
        rise_m=usual.rise_m if rig.highest_m is None else None,
        top_speed_mps=_own(rig.top_speed_mps, usual.top_speed_mps),
        top_acceleration_mps2=usual.top_acceleration_mps2,
        top_pan_dps=usual.top_pan_dps,
        arm_m=_own(rig.arm_m, usual.arm_m),
        tightest_m=usual.tightest_m,
        straight=usual.straight,
        source=usual.source,
    )


def usual_arm_m(rig: Rig) -> float:
    """Return the length of the arm that a crane move swings on, in metres."""
    arm = limits_of(rig).arm_m
    if arm is not None:
        return arm
    return USUAL_LIMITS[RigKind.CRANE].arm_m or 5.0


def _own(own: float | None, usual: float | None) -> float | None:
    return usual if own is None else own
