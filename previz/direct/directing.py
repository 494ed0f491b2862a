"""From a screenplay to a film: every first choice, by rule."""

from __future__ import annotations

from collections.abc import Callable

from previz.direct import names
from previz.direct.actions import nouns
from previz.direct.cast import Cast, cast_of
from previz.direct.coverage import cover
from previz.direct.driving import driver_of
from previz.direct.extras import crowd_size, extras_of, place_extras
from previz.direct.floor import Floor
from previz.direct.lexicon import TIMES
from previz.direct.lighting import light
from previz.direct.lighting.faces import faces_in, reached
from previz.direct.places import dress, land_of
from previz.direct.shining import shone
from previz.direct.shooting import shoot
from previz.direct.signs import with_lettering
from previz.direct.staging import Staged, play_scene
from previz.direct.understanding import bodies
from previz.errors import ScriptError
from previz.model import (
    Character,
    ElementKind,
    Film,
    Rate,
    Scene,
    Screenplay,
    ScriptScene,
    Set,
    Slugline,
    TimeOfDay,
)
from previz.script import time_word

__all__ = ["direct"]

_FILM_RATE = Rate()
_CONTINUED = ("CONTINUOUS", "LATER", "SAME")


def direct(
    screenplay: Screenplay,
    *,
    rate: Rate = _FILM_RATE,
    seed: int = 0,
    on_scene: Callable[[Scene], None] | None = None,
) -> Film:
    """Direct a screenplay: cast, sets, light, blocking, coverage and cameras.

    The same screenplay, rate and seed give the same film, to the last digit.

    Args:
        screenplay: What was written.
        rate: Frames a second of the film.
        seed: Varies looks, dressing and every choice that the text leaves open.
        on_scene: Called with each scene as it is done.

    Raises:
        ScriptError: If the screenplay has no scene.
    """
    if not screenplay.scenes:
        raise ScriptError(
            "Screenplay.scenes must hold at least one scene, got none. Start each "
            "scene with a slugline such as INT. KITCHEN - DAY.",
            source=screenplay.source or None,
        )
    director = _Director(screenplay, rate=rate, seed=seed)
    scenes: list[Scene] = []
    for script, number in zip(screenplay.scenes, _numbers(screenplay), strict=True):
        scene = director.scene(script, number, _scene_id(number, len(scenes)))
        scenes.append(scene)
        if on_scene is not None:
            on_scene(scene)
    return Film(
        title=screenplay.title or "Untitled",
        author=screenplay.author,
        source=screenplay.source,
        rate=rate,
        seed=seed,
        characters=(*director.cast.characters, *director.extras),
        scenes=tuple(scenes),
    )


class _Director:
    """Directs scene after scene, and remembers what the film has shown till then.

    Args:
        screenplay: What was written.
        rate: Frames a second of the film.
        seed: Varies what the text leaves open.

    Attributes:
        cast: Who speaks or acts.
        extras: Who is in the background of some scene.
    """

    def __init__(self, screenplay: Screenplay, *, rate: Rate, seed: int) -> None:
        self.cast = cast_of(screenplay, seed=seed)
        self.extras = extras_of(screenplay, cast=self.cast.characters, seed=seed)
        self._floors = _places(screenplay, self.cast, seed=seed)
        self._rate, self._seed = rate, seed
        self._seen: set[str] = set()
        self._told: set[str] = set()
        self._drivers: dict[str, str] = {}
        self._time = TimeOfDay.DAY

    def scene(self, script: ScriptScene, number: str, identifier: str) -> Scene:
        """Direct the scene that comes next in the screenplay."""
        place = _place_key(script.slugline)
        floor = self._floors[place]
        self._time = _time_of_day(script.slugline, before=self._time)
        driver = driver_of(script, cast=self.cast) or self._drivers.get(place, "")
        self._drivers[place] = driver
        staged = play_scene(
            script,
            cast=self.cast,
            floor=floor,
            rate=self._rate,
            prefix=identifier,
            driver=driver,
            seed=self._seed,
            earlier=frozenset(self._told),
        )
        staged, scene = self._dressed(
            script, staged, floor, number=number, identifier=identifier
        )
        scene = self._covered(scene, staged, floor, new=place not in self._seen)
        self._seen.add(place)
        self._told |= _told(script)
        return scene

    def _dressed(
        self,
        script: ScriptScene,
        staged: Staged,
        floor: Floor,
        *,
        number: str,
        identifier: str,
    ) -> tuple[Staged, Scene]:
        """Return a played scene with set, light and crowd but no shots.

        What shines by itself in the scene adds to how it is staged, and comes with it.
        """
        rate, seed = self._rate, self._seed
        lights, exposure = light(floor.set_, time_of_day=self._time, seed=seed)
        staged = shone(
            staged, floor=floor, rate=rate, exposure_ev100=exposure, seed=seed
        )
        crowd = place_extras(
            self.extras[: crowd_size(script)],
            floor=floor,
            leads=staged.blocking,
            length_frames=staged.length_frames,
            rate=rate,
            seed=seed,
        )
        scene = Scene(
            id=identifier,
            number=number,
            slugline=script.slugline,
            time_of_day=self._time,
            set=with_lettering(_without(floor.set_, staged.moved), script),
            lights=lights,
            exposure_ev100=exposure,
            beats=staged.beats,
            blocking=(*staged.blocking, *crowd),
            props=staged.props,
            swings=staged.swings,
            length_frames=staged.length_frames,
        )
        return staged, scene

    def _covered(
        self, scene: Scene, staged: Staged, floor: Floor, *, new: bool
    ) -> Scene:
        """Return a scene with its shots, and the faces in them lit."""
        characters = (*self.cast.characters, *self.extras)
        plans = cover(
            staged,
            rate=self._rate,
            new_place=new,
            interior=floor.set_.interior,
            on_set=lambda words: floor.piece_for(words) is not None,
        )
        shots = shoot(
            scene,
            staged,
            plans,
            characters=characters,
            floor=floor,
            rate=self._rate,
            seed=self._seed,
        )
        scene = scene.changed(shots=shots)
        return _with_faces_lit(scene, characters, floor=floor, rate=self._rate)


