"""Any pipeline of diffusers as the generator of a film: stills and clips."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from previz.controls import Footage, Signal
from previz.errors import PrevizError
from previz.generate.pipelines.arguments import Given, arguments
from previz.generate.pipelines.caps import Recipe, is_distilled
from previz.generate.pipelines.gathered import Gathered, Reference, image_of, opened
from previz.generate.pipelines.loading import Loaded
from previz.generate.pipelines.plan import Chunk, Plan, make_plan
from previz.generate.pipelines.running import (
    Sound,
    call,
    is_first_ltx2,
    latent_channels,
)

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["ClipGenerator", "Part", "Pipeline", "StillGenerator", "as_made", "as_shown"]

Report = Callable[[str, int, int], None]
Size = tuple[int, int]
Picture = NDArray[np.uint8]


class StillGenerator(Protocol):
    """Makes single frames of a shot."""

    @property
    def label(self) -> str:
        """The model's name, which is shown with its pictures."""

    @property
    def key(self) -> str:
        """What decides its pictures besides the shot, as a hash."""

    def still(
        self,
        footage: Footage,
        frame: int,
        *,
        size: Size,
        report: Report | None = None,
    ) -> Picture:
        """Return one frame, sRGB, shape (h, w, 3)."""


class ClipGenerator(StillGenerator, Protocol):
    """Makes whole shots, too."""

    def clip(
        self, footage: Footage, *, size: Size, report: Report | None = None
    ) -> Picture:
        """Return all frames of a shot, sRGB, shape (n, h, w, 3)."""


@dataclass(frozen=True)
class Part:
    """What one chunk of a plan gave.

    Attributes:
        pictures: The kept frames, sRGB, of the size they are made at.
        sound: Of the kept frames, where the pipeline makes some.
    """

    pictures: Picture
    sound: Sound | None = None


def _check(strength: float, seed: int, steps: int | None) -> None:
    """Raise if a setting is out of range."""
    if not 0.0 < strength <= 1.0:
        raise PrevizError(
            f"Generator.strength must be above 0 to 1, got {strength}. "
            "Pass such as 0.6; 1 forgets the preview."
        )
    if not 0 <= seed < 2**31:
        raise PrevizError(
            f"Generator.seed must be 0 to {2**31 - 1}, got {seed}. Pass such as 1."
        )
    if steps is not None and not 1 <= steps <= 1000:
        raise PrevizError(
            f"Generator.steps must be 1 to 1000, got {steps}. Pass such as 8."
        )


