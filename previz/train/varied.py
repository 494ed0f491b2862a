"""Scenes to learn from: places, people, light and cameras by number.

The number of a scene and the recipe's seed decide all of it, so a run goes on where it
was stopped, and several may share the work. Every fourth scene is of the same kind:
rooms by day, rooms by night, outdoors by day, outdoors by night.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from previz.direct import direct
from previz.direct.places import TEMPLATES, example_of
from previz.direct.schemes import LAWS, relight
from previz.errors import ModelError, PrevizError
from previz.model import (
    Camera,
    CameraPose,
    Film,
    Lens,
    Look,
    Rate,
    Scene,
    Setting,
    Shot,
    TimeOfDay,
    Vec3,
)
from previz.script import parse_fountain
from previz.stage import Obstacles, Stage

__all__ = ["HELD_OUT", "KINDS", "Filmed", "Take", "filmed"]

KINDS = ("day room", "night room", "day exterior", "night exterior")

HELD_OUT = frozenset(
    {
        *("kitchen", "hotel lobby", "library", "cabin", "interrogation room"),
        *("alley", "beach", "house front", "country road", "graveyard"),
    }
)
"""Places that training never sees; the rest is never evaluated on."""

_BARE = Look(depth_of_field=False, bloom=0.0)
_HELD_OUT_SEEDS = 1_000_000
_DAYTIMES = ("DAY", "DAY", "DAY", "DAWN", "DUSK")
_SCHEME_SHARE = 0.35
_ATTEMPTS = 5
_INDOORS = frozenset({"silhouette", "low_key", "candle", "rembrandt"})
_FOCALS_MM = (18.0, 21.0, 25.0, 28.0, 32.0, 40.0, 50.0, 65.0, 85.0)
_TRIES = 40
_LEAST_AWAY_M = 0.8
_PEOPLE = (
    ("ANN", "in a green coat"),
    ("BEN", "in a grey jacket"),
    ("CLARA", "in a red dress"),
    ("DAVID", "in a dark suit"),
    ("EVE", "in a white shirt"),
    ("FARID", "in a blue sweater"),
    ("GRETA", "in a yellow raincoat"),
    ("HUGO", "in a leather jacket"),
    ("IRIS", "in a black coat"),
    ("JUN", "in a striped shirt"),
    ("KOFI", "in an orange shirt"),
    ("LENA", "in jeans and a pale blouse"),
)
_DEEDS = (
    "{a} walks slowly to the window.", "{a} sits down.", "{a} crosses the room.",
    "{a} looks at {b}.", "{a} turns away.", "{a} waits.", "{a} walks towards {b}.",
    "{a} points at the door.", "{a} picks up a book.", "{a} leans on the wall.",
    "{a} waves.", "{a} shrugs.",
)  # fmt: skip
_LINES = (
    "Nobody knew that this place was here.",
    "You were always looking at the ground.",
    "I thought it would be smaller.",
    "Tell me what you saw. All of it.",
    "It is later than you think, and the others have gone.",
)


@dataclass(frozen=True)
class Take:
    """One picture to make.

    Attributes:
        shot: A shot of the scene, without effects of the lens.
        frame: Shot frame.
    """

    shot: Shot
    frame: int


@dataclass(frozen=True)
class Filmed:
    """A scene with the pictures to make of it.

    Attributes:
        number: Of the scene.
        kind: One of `KINDS`.
        film: A film of this one scene, which has no shots.
        takes: The pictures.
    """

    number: int
    kind: str
    film: Film
    takes: tuple[Take, ...]

    @property
    def scene(self) -> Scene:
        """The scene."""
        return self.film.scenes[0]

    def stage(self) -> Stage:
        """Return the scene, played."""
        return Stage(self.scene, self.film.characters, rate=self.film.rate)


def filmed(number: int, *, seed: int, held_out: bool, takes: int) -> Filmed:
    """Direct a scene and choose cameras on it.

    Args:
        number: Of the scene, from 0; decides its kind.
        seed: Of the recipe.
        held_out: Whether it is one to evaluate on.
        takes: How many pictures.
    """
    kind = KINDS[number % len(KINDS)]
    for attempt in range(_ATTEMPTS):
        shift = _HELD_OUT_SEEDS if held_out else 0
        rng = np.random.default_rng([seed, number + shift, attempt])
        template = str(rng.choice(_templates(kind, held_out=held_out)))
        try:
            return _filmed(number, kind, template, takes, rng)
        except PrevizError:
            # Chance writes what no author would; nobody can direct all of it.
            continue
    raise PrevizError(
        f"train.scene must be one of {_ATTEMPTS} that can be directed, got none for "
        f"number {number}. Try another seed."
    )


def _filmed(
    number: int, kind: str, template: str, takes: int, rng: np.random.Generator
) -> Filmed:
    time = "NIGHT" if kind.startswith("night") else str(rng.choice(_DAYTIMES))
    place, setting = example_of(template)
    line = f"{'INT' if setting is Setting.INTERIOR else 'EXT'}. {place} - {time}"
    screenplay = parse_fountain(f"{line}\n\n{_action(rng)}")
    film = direct(screenplay, rate=Rate.of(24), seed=int(rng.integers(2**31)))
    scene = film.scenes[0]
    if rng.random() < _SCHEME_SHARE:
        scene = _relit(scene, film, kind, rng)
    alone = scene.changed(shots=())
    stage = Stage(alone, film.characters, rate=film.rate)
    order = rng.permutation(len(scene.shots))
    shots = [scene.shots[order[i // 2 % len(order)]] for i in range(takes)]
    chosen = tuple(
        _take(shot, scene, stage, rng, free=bool(i % 2)) for i, shot in enumerate(shots)
    )
    return Filmed(number, kind, film.changed(scenes=(alone,)), chosen)


def _templates(kind: str, *, held_out: bool) -> list[str]:
    inside = kind.endswith("room")
    return [
        name
        for name in TEMPLATES
        if (example_of(name)[1] is Setting.INTERIOR) == inside
        and (name in HELD_OUT) == held_out
    ]


def _action(rng: np.random.Generator) -> str:
    """Write who is there and what they do."""
    count = int(rng.choice([1, 2, 2, 2, 3]))
    chosen = [_PEOPLE[i] for i in rng.permutation(len(_PEOPLE))[:count]]
    intro = ", ".join(f"{n} ({rng.integers(8, 80)}), {w}" for n, w in chosen)
    names = [name for name, _ in chosen]
    parts = [f"{intro}, {'stands' if count == 1 else 'stand'} in the middle."]
    for _ in range(int(rng.integers(2, 4))):
        who, other = str(rng.choice(names)), str(rng.choice(names))
        deed = str(rng.choice(_DEEDS)).format(a=who, b=other)
        parts += [deed, f"{who}\n{rng.choice(_LINES)}"]
    return "\n\n".join(parts) + "\n"


def _relit(scene: Scene, film: Film, kind: str, rng: np.random.Generator) -> Scene:
    """Return the scene in a scheme's light, or as it was if nobody is there."""
    shot = scene.shots[int(rng.integers(len(scene.shots)))]
    name = str(rng.choice(_schemes(kind)))
    try:
        return relight(scene, shot, name, characters=film.characters, rate=film.rate)
    except ModelError:
        return scene