def _scene_id(number: str, index: int) -> str:
    return f"s{index + 1:03d}-{names.slug(number, fallback='scene')}"


def _numbers(screenplay: Screenplay) -> list[str]:
    """Return scene numbers as written, else 1, 2, 3 …; each one once."""
    written = [s.slugline.number.strip() for s in screenplay.scenes]
    kept = [w if w and w.isascii() and len(w) <= 12 else "" for w in written]
    taken: set[str] = set()
    reserved = {k for k in kept if k}
    result = []
    count = 0
    for number in kept:
        if not number:
            count += 1
            while str(count) in reserved | taken:
                count += 1
            number = str(count)
        number = names.unique(number, taken)
        taken.add(number)
        result.append(number)
    return result


def _time_of_day(slugline: Slugline, *, before: TimeOfDay) -> TimeOfDay:
    """Read the slugline's time; what continues keeps the time of the scene before."""
    written = slugline.time or ""
    word = time_word(written) or ("" if written else time_word(slugline.text))
    if word in _CONTINUED or not written.strip():
        return TIMES.get(word, before)
    return TIMES.get(word, TimeOfDay.DAY)


def _told(script: ScriptScene) -> set[str]:
    """Return the nouns of a scene's action."""
    shown = (e.text for e in script.elements if e.kind is ElementKind.ACTION)
    return {noun for text in shown for noun in nouns(text)}


def _place_key(slugline: Slugline) -> str:
    return f"{slugline.setting}|{names.key(slugline.place or slugline.text)}"


def _places(screenplay: Screenplay, cast: Cast, *, seed: int) -> dict[str, Floor]:
    """Dress one set for each place, large and rich enough for all its scenes."""
    people: dict[str, int] = {}
    words: dict[str, set[str]] = {}
    first: dict[str, Slugline] = {}
    lands: dict[str, str] = {}
    land = ""
    for scene in screenplay.scenes:
        place = _place_key(scene.slugline)
        first.setdefault(place, scene.slugline)
        lands.setdefault(place, land)
        name = scene.slugline.place or scene.slugline.text
        land = land_of(name, setting=scene.slugline.setting, before=land)
        here = len(bodies(scene, cast=cast))
        people[place] = max(people.get(place, 0), here)
        found = words.setdefault(place, set())
        for element in scene.elements:
            if element.kind is ElementKind.ACTION:
                found |= nouns(element.text)
    taken: set[str] = set()
    floors = {}
    for place, slugline in first.items():
        name = slugline.place or slugline.text
        identifier = names.unique(
            names.slug(f"{slugline.setting} {name}", fallback="set"), taken
        )
        taken.add(identifier)
        set_ = dress(
            slugline,
            seed=int(names.dice(seed, place).integers(0, 2**31)),
            id=identifier,
            people=people[place],
            words=frozenset(words[place]),
            land=lands[place],
        )
        floors[place] = Floor(set_)
    return floors


def _with_faces_lit(
    scene: Scene, characters: tuple[Character, ...], *, floor: Floor, rate: Rate
) -> Scene:
    """Return the scene with the faces of its nearer shots reached by light."""
    lights = reached(
        scene.set,
        scene.lights,
        faces_in(scene, characters, rate=rate),
        time_of_day=scene.time_of_day,
        exposure_ev100=scene.exposure_ev100,
        obstacles=floor.obstacles,
    )
    return scene.changed(lights=lights)


def _without(set_: Set, moved: frozenset[str]) -> Set:
    """Return the set without the pieces that are props of the scene."""
    if not moved:
        return set_
    return set_.changed(pieces=tuple(p for p in set_.pieces if p.id not in moved))
