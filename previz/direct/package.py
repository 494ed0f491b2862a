"""The camera package: one body and one set of primes for the film, and its settings."""

from __future__ import annotations

import math
from dataclasses import dataclass

from previz.camera.exposure import Settings, settings_for, shutter_s
from previz.camera.gear import our_gear
from previz.direct.lenses import LENSES_MM
from previz.model import Lens, Rate, Scene, Sensor, Setting, TimeOfDay

__all__ = ["Package", "package_for"]

_BODY, _MODE = "ARRI ALEXA 35", "4K 16:9"
_LENS_SET = "ARRI/ZEISS Ultra Prime"
_SHUTTER_DEG = 180.0


@dataclass(frozen=True)
class Package:
    """What the camera truck brings to a scene, and what the camera is set to there.

    Attributes:
        sensor: The body's gate.
        settings: Stop, ISO and ND, for every shot of the scene alike.
        shutter_deg: Angle of the shutter.
    """

    sensor: Sensor
    settings: Settings
    shutter_deg: float

    def lens(self, focal_mm: float, *, focus_m: float) -> Lens:
        """Return a prime of the set, with a close-up lens where it focuses too far.

        A close-up lens of D dioptres brings a close focus c to 1 / (1 / c + D)
        (Ray, Applied Photographic Optics, 3rd edition, 45.4).

        Args:
            focal_mm: One of the set's.
            focus_m: The nearest focus of the shot.
        """
        prime = (
            our_gear()
            .find_lens_set(_LENS_SET)
            .lens(focal_mm, t_stop=self.settings.t_stop)
        )
        if focus_m >= prime.close_focus_m:
            return prime
        halves = math.ceil(2 * (1 / focus_m - 1 / prime.close_focus_m) - 1e-9)
        return prime.changed(
            name=f"{prime.name} with +{halves / 2:g} dioptre",
            close_focus_m=round(1 / (1 / prime.close_focus_m + halves / 2), 4),
        )


def package_for(scene: Scene, *, rate: Rate) -> Package:
    """Return the package of a scene, set for its meter reading.

    The wanted stop is T2.8 in rooms and at night, T5.6 in the open by day and T4
    between the two; what the light leaves over goes into ND, what it lacks into a
    wider iris and then a higher rating.

    Args:
        scene: The scene, lit; its shots are not asked.
        rate: Frames a second.
    """
    sensor = our_gear().find_body(_BODY).sensor(_MODE)
    settings = settings_for(
        scene.exposure_ev100,
        t_stop=_wanted_stop(scene),
        shutter_s=shutter_s(_SHUTTER_DEG, rate),
        native_iso=sensor.native_iso,
        widest_t_stop=_slowest_t_stop(),
    )
    return Package(sensor, settings, _SHUTTER_DEG)


def _wanted_stop(scene: Scene) -> float:
    if scene.time_of_day is TimeOfDay.NIGHT or scene.set.interior:
        return 2.8
    return 5.6 if scene.slugline.setting is Setting.EXTERIOR else 4.0


def _slowest_t_stop() -> float:
    """Return how far all lenses open that coverage asks for."""
    chosen = our_gear().find_lens_set(_LENS_SET)
    return max(chosen.lens(focal).widest_t_stop for focal in LENSES_MM)
