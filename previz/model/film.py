"""A film: scenes of beats, blocking and shots. The value everything else reads."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from previz.errors import UnknownNameError
from previz.model.base import Identifier, Model
from previz.model.camera import Camera
from previz.model.medium import Medium
from previz.model.notes import Note, Status
from previz.model.people import Blocking, Character
from previz.model.place import Light, Set
from previz.model.props import Prop, Swing
from previz.model.screenplay import Element, Slugline
from previz.model.time import Rate

__all__ = [
    "SCHEMA_VERSION",
    "Angle",
    "Beat",
    "Coverage",
    "Film",
    "Scene",
    "Shot",
    "ShotSize",
    "Take",
    "TimeOfDay",
]

SCHEMA_VERSION = 6


class TimeOfDay(StrEnum):
    """The light a scene plays in."""

    DAY = "day"
    NIGHT = "night"
    DAWN = "dawn"
    DUSK = "dusk"


class ShotSize(StrEnum):
    """How much of the subject the frame holds."""

    EWS = "EWS"
    LS = "LS"
    FS = "FS"
    MLS = "MLS"
    COWBOY = "cowboy"
    MS = "MS"
    MCU = "MCU"
    CU = "CU"
    BCU = "BCU"
    ECU = "ECU"


class Angle(StrEnum):
    """From where the camera looks at the subject, in height."""

    EYE = "eye"
    LOW = "low"
    HIGH = "high"
    OVERHEAD = "overhead"
    DUTCH = "dutch"


class Coverage(StrEnum):
    """What a shot is for."""

    ESTABLISHING = "establishing"
    MASTER = "master"
    TWO_SHOT = "two-shot"
    GROUP = "group"
    OTS = "over the shoulder"
    SINGLE = "single"
    REACTION = "reaction"
    INSERT = "insert"
    FOLLOW = "follow"


class Beat(Model):
    """A story moment: an element of the screenplay with its place in scene time."""

    id: Identifier
    element: Element
    start_frame: Annotated[int, Field(ge=0)]
    length_frames: Annotated[int, Field(ge=1)]
    character: Annotated[str, Field(description="Id of who speaks or acts.")] = ""


class Shot(Model):
    """A planned picture: `length_frames` of scene time through one camera.

    Camera timing counts from the shot's first frame; `first_frame` is in the scene.
    `note` is what was seen to when it was planned; `notes` and `status` are what
    people say of it, and change no picture.
    """

    id: Identifier
    slate: Annotated[str, Field(examples=["12A"])]
    first_frame: Annotated[int, Field(ge=0)]
    length_frames: Annotated[int, Field(ge=1)]
    coverage: Coverage
    size: ShotSize
    angle: Angle = Angle.EYE
    subjects: tuple[Identifier, ...] = ()
    beats: tuple[Identifier, ...] = ()
    camera: Camera
    medium: Medium | None = None
    note: str = ""
    notes: Annotated[tuple[Note, ...], Field(max_length=1000)] = ()
    status: Status = Status.OPEN


class Scene(Model):
    """One scene: where, who, what happens, and the shots that cover it.

    The shots follow each other without gap or overlap from frame 0 to the end.
    `exposure_ev100` is what the camera is set to (ISO 100, no ND). A scene or shot
    whose `medium` is None is in that of the scene or film it belongs to.
    """

    id: Identifier
    number: str
    slugline: Slugline
    time_of_day: TimeOfDay = TimeOfDay.DAY
    set: Set
    lights: tuple[Light, ...] = ()
    exposure_ev100: Annotated[float, Field(ge=-10, le=24, examples=[7.0])] = 7.0
    beats: tuple[Beat, ...] = ()
    blocking: tuple[Blocking, ...] = ()
    props: tuple[Prop, ...] = ()
    swings: tuple[Swing, ...] = ()
    length_frames: Annotated[int, Field(ge=1)]
    medium: Medium | None = None
    shots: tuple[Shot, ...] = ()

    @property
    def asset_names(self) -> tuple[str, ...]:
        """The SHA-256 of every imported mesh and motion it names, each once."""
        pieces = (*self.set.pieces, *(prop.piece for prop in self.props))
        clips = (clip for blocking in self.blocking for clip in blocking.clips)
        named = [*(piece.asset for piece in pieces), *(clip.asset for clip in clips)]
        return tuple(dict.fromkeys(filter(None, named)))

    def blocking_of(self, character: str) -> Blocking:
        """Return somebody's blocking over the scene.

        Raises:
            UnknownNameError: If they are not in it.
        """
        for blocking in self.blocking:
            if blocking.character == character:
                return blocking
        here = [b.character for b in self.blocking]
        raise UnknownNameError("Scene.character", character, here)

    def with_blocking(self, blocking: Blocking) -> Self:
        """Return the scene with somebody's blocking in place of what they had."""
        who = blocking.character
        fresh = (blocking if b.character == who else b for b in self.blocking)
        return self.changed(blocking=tuple(fresh))

    def with_shot(self, shot: Shot) -> Self:
        """Return the scene with a shot in place of the one with its id."""
        shots = (shot if s.id == shot.id else s for s in self.shots)
        return self.changed(shots=tuple(shots))

    @model_validator(mode="after")
    def _shots_cover_the_scene(self) -> Self:
        at = 0
        for shot in self.shots:
            if shot.first_frame != at:
                raise ValueError(
                    f"Scene.shots must follow each other without gap, got shot "
                    f"{shot.slate} at frame {shot.first_frame}, expected {at}. "
                    "Move or trim the shot."
                )
            at += shot.length_frames
        if self.shots and at != self.length_frames:
            raise ValueError(
                f"Scene.shots must last {self.length_frames} frames together, got "
                f"{at}. Trim the last shot or change Scene.length_frames."
            )
        return self


