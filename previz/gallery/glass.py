"""Lens and body: one picture an effect, with the effect alone turned up."""

from __future__ import annotations

from typing import Any

from previz.camera import moves
from previz.camera.exposure import settings_for
from previz.gallery.entry import Entry
from previz.gallery.location import Location, Take
from previz.model import Angle, Camera, FocusKey

__all__ = ["LENS_ENTRIES"]

_THIN_LENS = "Potmesil and Chakravarty 1981, eq. 3: f²/N · abs(d − s) / (d (s − f))"
_GLARE = "Spencer et al. 1995, Physically-Based Glare Effects, section 3"


def _set(
    name: str,
    does: str,
    unit: str,
    source: str,
    *,
    location: str = "bar, alone",
    framing: str = "MCU",
    focal_mm: float = 50.0,
    angle: Angle = Angle.EYE,
    lens: dict[str, Any] | None = None,
    look: dict[str, Any] | None = None,
    camera: dict[str, Any] | None = None,
    base: dict[str, Any] | None = None,
    near: bool = False,
) -> Entry:
    """Return an entry that shows an effect off and on.

    Args:
        name: Of the entry.
        does: As in `Entry`.
        unit: As in `Entry`.
        source: As in `Entry`.
        location: Where.
        framing: What of her.
        focal_mm: The lens.
        angle: From what height.
        lens: Fields of the lens that turn the effect on.
        look: Fields of the look that do.
        camera: Fields of the camera that do.
        base: Fields of the lens with and without it.
        near: Whether focus lies before her, so that lamps are large discs.
    """

    def bare(at: Location) -> Camera:
        made = at.camera(at.framed(framing, focal_mm=focal_mm, angle=angle))
        focus = (FocusKey(frame=0, distance_m=0.8),) if near else ()
        return made.changed(lens=made.lens.changed(**(base or {})), focus=focus)

    def film(at: Location) -> Take:
        made = bare(at)
        return Take(
            made.changed(
                lens=made.lens.changed(**(lens or {})),
                look=made.look.changed(**(look or {})),
                **(camera or {}),
            )
        )

    return Entry(
        "Lens and body", name, does, unit, source, location, film,
        without=lambda at: Take(bare(at)),
    )  # fmt: skip


def _wide_to_long(at: Location, focal_mm: float) -> Take:
    return Take(at.camera(at.framed("MCU", focal_mm=focal_mm)))


def _whipped(at: Location) -> Take:
    camera = at.camera(at.framed("MS", focal_mm=40))
    camera = camera.changed(look=camera.look.changed(motion_blur=True))
    return Take(moves.pan(camera, 40, ease="none"))


def _metered(at: Location, nd_stops: float) -> Take:
    camera = at.camera(at.framed("MCU", focal_mm=50))
    set_ = settings_for(
        at.scene.exposure_ev100, t_stop=2.8, shutter_s=1 / 48, native_iso=800
    )
    return Take(
        camera.changed(
            lens=camera.lens.changed(t_stop=set_.t_stop), iso=set_.iso,
            nd_stops=set_.nd_stops + nd_stops,
        )
    )  # fmt: skip


