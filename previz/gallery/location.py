"""Where the gallery is filmed: a few places, one or two people in each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.camera.framing import Body, View
from previz.camera.gear import body as body_gate
from previz.camera.named import framed
from previz.direct import direct
from previz.model import (
    Angle,
    Blocking,
    Camera,
    CameraPose,
    Coverage,
    Film,
    Lens,
    Rate,
    Scene,
    Sensor,
    SetPiece,
    Shot,
    ShotSize,
    Vec3,
)
from previz.render import Renderer
from previz.script import parse_fountain
from previz.stage import BONES, Obstacles, Stage

__all__ = ["LOCATIONS", "ZOOM", "Location", "Take", "location_of"]

LOCATIONS = {
    "park": "EXT. PARK - DAY",
    "park, three": "EXT. PARK - DAY",
    "park, alone": "EXT. PARK - DAY",
    "street, alone": "EXT. STREET - NIGHT",
    "lamps, alone": "EXT. STREET - NIGHT",
    "room, alone": "INT. LIVING ROOM - NIGHT",
    "wall, alone": "INT. LIVING ROOM - NIGHT",
    "bar, alone": "INT. BAR - NIGHT",
}
"""Sluglines by name: "alone" is without him, "three" has a boy beside them, "lamps" has
bulbs hung behind her, and "wall" has her turn her back to a wall."""

_BULBS = 22
_ACTION = """
ANN (34), in a green coat, and BEN (45), in a grey jacket, stand in the middle.

ANN
Nobody knew that this place was here, and I walked past it every day for years.

BEN
You were always looking at the ground, and it was always going to be up here.

