"""A plan of a shot for a model: what becomes of each signal, in words, and warnings."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from previz.controls import Signal
from previz.errors import PrevizError
from previz.generate.pipelines import plan as pipelines
from previz.promote.choice import Choice
from previz.promote.forecast import forecast
from previz.promote.frozen import Order
from previz.promote.options import check_picture
from previz.promote.plan import Chunk, Plan, Run, Use

__all__ = ["plan_model"]

_CARRIES: dict[str, tuple[str, ...]] = {
    "depth": ("camera", "rays", "normal", "pose", "flow"),
    "edges": ("camera", "rays", "soft_edges", "canny", "mattes", "pose", "flow"),
    "soft_edges": ("camera", "rays", "edges", "canny", "mattes", "pose", "flow"),
    "canny": ("camera", "rays", "edges", "soft_edges", "mattes", "pose", "flow"),
    "normal": ("camera", "rays", "depth", "pose", "flow"),
    "mattes": ("camera", "rays", "pose", "flow"),
    "preview": (
        "camera", "rays", "depth", "edges", "soft_edges", "canny", "normal", "mattes",
        "pose", "flow",
    ),
}  # fmt: skip
"""What can be seen within a control picture that shows something else."""


def plan_model(
    choice: Choice,
    order: Order,
    *,
    length_frames: int,
    rate_fps: float,
    runs: Sequence[Run] = (),
) -> Plan:
    """Return what a model would do with a shot.

    Args:
        choice: The model, and how it is run.
        order: How the shot is to be made.
        length_frames: Of the shot.
        rate_fps: Of the film.
        runs: What was measured before.

    Raises:
        GenerateError: If a picture that is given is no file.
        PrevizError: If a keyframe lies outside the shot.
    """
    _check_frames(choice, length_frames)
    _check_pictures(choice)
    made = choice.sizes(order, length_frames=length_frames)
    plan = Plan(
        backend=choice.backend,
        shown=made.shown,
        made=made.made,
        length_frames=length_frames,
        chunks=tuple(_chunk(chunk) for chunk in made.chunks),
        uses=_uses(choice, made, length_frames),
        steps=choice.recipe.steps,
        model=_model(choice),
        licence=choice.weights.licence,
    )
    told = forecast(plan, runs)
    warnings = _warnings(choice, made, rate_fps, measured=told.from_runs > 0)
    return dataclasses.replace(plan, forecast=told, warnings=warnings)


def _chunk(chunk: pipelines.Chunk) -> Chunk:
    """Return a part of a pipeline's plan as a part of a take's."""
    return Chunk(
        first_frame=chunk.first_frame,
        length_frames=chunk.kept_until,
        overlap=chunk.overlap_frames,
        made_frames=chunk.made_frames,
    )


def _check_frames(choice: Choice, length_frames: int) -> None:
    for frame in choice.options.keyframes:
        if frame >= length_frames:
            raise PrevizError(
                f"Options.keyframes must be within the shot's {length_frames} frames, "
                f"got {frame}. Count from 0."
            )


def _check_pictures(choice: Choice) -> None:
    """Raise where a picture is missing: before anything is spent, not after."""
    for path in choice.options.keyframes.values():
        check_picture(path, "keyframes")
    for path in choice.options.references.values():
        check_picture(path, "references")


def _model(choice: Choice) -> str:
    """Return the weights' name and what makes a step dearer or cheaper."""
    parts = [choice.source.rstrip("/").rsplit("/", 1)[-1]]
    parts += ["in context"] if choice.options.in_context else []
    parts += ["guided"] if choice.recipe.guidance > 1 else []
    parts += [str(choice.tuning)] if str(choice.tuning) else []
    return " · ".join(parts)


def _uses(choice: Choice, made: pipelines.Plan, length: int) -> tuple[Use, ...]:
    out = [Use(name, "used", how) for name, how in made.used.items()]
    out += [_left(made, name, why) for name, why in made.dropped.items()]
    said = {"first": _keyframes, "last": _keyframes, "references": _references}
    uses = [
        said[use.signal](choice, made, use, length) if use.signal in said else use
        for use in out
    ]
    middle = [at for at in choice.options.keyframes if 0 < at < length - 1]
    if middle:
        uses.append(_middle(choice, sorted(middle)))
    uses = [*uses, *_loras(choice), _sound(choice)]
    return tuple(sorted(uses, key=lambda use: _FATES.index(use.fate)))