class Pipeline:
    """A loaded pipeline with how a film wants it used. May be shared by threads.

    Args:
        loaded: The pipeline.
        controls: What the control pictures show; by default what it takes best.
        prompt: What is to be seen; `{shot}` stands for the shot in words.
        negative: What is not to be seen.
        steps: Denoising steps; by default what the names of weights and LoRAs speak
            for.
        guidance: Classifier-free guidance, likewise.
        working_size: At about what size it works; by default as it was trained.
        strength: How far from the preview, above 0 to 1, where it begins there.
        hold: How strictly control pictures hold; 1 as trained.
        seed: Of what is invented, besides the film's; another seed, another take.
        anchored: Whether the initial noise sticks to what is in the picture, so that
            another seed of a character re-rolls that character.
        sticking: Of `previz.controls.anchored_latents`.
        references: Pictures of characters by their id, which models that take such
            hold their looks by: paths or pictures, one or several. Those of a shot's
            subjects are used.
        distilled: Whether the model is of few steps; by default what the names of
            weights and LoRAs say.

    Raises:
        PrevizError: If a setting is out of range.
    """

    def __init__(
        self,
        loaded: Loaded,
        *,
        controls: tuple[Signal, ...] = (),
        prompt: str = "{shot}",
        negative: str = "",
        steps: int | None = None,
        guidance: float | None = None,
        working_size: Size | None = None,
        strength: float = 0.6,
        hold: float = 1.0,
        seed: int = 0,
        anchored: bool = True,
        sticking: float = 0.0,
        references: Mapping[str, Reference | Sequence[Reference]] | None = None,
        distilled: bool | None = None,
    ) -> None:
        _check(strength, seed, steps)
        self.loaded = loaded
        said = is_distilled(loaded.label)
        self._distilled = said if distilled is None else distilled
        usual = loaded.caps.fast if self._distilled else loaded.caps.recipe
        self.recipe = Recipe(
            usual.steps if steps is None else steps,
            usual.guidance if guidance is None else guidance,
        )
        self._controls = controls
        self._prompt, self._negative = prompt, negative
        self._working_size = working_size
        self._strength, self._hold, self._seed = strength, hold, seed
        self._anchored, self._sticking = anchored, sticking
        self._references = {
            name: _each_opened(given) for name, given in (references or {}).items()
        }
        self._turn = threading.Lock()
        self._stop = threading.Event()
        # What cannot be planned is refused before the first picture.
        self.plan(size=(640, 360))

    @property
    def label(self) -> str:
        """The model's name."""
        return self.loaded.label

    @property
    def key(self) -> str:
        """Hash of weights and settings: same key and shot, same pictures."""
        import hashlib

        told = (
            self.loaded.sha256, self._controls, self._prompt, self._negative,
            self.recipe, self._working_size, self._strength, self._hold, self._seed,
            self._anchored, self._sticking, self.loaded.placement.dtype,
            [(name, [one.tobytes() for one in pictures])
             for name, pictures in sorted(self._references.items())],
        )  # fmt: skip
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def cancel(self) -> None:
        """Stop what is being made, after the step that runs."""
        self._stop.set()

    def plan(
        self,
        footage: Footage | None = None,
        *,
        size: Size,
        length_frames: int = 1,
        keyframes: Sequence[Signal] = (),
    ) -> Plan:
        """Return what would be done: sizes, lengths, signals used and dropped.

        Args:
            footage: The shot, for what it has to offer.
            size: Width and height of the pictures wanted.
            length_frames: 1 for a still.
            keyframes: "first" or "last", if such pictures will be given.
        """
        offered: set[Signal] = {
            "depth", "edges", "soft_edges", "canny", "normal", "mattes", "pose", "flow",
            "preview", "camera", "rays", "prompt", *keyframes,
        }  # fmt: skip
        if self.loaded.caps.family in ("wan_from_frames", "sana_camera"):
            offered.add("first")
        if footage is not None and self._held_by(footage):
            offered.add("references")
        return make_plan(
            self.loaded.caps,
            size=size,
            length_frames=length_frames,
            working_size=self._working_size,
            controls=self._controls,
            offered=offered,
            recipe=self.recipe,
        )

    def _held_by(self, footage: Footage) -> tuple[Image, ...]:
        """Return the reference pictures of the shot's subjects."""
        subjects = footage.shot.subjects
        return tuple(one for name in subjects for one in self._references.get(name, ()))

    def still(
        self,
        footage: Footage,
        frame: int,
        *,
        size: Size,
        report: Report | None = None,
    ) -> Picture:
        """Return one frame, sRGB, shape (h, w, 3).

        A video model makes it as a clip of one frame.

        Args:
            footage: The shot.
            frame: Of the shot, from 0.
            size: Width and height.
            report: Told what is done, steps done, and all steps.

        Raises:
            GenerationStoppedError: If `cancel` was called.
            GenerateError: If the model made no picture.
        """
        plan = self.plan(footage, size=size)
        with self._turn:
            self._stop.clear()
            part = self._part(
                footage, plan, Chunk(frame, 1, 1), {}, _Steps(plan, 1, report).done
            )
        return np.asarray(as_shown(plan, part.pictures)[0])

    def clip(
        self,
        footage: Footage,
        *,
        size: Size,
        first: Image | None = None,
        last: Image | None = None,
        report: Report | None = None,
    ) -> Picture:
        """Return all frames of a shot, sRGB, shape (n, h, w, 3).

        A model of stills makes frame after frame with noise that sticks to surfaces.

        Args:
            footage: The shot.
            size: Width and height.
            first: What the first frame must be, where the model takes it.
            last: What the last frame must be, likewise.
            report: Told what is done, steps done, and all steps.

        Raises:
            GenerationStoppedError: If `cancel` was called.
            GenerateError: If the model made no picture, or too few.
        """
        given: dict[Signal, Image | None] = {"first": first, "last": last}
        plan = self.plan(
            footage,
            size=size,
            length_frames=footage.length_frames,
            keyframes=[name for name, picture in given.items() if picture is not None],
        )
        ends: dict[Signal, int] = {"first": 0, "last": footage.length_frames - 1}
        keyframes = {
            ends[name]: picture
            for name, picture in given.items()
            if picture is not None and name in plan.used
        }
        steps = _Steps(plan, len(plan.chunks), report)
        parts: list[Picture] = []
        self._stop.clear()
        for chunk in plan.chunks:
            before = np.concatenate(parts)[-chunk.overlap_frames :] if parts else None
            part = self.part(
                footage,
                plan,
                chunk,
                keyframes=keyframes,
                before=before,
                on_step=steps.done,
            )
            parts.append(part.pictures)
            steps.next()
        return as_shown(plan, np.concatenate(parts))

    def part(
        self,
        footage: Footage,
        plan: Plan,
        chunk: Chunk,
        *,
        keyframes: Mapping[int, Image] | None = None,
        before: Picture | None = None,
        on_step: Callable[[int], None] | None = None,
        stopped: Callable[[], bool] | None = None,
    ) -> Part:
        """Return one chunk of a plan.

        Args:
            footage: The shot.
            plan: Of `plan`.
            chunk: One of its chunks.
            keyframes: Finished pictures by frame of the shot, any size; those outside
                the chunk count for nothing.
            before: The last frames of the chunk before, as made; at least as many as
                the chunk overlaps.
            on_step: Told the number of steps done, after each.
            stopped: Asked after each step whether to stop.

        Raises:
            GenerationStoppedError: If `cancel` was called or `stopped` said so.
            OutOfMemoryError: If the device's memory did not hold it.
            GenerateError: If the model made no picture, or too few.
        """
        held = {
            frame - chunk.first_frame: _fitted(picture, plan)
            for frame, picture in (keyframes or {}).items()
            if 0 <= frame - chunk.first_frame < chunk.kept_until
        }
        if chunk.overlap_frames:
            if before is None or len(before) < chunk.overlap_frames:
                raise AssertionError("a chunk that continues is given what went before")
            given = before[len(before) - chunk.overlap_frames :]
            held |= {number: image_of(picture) for number, picture in enumerate(given)}
        with self._turn:
            return self._part(footage, plan, chunk, held, on_step, stopped)

    def _part(
        self,
        footage: Footage,
        plan: Plan,
        chunk: Chunk,
        held: Mapping[int, Image],
        on_step: Callable[[int], None] | None,
        stopped: Callable[[], bool] | None = None,
    ) -> Part:
        gathered = Gathered(footage, plan, chunk)
        seed = int(
            np.random.SeedSequence([footage.seed, self._seed]).generate_state(1)[0]
        )
        references = self._held_by(footage) if "references" in plan.used else ()
        latents = None
        if self._anchored and plan.caps.grain is not None:
            latents = gathered.latents(
                latent_channels(self.loaded),
                seed=seed >> 1,
                sticking=self._sticking,
                ahead=len(references),
            )
        made = call(
            self.loaded,
            arguments(plan, self._given(footage, plan, chunk, gathered, held)),
            seed=seed,
            frames=chunk.made_frames,
            latents=latents,
            on_step=on_step or _unheard,
            stopped=lambda: self._stop.is_set() or (stopped is not None and stopped()),
        )
        kept = made.pictures[chunk.kept_from : chunk.kept_until]
        rate = float(footage.film.rate.fraction)
        return Part(
            np.asarray(np.rint(kept * 255.0), np.uint8),
            None if made.sound is None else _of_frames(made.sound, chunk, rate),
        )

    def _given(
        self,
        footage: Footage,
        plan: Plan,
        chunk: Chunk,
        gathered: Gathered,
        held: Mapping[int, Image],
    ) -> Given:
        return Given(
            prompt=self._prompt.replace("{shot}", footage.prompt),
            negative=self._negative,
            frames=chunk.made_frames,
            rate_fps=float(footage.film.rate.fraction),
            controls=tuple(gathered.control(name) for name in plan.control),
            preview=gathered.preview() if "preview" in plan.used else (),
            held=held,
            references=self._held_by(footage) if "references" in plan.used else (),
            camera=gathered.camera() if "camera" in plan.used else None,
            strength=self._strength,
            hold=self._hold,
            distilled=self._distilled,
            first_ltx2=is_first_ltx2(self.loaded),
            smaller=self.loaded.smaller,
        )

    def _repr_html_(self) -> str:
        plan = self.plan(size=(640, 360), length_frames=1)
        where = f"{self.loaded.placement} · weights {self.loaded.sha256[:12]}"
        return (
            f'<div style="font:12px/1.5 system-ui,sans-serif"><b>{escape(self.label)}'
            f"</b> · {where}</div>{plan._repr_html_()}"
        )