def _schemes(kind: str) -> list[str]:
    """Return the schemes of a kind's hour; outdoors none that leaves all else black."""
    night = kind.startswith("night")
    kept = [
        name
        for name, law in LAWS.items()
        if law.hour is None or (law.hour is TimeOfDay.NIGHT) == night
    ]
    return kept if kind.endswith("room") else [n for n in kept if n not in _INDOORS]


def _take(
    shot: Shot, scene: Scene, stage: Stage, rng: np.random.Generator, *, free: bool
) -> Take:
    """Return a frame of a shot by its own camera, or by a free one at that moment."""
    frame = int(rng.integers(shot.length_frames))
    camera = shot.camera.changed(
        look=_BARE, iso=None, nd_stops=0.0, white_balance_k=None, tracks=()
    )
    if not free:
        return Take(shot.changed(camera=camera), frame)
    pose = _pose(scene, stage, shot.first_frame + frame, rng)
    if pose is None:
        return Take(shot.changed(camera=camera), frame)
    camera = Camera(
        lens=Lens(focal_length_mm=pose.focal_length_mm), poses=(pose,), look=_BARE
    )
    return Take(shot.changed(camera=camera), frame)


def _pose(
    scene: Scene, stage: Stage, moment: int, rng: np.random.Generator
) -> CameraPose | None:
    """Return a place to film from, or None if none is found."""
    obstacles = Obstacles(scene.set)
    width, height, depth = scene.set.size_m
    top = min(height - 0.3, 2.6) if scene.set.interior else 2.6
    targets = _targets(scene, stage, moment)
    for _ in range(_TRIES):
        eye = (
            float(rng.uniform(-0.47, 0.47) * width),
            float(rng.uniform(0.5, max(top, 0.8))),
            float(rng.uniform(-0.47, 0.47) * depth),
        )
        if targets and rng.random() < 0.7:
            target = targets[int(rng.integers(len(targets)))]
        else:
            target = (
                float(rng.uniform(-0.4, 0.4) * width),
                float(rng.uniform(0.3, 1.8)),
                float(rng.uniform(-0.4, 0.4) * depth),
            )
        away = float(np.linalg.norm(np.subtract(eye, target)))
        if away < _LEAST_AWAY_M or obstacles.inside(eye, margin_m=0.2):
            continue
        if not obstacles.blocked(eye, target):
            return CameraPose(
                position_m=eye, target_m=target, focus_distance_m=away,
                focal_length_mm=float(rng.choice(_FOCALS_MM)),
            )  # fmt: skip
    return None


def _targets(scene: Scene, stage: Stage, moment: int) -> list[Vec3]:
    found = []
    for blocking in scene.blocking:
        marks = stage.landmarks(blocking.character, moment)
        if marks is not None:
            x, y, z = (float(v) for v in marks.eyes)
            found.append((x, y - 0.2, z))
    return found
