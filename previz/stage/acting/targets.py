"""Where what people act upon is: things, parts of things, places, other people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import cos, sin

import numpy as np
from numpy.typing import NDArray

from previz.model import Act, ActKind, Blocking, Prop, Rate, Scene, SetPiece
from previz.stage.acting.played import Held, Partner, Where
from previz.stage.pieces.build import parts_of, world_from_piece
from previz.stage.skeleton import BONE_INDEX, Skeleton
from previz.stage.things import Things

__all__ = ["Targets", "held_by"]

_Place = Callable[[float], tuple[float, float, float, float]]
_BETWEEN_TWO = {
    ActKind.HAND_OVER: ActKind.RECEIVE,
    ActKind.RECEIVE: ActKind.HAND_OVER,
    ActKind.EMBRACE: ActKind.EMBRACE,
    ActKind.SHAKE_HANDS: ActKind.SHAKE_HANDS,
}
_HEIGHTS = {ActKind.KNOCK: 0.80, ActKind.PUSH: 0.74, ActKind.TOUCH: 0.66}
"""Where a hand meets something tall, as a share of the body's height."""
_SEEN = frozenset({ActKind.POINT, ActKind.WAVE, ActKind.THROW})
_SIDES = {"left": (0,), "right": (1,), "both": (0, 1)}
_FOREVER_S = 1e9