def _each_opened(given: Reference | Sequence[Reference]) -> tuple[Image, ...]:
    if isinstance(given, Sequence) and not isinstance(given, str):
        return tuple(opened(one) for one in given)
    return (opened(given),)


def _unheard(steps: int) -> None:
    """Hear how many steps are done, and tell nobody."""


class _Steps:
    """Counts steps over all chunks and tells of them."""

    def __init__(self, plan: Plan, chunks: int, report: Report | None) -> None:
        self._each, self._chunks = plan.recipe.steps, chunks
        self._report, self._chunk = report, 0

    def done(self, step: int) -> None:
        """Tell that so many steps of this chunk are done."""
        if self._report is None:
            return
        part = f"part {self._chunk + 1}" if self._chunks > 1 else "steps"
        at = self._chunk * self._each + min(step, self._each)
        self._report(part, at, self._each * self._chunks)

    def next(self) -> None:
        """Go on to the next chunk."""
        self.done(self._each)
        self._chunk += 1


def _of_frames(sound: Sound, chunk: Chunk, rate_fps: float) -> Sound:
    """Return the sound of a chunk's kept frames, exactly as long as they are."""
    each = sound.rate_hz / rate_fps
    at, end = round(chunk.kept_from * each), round(chunk.kept_until * each)
    kept = sound.samples[:, at:end]
    silence = end - at - kept.shape[1]
    return Sound(np.pad(kept, ((0, 0), (0, silence))), sound.rate_hz)


