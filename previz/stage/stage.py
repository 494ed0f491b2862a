"""The one answer to "what is where at frame f"."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from math import dist

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState, Where, camera_at
from previz.errors import UnknownNameError
from previz.model import Beat, Blocking, Character, ElementKind, Rate, Scene, Shot
from previz.stage.acting.clips import Clipped
from previz.stage.acting.plan import aims_of_acts, plan_acts
from previz.stage.acting.targets import Targets, held_by
from previz.stage.assets import NO_ASSETS, Assets
from previz.stage.attention import Aim
from previz.stage.body import COARSEST, Body, body_of, herd_of, level_for
from previz.stage.crowd import Crowd, is_background
from previz.stage.geometry import Geometry, join
from previz.stage.gestures import Speech, speech_of
from previz.stage.landmarks import Landmarks, landmarks_of
from previz.stage.parts import compact_parts
from previz.stage.performance import Performance
from previz.stage.pieces import build_set
from previz.stage.retarget import retarget
from previz.stage.skeleton import BONE_INDEX, Skeleton, skeleton_of
from previz.stage.state import (
    FIGURE_OBJECT_BASE,
    PROP_OBJECT_BASE,
    FigureState,
    StageState,
    ThingState,
)
from previz.stage.things import Things
from previz.stage.timeline import Timeline, plan_timeline
from previz.stage.whereabouts import places_of, where_in

__all__ = ["Stage"]

_REMEMBERED = 256
"""Posed bodies kept: a frame's is the frame before's of the next, also of a crowd."""

_SPOKEN = (ElementKind.DIALOGUE, ElementKind.LYRIC)

_Posed = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Positions and normals."""
_Cast = tuple[tuple[str, int], ...]
"""Who is on the set, each with the level of detail."""
_AtRest = tuple[Geometry, NDArray[np.int32], NDArray[np.int32]]
"""What does not move, the triangles that cast its shadow, and its parts."""


