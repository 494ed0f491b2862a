"""Take a shot through a model of diffusers, part by part: what the backends share."""

from __future__ import annotations

import dataclasses
import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from previz.controls import Footage, Signal
from previz.errors import PromoteError
from previz.generate.pipelines.files import check_files, lora_file, weights_in
from previz.generate.pipelines.loading import at_hand
from previz.promote.backend import Frame, Task
from previz.promote.backends.rungs import Rung, first_rung, next_rung
from previz.promote.backends.scratch import Kept
from previz.promote.choice import Choice, choose
from previz.promote.frozen import Order
from previz.promote.model_plan import plan_model
from previz.promote.options import (
    Options,
    kept_or_file,
    options_of,
    picture_file,
)
from previz.promote.pictures import is_kept
from previz.promote.plan import Plan, Run

if TYPE_CHECKING:
    from PIL.Image import Image

    from previz.generate.pipelines import Loaded, Pipeline
    from previz.generate.pipelines.gathered import Reference
    from previz.generate.pipelines.plan import Plan as Sizes

__all__ = ["AbstractModelBackend"]

_warm: dict[str, Loaded] = {}
"""The model that was used last, for the next shot: loading one takes minutes."""
_PACKAGES = ("torch", "diffusers", "transformers", "peft")


class AbstractModelBackend:
    """One family of models as a backend of promotion.

    Attributes:
        name: Its name in an order; the key of its weights in `promote.caps.WEIGHTS`.
    """

    name = ""

    def plan(
        self,
        order: Order,
        *,
        length_frames: int,
        rate_fps: float,
        runs: Sequence[Run] = (),
    ) -> Plan:
        """Return what it would do: pure, without GPU, weights or network.

        Raises:
            PrevizError: If the order cannot be carried out.
        """
        choice = choose(self.name, order)
        return plan_model(
            choice, order, length_frames=length_frames, rate_fps=rate_fps, runs=runs
        )

    def told(self, order: Order, footage: Footage) -> dict[str, str]:
        """Return the prompt, and the SHA-256 of each picture that is given."""
        told = options_of(order)
        out = {
            "prompt": told.prompt.replace("{shot}", footage.prompt),
            "people": " ".join(footage.shot.subjects),
        }
        named = {f"keyframe {at}": path for at, path in told.keyframes.items()}
        named |= {f"reference {who}": path for who, path in told.references.items()}
        for name, path in sorted(named.items()):
            if is_kept(path):
                out[name] = path
                continue
            content = picture_file(path, name.split()[0] + "s").read_bytes()
            out[name] = hashlib.sha256(content).hexdigest()
        for person in footage.film.characters:
            names = [one.picture for one in person.references]
            there = [name for name in names if footage.stage.assets.picture(name)]
            if there and person.id in footage.shot.subjects:
                out[f"references of {person.id}"] = " ".join(there)
        return out

    def weights(self, order: Order) -> dict[str, str]:
        """Return the SHA-256 of each file of weights that lies on this machine.

        An id that was never fetched here is named by the order alone; `sha256` and
        `revision` of its options pin it.

        Raises:
            GenerateError: If a path holds none, or pickles, code or another hash.
        """
        choice = choose(self.name, order)
        told = choice.options
        out: dict[str, str] = {}
        for name, source in _sources(choice).items():
            main = name == "model"
            place = at_hand(source, revision=told.revision or None if main else None)
            if place is None:
                continue
            if place.is_dir():
                check_files(place, sha256=(told.sha256 or None) if main else None)
            place = place if _whole(name) else lora_file(place)
            found = weights_in(place)
            out |= {f"{name}/{file}": digest for file, digest in found.items()}
        return out

    def versions(self) -> dict[str, str]:
        """Return the versions of the packages that decide its pixels."""
        found = {}
        for package in _PACKAGES:
            try:
                found[package] = metadata.version(package)
            except metadata.PackageNotFoundError:
                continue
        return found

    def frames(self, task: Task) -> Iterator[Frame]:
        """Yield the wanted frames in order, each as soon as its part is whole.

        Where memory runs out the placement gets lighter, then the tier cheaper (as
        long as nothing of the take is made), and the manifest is told.

        Raises:
            MissingRuntimeError: If the extra `models` is missing.
            PromoteError: If pictures that the order names are others than when the
                shot was frozen.
            GenerationStoppedError: If the task was stopped.
            GenerateError: If the model cannot be had or trusted, failed, gave no
                picture, or does not fit this machine at all.
        """
        from previz.generate.pipelines import OutOfMemoryError

        self._check_told(task)
        kept = Kept(task.scratch)
        rung = first_rung(kept, task.frozen.order)
        left = list(task.wanted)
        begun = kept.any_part or len(left) < task.plan.length_frames
        while left:
            try:
                for frame in self._parts(task, self._pipeline(task, rung), kept, left):
                    left.remove(frame.number)
                    yield frame
                    begun = True
            except OutOfMemoryError as error:
                _warm.clear()
                rung = next_rung(rung, error, begun=begun)
                kept.settle(dataclasses.asdict(rung))
                task.note(rung.note)
        kept.finish()

    def _check_told(self, task: Task) -> None:
        here, known = self.told(task.frozen.order, task.footage), task.frozen.told
        other = [name for name in sorted({*here, *known})
                 if here.get(name) != known.get(name)]  # fmt: skip
        if other:
            raise PromoteError(
                f"Frozen.told must be what the model is given, got another {other[0]} "
                "here. Promote the shot again; pictures that an order names must not "
                "change until it is made."
            )

    def _pipeline(self, task: Task, rung: Rung) -> Pipeline:
        """Return the model, set up for the shot."""
        from previz.generate.pipelines import Pipeline

        order, footage = task.frozen.order, task.footage
        choice = choose(self.name, order, quality=rung.quality)
        told = choice.options
        begun: dict[str, Any] = {}
        if told.strength is not None:
            begun["strength"] = told.strength
        return Pipeline(
            _loaded(task, choice, rung),
            controls=choice.controls,
            prompt=told.prompt,
            negative=choice.negative,
            steps=choice.recipe.steps,
            guidance=choice.recipe.guidance,
            working_size=choice.working_size,
            hold=told.hold,
            seed=order.seed,
            references=_references(told, footage),
            distilled=choice.distilled,
            **begun,
        )

    def _parts(
        self, task: Task, pipeline: Pipeline, kept: Kept, left: list[int]
    ) -> Iterator[Frame]:
        told = options_of(task.frozen.order)
        sizes = _sizes(task, pipeline, told)
        keyframes = _opened(told, task.footage)
        wanted = set(left)
        for number, chunk in enumerate(sizes.chunks):
            first = chunk.first_frame + chunk.overlap_frames
            numbers = range(first, first + chunk.length_frames)
            if not wanted.intersection(numbers):
                continue
            pictures = kept.part(number)
            if pictures is None:
                part = pipeline.part(
                    task.footage,
                    sizes,
                    chunk,
                    keyframes=keyframes,
                    before=_before(task, sizes, kept, number),
                    on_step=_steps(task, sizes, number),
                    stopped=task.stopped,
                )
                pictures = part.pictures
                if sizes.caps.makes_clips:
                    kept.keep(number, pictures, part.sound)
            yield from _delivered(sizes, numbers, pictures, wanted)