def as_shown(plan: Plan, made: Picture) -> Picture:
    """Cut frames to the rows that are kept, and scale them to the size wanted."""
    from PIL import Image

    if plan.made == plan.shown and plan.rows == plan.made[1]:
        return made
    width, height = plan.made
    spare = (height - plan.rows) / 2.0
    box = (0.0, spare, float(width), height - spare)
    scaled = [
        np.asarray(
            image_of(frame).resize(plan.shown, Image.Resampling.LANCZOS, box=box)
        )
        for frame in made
    ]
    return np.stack(scaled)


def as_made(plan: Plan, picture: Picture) -> Picture:
    """Return a delivered frame at the size that the model works at."""
    return np.asarray(_fitted(image_of(picture), plan), np.uint8)


def _fitted(picture: Image, plan: Plan) -> Image:
    """Return a keyframe at the size that the model works at.

    The rows that are cut away later are filled with its outermost ones.
    """
    from PIL import Image

    width, height = plan.made
    rows = round(plan.rows)
    scaled = picture.convert("RGB").resize((width, rows), Image.Resampling.LANCZOS)
    above = (height - rows) // 2
    padded = np.pad(
        np.asarray(scaled), ((above, height - rows - above), (0, 0), (0, 0)), "edge"
    )
    return image_of(padded)