class Targets:
    """What one character's acts aim at.

    Args:
        scene: The scene.
        blocking: The character's.
        skeleton: The character's.
        standing: Where the character is at a time: x, y, z, heading.
        places: Where one looks at each spot and piece.
        things: Props and parts that open.
        solo: Somebody's bones at a time, without what they do to others.
        skeletons: Of everybody.
        rate: Of the scene's frames.
    """

    def __init__(
        self,
        scene: Scene,
        blocking: Blocking,
        skeleton: Skeleton,
        *,
        standing: _Place,
        places: Mapping[str, NDArray[np.float64]],
        things: Things,
        solo: Callable[[str, float], NDArray[np.float64]],
        skeletons: Mapping[str, Skeleton],
        rate: Rate,
    ) -> None:
        self._owner, self._skeleton = blocking.character, skeleton
        self._standing, self._places, self._things = standing, places, things
        self._solo, self._skeletons, self._rate = solo, skeletons, rate
        self._pieces = {piece.id: piece for piece in reversed(scene.set.pieces)}
        self._props = {prop.id: prop for prop in scene.props}
        self._acting = {b.character: b.acts for b in scene.blocking}

    def where(self, act: Act) -> Where:
        """Return where the target of an act is at a time."""
        name, at_s = act.target, self._rate.seconds(act.frame)
        if act.kind is ActKind.READ and name not in {*self._pieces, *self._places}:
            return _nowhere
        if name in self._skeletons and name != self._owner:
            return self._somebody(act)
        if name in self._props:
            return self._prop(act, self._props[name])
        if name in self._pieces and act.kind not in _SEEN:
            piece = self._pieces[name]
            handle = self._handle(piece, at_s)
            if act.kind in (ActKind.OPEN, ActKind.CLOSE) and handle is not None:
                return handle
            point = self._on_piece(piece, act, at_s)
            return lambda _: point
        if name in self._places:
            place = self._places[name]
            return lambda _: place
        return self._nothing(act, at_s)

    def partner(self, act: Act) -> tuple[Partner, Partner] | None:
        """Return oneself and the other one of an act between two."""
        answer = _BETWEEN_TWO.get(act.kind)
        if answer is None:
            return None
        other = act.target if act.target in self._skeletons else ""
        if not other:
            found = [
                name
                for name, acts in self._acting.items()
                for theirs in acts
                if theirs.kind is answer and abs(theirs.frame - act.frame) <= 12
            ]
            other = next((n for n in found if n != self._owner), "")
        if not other or other == self._owner:
            return None
        return self._half(self._owner), self._half(other)

    def _half(self, name: str) -> Partner:
        return Partner(lambda s: self._solo(name, s), self._skeletons[name])

    def _somebody(self, act: Act) -> Where:
        name, tall = act.target, self._skeletons[act.target].height_m
        near = self._nearer_shoulder(act)

        def point(seconds: float) -> NDArray[np.float64]:
            bones = self._solo(name, seconds)
            if act.kind is ActKind.TOUCH:
                top = bones[near, :3, 3] + np.array([0.0, 0.035 * tall, 0.0])
                return np.asarray(top)
            if act.kind in _SEEN:
                return np.asarray(bones[BONE_INDEX["neck"], :3, 3])
            chest = bones[BONE_INDEX["chest"]]
            return np.asarray(chest[:3, 3] + 0.07 * tall * chest[:3, 2])

        return point

    def _nearer_shoulder(self, act: Act) -> int:
        x, _, z, _ = self._standing(self._rate.seconds(act.frame))
        sides = [BONE_INDEX[f"upper_arm_{letter}"] for letter in "lr"]

        def far(bone: int) -> float:
            at = self._solo(act.target, self._rate.seconds(act.frame))[bone, :3, 3]
            return float(np.hypot(at[0] - x, at[2] - z))

        if act.kind is not ActKind.TOUCH:
            return sides[0]
        return min(sides, key=far)

    def _prop(self, act: Act, prop: Prop) -> Where:
        """Return where a prop is taken or put down; in one's own hand it is nowhere."""
        if act.kind is ActKind.PUT_DOWN:
            later = [key for key in prop.keys if key.frame >= act.frame - 1]
            if later:
                goal = np.array(later[0].position_m)
                goal[1] += prop.piece.size_m[1] / 2
                return lambda _: goal
        last = act.frame - 1 if act.kind is ActKind.TAKE else act.frame

        def point(seconds: float) -> NDArray[np.float64] | None:
            frame = max(min(round(seconds / self._rate.seconds(1)), last), 0)
            held = self._things.holds(prop.id, frame)
            if held is None:
                return self._things.middle(prop.id, frame)
            if held.character == self._owner or held.character not in self._skeletons:
                return None
            hand = BONE_INDEX["hand_l" if held.hand == "left" else "hand_r"]
            return np.asarray(self._solo(held.character, seconds)[hand, :3, 3])

        if point(self._rate.seconds(max(act.frame - 1, 0))) is None:
            return self._nothing(act, self._rate.seconds(act.frame))
        return point

    def _handle(self, piece: SetPiece, at_s: float) -> Where | None:
        """Return where the handle of a piece's part is, of several the nearest."""
        x, _, z, _ = self._standing(at_s)
        turn, base = world_from_piece(piece), np.array(piece.position_m)
        shuts = {}
        for part, joint in parts_of(piece).items():
            shut = joint.at(0.0)
            grip = shut[:3, :3] @ np.array(joint.grip) + shut[:3, 3]
            shuts[part] = turn @ grip + base
        if not shuts:
            return None
        far = {p: float(np.hypot(g[0] - x, g[2] - z)) for p, g in shuts.items()}
        part = min(far, key=lambda p: far[p])
        place = shuts[part]
        name = f"{piece.id} {part}"
        if name in self._things.called:
            return lambda seconds: self._things.middle(
                name, round(seconds / self._rate.seconds(1))
            )
        return lambda _: np.asarray(place)

    def _on_piece(self, piece: SetPiece, act: Act, at_s: float) -> NDArray[np.float64]:
        """Return the nearest place on a piece's box for a hand; its top, if put on."""
        x, y, z, _ = self._standing(at_s)
        turn = world_from_piece(piece)
        base = np.array(piece.position_m)
        half = np.array([piece.size_m[0] / 2, 0.0, piece.size_m[2] / 2])
        local = turn.T @ (np.array([x, y, z]) - base)
        level = _HEIGHTS.get(act.kind, 0.60) * self._skeleton.height_m
        top = piece.size_m[1]
        put = act.kind is ActKind.PUT_DOWN or (
            top < level and act.kind is not ActKind.PUSH
        )
        inset = np.minimum(0.16 if put else 0.0, 0.8 * half)
        near = np.clip(local, -half + inset, half - inset)
        near[1] = min(top + (0.05 if act.kind is ActKind.PUT_DOWN else 0.01), level)
        if put:
            near[1] = top + (0.05 if act.kind is ActKind.PUT_DOWN else 0.01)
        elif act.kind is ActKind.PUSH:
            near[1] = min(0.9 * top, level)
        return np.asarray(base + turn @ near)

    def _nothing(self, act: Act, at_s: float) -> Where:
        """Return a place before the body for an act that names no target."""
        if act.kind in _SEEN:
            return lambda _: None
        x, y, z, yaw = self._standing(at_s)
        tall = self._skeleton.height_m
        ahead, high = 0.29 * tall, _HEIGHTS.get(act.kind, 0.58) * tall
        point = np.array([x + ahead * sin(yaw), y + high, z + ahead * cos(yaw)])
        return lambda _: point


def _nowhere(_: float) -> None:
    return None


def held_by(name: str, scene: Scene, rate: Rate) -> tuple[Held, ...]:
    """Return what somebody holds over a scene, and when."""
    found = []
    for prop in scene.props:
        ends = [hold.frame for hold in prop.holds] + [key.frame for key in prop.keys]
        if prop.until_frame is not None:
            ends.append(prop.until_frame)
        for hold in prop.holds:
            if hold.character != name:
                continue
            later = [frame for frame in ends if frame > hold.frame]
            end = rate.seconds(min(later)) if later else _FOREVER_S
            found.append(
                Held(
                    rate.seconds(hold.frame),
                    end,
                    _SIDES[hold.hand],
                    prop.piece.size_m,
                )
            )
    return tuple(sorted(found, key=lambda held: held.start_s))
