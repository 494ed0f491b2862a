"""Scenes and shots of a film as a cell holds them: they show themselves."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from html import escape
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

from previz import model
from previz.animatic import PREVIEW_SIZE
from previz.controlled import measured_pictures, written_controls
from previz.errors import ModelError, check_asked
from previz.generated import generated_clip, generated_frame
from previz.makers import frame_maker, model_maker
from previz.passes import Passes, passes_of
from previz.progress import progress_report
from previz.promoting import plan_shot, promote_shot
from previz.shown import SVG, Clip, counted, named, running_time

if TYPE_CHECKING:
    from PIL.Image import Image

    from previz.adherence import Adherence
    from previz.check import Description
    from previz.inspection import DepthCloud, LightVolume, SightVolume
    from previz.promote.plan import Plan
    from previz.promotion import Promotion
    from previz.render import Quality
    from previz.staged import Staged
    from previz.widgets import StageWidget, StudioWidget

__all__ = ["Scene", "Shot"]

CLIP_SIZE = (384, 216)
CONTROLS_SIZE = (832, 480)
_THUMBNAIL_PX = 256


class Scene:
    """One scene of a film.

    Args:
        film: The film it belongs to.
        value: The scene itself.
    """

    def __init__(self, film: Staged, value: model.Scene) -> None:
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
            f'<span style="opacity:.65">{names or "nobody"} · {self._extent()}'
            "</span></td></tr>"
        )

    def blocking_board(self) -> StudioWidget:
        """Return the scene's stage to block it on: marks are dragged in plan.

        Raises:
            ModelError: If the scene has no shot to open on.
        """
        if not self.value.shots:
            raise ModelError(
                f"Scene.shots must be at least one to open {self.value.number}, got "
                "none. Add a shot."
            )
        return self.film.studio("stage", shot=self.value.shots[0].slate)

    def inspect_light(self, *, facing: model.Vec3 | None = None) -> LightVolume:
        """Return how much light there is everywhere on the set, to turn in a cell.

        Args:
            facing: Where the meter points, such as (0, 1, 0) for a table's top; None
                turns it everywhere to where it reads most.

        Raises:
            PrevizError: If `facing` has no direction.
        """
        from previz.inspection import light_volume

        stage = self.film.stage_of(self.value)
        renderer = self.film.renderer_of(self.value, PREVIEW_SIZE, "film")
        return light_volume(
            self.value, self.film.value, renderer, stage=stage, facing=facing
        )

    def inspect_visibility(
        self, character: str = "", *, at_frame: int | None = None
    ) -> SightVolume:
        """Return from where on the set somebody can be seen, to turn in a cell.

        Args:
            character: Their id; empty for who comes first in the blocking.
            at_frame: When, in frames of the scene; None for the middle of their stay.

        Raises:
            UnknownNameError: If nobody of that id plays in the scene.
            ModelError: If they are not there at that frame.
        """
        from previz.inspection import sight_volume

        return sight_volume(
            self.film.stage_of(self.value),
            self.value,
            self.film.value,
            character=character,
            at_frame=at_frame,
        )

    def plan(self) -> SVG:
        """Return the plan view: set, marks, paths, cameras."""
        from previz.report import plan_svg

        return SVG(plan_svg(self.value, self.film.value))

    def __repr__(self) -> str:
        scene = self.value
        return f"<Scene {scene.number} · {scene.slugline.text} · {self._extent()}>"

    def _extent(self) -> str:
        scene, rate = self.value, self.film.value.rate
        long = running_time(scene.length_frames, rate)
        return f"{counted(len(scene.shots), 'shot')} · {long}"

    def _repr_html_(self) -> str:
        cells = "".join(
            f'<figure style="display:inline-block;margin:0 8px 8px 0;width:'
            f'{_THUMBNAIL_PX}px;vertical-align:top"><img alt="{escape(shot.slate)}" '
            f'width="{_THUMBNAIL_PX}" src="{shot.data_url()}"><figcaption '
            f'style="font:12px/1.4 system-ui,sans-serif">{shot.caption()}'
            "</figcaption></figure>"
            for shot in self.shots
        )
        number, place = escape(self.value.number), escape(self.value.slugline.text)
        font = "font:13px/1.8 system-ui,sans-serif"
        said = f"<b>{number}</b> {place} · {self._extent()}"
        return f'<div style="{font}">{said}</div><div>{cells}</div>'


class Shot:
    """One shot of a film.

    Args:
        film: The film it belongs to.
        scene: Its scene.
        value: The shot itself.
    """

    def __init__(self, film: Staged, scene: model.Scene, value: model.Shot) -> None:
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

    @property
    def camera(self) -> model.Camera:
        """What films it: gear, path and timing, moves."""
        return self.value.camera

    @property
    def notes(self) -> tuple[model.Note, ...]:
        """What was noted on its frames."""
        return self.value.notes

    @property
    def status(self) -> model.Status:
        """Whether it is open, approved or on hold."""
        return self.value.status

    def frame(
        self,
        number: int,
        *,
        size: tuple[int, int] = PREVIEW_SIZE,
        quality: Quality = "film",
        look: str | None = None,
    ) -> Image:
        """Return one frame as a picture, made by `film.generator` if there is one.

        Drawn looks are drawn from the preview. A generated picture's
        `info["generator"]` names the model.

        Args:
            number: Frame of the shot, from 0; negative counts from the end.
            size: Width and height in pixels.
            quality: "film", or "board" for light that is baked faster and coarser.
            look: Another look than the shot's: "ink", "noir" …

        Raises:
            ModelError: If the shot has no such frame, or the size is no size.
            UnknownNameError: If there is no such look.
            GenerateError: If the generator was stopped or made no picture.
        """
        frame, size, medium = self._counted(number), _whole(size), self._medium(look)
        maker = model_maker(self.film.generator)
        if maker is None or medium is not model.Medium.NATURAL:
            return self._previewed(frame, size, quality, medium)
        return generated_frame(
            maker, self.film, self.scene, self.value, frame, size=size
        )

    def preview(self, *, size: tuple[int, int] = CLIP_SIZE, **held: Image) -> Clip:
        """Return the whole shot as `film.generator` makes it; it plays in a cell.

        Unless that is a model of its own it is the shot's `clip`.

        Args:
            size: Even width and height in pixels.
            **held: `first` and `last`: pictures that those frames must be, where the
                model takes such.

        Raises:
            GenerateError: If the generator was stopped or made no picture.
            PrevizError: If the size cannot be encoded.
        """
        maker = model_maker(self.film.generator)
        if maker is None:
            return self.clip(size=size)
        return generated_clip(
            maker, self.film, self.scene, self.value, size=size, **held
        )

    def promote(self, **asked: Any) -> Promotion:
        """Make the shot at full quality; returns at once, and shows how far it is.

        `film["2B"].promote()`, `film["2B"].promote(quality="final")`. The shot is made
        as it stands now, whatever becomes of it meanwhile. What was made before is
        not made again; what was stopped goes on.

        Args:
            **asked: `quality` ("draft", "standard", "final"), `size` in pixels,
                `backend` (any of `previz.promote.backends`), `seed`, `budget` in US
                dollars for what a service charges, `engine` ("kernel", "dask",
                "inline", or an engine), `proof`, and options of the backend. A proof
                is a few finished frames of the same take, before the rest is paid
                for: True for the first, the middle and the last, 5 for as many evenly
                spread, (0, 18) for these.

        Raises:
            FilmFolderError: If the film has no folder yet.
            PrevizError: If a name is not known or the order cannot be carried out.
        """
        return promote_shot(self.film, self.scene, self.value, **asked)

    def promotion_plan(self, **asked: Any) -> Plan:
        """Return what `promote` would do, before it costs anything; shows as a table.

        Args:
            **asked: As for `promote`.

        Raises:
            PrevizError: If a name is not known or the order cannot be carried out.
        """
        return plan_shot(self.film, self.value, **asked)

    def controls(
        self,
        folder: Path | str,
        *,
        size: tuple[int, int] = CONTROLS_SIZE,
        only: Sequence[str] | None = None,
    ) -> Path:
        """Write what a picture model can be told of the shot: for ComfyUI and its like.

        EXR, PNG and npz with a manifest that names every convention. All of it appears
        or nothing. Needs the extra `promote`.

        Args:
            folder: Where; one of an earlier call is replaced.
            size: Even width and height in pixels.
            only: Some of `previz.deliver.CONTROLS`, such as ["depth", "pose"].

        Raises:
            FilmFolderError: If the folder holds other things or cannot be written.
            MissingRuntimeError: If the extra `promote` is not installed.
            ModelError: If the size is none.
            UnknownNameError: If there is no such control.
        """
        return written_controls(
            self.film, self.scene, self.value, folder, size=_whole(size), only=only
        )

    def measured(
        self, frames: Callable[[int], Any], *, quality: str = "standard"
    ) -> Adherence:
        """Measure how true other pictures are to the shot; shows as a table.

        Args:
            frames: Its picture by frame: sRGB, uint8, shape (h, w, 3).
            quality: How strict: "draft", "standard" or "final".

        Raises:
            PrevizError: As `previz.adherence.measured`.
        """
        return measured_pictures(self.film, self.scene, self.value, frames, quality)

    def _medium(self, look: str | None) -> model.Medium:
        if look is not None:
            return model.Medium.of(look)
        return self.film.value.medium_of(self.scene, self.value)

    def _previewed(
        self, frame: int, size: tuple[int, int], quality: Quality, medium: model.Medium
    ) -> Image:
        from PIL import Image

        film = self.film
        state = film.stage_of(self.scene).at(self.value, frame)
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
        width_px, height_px = _whole(size)
        how |= {"width_px": width_px, "height_px": height_px}
        check_asked("Shot.trace", how, trace)
        light = trace(stage, self.value, frame, **how)
        return Image.fromarray(display(light, exact=True))

    def passes(self, number: int, *, size: tuple[int, int] = CLIP_SIZE) -> Passes:
        """Return how a frame is made: what is known, direct light, bounced, generated.

        Args:
            number: Frame of the shot, from 0; negative counts from the end.
            size: Width and height in pixels.

        Raises:
            ModelError: If the shot has no such frame, or the size is no size.
        """
        frame = self._counted(number)
        return passes_of(self.film, self.scene, self.value, frame, size=_whole(size))

    def inspect_depth(
        self, number: int | None = None, *, size: tuple[int, int] = (256, 144)
    ) -> DepthCloud:
        """Return what the camera sees as coloured points, to turn in a cell.

        Args:
            number: Frame of the shot, from 0; negative counts from the end; by
                default the middle one.
            size: Width and height in pixels: each is a point.

        Raises:
            ModelError: If the shot has no such frame, or the size is no size.
        """
        from previz.inspection import depth_cloud

        at = self._counted(self.length_frames // 2 if number is None else number)
        renderer = self.film.renderer_of(self.scene, _whole(size), "board")
        state = self.film.stage_of(self.scene).at(self.value, at)
        return depth_cloud(state, self.value, renderer, seed=self.film.value.seed)

    def _counted(self, number: object) -> int:
        """Return a frame of the shot counted from 0."""
        last = self.length_frames - 1
        at = int(number) if isinstance(number, Integral) else None
        if at is None or not -last - 1 <= at <= last:
            raise ModelError(
                f"Shot.frame must be 0 to {last} frames in {self.slate}, got "
                f"{number!r}. Pass a frame of the shot."
            )
        return at % self.length_frames

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

        film, shot, size = self.film.value, self.value, _whole(size)
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
                generator=frame_maker(self.film.generator),
                report=told,
            )
            video = cut.shot_clip(film, shot.id, takes, folder=Path(scratch))
        return Clip(video, size=size)

    def stage(self) -> StageWidget:
        """Return the stage view of this shot: orbit, scrub and play it in a cell."""
        from previz.widgets import StageWidget

        stage = self.film.stage_of(self.scene)
        return StageWidget(
            stage,
            self.value,
            fallback_html=self._repr_html_(),
            playhead=self.film.session.playhead,
        )

    def monitor(self) -> StudioWidget:
        """Return the monitor on this shot: what the camera sees, live; drag in it."""
        return self.film.studio("monitor", shot=self.slate)

    def camera_editor(self) -> StudioWidget:
        """Return the stage on this shot: the camera's path with keys to drag."""
        return self.film.studio("stage", shot=self.slate)

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

        at = self._counted(self.length_frames // 2 if number is None else number)
        return describe(self.film.stage_of(self.scene), self.value, at)

    def curves(self) -> Any:
        """Return height, tilt, speed, lens and focus over time as a plotly figure.

        In a notebook a line shows where the film's studios stand, a click moves them
        there, and an edit draws the curves anew.
        """
        from previz.watched import watched_curves

        return watched_curves(self.film, self.value.id)

    def moving_plan(self) -> Any:
        """Return camera and people on the floor over time as a plotly figure.

        In a notebook it shows the frame where the film's studios stand; a click on the
        camera's path moves them there.
        """
        from previz.watched import watched_plan

        return watched_plan(self.film, self.value.id)

    def caption(self) -> str:
        """Return slate, size, lens, move and length as HTML text.

        A shot whose pictures stay plain is said to.
        """
        plain = " · plain shading" if self._plain else ""
        return f"<b>{escape(self.slate)}</b> {escape(self._shown())}{plain}"

    def __repr__(self) -> str:
        return f"<Shot {self.slate} · {self._shown()}>"

    def _shown(self) -> str:
        shot = self.value
        lens = f"{shot.camera.poses[0].focal_length_mm:g} mm"
        length = f"{self.film.value.rate.seconds(shot.length_frames):.1f} s"
        return f"{shot.size} · {lens} · {shot.camera.move} · {length}"

    @property
    def _plain(self) -> bool:
        filmed = self._medium(None) is model.Medium.NATURAL
        return filmed and frame_maker(self.film.generator) is None

    def data_url(self) -> str:
        """Return a small preview of the shot's middle as a data URL.

        Never by a model of its own: a film shows dozens of them at once.
        """
        import base64

        size = (_THUMBNAIL_PX, round(_THUMBNAIL_PX * 9 / 16))
        raw = io.BytesIO()
        middle = self._previewed(
            self.length_frames // 2, size, "board", self._medium(None)
        )
        middle.save(raw, "JPEG", quality=85)
        return "data:image/jpeg;base64," + base64.b64encode(raw.getvalue()).decode()

    def _repr_html_(self) -> str:
        import base64

        raw = io.BytesIO()
        middle = self.frame(self.length_frames // 2)
        middle.save(raw, "JPEG", quality=90)
        picture = base64.b64encode(raw.getvalue()).decode()
        return (
            f'<img alt="{escape(self.slate)}" width="{PREVIEW_SIZE[0]}" '
            f'src="data:image/jpeg;base64,{picture}">'
            f'<div style="font:12px/1.5 system-ui,sans-serif">{self.caption()}</div>'
            f"{named(middle.info.get('generator', ''))}"
        )


def _whole(size: object) -> tuple[int, int]:
    """Return a picture's width and height, or say what a size is."""
    if isinstance(size, Sequence) and len(size) == 2:
        width, height = size
        if all(isinstance(side, Integral) for side in size):
            return int(width), int(height)
    raise ModelError(
        f"Shot.size must be a width and a height in whole pixels, got {size!r}. "
        "Write size=(640, 360)."
    )