class Stage:
    """A scene played: everything at a frame, purely and in any order.

    Args:
        scene: The scene.
        characters: The film's characters, in the film's order.
        rate: Of the scene's frames.
        assets: Imported meshes and motion; a grey box stands for a missing mesh.

    Raises:
        UnknownNameError: If blocking, a hold or a swing names what is not there.
        ModelError: If two things share an id or a part is swung twice.

    Attributes:
        scene: The scene as given.
        characters: The characters as given.
        rate: As given.
        assets: As given.
        set_geometry: What stands still of the set, in the world.
        object_names: Id of a set piece, character or prop, or piece and name of a part
            that opens, by object id.
    """

    def __init__(
        self,
        scene: Scene,
        characters: tuple[Character, ...],
        *,
        rate: Rate,
        assets: Assets = NO_ASSETS,
    ) -> None:
        self.scene = scene
        self.rate = rate
        self.characters = characters
        self.assets = assets
        self._by_id = {c.id: c for c in characters}
        self._blocking = {b.character: b for b in scene.blocking}
        self._places = places_of(scene.set)
        self._spoken = _spoken(scene)
        self._things = Things(
            scene, self.bones, known=self._by_id, rate=rate, assets=assets
        )
        self.set_geometry: Geometry = build_set(
            scene.set, without=self._things.opened, assets=assets
        )
        self._number_objects()
        self._remember()
        self._rehearse()
        self._crowd = Crowd(
            [
                (self._by_id[b.character], b)
                for b in scene.blocking
                if is_background(self._by_id[b.character], b)
            ],
            rate=rate,
        )

    def _number_objects(self) -> None:
        """Give each thing that is drawn its number: set pieces, people, then props."""
        self._object_ids = {
            c.id: FIGURE_OBJECT_BASE + i for i, c in enumerate(self.characters)
        }
        pieces = enumerate(self.scene.set.pieces, start=1)
        self.object_names: dict[int, str] = {i: piece.id for i, piece in pieces}
        self.object_names |= {n: name for name, n in self._object_ids.items()}
        self.object_names |= self._things.names
        self._object_seeds = _seeds(self.scene, self.characters)

    def _rehearse(self) -> None:
        """Plan everybody's performance: first alone, then with acts that meet others.

        Acts ask where the others are; who is apart does nothing to anybody.
        """
        self._performances: dict[str, Performance] = {
            blocking.character: self._perform(blocking)
            for blocking in self.scene.blocking
        }
        self._apart = dict(self._performances)
        played = {
            blocking.character: self._with_acts(
                self._performances[blocking.character], blocking
            )
            for blocking in self.scene.blocking
            if blocking.acts
        }
        self._performances |= {name: both[0] for name, both in played.items()}
        self._apart |= {name: both[1] for name, both in played.items()}
        # What was asked for before everybody had their acts does not count.
        self._solo.cache_clear()

    def _remember(self) -> None:
        """Keep the newest answers of what is asked for again and again."""
        frames = lru_cache(maxsize=_REMEMBERED)
        self._eye_point: Callable[[str, float], NDArray[np.float64]] = frames(
            lambda name, seconds: self._performances[name].eye_point(seconds)
        )
        self._solo = lru_cache(maxsize=64)(self._alone)
        self._bones: Callable[[str, int], NDArray[np.float64]] = frames(self._bones_at)
        self._together: Callable[[_Cast, tuple[str, ...]], _AtRest] = lru_cache(
            maxsize=16
        )(self._geometry_at_rest)
        self._where: Callable[[int], Where] = frames(self._where_from)
        self._posed: Callable[[str, int, int], _Posed] = frames(self._posed_at)
        self._crowd_posed: Callable[[_Cast, tuple[int, ...]], _Posed] = lru_cache(
            maxsize=4
        )(self._crowd_posed_at)
        self._herd: Callable[[_Cast], Body] = lru_cache(maxsize=4)(self._herd_of)

    def at(self, shot: Shot, frame: int, *, width_px: int | None = None) -> StageState:
        """Return everything at a frame of a shot.

        Args:
            shot: A shot of the scene.
            frame: Shot frame, from 0; scene frame `shot.first_frame + frame`.
            width_px: Width of the picture it is for: figures that are small in it
                have fewer triangles. All have all of them if it is None.
        """
        moment = shot.first_frame + frame
        here = [b.character for b in self.scene.blocking if _present(b, moment)]
        present = sorted(here, key=lambda name: name in self._crowd)
        camera, camera_before = self._cameras(shot, frame)
        cast = tuple(
            (name, self._level(name, moment, camera, width_px)) for name in present
        )
        things = self._things.at(moment)
        at_rest, shadow_triangles, parts = self._together(
            cast, tuple(thing.name for thing in things)
        )
        positions, normals = self._posed_cast(cast, [moment] * len(cast))
        before, _ = self._posed_cast(
            cast, [self._earlier(name, moment) for name, _ in cast]
        )
        return StageState(
            frame=frame,
            scene_frame=moment,
            camera=camera,
            camera_before=camera_before,
            figures=tuple(self._figure(name, moment) for name in present),
            moving=replace(
                at_rest,
                positions=_stacked([positions, *self._things.positions(things)]),
                normals=_stacked([normals, *self._things.normals(things)]),
            ),
            moving_before=_stacked(
                [before, *self._things.positions(self._things.before(things, moment))]
            ),
            moving_shadows=shadow_triangles,
            moving_parts=parts,
            things=things,
            lights=self.scene.lights,
            object_seeds=self._object_seeds,
        )

    def _cameras(self, shot: Shot, frame: int) -> tuple[CameraState, CameraState]:
        """Return the camera at a frame of a shot, and at the frame before it."""

        def camera(frame: int) -> CameraState:
            return camera_at(
                shot.camera,
                length_frames=shot.length_frames,
                frame=frame,
                rate=self.rate,
                where=self.where(shot),
                exposure_ev100=self.scene.exposure_ev100,
            )

        return camera(frame), camera(max(frame - 1, 0))

    def moving_at(self, scene_frame: int) -> tuple[Geometry, tuple[str, ...]]:
        """Return people and things in the world at a frame, without their detail.

        Returns:
            Geometry whose object ids are places in the names that come with it: of
            the people who are there, then of props and opening parts.
        """
        here = (b.character for b in self.scene.blocking if _present(b, scene_frame))
        cast = tuple((name, COARSEST) for name in here if name not in self._crowd)
        things = self._things.at(scene_frame)
        names = (*(name for name, _ in cast), *(thing.name for thing in things))
        at_rest, *_ = self._together(cast, tuple(thing.name for thing in things))
        positions, _ = self._posed_cast(cast, [scene_frame] * len(cast))
        placed = _stacked([positions, *self._things.positions(things)])
        known = [self._object_ids[name] for name, _ in cast]
        known += [thing.object_id for thing in things]
        order = np.argsort(known)
        rows = order[np.searchsorted(known, at_rest.triangle_object, sorter=order)]
        return replace(
            at_rest, positions=placed, triangle_object=rows.astype(np.int32)
        ), names

    def where(self, shot: Shot) -> Where:
        """Return where parts of people are at the frames of a shot."""
        return self._where(shot.first_frame)

    def _where_from(self, first_frame: int) -> Where:
        things = [name for name in self._things.called if name not in self._by_id]
        return where_in(
            self.landmarks, self._things.middle, things=things, first_frame=first_frame
        )

    def landmarks(self, character_id: str, scene_frame: int) -> Landmarks | None:
        """Return where parts of a character's body are, or None when absent.

        Raises:
            UnknownNameError: If the film has no such character.
        """
        bones = self.bones(character_id, scene_frame)
        if bones is None:
            return None
        return landmarks_of(bones, self._performances[character_id].skeleton)

    def bones(self, character_id: str, scene_frame: int) -> NDArray[np.float64] | None:
        """Return a character's bones in the world, shape (b, 4, 4), or None if absent.

        Raises:
            UnknownNameError: If the film has no such character.
        """
        if character_id not in self._by_id:
            raise UnknownNameError("Stage.character", character_id, list(self._by_id))
        blocking = self._blocking.get(character_id)
        if blocking is None or not _present(blocking, scene_frame):
            return None
        return self._bones(character_id, scene_frame)

    def floor_at(self, character_id: str, scene_frame: int) -> tuple[float, ...]:
        """Return where somebody of the blocking is on the floor: x, y, z in metres."""
        line = self._performances[character_id].timeline
        return line.place(self.rate.seconds(scene_frame))[:3]

    def _figure(self, name: str, moment: int) -> FigureState:
        return FigureState(
            character=name,
            object_id=self._object_ids[name],
            world_from_bone=self._bones(name, moment),
            speaking=self._performances[name].speaking(moment),
            face=self._performances[name].face(moment, self._bones(name, moment)),
        )

    def _earlier(self, name: str, moment: int) -> int:
        """Return the frame before, or the same where the figure was not there."""
        there = moment > 0 and _present(self._blocking[name], moment - 1)
        return moment - 1 if there else moment

    def _level(
        self, name: str, moment: int, camera: CameraState, width_px: int | None
    ) -> int:
        """Return how coarse a figure is in a picture: by its height there alone."""
        if width_px is None:
            return 0
        pelvis = self._bones(name, moment)[BONE_INDEX["pelvis"], :3, 3]
        away = max(dist(pelvis, camera.position_m), 0.1)
        tall = self._performances[name].skeleton.height_m
        level = level_for(tall * camera.focal_px(width_px, width_px)[0] / away)
        return min(level + 1, COARSEST) if name in self._crowd else level

    def _posed_cast(self, cast: _Cast, moments: list[int]) -> _Posed:
        """Return positions and normals of a cast, leads first, the crowd at once."""
        leads = sum(name not in self._crowd for name, _ in cast)
        posed = [
            self._posed(name, level, moment)
            for (name, level), moment in zip(cast[:leads], moments, strict=False)
        ]
        if leads < len(cast):
            posed.append(self._crowd_posed(cast[leads:], tuple(moments[leads:])))
        return (
            _stacked([positions for positions, _ in posed]),
            _stacked([normals for _, normals in posed]),
        )

    def _crowd_posed_at(self, cast: _Cast, moments: tuple[int, ...]) -> _Posed:
        bones = [
            self._bones(name, moment)
            for (name, _), moment in zip(cast, moments, strict=True)
        ]
        return self._herd(cast).pose(np.concatenate(bones))

    def _herd_of(self, cast: _Cast) -> Body:
        bodies = [body_of(self._by_id[name], level=level) for name, level in cast]
        return herd_of(bodies)

    def prop_at(self, prop_id: str, scene_frame: int) -> NDArray[np.float64] | None:
        """Return world from prop, shape (4, 4), or None while it is not there.

        Raises:
            UnknownNameError: If the scene has no such prop.
        """
        return self._things.prop_at(prop_id, scene_frame)

    @property
    def opened(self) -> frozenset[tuple[str, str]]:
        """Piece and part of all that opens at some time of the scene."""
        return self._things.opened

    def things(self, scene_frame: int) -> tuple[ThingState, ...]:
        """Return where props and opening parts are at a frame of the scene."""
        return self._things.at(scene_frame)

    def middle_of(self, name: str, scene_frame: int) -> NDArray[np.float64] | None:
        """Return the middle of a prop or set piece, or a part's handle, shape (3,).

        None while it is not there.

        Raises:
            UnknownNameError: If the scene has no such thing.
        """
        return self._things.middle(name, scene_frame)

    def _geometry_at_rest(self, cast: _Cast, things: tuple[str, ...]) -> _AtRest:
        """Return what does not move of these figures and things."""
        shapes, shadows, first = [], [np.zeros((0, 3), np.int32)], 0
        parts, found = [np.zeros(0, np.int32)], 0
        for name, level in cast:
            body = body_of(self._by_id[name], level=level)
            objects = np.full(len(body.triangles), self._object_ids[name], np.int32)
            shapes.append(
                Geometry(
                    positions=body.rest,
                    normals=body.normals,
                    surface=body.surface,
                    triangles=body.triangles,
                    triangle_object=objects,
                    triangle_material=body.triangle_material,
                    materials=body.materials,
                )
            )
            shadows.append(body.shadow_triangles + np.int32(first))
            parts.append(body.parts + np.int32(found))
            first, found = first + len(body.rest), int(parts[-1].max()) + 1
        for thing in things:
            shapes.append(self._things.rest(thing))
            shadows.append(self._things.shadow_triangles(thing) + np.int32(first))
            points = shapes[-1].positions
            own = compact_parts(points, np.zeros(len(points), np.int32))
            parts.append(own + np.int32(found))
            first, found = first + len(points), int(parts[-1].max(initial=found)) + 1
        return join(shapes), np.concatenate(shadows), np.concatenate(parts)

    def _alone(self, name: str, seconds: float) -> NDArray[np.float64]:
        """Return somebody's bones without what they do to others, shape (b, 4, 4)."""
        return self._apart[name].bones_at(seconds)

    def _bones_at(self, name: str, moment: int) -> NDArray[np.float64]:
        bones = (
            self._crowd.bones(name, moment)
            if name in self._crowd
            else self._performances[name].bones(moment)
        )
        bones.flags.writeable = False
        return bones

    def _posed_at(self, name: str, level: int, moment: int) -> _Posed:
        body = body_of(self._by_id[name], level=level)
        bones = self._bones(name, moment)
        face = None
        if body.face is not None and name not in self._crowd:
            face = self._performances[name].face(moment, bones)
        positions, normals = body.pose(bones, face)
        positions.flags.writeable = False
        normals.flags.writeable = False
        return positions, normals

    def _perform(self, blocking: Blocking) -> Performance:
        character = self._by_id.get(blocking.character)
        if character is None:
            raise UnknownNameError(
                "Blocking.character", blocking.character, list(self._by_id)
            )
        skeleton = skeleton_of(character)
        line = _line_of(blocking, character, self.rate)
        aims = tuple(
            self._aim(blocking.character, gaze.frame, gaze.target)
            for gaze in sorted(blocking.gazes, key=lambda g: g.frame)
        )
        return Performance(
            skeleton=skeleton,
            timeline=line,
            aims=aims,
            speeches=self._speeches(character),
            rate=self.rate,
            seed=_manner_of(character),
            feelings=tuple(
                (self.rate.seconds(felt.frame), felt.emotion, felt.strength)
                for felt in sorted(blocking.feelings, key=lambda f: f.frame)
            ),
            held=held_by(blocking.character, self.scene, self.rate),
            clips=self._clips(blocking, skeleton, line),
        )

    def _clips(
        self, blocking: Blocking, skeleton: Skeleton, line: Timeline
    ) -> tuple[Clipped, ...]:
        """Return the brought motions of a blocking; what is missing is not played."""
        played = []
        for clip in blocking.clips:
            motion = self.assets.motion(clip.asset)
            start = self.rate.seconds(clip.frame)
            # Nobody sees how it ends after the scene.
            left = self.scene.length_frames - clip.frame
            if motion is None or left <= 0:
                continue
            bones = retarget(
                motion,
                skeleton,
                rate=self.rate,
                length_frames=min(clip.length_frames, left + self.rate.frames(1.0)),
                place=line.place(start),
            )
            played.append(Clipped(start, bones, self.rate.seconds(1)))
        return tuple(played)

    def _with_acts(
        self, plain: Performance, blocking: Blocking
    ) -> tuple[Performance, Performance]:
        """Return a performance with its acts, which ask where the others are.

        And the same without what is done to others: that is what those ask for, so
        that of two who reach for each other neither waits for the other's answer.
        """
        targets = Targets(
            self.scene,
            blocking,
            plain.skeleton,
            standing=plain.timeline.place,
            places=self._places,
            things=self._things,
            solo=self._solo,
            skeletons={n: p.skeleton for n, p in self._performances.items()},
            rate=self.rate,
        )
        acts = plan_acts(
            blocking.acts,
            rate=self.rate,
            standing=plain.timeline.place,
            held=plain.held,
            where=targets.where,
            partner=targets.partner,
            people=self._performances,
            seed=plain.seed,
        )
        own = tuple(a for a in acts if a.partner is None and not a.to_somebody)
        return (
            replace(plain, acts=acts, aims=aims_of_acts(plain.aims, acts)),
            replace(plain, acts=own, aims=aims_of_acts(plain.aims, own)),
        )

    def _aim(self, owner: str, frame: int, target: str) -> Aim:
        """Return when and where somebody looks."""
        start = self.rate.seconds(frame)
        if target in self._blocking and target != owner:
            other = self._blocking[target]

            def eyes(seconds: float) -> NDArray[np.float64] | None:
                # Late arrivals are awaited where they will be; nobody is watched
                # after having left.
                first = self.rate.seconds(other.enter_frame)
                last = seconds
                if other.exit_frame is not None:
                    last = self.rate.seconds(max(other.exit_frame - 1, 0))
                return self._eye_point(target, min(max(seconds, first), last))

            return start, eyes
        if self._things.is_prop(target):
            return start, lambda seconds: self._seen_prop(owner, target, seconds)
        place = self._places.get(target)
        return start, lambda _: place

    def _seen_prop(
        self, owner: str, prop: str, seconds: float
    ) -> NDArray[np.float64] | None:
        """Return about where a prop is; in one's own hands it is ahead of one."""
        frame = round(seconds / self.rate.seconds(1))
        held = self._things.holds(prop, frame)
        if held is None:
            return self._things.middle(prop, frame)
        if held.character == owner or held.character not in self._blocking:
            return None
        # Bones would ask where their owner looks, and so for this place again.
        eyes = self._eye_point(held.character, seconds)
        return np.asarray(eyes - np.array([0.0, 0.45, 0.0]))

    def _speeches(self, character: Character) -> tuple[Speech, ...]:
        return tuple(
            speech_of(
                beat.id,
                start_s=self.rate.seconds(beat.start_frame),
                end_s=self.rate.seconds(beat.start_frame + beat.length_frames),
                seed=character.manner,
            )
            for beat in self._spoken.get(character.id, ())
        )


