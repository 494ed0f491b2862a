"""The light meter on a set: what falls on a mark, and the stop for it."""

from __future__ import annotations

from dataclasses import dataclass

from previz.camera.exposure import meter, stop_for
from previz.camera.metering import illuminance_lx
from previz.model import Scene, Vec3
from previz.stage.occlusion import Obstacles

__all__ = ["Reading", "read_light"]


@dataclass(frozen=True)
class Reading:
    """What an incident meter reads at a place, on a facing.

    Attributes:
        lux: Direct light.
    """

    lux: float

    @property
    def ev100(self) -> float:
        """The exposure value at ISO 100 (ISO 2720, C = 250)."""
        return meter(self.lux)

    def t_stop(self, *, iso: float, shutter_s: float, nd_stops: float = 0.0) -> float:
        """Return the stop that puts a face in this light where it belongs.

        Args:
            iso: The body's rating.
            shutter_s: Exposure time; 1/48 for 180° at 24 frames a second.
            nd_stops: Neutral density, in stops.
        """
        return stop_for(self.lux, iso=iso, shutter_s=shutter_s, nd_stops=nd_stops)


def read_light(
    scene: Scene,
    position_m: Vec3,
    *,
    facing: Vec3,
    obstacles: Obstacles | None = None,
) -> Reading:
    """Read the direct light at a place of a scene, as a gaffer does before the take.

    Walls, furniture and an interior's ceiling shade; people, flags and barn doors do
    not, and light that bounces in the set is not counted.

    Args:
        scene: The scene, lit.
        position_m: Where the meter is held, world metres.
        facing: Where its dome points: towards the lens, or towards one lamp.
        obstacles: The set's solids, where they are at hand.

    Raises:
        PrevizError: If `facing` has no direction.
    """
    solid = obstacles or Obstacles(scene.set)
    lamps = {light.position_m for light in scene.lights}

    def passing(a: Vec3, b: Vec3) -> float:
        # A lamp in its own shade or canopy is not hidden by it.
        if b in lamps and solid.inside(b, margin_m=0.0):
            return 1.0
        return float(not (_ceiling_between(scene, a, b) or solid.blocked(a, b)))

    return Reading(illuminance_lx(position_m, facing, scene.lights, passing=passing))


def _ceiling_between(scene: Scene, a: Vec3, b: Vec3) -> bool:
    """Tell whether a line runs through an interior's ceiling."""
    width, height, depth = scene.set.size_m
    if not scene.set.interior or not a[1] < height < b[1]:
        return False
    share = (height - a[1]) / (b[1] - a[1])
    x, z = a[0] + share * (b[0] - a[0]), a[2] + share * (b[2] - a[2])
    return abs(x) <= width / 2 and abs(z) <= depth / 2
