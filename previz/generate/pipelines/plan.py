"""What a generator will do with a shot, before it does it: pure, and without torch."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from previz.controls import SIGNALS, Signal
from previz.errors import PrevizError, UnknownNameError
from previz.generate.pipelines.caps import Caps, Recipe
from previz.model.limits import LARGEST_PX

__all__ = ["Chunk", "Plan", "make_plan"]


@dataclass(frozen=True)
class Chunk:
    """Frames that are made in one go.

    Attributes:
        first_frame: Of the shot, which its first made frame shows.
        length_frames: How many frames are kept of it.
        made_frames: How many the model makes; those after the shot's end repeat the
            last frame's signals and are thrown away.
        overlap_frames: How many of its first frames are the last of the chunk before,
            and are therefore given and not kept.
    """

    first_frame: int
    length_frames: int
    made_frames: int
    overlap_frames: int = 0

    @property
    def kept_from(self) -> int:
        """The first of the made frames that is kept."""
        return self.overlap_frames

    @property
    def kept_until(self) -> int:
        """One past the last of the made frames that is kept."""
        return self.kept_from + self.length_frames


@dataclass(frozen=True)
class Plan:
    """Sizes, lengths and signals as used. Shows itself as a table.

    Attributes:
        caps: Of the pipeline.
        shown: Width and height of the pictures that come back.
        made: Width and height at which the model works. The picture is cut from the
            middle of its height and scaled, so that framing is exact.
        rows: Rows of `made` that are kept; a fraction is cut in half on each side.
        chunks: In order; each frame of a still model is one.
        control: What the control picture shows; "" without one.
        used: Signals and how each is used.
        dropped: Signals and why not.
        recipe: Steps and guidance.
    """

    caps: Caps
    shown: tuple[int, int]
    made: tuple[int, int]
    rows: float
    chunks: tuple[Chunk, ...]
    control: tuple[Signal, ...]
    used: dict[Signal, str]
    dropped: dict[Signal, str]
    recipe: Recipe

    @property
    def notes(self) -> tuple[str, ...]:
        """What was snapped, in words; empty if nothing was."""
        told = []
        if self.made != self.shown:
            multiple = self.caps.multiple_px
            told.append(
                f"{_size(self.shown)} is made at {_size(self.made)} (multiples of "
                f"{multiple}), cut to {self.rows:.0f} rows and scaled"
            )
        more = sum(chunk.made_frames - chunk.kept_until for chunk in self.chunks)
        if more > 0:
            step = self.caps.multiple_frames
            frames = "frame more is" if more == 1 else "frames more are"
            told.append(f"{more} {frames} made and dropped ({step}n + 1)")
        if self.caps.makes_clips and len(self.chunks) > 1:
            told.append(
                f"made in {len(self.chunks)} parts of at most "
                f"{max(chunk.made_frames for chunk in self.chunks)} frames; each "
                f"begins with the last {_frames(self.caps.overlap_frames)} of the part "
                "before"
            )
        return tuple(told)

    def _repr_html_(self) -> str:
        rows = [(name, "used", how) for name, how in self.used.items()]
        rows += [(name, "dropped", why) for name, why in self.dropped.items()]
        body = "".join(
            f"<tr><td>{escape(a)}</td><td>{b}</td>"
            f'<td style="text-align:left">{escape(c)}</td></tr>'
            for a, b, c in rows
        )
        steps, guidance = self.recipe.steps, self.recipe.guidance
        notes = "".join(f"<br>{escape(note)}" for note in self.notes)
        return (
            f'<div style="font:12px/1.5 system-ui,sans-serif"><b>{self.caps.pipeline}'
            f"</b> · {_size(self.made)} · {steps} steps · guidance {guidance:g}{notes}"
            f"<table><tr><th>signal</th><th></th><th>how</th></tr>{body}</table></div>"
        )


def make_plan(
    caps: Caps,
    *,
    size: tuple[int, int],
    length_frames: int,
    working_size: tuple[int, int] | None = None,
    controls: tuple[Signal, ...] = (),
    offered: Iterable[Signal] = SIGNALS,
    recipe: Recipe | None = None,
) -> Plan:
    """Plan a still (`length_frames` 1) or a clip.

    Args:
        caps: Of the pipeline.
        size: Width and height of the pictures wanted.
        length_frames: How many frames.
        working_size: At about what size the model works; by default the size it was
            trained at in the shape that is wanted.
        controls: What the control pictures show, one for each control network; by
            default what the pipeline takes best.
        offered: Which signals the shot has.
        recipe: Steps and guidance; by default the pipeline's.

    Raises:
        PrevizError: If a size or length is out of range.
        UnknownNameError: If the pipeline's control picture cannot show that.
    """
    for value in (*size, *(working_size or ())):
        if not 1 <= value <= LARGEST_PX:
            raise PrevizError(
                f"Generator.size must be 1 to {LARGEST_PX} px, got {value}. "
                "Pass such as (640, 360)."
            )
    if length_frames < 1:
        raise PrevizError(
            f"Generator.length_frames must be >= 1, got {length_frames}. "
            "Pass a shot with frames."
        )
    made, rows = _working(caps, size, working_size)
    control = _control(caps, controls)
    used, dropped = _signals(caps, control, tuple(offered))
    return Plan(
        caps=caps,
        shown=size,
        made=made,
        rows=rows,
        chunks=_chunks(caps, length_frames),
        control=control,
        used=used,
        dropped=dropped,
        recipe=recipe or caps.recipe,
    )


def _working(
    caps: Caps, size: tuple[int, int], asked: tuple[int, int] | None
) -> tuple[tuple[int, int], float]:
    """Return the working size and how many of its rows the picture is.

    A camera sees the gate's width across any picture, and more height in a taller
    one: so the width is snapped, and the height is made as tall as it must be.
    """
    step, (across, down) = caps.multiple_px, size
    area = asked[0] * asked[1] if asked else caps.area_px
    wide = asked[0] if asked else math.sqrt(area * across / down)
    width = max(step, min(round(wide / step) * step, LARGEST_PX // step * step))
    rows = width * down / across
    height = max(step, math.ceil(rows / step - 1e-9) * step)
    if height > LARGEST_PX:
        raise PrevizError(
            f"Generator.size must fit within {LARGEST_PX} px, got {_size(size)}. "
            "Pass a less extreme shape."
        )
    return (width, height), rows


def _control(caps: Caps, asked: tuple[Signal, ...]) -> tuple[Signal, ...]:
    for name in asked:
        if name not in caps.shows:
            raise UnknownNameError("Generator.control", name, caps.shows)
    if len(asked) > 1 and not caps.several:
        raise PrevizError(
            f"Generator.control must be one signal for {caps.pipeline}, got "
            f"{', '.join(asked)}. Pass the one that matters most."
        )
    return asked or caps.shows[:1]


def _signals(
    caps: Caps, control: tuple[Signal, ...], offered: tuple[Signal, ...]
) -> tuple[dict[Signal, str], dict[Signal, str]]:
    used: dict[Signal, str] = {}
    dropped: dict[Signal, str] = {}
    shown = _SHOWN.get(caps.family) or (
        "control video" if caps.makes_clips else "control picture"
    )
    for name in SIGNALS:
        if name not in offered:
            continue
        if name in control:
            used[name] = shown
        elif name in caps.takes:
            used[name] = _USES.get((caps.family, name), "given as it is")
        elif name in caps.shows:
            dropped[name] = f"the {shown} shows {', '.join(control)}"
        else:
            dropped[name] = f"{caps.pipeline} takes none"
    return used, dropped


_SHOWN = {"ltx2_in_context": "reference video of the in-context LoRA"}
_USES: dict[tuple[str, Signal], str] = {
    ("wan_vace", "first"): "where given or a part continues: held by the mask",
    ("wan_vace", "last"): "where given: held by the mask",
    ("wan_vace", "references"): "reference images",
    ("ltx_conditions", "preview"): "the clip as a condition from frame 0",
    ("ltx_conditions", "first"): "where given: a condition at frame 0",
    ("ltx_conditions", "last"): "where given: a condition at the last frame",
    ("ltx2_conditions", "preview"): "the clip as a condition from frame 0",
    ("ltx2_conditions", "first"): "where given: a condition at frame 0",
    ("ltx2_conditions", "last"): "where given: a condition at the last frame",
    ("ltx2_in_context", "first"): "where given: a condition at frame 0",
    ("ltx2_in_context", "last"): "where given: a condition at the last frame",
    ("from_picture", "preview"): "noised by `strength`, then denoised",
    ("controlnet_from_picture", "preview"): "noised by `strength`, then denoised",
    ("wan_from_clip", "preview"): "noised by `strength`, then denoised",
    ("wan_from_frames", "first"): "the first frame, as previewed or as given",
    ("wan_from_frames", "last"): "where given: the last frame",
    ("sana_camera", "first"): "the first frame, as previewed or as given",
    ("sana_camera", "camera"): "pose and intrinsics of each frame",
}


def _chunks(caps: Caps, length: int) -> tuple[Chunk, ...]:
    if not caps.makes_clips:
        return tuple(Chunk(frame, 1, 1) for frame in range(length))
    most, shared, step = caps.most_frames, caps.overlap_frames, caps.multiple_frames
    if length > most:
        # Parts of about one length: a short one would see too little of the shot.
        parts = math.ceil((length - shared) / (most - shared))
        most = _snapped(math.ceil((length - shared) / parts) + shared, step)
    out: list[Chunk] = []
    at = 0
    while at < length:
        repeated = shared if at else 0
        count = min(length - at + repeated, most)
        kept = count - repeated
        out.append(Chunk(at - repeated, kept, _snapped(count, step), repeated))
        at += kept
    return tuple(out)


def _snapped(frames: int, step: int) -> int:
    """Return the least length of `step` times n, plus 1, that holds so many frames."""
    return math.ceil((frames - 1) / step) * step + 1


def _frames(count: int) -> str:
    return "frame" if count == 1 else f"{count} frames"


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]}"
