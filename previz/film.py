"""The façade of a notebook: a film, its scenes and its shots, which show themselves.

The values are `previz.model`'s; this room only asks the others for what a cell wants.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from previz import model
from previz.animatic import PREVIEW_SIZE, Animatic, make_animatic, remake_report
from previz.done import AbstractDoing
from previz.errors import ModelError
from previz.folder import FilmFolder, write_atomic
from previz.imported import AbstractImporting, assets_in, keep_assets
from previz.progress import progress_report
from previz.shown import SVG, Clip, ShotList

if TYPE_CHECKING:
    from PIL.Image import Image

    from previz.check import Description
    from previz.render import Quality, Renderer
    from previz.report import CameraReport
    from previz.stage import Assets, Stage
    from previz.widgets import StageWidget

__all__ = ["Clip", "Film", "Scene", "Shot", "ShotList", "demo_screenplay"]

CLIP_SIZE = (384, 216)
_THUMBNAIL_PX = 256


def demo_screenplay() -> Path:
    """Return the path of the screenplay that ships with previz."""
    from previz.script import demo_path

    return demo_path()


class Film(AbstractImporting, AbstractDoing):
    """A film as a director handles it.

    Args:
        value: The film itself; `film.value` is all there is to know of it.
        folder: The folder it was opened from or saved to, if any.
        assets: Its imported meshes and motion, if any.
    """

    def __init__(
        self,
        value: model.Film,
        *,
        folder: Path | None = None,
        assets: Assets | None = None,
    ) -> None:
        self.value = value
        self.folder = folder
        self.assets = assets
        self.stage_of: Callable[[model.Scene], Stage] = lru_cache(maxsize=8)(
            self._build_stage
        )
        self.renderer_of: Callable[..., Renderer] = lru_cache(maxsize=8)(
            self._build_renderer
        )

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
        return cls._directed(parse_fountain(text), rate=rate, seed=seed)

    @classmethod
    def _directed(
        cls, screenplay: model.Screenplay, *, rate: model.Rate, seed: int
    ) -> Film:
        from previz.direct import direct

        if seed < 0:
            raise ModelError(f"Film.seed must be >= 0, got {seed}. Pass such as 1.")
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
        """Open a film folder.

        A grey box stands for an imported mesh that is missing or broken;
        `film.assets.notes` and the film in a cell say so.

        Raises:
            FilmFolderError: If the folder holds no film.
            ModelError: If its film.json is broken or newer than this previz.
        """
        place = FilmFolder(folder)
        value = place.load()
        return cls(value, folder=place.path, assets=assets_in(place, value))

    def save(self, folder: Path | str | None = None) -> Path:
        """Write the film into a folder and return it.

        Raises:
            FilmFolderError: If the folder holds other things or cannot be written.
        """
        place = self._place(folder)
        place.prepare()
        with place.locked():
            keep_assets(place, self.assets)
            place.save(self.value)
        return place.path

    def reshoot(self, slate: str, **asked: Any) -> Film:
        """Return a film with one shot taken again: framing, lens, moves, light.

        `film.reshoot("2B", framing="MCU", on="ann", lens=65, moves="push in 0.4 m,
        ease out", light="rembrandt")`; what is not named stays.

        Args:
            slate: Which shot.
            **asked: As in `previz.direct.reshot`.

        Raises:
            PrevizError: If a name is not known, or a framing or move cannot be made.
        """
        from previz.direct import reshot

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
            **asked: As in `previz.direct.reblocked`.

        Raises:
            PrevizError: If a name is not known, or the mark cannot be reached in time.
        """
        from previz.direct import reblocked

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
    def title(self) -> str:
        """The film's title."""
        return self.value.title

    @property
    def characters(self) -> tuple[model.Character, ...]:
        """The cast."""
        return self.value.characters

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
        made = remake_report(self.value, self._place(None), assets=self.assets)
        if path is None:
            return made
        write_atomic(Path(path), made.read_bytes())
        return Path(path)

    def shot_list(self) -> ShotList:
        """Return the shot list; it shows itself as a table."""
        return ShotList(self.value)

    def camera_report(self) -> CameraReport:
        """Return the camera report, one row a shot; it shows itself as a table."""
        from previz.report import CameraReport

        return CameraReport(self.value, stage_of=self.stage_of)

    def _having(self, value: model.Film, assets: Assets | None) -> Film:
        return Film(value, folder=self.folder, assets=assets)

    def _place(self, folder: Path | str | None) -> FilmFolder:
        return FilmFolder(folder or self.folder or _folder_name(self.title))

    def _build_stage(self, scene: model.Scene) -> Stage:
        from previz.stage import NO_ASSETS, Stage

        film = self.value
        assets = self.assets or NO_ASSETS
        return Stage(scene, film.characters, rate=film.rate, assets=assets)

    def _build_renderer(
        self, scene: model.Scene, size: tuple[int, int], quality: Quality
    ) -> Renderer:
        from previz.render import Renderer

        return Renderer(
            self.stage_of(scene),
            width_px=size[0],
            height_px=size[1],
            exposure_ev100=scene.exposure_ev100,
            quality=quality,
        )

    def _repr_html_(self) -> str:
        film = self.value
        rows = "".join(scene.row() for scene in self.scenes)
        wrong = self.assets.notes if self.assets is not None else ()
        notes = "".join(f"<br>⚠ {escape(note)}" for note in wrong)
        return (
            f'<div style="font:13px/1.5 system-ui,sans-serif"><b>{escape(film.title)}'
            f"</b> · {_length(film.length_frames, film.rate)} · {len(film.scenes)} "
            f"scenes · {len(film.shots)} shots · {film.rate} fps{notes}"
            f'<table style="margin-top:6px">{rows}</table></div>'
        )