_FATES = ("used", "merged", "dropped")


def _left(made: pipelines.Plan, name: Signal, why: str) -> Use:
    """Return what becomes of a signal that the pipeline is not given."""
    shown: list[Signal] = [*made.control]
    shown += ["preview"] if "preview" in made.used else []
    within = next((one for one in shown if name in _CARRIES.get(one, ())), None)
    if within is None:
        return Use(name, "dropped", why)
    return Use(name, "merged", f"seen within the {within}; {why}")


def _keyframes(choice: Choice, made: pipelines.Plan, use: Use, length: int) -> Use:
    at = 0 if use.signal == "first" else length - 1
    if use.fate != "used":
        return use
    if at in choice.options.keyframes:
        return dataclasses.replace(use, how="as given: the frame is held")
    if choice.caps.family in ("wan_from_frames", "sana_camera") and at == 0:
        return dataclasses.replace(use, how="the preview's first frame")
    if use.signal == "first" and len(made.chunks) > 1:
        shared = choice.caps.overlap_frames
        how = f"each part but the first is given the last {shared} of the one before"
        return dataclasses.replace(use, how=how)
    return Use(use.signal, "dropped", "none is given (Options.keyframes)")


def _references(choice: Choice, made: pipelines.Plan, use: Use, length: int) -> Use:
    del made, length
    if use.fate == "used":
        how = "reference images of the shot's people, as far as they have some"
        return dataclasses.replace(use, how=how)
    return Use("references", "merged", f"described in the prompt; {use.how}")


def _middle(choice: Choice, frames: list[int]) -> Use:
    caps = choice.caps
    listed = ", ".join(str(frame) for frame in frames)
    if caps.keyframes != "any":
        taken = {"ends": "only the first and last", "first": "only the first"}
        why = taken.get(caps.keyframes, "none")
        return Use("keyframes", "dropped", f"{caps.pipeline} takes {why}: {listed}")
    near = ", each at the nearest of frames 8n + 1" if "ltx2" in caps.family else ""
    return Use("keyframes", "used", f"held at frames {listed}{near}")


def _loras(choice: Choice) -> list[Use]:
    told = choice.options
    out = [
        Use(f"LoRA of {name}", "used", f"{_stem(one.source)} × {one.weight:g}")
        for name, one in sorted(told.loras.items())
    ]
    rest = [*told.look_loras, told.few_steps, told.in_context]
    out += [
        Use("LoRA", "used", f"{_stem(one.source)} × {one.weight:g}")
        for one in rest
        if one is not None
    ]
    return out


def _stem(source: str) -> str:
    return source.rsplit("/", 1)[-1].removesuffix(".safetensors")


def _sound(choice: Choice) -> Use:
    if choice.caps.sound:
        return Use("sound", "used", "made along with the pictures, from the prompt")
    return Use("sound", "dropped", f"{choice.caps.pipeline} makes none")


def _warnings(
    choice: Choice, made: pipelines.Plan, rate_fps: float, *, measured: bool
) -> tuple[str, ...]:
    caps, weights = choice.caps, choice.weights
    told = list(made.notes)
    larger = made.shown[0] / made.made[0]
    if larger > 1.05:
        told.append(f"pictures are enlarged {larger:.1f} times: they will be softer")
    if not caps.makes_clips and len(made.chunks) > 1:
        told.append(f"{caps.pipeline} makes each frame alone: expect flicker")
    if caps.rate_fps and abs(rate_fps - caps.rate_fps) > 1.0:
        told.append(
            f"it learnt motion at {caps.rate_fps:g} frames a second and is shown "
            f"{rate_fps:g}: fast moves may smear"
        )
    if caps.makes_clips and 1 < made.chunks[-1].made_frames < _SHORT:
        told.append("so short a clip is outside what it was trained on")
    if weights.asks:
        told.append(f"{weights.licence}: {weights.asks}")
    if weights.bytes:
        told.append(
            f"weights take {weights.bytes / 1e9:.0f} GB; what does not fit the GPU "
            "waits in main memory, and each step takes longer"
        )
    if not measured:
        told.append("no run of this kind was measured yet: time and memory are open")
    return tuple(text[0].upper() + text[1:] + "." for text in told)


_SHORT = 17
"""Frames below which video models lose their sense of motion."""
