"""Keys of the timeline moved in time together, or taken out, whatever they key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from previz.direct.remarking import timed_mark, unmarked
from previz.edits.edit import (
    AbstractEdit,
    Frame,
    Index,
    Name,
    chosen,
    name_of,
    with_shot,
)
from previz.edits.keys import key_frames, keyed
from previz.errors import ModelError, UnknownNameError
from previz.model import Camera, Film, Model, Scene, Shot
from previz.stage import NO_ASSETS, Assets

__all__ = ["KeyRef", "MoveKeys", "MovedKey", "RemoveKeys", "frames_of"]

_TRACKS = ("camera", "focus", "control", "move", "mark", "prop", "hold", "swing")


class KeyRef(Model):
    """One key of the timeline.

    Attributes:
        track: What it keys: the camera's path, focus, a control of the lens or look,
            a move in words (by its start), somebody's mark (by its arrival), a prop's
            place or who holds it, a door or drawer.
        of: A shot; of a mark the character, else the prop or piece.
        part: Which control, or which part of the piece; empty else.
        index: Which of its keys, from 0.
    """

    track: Literal[
        "camera", "focus", "control", "move", "mark", "prop", "hold", "swing"
    ]
    of: Name
    part: Annotated[str, Field(max_length=40)] = ""
    index: Index


class MovedKey(KeyRef):
    """A key and the frame that it goes to: of its shot, or of its scene."""

    frame: Frame


@dataclass(frozen=True)
class _Change:
    """What happens to the keys of one track: their new frames; None takes them out."""

    track: str
    of: str
    part: str
    frames: dict[int, int | None]


class MoveKeys(AbstractEdit):
    """Move keys in time: one, or several at once as when a selection is dragged.

    A mark is held as long as before. Keys of focus and controls may pass each other;
    the camera's keys and somebody's marks may not.
    """

    kind: Literal["move_keys"] = "move_keys"
    scene: Name
    keys: Annotated[tuple[MovedKey, ...], Field(min_length=1, max_length=2000)]

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the keys at their frames."""
        changes = _grouped(self.scene, ((key, key.frame) for key in self.keys))
        return _changed(film, self.scene, changes, assets)

    def words(self, film: Film) -> str:
        """Say which key goes where, or by how much they all go."""
        scene = film.find_scene(self.scene)
        key = self.keys[0]
        if len(self.keys) == 1:
            return f"{_called(film, scene, key)} at frame {key.frame}"
        steps = _steps(film, scene, self.keys)
        if len(steps) > 1:
            return f"{_many(film, scene, self.keys)} over other time"
        step = steps.pop()
        when = "later" if step > 0 else "sooner"
        frames = f"{abs(step)} frame{'s' if abs(step) != 1 else ''}"
        return f"{_many(film, scene, self.keys)} {frames} {when}"


