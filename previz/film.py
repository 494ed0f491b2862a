"""The façade of a notebook: a film, its scenes and its shots, which show themselves.

The values are `previz.model`'s; this room only asks the others for what a cell wants.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

from previz import model
from previz.animatic import PREVIEW_SIZE, Animatic, make_animatic, remake_report
from previz.characters import Character
from previz.done import AbstractDoing
from previz.edited import AbstractEdited
from previz.errors import ModelError, ScriptError, check_asked
from previz.folder import FilmFolder, write_atomic
from previz.imported import AbstractImporting, assets_in, keep_assets
from previz.makers import checked_maker, frame_maker
from previz.progress import progress_report
from previz.promoting import AbstractPromoting
from previz.session import Session
from previz.shots import Scene, Shot
from previz.shown import Clip, ShotList, counted, running_time

if TYPE_CHECKING:
    from previz.makers import Maker
    from previz.render import Quality, Renderer
    from previz.report import CameraReport
    from previz.stage import Assets, Stage
    from previz.widgets import Playing, StudioPart, StudioWidget

__all__ = ["Character", "Clip", "Film", "Scene", "Shot", "ShotList", "demo_screenplay"]


def demo_screenplay() -> Path:
    """Return the path of the screenplay that ships with previz."""
    from previz.script import demo_path

    return demo_path()


class Film(AbstractEdited, AbstractImporting, AbstractDoing, AbstractPromoting):
    """A film as a director handles it.

    `film["2B"]` is a shot, `film.scene("2")` a scene; `film.studio()` directs by hand.
    `reshoot`, `block`, `recast`, `with_look` and their like return another film;
    `edit` changes this one, and `undo` takes that back.

    Args:
        value: The film itself; `film.value` is all there is to know of it.
        folder: The folder it was opened from or saved to, if any; each edit is saved
            there at once.
        assets: Its imported meshes and motion, if any.
        generator: What makes its pictures; may be set at any time. "preview" is the
            network that comes with previz, None or "plain" leaves them plain; a model
            of `previz.generators` makes `shot.frame` and `shot.preview`, and any
            object that is called with plates and has a key and a label makes all.
    """

    def __init__(
        self,
        value: model.Film,
        *,
        folder: Path | None = None,
        assets: Assets | None = None,
        generator: Maker = "preview",
    ) -> None:
        self.session = Session(value, folder=folder, assets=assets)
        self.generator = generator
        self._stage = lru_cache(maxsize=8)(self._build_stage)
        self._renderer: Callable[..., Renderer]

    @classmethod
    def from_screenplay(
        cls, path: Path | str, *, rate: float | str | model.Rate = 24, seed: int = 0
    ) -> Film:
        """Direct a screenplay by rule: sets, light, blocking, coverage.

        Args:
            path: A Fountain file or a Final Draft .fdx.
            rate: Frames a second: 24, 23.976, 25, 29.97, 30.
            seed: Another seed, other choices; the same seed, the same film.

        Raises:
            ScriptError: If the file is no screenplay; names file and line.
            ModelError: If the rate or the seed is none.
        """
        from previz.script import read

        rate = model.Rate.of(rate)
        if not isinstance(path, str | Path) or "\n" in str(path):
            what = f"{type(path).__name__}, not a path"
            what = "the text of one" if isinstance(path, str) else what
            raise ScriptError(
                f"Screenplay.source must be a file, got {what}. Pass the path of one, "
                "or its text to Film.from_text."
            )
        return cls._directed(read(Path(path)), rate=rate, seed=seed)

    @classmethod
    def from_text(
        cls, text: str, *, rate: float | str | model.Rate = 24, seed: int = 0
    ) -> Film:
        """Direct a screenplay that is written in the notebook, in Fountain.

        Args:
            text: The screenplay.
            rate: Frames a second: 24, 23.976, 25, 29.97, 30.
            seed: Another seed, other choices; the same seed, the same film.

        Raises:
            ScriptError: If the text is no screenplay; names the line.
            ModelError: If the rate or the seed is none.
        """
        from previz.script import parse_fountain

        rate = model.Rate.of(rate)
        if not isinstance(text, str):
            raise ScriptError(
                f"Screenplay.text must be text, got {type(text).__name__}. Pass a file "
                "to Film.from_screenplay."
            )
        return cls._directed(parse_fountain(text), rate=rate, seed=seed)

    @classmethod
    def _directed(
        cls, screenplay: model.Screenplay, *, rate: model.Rate, seed: int
    ) -> Film:
        from previz.direct import direct

        seed = _checked_seed(seed)
        with progress_report("directing") as report:
            total = len(screenplay.scenes)
            done = iter(range(1, total + 1))
            value = direct(
                screenplay,
                rate=rate,
                seed=seed,
                on_scene=lambda scene: report(scene.slugline.text, next(done), total),
            )
        return cls(value)

    @classmethod
    def open(cls, folder: Path | str) -> Film:
        """Open a film folder; what was edited last can still be undone.

        A grey box stands for an imported mesh that is missing or broken;
        `film.assets.notes` and the film in a cell say so.

        Raises:
            FilmFolderError: If the folder holds no film.
            ModelError: If its film.json is broken or newer than this previz.
        """
        place = FilmFolder(folder)
        value = place.load()
        film = cls(value, folder=place.path, assets=assets_in(place, value))
        film.session.recall()
        return film

    def save(self, folder: Path | str | None = None) -> Path:
        """Write the film into a folder, where it then lives, and return that.

        Raises:
            FilmFolderError: If the folder holds other things or cannot be written.
        """
        place = self._place(folder)
        # What a drag has come to is a step, or the history would lack this version.
        self.session.rest()
        place.prepare()
        with place.locked():
            keep_assets(place, self.assets)
            place.save(self.value)
        self.folder = place.path
        self.session.keep()
        return place.path

    def reshoot(self, slate: str, **asked: Any) -> Film:
        """Return a film with one shot taken again: framing, lens, moves, light.

        `film.reshoot("2B", framing="MCU", on="ann", lens=65, moves="push in 0.4 m,
        ease out", light="rembrandt")`; what is not named stays.

        Args:
            slate: Which shot.
            **asked: `framing`, `on`, `angle`, `turn_deg`, `lens`, `t_stop`, `rig`,
                `moves` and `light`, as in `previz.direct.reshot`.

        Raises:
            PrevizError: If a name is not known, or a framing or move cannot be made.
        """
        from previz.direct import reshot

        check_asked("Film.reshoot", asked, reshot)
        if self.assets is not None:
            asked["assets"] = self.assets
        return self._having(reshot(self.value, slate, **asked), self.assets)

    def with_look(
        self, look: str, *, scene: str | None = None, shot: str | None = None
    ) -> Film:
        """Return the film as filmed or as drawn: `film.with_look("ink", shot="2A")`.

        Args:
            look: Any of `previz.model.Medium`.
            scene: Number of the only scene to change; then its shots follow it.
            shot: Slate of the only shot to change.

        Raises:
            UnknownNameError: If the look, the scene or the shot is not known.
        """
        value = self.value.in_medium(look, scene=scene, shot=shot)
        return self._having(value, self.assets)

    def block(self, scene: str, character: str, **asked: Any) -> Film:
        """Return a film with a character on a mark, walked to and from anew.

        `film.block("2", "ann", to="window", at_frame=48, look="bob", feeling="joy")`.

        Args:
            scene: Number of the scene.
            character: Id of who is blocked.
            **asked: `to`, `at_frame`, `posture`, `pace_m_s`, `facing`, `look`, `act`
                and `feeling`, as in `previz.direct.reblocked`.

        Raises:
            PrevizError: If a name is not known, or the mark cannot be reached in time.
        """
        from previz.direct import reblocked
        from previz.stage import NO_ASSETS

        check_asked("Film.block", asked, reblocked)
        asked |= {"assets": self.assets or NO_ASSETS}
        fresh = reblocked(self.value, scene, character, **asked)
        return self._having(fresh, self.assets)

    def edited(self, *shots: model.Shot) -> Film:
        """Return a film with these shots in place of those of the same id.

        Args:
            shots: Changed shots, as long as those they replace.

        Raises:
            UnknownNameError: If no shot of the film has the id.
            ModelError: If a length does not fit the scene.
        """
        changed = {shot.id: shot for shot in shots}
        for name in changed:
            self.value.find_shot(name)
        scenes = tuple(
            scene.changed(shots=tuple(changed.get(s.id, s) for s in scene.shots))
            if any(s.id in changed for s in scene.shots)
            else scene
            for scene in self.value.scenes
        )
        return self._having(self.value.changed(scenes=scenes), self.assets)

    @property
    def generator(self) -> Maker:
        """What makes the film's pictures; None where they stay plain."""
        return self._generator

    @generator.setter
    def generator(self, asked: Maker) -> None:
        self._generator = checked_maker(asked)
        # What was rendered by another is not asked for again.
        self._renderer = lru_cache(maxsize=8)(self._build_renderer)
        self._playing: Playing | None = None

    @property
    def title(self) -> str:
        """The film's title."""
        return self.value.title

    @property
    def characters(self) -> list[Character]:
        """The cast."""
        return [Character(self, who.id) for who in self.value.characters]

    def character(self, identifier: str) -> Character:
        """Return somebody of the cast: `film.character("ann")`.

        Raises:
            UnknownNameError: If no character has the id.
        """
        return Character(self, self.value.find_character(identifier).id)

    def scene(self, number: str) -> Scene:
        """Return the scene of this number: `film.scene("2")`.

        Raises:
            UnknownNameError: If no scene has it.
        """
        return Scene(self, self._scene(number))

    @property
    def scenes(self) -> list[Scene]:
        """The scenes in order."""
        return [Scene(self, scene) for scene in self.value.scenes]

    @property
    def shots(self) -> list[Shot]:
        """The shots in order of the cut."""
        return [Shot(self, scene, shot) for scene, shot in self.value.shots]

    def __getitem__(self, slate: str) -> Shot:
        """Return the shot with this slate: `film["2B"]`.

        Raises:
            UnknownNameError: If no shot has it.
        """
        return Shot(self, *self.value.find_shot(str(slate)))

    def __iter__(self) -> Iterator[Scene]:
        return iter(self.scenes)

    def __contains__(self, slate: object) -> bool:
        """Tell whether a shot has this slate: `"2B" in film`."""
        return any(slate in (shot.slate, shot.id) for _, shot in self.value.shots)

    def _ipython_key_completions_(self) -> list[str]:
        return [shot.slate for _, shot in self.value.shots]

    def animatic(
        self,
        folder: Path | str | None = None,
        *,
        size: tuple[int, int] = PREVIEW_SIZE,
        slate: bool = True,
        subtitles: bool = True,
        threads: int = 2,
    ) -> Animatic:
        """Render the film and write animatic, boards, shot list, cut and report.

        An interrupted call is continued by the same call; what is rendered and still
        true is not rendered again.

        Args:
            folder: The film folder; by default where the film lies, or a new folder
                here, named by the title.
            size: Even width and height in pixels.
            slate: Whether slate, lens and timecode are burnt into the animatic.
            subtitles: Whether what is said is burnt into it.
            threads: Frames rendered at the same time.

        Raises:
            FilmFolderError: If the folder holds other things or cannot be written.
            PrevizError: If the size cannot be encoded.
        """
        place = self._place(folder)
        made = make_animatic(
            self.value,
            place,
            size=size,
            slate=slate,
            subtitles=subtitles,
            threads=threads,
            assets=self.assets,
            generator=frame_maker(self.generator),
        )
        self.folder = made.folder
        return made

    def report(self, path: Path | str | None = None) -> Path:
        """Write the self-contained HTML report from what was rendered; return its path.

        Args:
            path: Where to write it besides the film folder, if elsewhere.

        Raises:
            FilmFolderError: If the film has no animatic yet, or it cannot be written.
        """
        made = remake_report(
            self.value,
            self._place(None),
            assets=self.assets,
            generator=frame_maker(self.generator),
        )
        if path is None:
            return made
        write_atomic(Path(path), made.read_bytes())
        return Path(path)

    def studio(
        self, part: StudioPart = "studio", *, shot: str = "", character: str = ""
    ) -> StudioWidget:
        """Return the studio: direct the film in a cell.

        What is edited there is in the film at once; several studios stay in step.

        Args:
            part: One part alone, such as "monitor", "timeline" or "boards".
            shot: Slate of the shot that it opens on.
            character: Id of who is fitted first where the cast is seen.

        Raises:
            UnknownNameError: If the part, the shot or the character is not known.
        """
        from previz.ordering import FilmOrders
        from previz.widgets import QueueDesk, StudioWidget

        orders = FilmOrders(self)
        first = self.value.find_shot(shot)[1].id if shot else ""
        who = self.value.find_character(character).id if character else ""
        return StudioWidget(
            self.session, part=part, shot=first, character=who, playing=self.playing,
            queue=QueueDesk(orders, orders, held=self.session.held),
        )  # fmt: skip

    @property
    def playing(self) -> Playing:
        """Its scenes and cast as widgets show them, kept up with its edits."""
        from previz.widgets import Playing

        if self._playing is None:
            maker = frame_maker(self.generator)
            self._playing = Playing(self.session, generator=maker)
        return self._playing

    def boards(self) -> StudioWidget:
        """Return the film's panels, to be ordered, split, noted and approved."""
        return self.studio("boards")

    def timeline(self) -> StudioWidget:
        """Return the film's timeline: beats, dialogue, keys and cuts."""
        return self.studio("timeline")

    def shot_list(self) -> ShotList:
        """Return the shot list; it shows itself as a table."""
        return ShotList(self.value)

    def camera_report(self) -> CameraReport:
        """Return the camera report, one row a shot; it shows itself as a table."""
        from previz.report import CameraReport

        return CameraReport(self.value, stage_of=self.stage_of)

    def _having(self, value: model.Film, assets: Assets | None) -> Film:
        return Film(value, folder=self.folder, assets=assets, generator=self.generator)

    def _place(self, folder: Path | str | None) -> FilmFolder:
        return FilmFolder(folder or self.folder or _folder_name(self.title))

    def stage_of(self, scene: model.Scene) -> Stage:
        """Return the stage of a scene, kept; one without its shots.

        Editing what films a scene, or what is said of its shots, asks for no other.
        """
        return self._stage(scene.changed(shots=()), self.value.characters)

    def renderer_of(
        self, scene: model.Scene, size: tuple[int, int], quality: Quality = "film"
    ) -> Renderer:
        """Return the renderer of a scene at a size and quality, kept."""
        bare = scene.changed(shots=())
        return self._renderer(bare, self.value.characters, size, quality)

    def _build_stage(
        self, scene: model.Scene, characters: tuple[model.Character, ...]
    ) -> Stage:
        from previz.stage import NO_ASSETS, Stage

        assets = self.assets or NO_ASSETS
        return Stage(scene, characters, rate=self.value.rate, assets=assets)

    def _build_renderer(
        self,
        scene: model.Scene,
        characters: tuple[model.Character, ...],
        size: tuple[int, int],
        quality: Quality,
    ) -> Renderer:
        from previz.render import Renderer

        return Renderer(
            self._stage(scene, characters),
            width_px=size[0],
            height_px=size[1],
            exposure_ev100=scene.exposure_ev100,
            quality=quality,
            generator=frame_maker(self.generator),
        )

    def __repr__(self) -> str:
        lost = f" · {self._said_lost()}" if self.lost else ""
        return f"<Film {self.title} · {self._extent()}{lost}>"

    def _said_lost(self) -> str:
        """Say which shots lost somebody who was recast, and what mends them."""
        from previz.direct.reframing import said_lost

        mended = any(one.by_m is not None for one in self.lost)
        offer = " film.frame_again() frames them as before." if mended else ""
        return said_lost(self.lost) + offer

    def _extent(self) -> str:
        film = self.value
        return (
            f"{running_time(film.length_frames, film.rate)} · "
            f"{counted(len(film.scenes), 'scene')} · "
            f"{counted(len(film.shots), 'shot')} · {film.rate} fps"
        )

    def _repr_html_(self) -> str:
        rows = "".join(scene.row() for scene in self.scenes)
        wrong = self.assets.notes if self.assets is not None else ()
        wrong += (self.session.trouble,) if self.session.trouble else ()
        wrong += (self._said_lost(),) if self.lost else ()
        notes = "".join(f"<br>⚠ {escape(note)}" for note in wrong)
        return (
            f'<div style="font:13px/1.5 system-ui,sans-serif"><b>{escape(self.title)}'
            f"</b> · {self._extent()}{notes}"
            f'<table style="margin-top:6px;font:inherit">{rows}</table></div>'
        )


def _checked_seed(seed: object) -> int:
    if isinstance(seed, Integral) and int(seed) >= 0:
        return int(seed)
    raise ModelError(
        f"Film.seed must be a whole number >= 0, got {seed!r}. Pass such as 1."
    )


def open_lesson_film() -> Film:
    """Open the film that `previz lab FILM` was called with, or direct the demo."""
    folder = os.environ.get("PREVIZ_FILM")
    return Film.open(folder) if folder else Film.from_screenplay(demo_screenplay())


def _folder_name(title: str) -> str:
    name = re.sub(r"[^\w]+", "_", title.lower()).strip("_")[:60]
    return name or "film"