@lru_cache(maxsize=_REMEMBERED)
def _line_of(blocking: Blocking, character: Character, rate: Rate) -> Timeline:
    """Plan a timeline once: who moves another's mark leaves all others as they are."""
    return plan_timeline(
        blocking, skeleton_of(character), rate=rate, seed=character.manner
    )


def _spoken(scene: Scene) -> dict[str, list[Beat]]:
    """Return the beats of everybody who speaks, by character."""
    found: dict[str, list[Beat]] = {}
    for beat in scene.beats:
        if beat.element.kind in _SPOKEN:
            found.setdefault(beat.character, []).append(beat)
    return found


def _seeds(scene: Scene, characters: tuple[Character, ...]) -> dict[int, int]:
    """Return the seeds of set pieces, people and props that have one, by object id."""
    seeds = {i: piece.seed for i, piece in enumerate(scene.set.pieces, start=1)}
    seeds |= {FIGURE_OBJECT_BASE + i: c.seed for i, c in enumerate(characters)}
    seeds |= {PROP_OBJECT_BASE + i: p.piece.seed for i, p in enumerate(scene.props)}
    return {number: seed for number, seed in seeds.items() if seed}


def _stacked(arrays: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    return np.concatenate([np.zeros((0, 3), np.float32), *arrays])


def _present(blocking: Blocking, frame: int) -> bool:
    leaves = blocking.exit_frame
    return blocking.enter_frame <= frame and (leaves is None or frame < leaves)


def _manner_of(character: Character) -> int:
    """Return a seed that differs between characters of the same manner."""
    return (zlib.crc32(character.id.encode()) ^ character.manner) & 0x7FFFFFFF