class RemoveKeys(AbstractEdit):
    """Take keys out; the camera's last pose and somebody's last mark stay."""

    kind: Literal["remove_keys"] = "remove_keys"
    scene: Name
    keys: Annotated[tuple[KeyRef, ...], Field(min_length=1, max_length=2000)]

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film without the keys."""
        changes = _grouped(self.scene, ((key, None) for key in self.keys))
        return _changed(film, self.scene, changes, assets)

    def words(self, film: Film) -> str:
        """Say what goes."""
        scene = film.find_scene(self.scene)
        if len(self.keys) == 1:
            return f"{_called(film, scene, self.keys[0])} taken out"
        return f"{_many(film, scene, self.keys)} taken out"


def frames_of(film: Film, scene: Scene, key: KeyRef) -> tuple[int, ...]:
    """Return the frames of all keys of a key's track, of its shot or scene.

    Raises:
        UnknownNameError: If there is no such thing.
        ModelError: If there is no such key.
    """
    frames = tuple(_TRACK_FRAMES[key.track](film, scene, key))
    chosen("Timeline.key", key.index, frames)
    return frames


def _grouped(
    scene: str, keys: Iterable[tuple[KeyRef, int | None]]
) -> tuple[_Change, ...]:
    """Return what happens to each track; a key that is named twice is refused."""
    found: dict[tuple[str, str, str], _Change] = {}
    for key, frame in keys:
        name = key.track, key.of, key.part
        change = found.setdefault(name, _Change(*name, {}))
        if key.index in change.frames:
            raise ModelError(
                f"Timeline.keys must name each key once in scene {scene}, got key "
                f"{key.index + 1} of {key.of} twice. Leave one out."
            )
        change.frames[key.index] = frame
    return tuple(found.values())


def _changed(
    film: Film, name: str, changes: tuple[_Change, ...], assets: Assets
) -> Film:
    for change in changes:
        scene = film.find_scene(name)
        frames = frames_of(film, scene, _ref(change, min(change.frames)))
        chosen("Timeline.key", max(change.frames), frames)
        film = _TRACK_CHANGES[change.track](film, scene, change, assets)
    return film


def _ref(change: _Change, index: int) -> KeyRef:
    return KeyRef.model_validate(
        {"track": change.track, "of": change.of, "part": change.part, "index": index}
    )


def _shot_of(film: Film, scene: Scene, name: str) -> Shot:
    found, shot = film.find_shot(name)
    if found.id != scene.id:
        slates = [s.slate for s in scene.shots]
        raise UnknownNameError(f"Film.scene[{scene.number}].shot", name, slates)
    return shot


def _one_of(field: str, name: str, things: Mapping[str, Any]) -> Any:
    if name not in things:
        raise UnknownNameError(field, name, list(things))
    return things[name]


def _control(camera: Camera, key: KeyRef | _Change) -> Any:
    named = {str(track.control): track for track in camera.tracks}
    return _one_of("Camera.track", key.part, named)


def _prop(scene: Scene, key: KeyRef | _Change) -> Any:
    return _one_of("Scene.prop", key.of, {prop.id: prop for prop in scene.props})


def _swing(scene: Scene, key: KeyRef | _Change) -> Any:
    named = {f"{s.piece} {s.part}".strip(): s for s in scene.swings}
    return _one_of("Scene.swing", f"{key.of} {key.part}".strip(), named)


_TRACK_FRAMES: dict[str, Callable[[Film, Scene, KeyRef], Iterable[int]]] = {
    "camera": lambda film, scene, key: key_frames(
        (shot := _shot_of(film, scene, key.of)).camera, length_frames=shot.length_frames
    ),
    "focus": lambda film, scene, key: (
        k.frame for k in _shot_of(film, scene, key.of).camera.focus
    ),
    "control": lambda film, scene, key: (
        k.frame for k in _control(_shot_of(film, scene, key.of).camera, key).keys
    ),
    "move": lambda film, scene, key: (
        m.start_frame for m in _shot_of(film, scene, key.of).camera.moves
    ),
    "mark": lambda film, scene, key: (
        m.arrive_frame for m in scene.blocking_of(key.of).marks
    ),
    "prop": lambda film, scene, key: (k.frame for k in _prop(scene, key).keys),
    "hold": lambda film, scene, key: (h.frame for h in _prop(scene, key).holds),
    "swing": lambda film, scene, key: (k.frame for k in _swing(scene, key).keys),
}


def _path(film: Film, scene: Scene, change: _Change, assets: Assets) -> Film:
    shot = _shot_of(film, scene, change.of)
    frames = key_frames(shot.camera, length_frames=shot.length_frames)
    fresh = [
        (at, pose, index in change.frames)
        for index, (frame, pose) in enumerate(
            zip(frames, shot.camera.poses, strict=True)
        )
        if (at := change.frames.get(index, frame)) is not None
    ]
    if not fresh:
        raise ModelError(
            f"Camera.poses must be at least 1 long in {shot.slate}, got none left. "
            "Leave a key, or move it instead."
        )
    last = shot.length_frames - 1 if len(shot.camera.poses) > 1 else 0
    for index, (at, _, moved) in enumerate(fresh):
        before = fresh[index - 1] if index else None
        passed = before is not None and before[0] >= at and (moved or before[2])
        if at > last or passed:
            rule = f"0 to {last} frames" if at > last else "after the key before it"
            raise ModelError(
                f"Camera.key_frame must be {rule} in {shot.slate}, got {at} for key "
                f"{index + 1}. Move it less far, or the key next to it too."
            )
    camera = keyed(
        shot.camera,
        [pose for _, pose, _ in fresh],
        [at for at, _, _ in fresh],
        shot=shot,
        moved=fresh[0][0],
    )
    return with_shot(film, shot.changed(camera=camera))


def _focus(film: Film, scene: Scene, change: _Change, assets: Assets) -> Film:
    shot = _shot_of(film, scene, change.of)
    keys = _retimed("FocusKey.frame", shot.camera.focus, change, shot.length_frames)
    return with_shot(film, shot.changed(camera=shot.camera.changed(focus=keys)))


def _tracked(film: Film, scene: Scene, change: _Change, assets: Assets) -> Film:
    shot = _shot_of(film, scene, change.of)
    track = _control(shot.camera, change)
    keys = _retimed("ControlKey.frame", track.keys, change, shot.length_frames)
    tracks = (
        t.changed(keys=keys) if t is track else t
        for t in shot.camera.tracks
        if t is not track or keys
    )
    camera = shot.camera.changed(tracks=tuple(tracks))
    return with_shot(film, shot.changed(camera=camera))


def _moves(film: Film, scene: Scene, change: _Change, assets: Assets) -> Film:
    shot = _shot_of(film, scene, change.of)
    moves = []
    for index, move in enumerate(shot.camera.moves):
        at = change.frames.get(index, move.start_frame)
        if at is None:
            continue
        _check_in("CameraMove.start_frame", at, shot.length_frames)
        moves.append(move.changed(start_frame=at) if index in change.frames else move)
    camera = shot.camera.changed(moves=tuple(moves))
    return with_shot(film, shot.changed(camera=camera))


def _marks(film: Film, scene: Scene, change: _Change, assets: Assets) -> Film:
    """Return the film with marks moved: the last first where they go later."""
    who, rate = change.of, film.rate
    gone = sorted((i for i, at in change.frames.items() if at is None), reverse=True)
    for index in gone:
        scene = unmarked(scene, scene.blocking_of(who), index, rate=rate, assets=assets)
    marks = scene.blocking_of(who).marks
    steps = {
        index: at - marks[index].arrive_frame
        for index, at in change.frames.items()
        if at is not None
    }
    later = sorted((i for i, step in steps.items() if step > 0), reverse=True)
    sooner = sorted(i for i, step in steps.items() if step < 0)
    for index in (*later, *sooner):
        blocking = scene.blocking_of(who)
        mark, step = blocking.marks[index], steps[index]
        leave = mark.leave_frame + step
        if mark.leave_frame >= scene.length_frames:
            leave = mark.leave_frame
        scene = timed_mark(
            scene,
            blocking,
            index,
            arrive_frame=mark.arrive_frame + step,
            leave_frame=max(min(leave, scene.length_frames), mark.arrive_frame + step),
            rate=rate,
        )
    return film.with_scene(scene)


def _placed(film: Film, scene: Scene, change: _Change, assets: Assets) -> Film:
    prop, field = _prop(scene, change), "keys" if change.track == "prop" else "holds"
    noun = "PlaceKey.frame" if change.track == "prop" else "Hold.frame"
    keys = _retimed(noun, getattr(prop, field), change, scene.length_frames)
    fresh = prop.changed(**{field: keys})
    props = tuple(fresh if p is prop else p for p in scene.props)
    return film.with_scene(scene.changed(props=props))


def _swung(film: Film, scene: Scene, change: _Change, assets: Assets) -> Film:
    swing = _swing(scene, change)
    keys = _retimed("SwingKey.frame", swing.keys, change, scene.length_frames)
    swings = (
        s.changed(keys=keys) if s is swing else s
        for s in scene.swings
        if s is not swing or keys
    )
    return film.with_scene(scene.changed(swings=tuple(swings)))


_TRACK_CHANGES: dict[str, Callable[[Film, Scene, _Change, Assets], Film]] = {
    "camera": _path,
    "focus": _focus,
    "control": _tracked,
    "move": _moves,
    "mark": _marks,
    "prop": _placed,
    "hold": _placed,
    "swing": _swung,
}


def _retimed(
    field: str, keys: tuple[Any, ...], change: _Change, length_frames: int
) -> tuple[Any, ...]:
    """Return keys at their new frames, in order; two at one frame are refused."""
    fresh = []
    for index, key in enumerate(keys):
        at = change.frames.get(index, key.frame)
        if at is None:
            continue
        if index in change.frames:
            _check_in(field, at, length_frames)
        fresh.append(key.changed(frame=at))
    frames = [key.frame for key in fresh]
    twice = next((f for f in frames if frames.count(f) > 1), None)
    if twice is not None:
        raise ModelError(
            f"{field} must be another for each key of a track, got {twice} twice. "
            "Move one of them on, or take it out."
        )
    return tuple(sorted(fresh, key=lambda key: int(key.frame)))


def _check_in(field: str, frame: int, length_frames: int) -> None:
    if frame >= length_frames:
        raise ModelError(
            f"{field} must be 0 to {length_frames - 1} frames, got {frame}. Move it "
            "less far."
        )


def _steps(film: Film, scene: Scene, keys: tuple[MovedKey, ...]) -> set[int]:
    """Return by how many frames keys are moved."""
    known: dict[tuple[str, str, str], tuple[int, ...]] = {}
    steps: set[int] = set()
    for key in keys:
        name = key.track, key.of, key.part
        if name not in known:
            known[name] = frames_of(film, scene, key)
        chosen("Timeline.key", key.index, known[name])
        steps.add(key.frame - known[name][key.index])
    return steps


def _many(film: Film, scene: Scene, keys: tuple[KeyRef, ...]) -> str:
    """Say whose keys they are, where all are of one: "1A: 3 keys"."""
    owners = {_owner(film, scene, key) for key in keys}
    lead = f"{owners.pop()}: " if len(owners) == 1 else f"Scene {scene.number}: "
    return f"{lead}{len(keys)} keys"


def _owner(film: Film, scene: Scene, key: KeyRef) -> str:
    if key.track in ("camera", "focus", "control", "move"):
        return _shot_of(film, scene, key.of).slate
    if key.track == "mark":
        return name_of(film, key.of)
    return key.of.replace("-", " ").capitalize()


_NOUNS = {"camera": "camera key", "focus": "focus key", "prop": "key", "swing": "key"}


def _called(film: Film, scene: Scene, key: KeyRef) -> str:
    frames_of(film, scene, key)
    owner = _owner(film, scene, key)
    if key.track == "mark":
        return f"{owner}'s mark {key.index + 1}"
    if key.track == "move":
        return f"{owner}: {_shot_of(film, scene, key.of).camera.moves[key.index].kind}"
    noun = _NOUNS.get(key.track, key.track)
    if key.track == "control":
        noun = f"{control_words(key.part)} key"
    return f"{owner}: {noun} {key.index + 1}"


def control_words(control: str) -> str:
    """Return a control as it is called: "focal length"."""
    for unit in ("_mm", "_deg", "_k", "_stops"):
        control = control.removesuffix(unit)
    return control.replace("_", " ")