def _loaded(task: Task, choice: Choice, rung: Rung) -> Loaded:
    """Return the weights where they run, as they were left if none of it changes."""
    from previz.generate.pipelines import load

    told, loras = choice.options, choice.loras(task.footage.shot.subjects)
    how: dict[str, Any] = {
        "controlnets": told.controlnets,
        "loras": loras,
        "from_preview": told.strength is not None,
        "sha256": told.sha256 or None,
        "revision": told.revision or None,
        "dtype": rung.dtype or told.dtype,
        "offload": rung.offload,
        "eighths": rung.eighths,
        "tuning": choice.tuning,
    }
    key = repr((choice.source, how, sorted(task.frozen.weights.items())))
    if key not in _warm:
        _warm.clear()
        gc.collect()  # pipelines hold themselves in circles
        task.report("loading", 0, 1)
        _warm[key] = load(choice.source, **how)
    return _warm[key]


def _sizes(task: Task, pipeline: Pipeline, told: Options) -> Sizes:
    """Return sizes and parts as the loaded model makes them."""
    order, footage = task.frozen.order, task.footage
    ends: dict[Signal, int] = {"first": 0, "last": footage.length_frames - 1}
    return pipeline.plan(
        footage,
        size=(order.width_px, order.height_px),
        length_frames=footage.length_frames,
        keyframes=[name for name, at in ends.items() if at in told.keyframes],
    )