LENS_ENTRIES = (
    Entry("Lens and body", "short lens", "21 mm near: the face bulges, the place is "
          "wide.", "mm", "field of view = 2 atan(gate / 2f)", "park, alone",
          lambda at: _wide_to_long(at, 21)),
    Entry("Lens and body", "long lens", "135 mm far: flat, the place comes close.",
          "mm", "field of view = 2 atan(gate / 2f)", "park, alone",
          lambda at: _wide_to_long(at, 135)),
    _set("T-stop, open", "T1.3: a thin slice is sharp.", "T", _THIN_LENS,
         lens={"t_stop": 1.3}, location="lamps, alone"),
    _set("T-stop, closed", "T16: nearly all is sharp.", "T", _THIN_LENS,
         lens={"t_stop": 16.0}, location="lamps, alone"),
    _set("iris blades", "Five blades, stopped down: lamps become pentagons.",
         "number", _THIN_LENS, lens={"blades": 5},
         base={"t_stop": 1.8, "blades": 0}, near=True,
         framing="MS", location="lamps, alone"),
    _set("cat's eye", "The barrel clips the pupil toward the corners.", "share",
         "two circles of pupil and barrel, apart by field angle",
         lens={"cats_eye": 0.8}, base={"t_stop": 1.0}, near=True,
         framing="MS", location="lamps, alone"),
    _set("squeeze", "Anamorphic: wider, and discs become tall ovals.", "ratio",
         "horizontal focal length = engraved / squeeze",
         lens={"squeeze": 2.0}, base={"t_stop": 1.0}, focal_mm=100,
         location="lamps, alone"),
    _set("focus, near", "In front of her: she is soft, far lamps are large.", "m",
         _THIN_LENS, camera={"focus": (FocusKey(frame=0, distance_m=0.8),)},
         base={"t_stop": 1.3}, framing="MS", location="lamps, alone"),
    _set("breathing", "The picture grows as focus comes near.", "share",
         "previz.camera.optics.breathed_focal_mm", lens={"breathing": 0.3},
         framing="CU", focal_mm=40),
    _set("gate crop", "Half the gate: the same lens is twice as long.", "share",
         "field of view = 2 atan(gate / 2f)", look={"gate_crop": 0.5},
         framing="LS", focal_mm=28, location="park, alone"),
    Entry("Lens and body", "shutter angle", "180° at 24 a second, while the head "
          "pans.", "°", "McGuire et al. 2012, sections 3.1 to 3.3; open for "
          "angle / 360 of a frame", "street, alone", _whipped, 1.0),
    _set("exposure", "A stop over, in post.", "stops", "gain = 2^stops",
         look={"exposure_stops": 1.0}),
    Entry("Lens and body", "ISO, stop, shutter, ND", "Set for the meter, and with an "
          "ND 0.6 more.", "ISO, T, °, stops",
          "EV100 = log2(T²/t) − log2(ISO/100) + ND", "park, alone",
          lambda at: _metered(at, 2.0), without=lambda at: _metered(at, 0.0)),
    _set("white balance", "Balanced for 3200 K, then 9000 K here: all turns warm.",
         "K", "von Kries gains between Planckian whites",
         camera={"white_balance_k": 9000.0}),
    _set("tint", "Towards magenta.", "−1 to 1", "gains on green against red and blue",
         look={"tint": 0.6}),
    _set("distortion, barrel", "Straight lines at the edge bow outward.", "share",
         "Brown 1966, first radial term", look={"distortion": -0.12}, framing="FS",
         focal_mm=24, location="bar, alone"),
    _set("distortion, pincushion", "Straight lines at the edge bow inward.", "share",
         "Brown 1966, first radial term", look={"distortion": 0.12}, framing="FS",
         focal_mm=24, location="bar, alone"),
    _set("chromatic aberration", "Red and blue edges part toward the corner.", "share",
         "lateral colour: one scale a channel", look={"chromatic_aberration": 0.02},
         framing="FS", focal_mm=24, location="street, alone"),
    _set("vignette", "Two stops less in the corner.", "stops",
         "2^(−stops · r²), r = 1 in the corner", look={"vignette_stops": 2.0},
         location="park, alone"),
    _set("bloom", "Bright lamps veil what is around them.", "share", _GLARE,
         look={"bloom": 0.5}, framing="MS", location="lamps, alone"),
    _set("halation", "Red light scattered back from the film base.", "share", _GLARE,
         look={"halation": 0.6}, framing="MS", location="lamps, alone"),
    _set("flare", "Ghosts of lamps between the glass surfaces.", "share",
         "ghosts mirrored through the optical axis", look={"flare": 1.0}, framing="MS",
         focal_mm=32, location="lamps, alone"),
    _set("anamorphic flare", "The horizontal streak of a cylinder.", "share",
         "ghosts mirrored through the optical axis", look={"flare": 1.0},
         base={"squeeze": 2.0}, framing="MS", focal_mm=65,
         location="lamps, alone"),
    _set("diffusion", "A full filter: highlights glow, lines soften.", "grade", _GLARE,
         look={"diffusion": 1.0}, location="lamps, alone"),
    _set("grain", "Noise that follows the light.", "share of middle grey",
         "counted light: σ ∝ √signal", look={"grain": 0.25}),
    _set("tilt", "The focus plane leans: a toy street.", "°",
         "Scheimpflug: the plane hinges on the line f / sin(tilt) below the lens",
         look={"tilt_deg": 5.0}, base={"t_stop": 2.0}, framing="EWS", focal_mm=65,
         angle=Angle.HIGH, location="park, alone"),
    _set("swing", "The focus plane turns about the vertical.", "°",
         "Scheimpflug", look={"swing_deg": 4.0}, base={"t_stop": 2.0}, framing="LS",
         focal_mm=40, location="park, alone"),
    _set("shift", "The axis moves up: uprights stay upright.", "share of the gate",
         "offset of the principal point", look={"shift_y": 0.25}, framing="FS",
         focal_mm=24, location="street, alone"),
)  # fmt: skip