class Take(Model):
    """One immutable result of a shot: its hash names inputs, seed and code."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16,64}$")]
    shot: Identifier
    width_px: Annotated[int, Field(gt=0)]
    height_px: Annotated[int, Field(gt=0)]
    length_frames: Annotated[int, Field(ge=1)]
    rate: Rate
    file: Annotated[str, Field(description="Path inside the take's folder.")]


class Film(Model):
    """A whole film."""

    schema_version: int = SCHEMA_VERSION
    title: str = "Untitled"
    author: str = ""
    source: Annotated[str, Field(description="Screenplay's file name.")] = ""
    rate: Rate = Rate()
    seed: Annotated[int, Field(ge=0)] = 0
    medium: Medium = Medium.NATURAL
    characters: tuple[Character, ...] = ()
    scenes: tuple[Scene, ...] = ()

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        shots = [shot for scene in self.scenes for shot in scene.shots]
        for thing, ids in (
            ("Film.characters", [c.id for c in self.characters]),
            ("Film.scenes", [s.id for s in self.scenes]),
            ("Film.shots", [s.id for s in shots]),
            ("Film.slates", [s.slate for s in shots]),
        ):
            twice = (
                {name for name in ids if ids.count(name) > 1}
                if len(set(ids)) != len(ids)
                else set()
            )
            if twice:
                raise ValueError(
                    f"{thing} must be unique, got {sorted(twice)[0]!r} twice. "
                    "Rename one."
                )
        known = {c.id for c in self.characters}
        for scene in self.scenes:
            for blocking in scene.blocking:
                if blocking.character not in known:
                    raise ValueError(
                        f"Blocking.character must be a character of the film, got "
                        f"{blocking.character!r}. Add the character or mend the id."
                    )
        return self

    @property
    def length_frames(self) -> int:
        """The film's running time in frames: what its shots last together."""
        return sum(shot.length_frames for _, shot in self.shots)

    @property
    def shots(self) -> tuple[tuple[Scene, Shot], ...]:
        """Every shot with its scene, in order of the cut."""
        return tuple((scene, shot) for scene in self.scenes for shot in scene.shots)

    def medium_of(self, scene: Scene, shot: Shot) -> Medium:
        """Return in what medium a shot is shown: its own, its scene's or the film's."""
        return shot.medium or scene.medium or self.medium

    def in_medium(
        self, name: str, *, scene: str | None = None, shot: str | None = None
    ) -> Self:
        """Return the film in a medium: all of it, one scene, or one shot.

        What lies within follows: a film's takes away what its scenes and shots had of
        their own, a scene's what its shots had.

        Args:
            name: Of the medium.
            scene: Number or id of the only scene to change.
            shot: Slate or id of the only shot to change.

        Raises:
            UnknownNameError: If one of the names is not known, or the scene that is
                named has not the shot that is.
        """
        medium, scene = Medium.of(name), None if scene is None else str(scene)
        numbers = [s.number for s in self.scenes]
        if scene is not None and scene not in (*numbers, *(s.id for s in self.scenes)):
            raise UnknownNameError("Film.scene", scene, numbers)
        only = None if shot is None else self._shot_of(scene, shot).id
        if scene is None and shot is None:
            return self.changed(
                medium=medium, scenes=tuple(_in(s, None, None) for s in self.scenes)
            )
        made = (
            _in(s, medium, only) if only or scene in (s.number, s.id) else s
            for s in self.scenes
        )
        return self.changed(scenes=tuple(made))

    def _shot_of(self, scene: str | None, slate: str) -> Shot:
        """Return a shot by its slate or id; of the scene named, if one is."""
        found, shot = self.find_shot(slate)
        if scene is not None and scene not in (found.number, found.id):
            mine = [s for s in self.scenes if scene in (s.number, s.id)]
            slates = [shot.slate for s in mine for shot in s.shots]
            raise UnknownNameError(f"Film.scene[{scene}].shot", slate, slates)
        return shot

    def find_scene(self, name: str) -> Scene:
        """Return the scene with this number or id.

        Raises:
            UnknownNameError: If no scene has it.
        """
        for scene in self.scenes:
            if name in (scene.number, scene.id):
                return scene
        raise UnknownNameError("Film.scene", name, [s.number for s in self.scenes])

    def with_scene(self, scene: Scene) -> Self:
        """Return the film with a scene in place of the one with its id."""
        scenes = (scene if s.id == scene.id else s for s in self.scenes)
        return self.changed(scenes=tuple(scenes))

    def find_shot(self, slate: str) -> tuple[Scene, Shot]:
        """Return the scene and shot with this slate or id.

        Raises:
            UnknownNameError: If no shot has it.
        """
        for scene, shot in self.shots:
            if slate in (shot.slate, shot.id):
                return scene, shot
        raise UnknownNameError("Film.shot", slate, [s.slate for _, s in self.shots])

    def find_character(self, identifier: str) -> Character:
        """Return the character with this id.

        Raises:
            UnknownNameError: If no character has it.
        """
        for character in self.characters:
            if character.id == identifier:
                return character
        raise UnknownNameError(
            "Film.character", identifier, [c.id for c in self.characters]
        )


def _in(scene: Scene, medium: Medium | None, shot: str | None) -> Scene:
    """Return a scene in a medium, or only the shot with this id in it."""
    if shot is None:
        shots = tuple(s.changed(medium=None) for s in scene.shots)
        return scene.changed(medium=medium, shots=shots)
    shots = tuple(s.changed(medium=medium) if s.id == shot else s for s in scene.shots)
    return scene.changed(shots=shots)
