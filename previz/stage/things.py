"""Where props and opening parts are at a frame."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep
from previz.errors import ModelError, UnknownNameError
from previz.model import Hold, PlaceKey, Prop, Rate, Scene, SetPiece, Swing
from previz.stage.assets import Assets
from previz.stage.carry import carried
from previz.stage.geometry import MATTERS, Geometry
from previz.stage.grip import grip_of
from previz.stage.pieces import (
    PIECE_KINDS,
    build_part,
    build_piece,
    opening_parts,
)
from previz.stage.pieces.build import world_from_piece
from previz.stage.pieces.joints import Joint
from previz.stage.rotation import about, matrix_of, rigid, slerp, turn_between
from previz.stage.skeleton import BONE_INDEX
from previz.stage.state import PART_OBJECT_BASE, PROP_OBJECT_BASE, ThingState

__all__ = ["Things"]

_SETTLE_S, _SETTLE_S_PER_M = 0.15, 0.25
"""How long a thing takes from where it lay into the hand, and more for each metre."""
_GLASS = next(i for i, matter in enumerate(MATTERS) if matter.value == "glass")

Bones = Callable[[str, int], NDArray[np.float64] | None]
_PELVIS = BONE_INDEX["pelvis"]
_SIDES = {"left": (0,), "right": (1,), "both": (0, 1)}


@dataclass(frozen=True)
class _Part:
    """A part of a set piece that a swing opens."""

    name: str
    piece: SetPiece
    part: str
    joint: Joint
    swing: Swing
    object_id: int


class Things:
    """The props and opening parts of a scene, asked purely and in any order.

    Args:
        scene: The scene.
        bones: A character's bones at a scene frame; None when they are away.
        known: Ids of the film's characters.
        rate: Of the scene's frames.
        assets: Imported meshes.

    Raises:
        ModelError: If two props, or a prop and a set piece, share an id.
        UnknownNameError: If a hold names no character of the film, or a swing no
            piece or part of the set.

    Attributes:
        opened: Piece and part of all that swings open.
        names: By object id, what each prop and part is called.
    """

    def __init__(
        self,
        scene: Scene,
        bones: Bones,
        *,
        known: Iterable[str],
        rate: Rate,
        assets: Assets,
    ) -> None:
        self._bones, self._assets = bones, assets
        self._second = 1.0 / rate.seconds(1)
        self._props = {prop.id: prop for prop in scene.props}
        self._pieces = {piece.id: piece for piece in scene.set.pieces}
        _check(scene, set(known) & {b.character for b in scene.blocking})
        self._ids = {
            prop.id: PROP_OBJECT_BASE + k for k, prop in enumerate(scene.props)
        }
        self._parts = {part.name: part for part in _parts(scene)}
        self.opened = frozenset((p.piece.id, p.part) for p in self._parts.values())
        self.names = {number: name for name, number in self._ids.items()} | {
            part.object_id: part.name for part in self._parts.values()
        }
        self._place: Callable[[str, int], NDArray[np.float64] | None] = lru_cache(
            maxsize=1024
        )(self._place_at)
        self._rest: Callable[[str], Geometry] = lru_cache(maxsize=None)(self._built)

    def at(self, frame: int) -> tuple[ThingState, ...]:
        """Return what there is at a scene frame: props in order, then parts."""
        found = []
        for name, number in self._ids.items():
            place = self._place(name, frame)
            if place is not None:
                found.append(ThingState(name, number, place))
        found += [
            ThingState(name, part.object_id, self.part_at(name, frame))
            for name, part in self._parts.items()
        ]
        return tuple(found)

    def before(
        self, things: tuple[ThingState, ...], frame: int
    ) -> tuple[ThingState, ...]:
        """Return the same things one frame earlier; what was not there stays."""
        if frame == 0:
            return things
        was = {thing.object_id: thing for thing in self.at(frame - 1)}
        return tuple(was.get(thing.object_id, thing) for thing in things)

    def positions(self, things: tuple[ThingState, ...]) -> list[NDArray[np.float32]]:
        """Return the vertices of each thing in the world, shape (n, 3)."""
        return [
            _moved(self._rest(t.name).positions, t.world_from_thing) for t in things
        ]

    def normals(self, things: tuple[ThingState, ...]) -> list[NDArray[np.float32]]:
        """Return the vertex normals of each thing in the world, shape (n, 3)."""
        return [_turned(self._rest(t.name).normals, t.world_from_thing) for t in things]

    def prop_at(self, name: str, frame: int) -> NDArray[np.float64] | None:
        """Return world from prop, shape (4, 4); None while it is not there.

        Raises:
            UnknownNameError: If the scene has no such prop.
        """
        if name not in self._props:
            raise UnknownNameError("Stage.prop", name, list(self._props))
        return self._place(name, frame)

    def part_at(self, name: str, frame: int) -> NDArray[np.float64]:
        """Return world from piece for an opening part, shape (4, 4)."""
        part = self._parts[name]
        piece = rigid(world_from_piece(part.piece), np.array(part.piece.position_m))
        return np.asarray(piece @ part.joint.at(_share(part.swing, frame)))

    def middle(self, name: str, frame: int) -> NDArray[np.float64] | None:
        """Return the middle of a prop, part or set piece, shape (3,); None if away.

        Raises:
            UnknownNameError: If nothing of the scene has the name.
        """
        if name in self._props:
            place = self._place(name, frame)
            up = self._props[name].piece.size_m[1] / 2
        elif name in self._parts:
            return self._handle(name, frame)
        elif name in self._pieces:
            piece = self._pieces[name]
            place = rigid(world_from_piece(piece), np.array(piece.position_m))
            up = piece.size_m[1] / 2
        else:
            raise UnknownNameError("Stage.thing", name, self.called)
        return None if place is None else place[:3, 3] + place[:3, 1] * up

    def is_prop(self, name: str) -> bool:
        """Return whether a name is a prop's."""
        return name in self._props

    @property
    def called(self) -> list[str]:
        """The names of all props, parts and set pieces."""
        return [*self._props, *self._parts, *self._pieces]

    def holds(self, name: str, frame: int) -> Hold | None:
        """Return who holds a prop at a frame, or None."""
        event = self._event(self._props[name], frame)
        return event if isinstance(event, Hold) else None

    def rest(self, name: str) -> Geometry:
        """Return the shape of a prop or part in its own space."""
        return self._rest(name)

    def shadow_triangles(self, name: str) -> NDArray[np.int32]:
        """Return the triangles of a shape that throw shadows: all but glass."""
        shape = self._rest(name)
        solid = shape.materials.matter[shape.triangle_material] != _GLASS
        return np.asarray(shape.triangles[solid])

    def _handle(self, name: str, frame: int) -> NDArray[np.float64]:
        part = self._parts[name]
        place = self.part_at(name, frame)
        return np.asarray(place[:3, :3] @ np.array(part.joint.grip) + place[:3, 3])

    def _built(self, name: str) -> Geometry:
        if name in self._parts:
            part = self._parts[name]
            return build_part(part.piece, part.part, object_id=part.object_id)
        piece = self._props[name].piece.model_copy(
            update={"position_m": (0.0, 0.0, 0.0), "yaw_deg": 0.0}
        )
        return build_piece(piece, object_id=self._ids[name], assets=self._assets)

    def _place_at(self, name: str, frame: int) -> NDArray[np.float64] | None:
        prop = self._props[name]
        over = prop.until_frame is not None and frame >= prop.until_frame
        if frame < prop.from_frame or over:
            return None
        place = self._moved(prop, frame)
        if place is not None:
            place.flags.writeable = False
        return place

    def _event(self, prop: Prop, frame: int) -> Hold | PlaceKey | None:
        """Return the latest hold or key; a hold where both are of one frame."""
        held, keyed = _begun(prop.holds, frame), _begun(prop.keys, frame)
        hold = prop.holds[held - 1] if held else None
        key = prop.keys[keyed - 1] if keyed else None
        if hold is None or key is None:
            return hold or key
        return hold if hold.frame >= key.frame else key

    def _moved(self, prop: Prop, frame: int) -> NDArray[np.float64] | None:
        event = self._event(prop, frame)
        if event is None:
            piece = prop.piece
            return rigid(world_from_piece(piece), np.array(piece.position_m))
        if isinstance(event, PlaceKey):
            return self._keyed(prop, event, frame)
        return self._held(prop, event, frame)

    def _keyed(self, prop: Prop, key: PlaceKey, frame: int) -> NDArray[np.float64]:
        at = _begun(prop.keys, key.frame)
        following = prop.keys[at : at + 1]
        between = following and not any(
            key.frame < hold.frame <= following[0].frame for hold in prop.holds
        )
        if not between:
            return _pose(key)
        after = following[0]
        share = (frame - key.frame) / (after.frame - key.frame)
        a, b = np.array(key.position_m), np.array(after.position_m)
        turn = matrix_of(slerp(key.rotation, after.rotation, share))
        return rigid(turn, a + (b - a) * share)

    def _held(self, prop: Prop, hold: Hold, frame: int) -> NDArray[np.float64] | None:
        """Return the place in the hand, eased from where it was and to where it goes.

        Only the gap between hand and place is eased, so what leaves a hand where the
        hand is leaves it without a start.
        """
        place = self._in_hand(prop, hold, frame)
        if place is None:
            return None
        there = self._in_hand(prop, hold, hold.frame)
        before = self._moved(_until(prop, hold.frame), hold.frame)
        if there is not None and before is not None and hold.frame > prop.from_frame:
            gap, takes = _gap(there, before), self._takes(there, before)
            place = _eased(place, gap, 1.0 - (frame - hold.frame) / takes)
        at = _begun(prop.keys, hold.frame)
        later = prop.keys[at : at + 1]
        if later and not any(
            hold.frame < h.frame <= later[0].frame for h in prop.holds
        ):
            there = self._in_hand(prop, hold, later[0].frame)
            if there is not None:
                goal = _pose(later[0])
                gap, takes = _gap(there, goal), self._takes(there, goal)
                place = _eased(place, gap, 1.0 - (later[0].frame - frame) / takes)
        return place

    def _takes(self, a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
        """Return over how many frames a gap is eased."""
        far = float(np.linalg.norm(a[:3, 3] - b[:3, 3]))
        return max((_SETTLE_S + _SETTLE_S_PER_M * far) * self._second, 1.0)

    def _in_hand(
        self, prop: Prop, hold: Hold, frame: int
    ) -> NDArray[np.float64] | None:
        bones = self._bones(hold.character, frame)
        if bones is None:
            return None
        sides = _SIDES[hold.hand]
        facing = bones[_PELVIS, :3, 2] * (1.0, 0.0, 1.0)
        return carried(
            prop.piece,
            [grip_of(bones, side) for side in sides],
            sides,
            facing=facing / max(float(np.linalg.norm(facing)), 1e-9),
        )


def _check(scene: Scene, known: set[str]) -> None:
    pieces = {piece.id for piece in scene.set.pieces}
    for prop in scene.props:
        if prop.piece.kind not in PIECE_KINDS:
            raise UnknownNameError("SetPiece.kind", prop.piece.kind, PIECE_KINDS)
        if prop.id in pieces:
            raise ModelError(
                f"Prop.id must differ from the ids of the set's pieces, got "
                f"{prop.id!r}. Rename the prop, or take the piece out of the set."
            )
        for hold in prop.holds:
            if hold.character not in known:
                raise UnknownNameError("Hold.character", hold.character, known)
    names = sorted(prop.id for prop in scene.props)
    for a, b in pairwise(names):
        if a == b:
            raise ModelError(
                f"Scene.props must have ids of their own, got {a!r} twice. Rename one."
            )


def _parts(scene: Scene) -> list[_Part]:
    pieces = {piece.id: piece for piece in scene.set.pieces}
    found: dict[tuple[str, str], tuple[Joint, Swing]] = {}
    for swing in scene.swings:
        if swing.piece not in pieces:
            raise UnknownNameError("Swing.piece", swing.piece, pieces)
        for part, joint in opening_parts(pieces[swing.piece], swing.part).items():
            if (swing.piece, part) in found:
                raise ModelError(
                    f"Scene.swings must open each part once, got {part!r} of "
                    f"{swing.piece!r} twice. Put all keys into one swing."
                )
            found[swing.piece, part] = (joint, swing)
    return [
        _Part(
            f"{owner} {part}", pieces[owner], part, joint, swing, PART_OBJECT_BASE + k
        )
        for k, ((owner, part), (joint, swing)) in enumerate(found.items())
    ]


def _share(swing: Swing, frame: int) -> float:
    """Return how far open a swing is: eased from key to key."""
    frames = [key.frame for key in swing.keys]
    at = bisect_right(frames, frame) - 1
    if at < 0:
        return swing.keys[0].open
    if at == len(frames) - 1:
        return swing.keys[at].open
    a, b = swing.keys[at], swing.keys[at + 1]
    share = smoothstep((frame - a.frame) / (b.frame - a.frame))
    return a.open + (b.open - a.open) * share


def _begun(events: Sequence[Hold] | Sequence[PlaceKey], frame: int) -> int:
    """Return how many of what is in order of time have begun at a frame."""
    return bisect_right(events, frame, key=lambda event: event.frame)


def _until(prop: Prop, frame: int) -> Prop:
    """Return the prop as if nothing happened from a frame on."""
    return prop.model_copy(
        update={
            "holds": tuple(h for h in prop.holds if h.frame < frame),
            "keys": tuple(k for k in prop.keys if k.frame <= frame),
        }
    )


def _moved(
    points: NDArray[np.float32], place: NDArray[np.float64]
) -> NDArray[np.float32]:
    return _turned(points, place) + place[:3, 3].astype(np.float32)


def _turned(
    vectors: NDArray[np.float32], place: NDArray[np.float64]
) -> NDArray[np.float32]:
    return vectors @ place[:3, :3].T.astype(np.float32)


def _pose(key: PlaceKey) -> NDArray[np.float64]:
    return rigid(matrix_of(key.rotation), np.array(key.position_m))


_Gap = tuple[NDArray[np.float64], NDArray[np.float64]]


def _gap(here: NDArray[np.float64], there: NDArray[np.float64]) -> _Gap:
    """Return the shift, and the turn as an axis times radians, from here to there."""
    return there[:3, 3] - here[:3, 3], turn_between(here[:3, :3], there[:3, :3])


def _eased(place: NDArray[np.float64], gap: _Gap, share: float) -> NDArray[np.float64]:
    """Return the place moved by a share of a gap, smoothly."""
    part = float(smoothstep(min(max(share, 0.0), 1.0)))
    if part <= 0:
        return place
    return rigid(about(gap[1] * part) @ place[:3, :3], place[:3, 3] + gap[0] * part)