class Scene:
    """One scene of a film.

    Args:
        film: The film it belongs to.
        value: The scene itself.
    """

    def __init__(self, film: Film, value: model.Scene) -> None:
        self.film = film
        self.value = value

    @property
    def shots(self) -> list[Shot]:
        """The shots of the scene in order of the cut."""
        return [Shot(self.film, self.value, shot) for shot in self.value.shots]

    def row(self) -> str:
        """Return one table row of HTML: a picture and what the scene is."""
        scene, shots = self.value, self.shots
        names = ", ".join(
            escape(self.film.value.find_character(b.character).name)
            for b in scene.blocking
        )
        picture = (
            f'<img alt="" width="{_THUMBNAIL_PX // 2}" src="{shots[0].data_url()}">'
            if shots
            else ""
        )
        return (
            f'<tr><td>{picture}</td><td style="text-align:left;vertical-align:top">'
            f"<b>{escape(scene.number)}</b> {escape(scene.slugline.text)}<br>"
            f'<span style="opacity:.65">{names or "nobody"} · {len(scene.shots)} shots '
            f"· {_length(scene.length_frames, self.film.value.rate)}</span></td></tr>"
        )

    def plan(self) -> SVG:
        """Return the plan view: set, marks, paths, cameras."""
        from previz.report import plan_svg

        return SVG(plan_svg(self.value, self.film.value))

    def _repr_html_(self) -> str:
        cells = "".join(
            f'<figure style="display:inline-block;margin:0 8px 8px 0;width:'
            f'{_THUMBNAIL_PX}px;vertical-align:top"><img alt="{escape(shot.slate)}" '
            f'width="{_THUMBNAIL_PX}" src="{shot.data_url()}"><figcaption '
            f'style="font:12px/1.4 system-ui,sans-serif">{shot.caption()}'
            "</figcaption></figure>"
            for shot in self.shots
        )
        return f"<div><b>{escape(self.value.slugline.text)}</b></div><div>{cells}</div>"