ANN walks towards BEN.
"""
ZOOM = Lens(
    name="15-300 mm zoom", focal_length_mm=15.0, longest_mm=300.0, t_stop=2.8,
    widest_t_stop=1.0, close_focus_m=0.2, blades=9,
)  # fmt: skip
_TIGHT = ("MS", "MCU", "CU", "BCU", "ECU")
_TURNS = (25.0, -25.0, 38.0, -38.0, 50.0, -50.0, 62.0, -62.0, 75.0, -75.0, 90.0, -90.0)


@dataclass(frozen=True)
class Take:
    """A camera on a scene.

    Attributes:
        camera: It.
        scene: The scene, if its light was changed; None for the location's.
    """

    camera: Camera
    scene: Scene | None = None


class Location:
    """A place with people, ready to film.

    Args:
        name: One of `LOCATIONS`.
        width_px: Of pictures.
        height_px: Of pictures.
    """

    def __init__(self, name: str, *, width_px: int, height_px: int) -> None:
        film = _directed(name)
        self.film = film
        self.scene = _prepared(film.scenes[0], name)
        self.width_px, self.height_px = width_px, height_px
        self.gate: Sensor = body_gate("ARRI ALEXA 35", mode="4K 16:9")
        self._renderers: dict[int, tuple[Scene, Renderer]] = {}

    @cached_property
    def stage(self) -> Stage:
        """The scene, played."""
        return Stage(self.scene, self.film.characters, rate=self.film.rate)

    @cached_property
    def moment(self) -> int:
        """A scene frame at which both stand and talk."""
        speech = [b for b in self.scene.beats if b.character]
        return speech[0].start_frame + speech[0].length_frames // 2

    def body(self, name: str) -> Body:
        """Return somebody's body as they talk."""
        marks = self.stage.landmarks(name, self.moment)
        assert marks is not None, name
        return marks.body(name)

    def hand(self, name: str) -> Vec3:
        """Return where the palm of somebody's left hand hangs as they talk."""
        bones = self.stage.bones(name, self.moment)
        assert bones is not None, name
        x, y, z = (float(v) for v in bones[BONES.index("hand_l")][:3, 3])
        return (x, y - 0.06, z)

    def framed(
        self,
        framing: str = "MS",
        who: tuple[str, ...] = ("ann",),
        *,
        focal_mm: float = 40.0,
        angle: Angle = Angle.EYE,
        turn_deg: float | None = None,
        size: ShotSize | None = None,
    ) -> View:
        """Solve a framing from where a camera can stand."""
        bodies = [self.body(name) for name in who]
        turns = _TURNS if turn_deg is None else (turn_deg,)
        views = [
            framed(framing, bodies, focal_mm=focal_mm, sensor=self.gate, angle=angle,
                   turn_deg=turn, size=size)
            for turn in turns
        ]  # fmt: skip
        clean = framing in _TIGHT
        return next(
            (view for view in views if self._open(view, who, clean=clean)), views[0]
        )

    def _open(self, view: View, who: tuple[str, ...], *, clean: bool) -> bool:
        """Whether a camera can stand there and sees whom it is to see.

        Args:
            view: The camera.
            who: Who is meant.
            clean: Whether nobody else may be nearer in the frame; else they may, but
                not before a face.
        """
        obstacles, (width, height, depth) = Obstacles(self.scene.set), _room(self.scene)
        x, y, z = view.position
        inside = abs(x) < width / 2 and 0.1 < y < height and abs(z) < depth / 2
        if not inside or obstacles.inside(view.position, margin_m=0.15):
            return False
        last = self.body(who[-1])
        if obstacles.blocked(view.position, last.eyes):
            return False
        middle = view.project(last.eyes)[0]
        here = (blocking.character for blocking in self.scene.blocking)
        for other in (self.body(name) for name in here if name not in who):
            for point in (other.eyes, other.shoulders, other.hips, other.knees):
                beside = abs(view.project(point)[0] - middle)
                near = view.project(point)[2] < view.project(last.eyes)[2]
                if near and (view.sees(point, margin=-0.3) if clean else beside < 0.35):
                    return False
        return True

    def camera(self, view: View, *, focus: str = "ann") -> Camera:
        """Put a camera with a long zoom at a view, focused on somebody."""
        depth = max(view.project(self.body(focus).eyes)[2], 0.3)
        target = view.at(0.0, 0.0, depth)
        pose = CameraPose(
            position_m=view.position, target_m=target, focal_length_mm=view.focal_mm,
            focus_distance_m=depth,
        )  # fmt: skip
        return Camera(sensor=self.gate, lens=ZOOM, poses=(pose,))

    def pictures(
        self, take: Take, frames: list[int], *, length_frames: int
    ) -> list[NDArray[np.uint8]]:
        """Film frames of a take that begins as both talk."""
        scene = take.scene or self.scene
        stage = self.stage
        if take.scene is not None:
            stage = Stage(scene, self.film.characters, rate=self.film.rate)
        first = max(self.moment - length_frames // 2, 0)
        shot = Shot(
            id="gallery", slate="G", first_frame=first, length_frames=length_frames,
            coverage=Coverage.SINGLE, size=ShotSize.MS, camera=take.camera,
        )  # fmt: skip
        renderer = self._renderer(scene, stage)
        return [renderer.picture(stage.at(shot, frame)) for frame in frames]

    def _renderer(self, scene: Scene, stage: Stage) -> Renderer:
        kept = self._renderers.get(id(scene))
        if kept is None:
            renderer = Renderer(
                stage, width_px=self.width_px, height_px=self.height_px,
                exposure_ev100=scene.exposure_ev100,
            )  # fmt: skip
            kept = self._renderers[id(scene)] = (scene, renderer)
        return kept[1]


def _room(scene: Scene) -> tuple[float, float, float]:
    """Return how far a camera may go: the walls of a room, or all of the open."""
    if not scene.set.interior:
        return 200.0, 60.0, 200.0
    width, height, depth = scene.set.size_m
    return width - 0.3, height - 0.15, depth - 0.3


@lru_cache
def _directed(name: str) -> Film:
    action = _ACTION
    if name.endswith("three"):
        action = action.replace("BEN (45)", "CY (9), BEN (45)", 1)
    screenplay = parse_fountain(f"{LOCATIONS[name]}\n{action}")
    return direct(screenplay, rate=Rate.of(24), seed=3)


def _prepared(scene: Scene, name: str) -> Scene:
    """Return a directed scene without its shots, and as the location's name says."""
    scene = scene.changed(shots=())
    if name.endswith("alone"):
        ann = tuple(b for b in scene.blocking if b.character == "ann")
        scene = scene.changed(blocking=ann)
    if name.endswith("three"):
        scene = scene.changed(blocking=_in_a_row(scene.blocking))
    if name.startswith("lamps"):
        hung = scene.set.changed(pieces=(*scene.set.pieces, *_bulbs(scene)))
        scene = scene.changed(set=hung)
    if name.startswith("wall"):
        scene = scene.changed(blocking=tuple(_turned(b) for b in scene.blocking))
    return scene


def _in_a_row(blocking: tuple[Blocking, ...]) -> tuple[Blocking, ...]:
    """Return people side by side, all facing where she does, from her first mark."""
    first = next(b for b in blocking if b.character == "ann").marks[0]
    turn = math.radians(first.facing_deg)
    x, y, z = first.position_m
    row = []
    for i, one in enumerate(blocking):
        aside = 0.75 * (i - (len(blocking) - 1) / 2)
        place = (x + aside * math.cos(turn), y, z - aside * math.sin(turn))
        mark = first.changed(position_m=place)
        row.append(one.changed(marks=(mark,), gazes=()))
    return tuple(row)


def _turned(blocking: Blocking) -> Blocking:
    """Return somebody turned about on each mark."""
    marks = (m.changed(facing_deg=m.facing_deg + 180.0) for m in blocking.marks)
    return blocking.changed(marks=tuple(marks))


def _bulbs(scene: Scene) -> tuple[SetPiece, ...]:
    """Return small lamps in the air behind her, for discs out of focus."""
    mark = scene.blocking[0].marks[0]
    rng = np.random.default_rng(5)
    found = []
    for i in range(_BULBS):
        way = math.radians(mark.facing_deg + 180 + rng.uniform(-65, 65))
        reach = rng.uniform(3.0, 9.0)
        x = mark.position_m[0] + reach * math.sin(way)
        z = mark.position_m[2] + reach * math.cos(way)
        at = (x, rng.uniform(0.9, 3.2), z)
        found.append(
            SetPiece(id=f"bulb-{i}", kind="pendant", position_m=at,
                     size_m=(0.09, 0.12, 0.09))
        )  # fmt: skip
    return tuple(found)


@lru_cache
def location_of(name: str, *, width_px: int, height_px: int) -> Location:
    """Return a location, built once a size."""
    return Location(name, width_px=width_px, height_px=height_px)
