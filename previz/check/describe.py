"""A frame in words: who is in it, how much of them, hidden by what."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees

from previz.camera.framing import View, size_of
from previz.errors import ModelError
from previz.model import Shot, ShotSize
from previz.render import Presence, presence_of
from previz.stage import CameraState, Landmarks, Stage, StageState

__all__ = ["Description", "Seen", "describe"]

_COUNTED_PX = (384, 216)
_LEAST = 0.02
"""Share of a figure below which it is not worth a word."""


@dataclass(frozen=True)
class Seen:
    """One person in a frame. Shares are 0 to 1.

    Attributes:
        character: Id.
        name: As the screenplay has it.
        size: The framing it has, from its bones; None where a body lies or the eyes
            are behind the camera.
        in_frame: Share of the figure's picture that lies within the frame.
        visible: Share of what lies in the frame that nothing hides.
        hidden_by: Who or what hides how much of what lies in the frame, most first.
        eyes_at: Place of the eyes as shares of the frame from its top left.
        turned_deg: How far the chest is turned from the lens: 0 faces it, 180 away.
        distance_m: From lens to eyes along the axis.
    """

    character: str
    name: str
    size: ShotSize | None
    in_frame: float
    visible: float
    hidden_by: tuple[tuple[str, float], ...]
    eyes_at: tuple[float, float]
    turned_deg: float
    distance_m: float

    def __str__(self) -> str:
        words = [self.name]
        if self.size is not None:
            words.append(str(self.size))
        words.append(_turned(self.turned_deg))
        words.append(f"{self.distance_m:.1f} m")
        if self.in_frame < 0.98:
            words.append(f"{self.in_frame:.0%} in frame")
        for what, share in self.hidden_by:
            words.append(f"{share:.0%} hidden by {what}")
        return ", ".join(words)


@dataclass(frozen=True)
class Description:
    """What a frame shows.

    Attributes:
        slate: Of the shot.
        frame: Shot frame.
        people: Who is in the frame, the largest first.
        absent: Names of those on the set but not in the picture.
    """

    slate: str
    frame: int
    people: tuple[Seen, ...]
    absent: tuple[str, ...]

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        lines = [f"{self.slate}, frame {self.frame}"]
        lines += [f"  {seen}" for seen in self.people] or ["  nobody"]
        if self.absent:
            lines.append(f"  on the set, not in the picture: {', '.join(self.absent)}")
        return "\n".join(lines)


def describe(stage: Stage, shot: Shot, frame: int) -> Description:
    """Describe a frame by what projection proves, never by what was planned.

    Args:
        stage: The shot's stage.
        shot: A shot of its scene.
        frame: Shot frame, from 0.

    Raises:
        ModelError: If the shot has no such frame.
    """
    last = shot.length_frames - 1
    if frame not in range(last + 1):
        raise ModelError(
            f"Shot.frame must be 0 to {last} frames in {shot.slate}, got {frame}. "
            "Pass a frame of the shot."
        )
    state = stage.at(shot, frame)
    width_px, height_px = _COUNTED_PX
    counted = presence_of(
        state, set_geometry=stage.set_geometry, width_px=width_px, height_px=height_px
    )
    names = {c.id: c.name for c in stage.characters}
    people: list[tuple[int, Seen]] = []
    absent = []
    for figure in state.figures:
        presence = counted.get(figure.object_id)
        marks = stage.landmarks(figure.character, state.scene_frame)
        if presence is None or marks is None:
            continue
        if presence.visible_px < max(_LEAST * presence.whole_px, 1):
            absent.append(names[figure.character])
            continue
        seen = _seen(stage, state, figure.character, presence, marks)
        people.append((presence.visible_px, seen))
    people.sort(key=lambda one: -one[0])
    return Description(
        slate=shot.slate,
        frame=frame,
        people=tuple(seen for _, seen in people),
        absent=tuple(absent),
    )


def _seen(
    stage: Stage,
    state: StageState,
    character: str,
    presence: Presence,
    marks: Landmarks,
) -> Seen:
    names = {c.id: c.name for c in stage.characters}
    width_px, height_px = _COUNTED_PX
    at, depth = state.camera.project(
        marks.eyes[None], width_px=width_px, height_px=height_px
    )
    framed = max(presence.framed_px, 1)
    hidden = tuple(
        (_called(stage, names, number), count / framed)
        for number, count in presence.hidden_by.items()
        if count >= _LEAST * framed
    )
    return Seen(
        character=character,
        name=names[character],
        size=_size(state.camera, character, marks, float(depth[0])),
        in_frame=presence.framed_px / max(presence.whole_px, 1),
        visible=presence.visible_px / framed,
        hidden_by=hidden,
        eyes_at=(float(at[0, 0]) / width_px, float(at[0, 1]) / height_px),
        turned_deg=_turned_deg(state.camera, marks),
        distance_m=float(depth[0]),
    )


def _called(stage: Stage, names: dict[str, str], number: int) -> str:
    called = stage.object_names.get(number, "something")
    return names.get(called, called)


def _turned_deg(camera: CameraState, marks: Landmarks) -> float:
    to_lens = camera.position_m - marks.eyes
    bearing = degrees(atan2(to_lens[0], to_lens[2]))
    return abs((bearing - marks.facing_deg + 180.0) % 360.0 - 180.0)


def _turned(turned_deg: float) -> str:
    for limit, word in ((25, "frontal"), (65, "three-quarter"), (115, "profile")):
        if turned_deg <= limit:
            return word
    return "from behind"


def _size(
    camera: CameraState, character: str, marks: Landmarks, depth_m: float
) -> ShotSize | None:
    body = marks.body(character)
    if depth_m <= 0 or body.lies:
        return None
    width_px, height_px = _COUNTED_PX
    return size_of(View.of(camera, aspect=width_px / height_px), body)