class Shot:
    """One shot of a film.

    Args:
        film: The film it belongs to.
        scene: Its scene.
        value: The shot itself.
    """

    def __init__(self, film: Film, scene: model.Scene, value: model.Shot) -> None:
        self.film = film
        self.scene = scene
        self.value = value

    @property
    def slate(self) -> str:
        """What stands on the slate: 2B."""
        return self.value.slate

    @property
    def length_frames(self) -> int:
        """How long the shot is held, in frames."""
        return self.value.length_frames

    def frame(
        self,
        number: int,
        *,
        size: tuple[int, int] = PREVIEW_SIZE,
        quality: Quality = "film",
        look: str | None = None,
    ) -> Image:
        """Return one frame as a picture.

        Args:
            number: Frame of the shot, from 0; negative counts from the end.
            size: Width and height in pixels.
            quality: "film", or "board" for light that is baked faster and coarser.
            look: Another look than the shot's: "ink", "noir" …

        Raises:
            ModelError: If the shot has no such frame.
            UnknownNameError: If there is no such look.
        """
        from PIL import Image

        film = self.film
        own = film.value.medium_of(self.scene, self.value)
        medium = own if look is None else model.Medium.of(look)
        state = film.stage_of(self.scene).at(self.value, self._counted(number))
        return Image.fromarray(
            film.renderer_of(self.scene, size, quality).picture(
                state, medium=medium, seed=film.value.seed
            )
        )

    def trace(
        self, number: int, *, size: tuple[int, int] = CLIP_SIZE, **how: Any
    ) -> Image:
        """Return one frame path-traced: `film["2B"].trace(48, samples=64)`.

        Frame and size as for `frame`; `how` may have `samples`, `seed` and `denoise`
        of `previz.trace.trace`, whose errors it raises. Needs the extra `path`.
        """
        from PIL import Image

        from previz.render import display
        from previz.trace import trace

        stage, frame = self.film.stage_of(self.scene), self._counted(number)
        how |= {"width_px": size[0], "height_px": size[1]}
        light = trace(stage, self.value, frame, **how)
        return Image.fromarray(display(light, exact=True))

    def _counted(self, number: int) -> int:
        """Return a frame of the shot counted from 0."""
        last = self.length_frames - 1
        if not isinstance(number, int) or not -last - 1 <= number <= last:
            raise ModelError(
                f"Shot.frame must be 0 to {last} frames in {self.slate}, got {number}. "
                "Pass a frame of the shot."
            )
        return number % self.length_frames

    def clip(self, *, size: tuple[int, int] = CLIP_SIZE, threads: int = 2) -> Clip:
        """Render the whole shot and return it; it plays in a cell.

        Args:
            size: Even width and height in pixels.
            threads: Frames rendered at the same time.

        Raises:
            PrevizError: If the size cannot be encoded.
        """
        import tempfile

        from previz import cut
        from previz.stage import NO_ASSETS

        film, shot = self.film.value, self.value
        with (
            tempfile.TemporaryDirectory() as scratch,
            progress_report(f"shot {self.slate}") as told,
        ):
            takes = cut.render_takes(
                film,
                Path(scratch),
                width_px=size[0],
                height_px=size[1],
                threads=threads,
                only={shot.id},
                assets=self.film.assets or NO_ASSETS,
                report=told,
            )
            video = cut.shot_clip(film, shot.id, takes, folder=Path(scratch))
        return Clip(video, size=size)

    def stage(self) -> StageWidget:
        """Return the stage view of this shot: orbit, scrub and play it in a cell."""
        from previz.widgets import StageWidget

        stage = self.film.stage_of(self.scene)
        return StageWidget(stage, self.value, fallback_html=self._repr_html_())

    def plan(self) -> SVG:
        """Return the plan view with this shot's camera and the people during it."""
        from previz.report import plan_svg

        return SVG(plan_svg(self.scene, self.film.value, shot=self.value))

    def describe(self, number: int | None = None) -> Description:
        """Say what a frame shows: who, how large, how much of them, hidden by what.

        Args:
            number: Frame of the shot, from 0; negative counts from the end; by
                default the middle one.

        Raises:
            ModelError: If the shot has no such frame.
        """
        from previz.check import describe

        at = self.length_frames // 2 if number is None else number
        if -self.length_frames <= at < 0:
            at += self.length_frames
        return describe(self.film.stage_of(self.scene), self.value, at)

    def curves(self) -> Any:
        """Return height, tilt, speed, lens and focus over time as a plotly figure."""
        from previz.report import curves_figure

        return curves_figure(self.value, rate=self.film.value.rate)

    def caption(self) -> str:
        """Return slate, size, lens, move and length as HTML text."""
        shot = self.value
        lens = f"{shot.camera.poses[0].focal_length_mm:g} mm"
        length = f"{self.film.value.rate.seconds(shot.length_frames):.1f} s"
        return (
            f"<b>{escape(shot.slate)}</b> {shot.size} · {lens} · "
            f"{shot.camera.move} · {length}"
        )

    def data_url(self) -> str:
        """Return a small picture of the shot's middle as a data URL."""
        import base64

        size = (_THUMBNAIL_PX, round(_THUMBNAIL_PX * 9 / 16))
        raw = io.BytesIO()
        middle = self.frame(self.length_frames // 2, size=size, quality="board")
        middle.save(raw, "JPEG", quality=85)
        return "data:image/jpeg;base64," + base64.b64encode(raw.getvalue()).decode()

    def _repr_html_(self) -> str:
        import base64

        raw = io.BytesIO()
        self.frame(self.length_frames // 2).save(raw, "JPEG", quality=90)
        picture = base64.b64encode(raw.getvalue()).decode()
        return (
            f'<img alt="{escape(self.slate)}" width="{PREVIEW_SIZE[0]}" '
            f'src="data:image/jpeg;base64,{picture}">'
            f'<div style="font:12px/1.5 system-ui,sans-serif">{self.caption()}</div>'
        )


def open_lesson_film() -> Film:
    """Open the film that `previz lab FILM` was called with, or direct the demo."""
    folder = os.environ.get("PREVIZ_FILM")
    return Film.open(folder) if folder else Film.from_screenplay(demo_screenplay())


def _length(frames: int, rate: model.Rate) -> str:
    seconds = round(rate.seconds(frames))
    return f"{seconds // 60}:{seconds % 60:02d}"


def _folder_name(title: str) -> str:
    name = re.sub(r"[^\w]+", "_", title.lower()).strip("_")[:60]
    return name or "film"