def _before(
    task: Task, sizes: Sizes, kept: Kept, number: int
) -> NDArray[np.uint8] | None:
    """Return the frames that a part continues, as made, or None for the first.

    Where the scratch folder lost them, the delivered frames are scaled back.
    """
    from previz.generate.pipelines import as_made

    chunk = sizes.chunks[number]
    if not chunk.overlap_frames:
        return None
    found = kept.last(number, chunk.overlap_frames)
    if found is not None:
        return found
    frames = range(chunk.first_frame, chunk.first_frame + chunk.overlap_frames)
    return np.stack([as_made(sizes, _codes(task.made(frame))) for frame in frames])


def _codes(frame: Frame) -> NDArray[np.uint8]:
    return np.asarray(frame.picture, np.uint8)


def _delivered(
    sizes: Sizes, numbers: range, pictures: NDArray[np.uint8], wanted: set[int]
) -> Iterator[Frame]:
    """Yield a part's frames that are wanted, at the size that is shown."""
    from previz.generate.pipelines import as_shown

    for number, picture in zip(numbers, pictures, strict=True):
        if number in wanted:
            yield Frame(number, as_shown(sizes, picture[None])[0])


def _steps(task: Task, sizes: Sizes, number: int) -> Callable[[int], None]:
    """Return what tells of a part's steps."""
    each, parts = sizes.recipe.steps, len(sizes.chunks)
    name = f"part {number + 1} of {parts}" if parts > 1 else "steps"

    def told(step: int) -> None:
        task.report(name, number * each + min(step, each), each * parts)

    return told


def _opened(told: Options, footage: Footage) -> dict[int, Image]:
    """Return the keyframes, read."""
    assets = footage.stage.assets
    return {
        at: kept_or_file(named, "keyframes", assets)
        for at, named in told.keyframes.items()
    }


def _references(told: Options, footage: Footage) -> dict[str, tuple[Reference, ...]]:
    """Return pictures of the shot's people: the order's, then those of the film."""
    from previz.assets import picture_of

    assets = footage.stage.assets
    out: dict[str, tuple[Reference, ...]] = {}
    for person in footage.film.characters:
        given: list[Reference] = []
        if person.id in told.references:
            named = told.references[person.id]
            given.append(kept_or_file(named, "references", assets))
        pinned = [assets.picture(one.picture) for one in person.references]
        given += [picture_of(one) for one in pinned if one is not None]
        if given:
            out[person.id] = tuple(given[:_MOST_REFERENCES])
    return out


_MOST_REFERENCES = 2
"""Pictures of one person that are given: more of them water each other down."""


def _sources(choice: Choice) -> dict[str, str]:
    """Return what has weights, by what it is."""
    told = choice.options
    out = {"model": choice.source}
    out |= {f"controlnet {name}": net for name, net in told.controlnets.items()}
    out |= {f"lora {name}": one.source for name, one in told.loras.items()}
    out |= {f"lora {n}": one.source for n, one in enumerate(told.look_loras)}
    others = {"few steps": told.few_steps, "in context": told.in_context}
    return out | {name: one.source for name, one in others.items() if one is not None}


def _whole(name: str) -> bool:
    """Return whether a source is a folder of a model, not a LoRA's one file."""
    return name == "model" or name.startswith("controlnet")
