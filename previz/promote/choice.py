"""Which model an order means, and how it would be run: pure, and without torch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from previz.controls import Signal
from previz.errors import PrevizError, UnknownNameError
from previz.generate.pipelines.caps import (
    Caps,
    Recipe,
    caps_of,
    class_for,
    is_distilled,
)
from previz.generate.pipelines.loading import Lora, class_of
from previz.generate.pipelines.plan import Plan, make_plan
from previz.generate.pipelines.tuning import Tuning
from previz.promote.caps import TIERS, UNKNOWN, WEIGHTS, Weights, recipe_of, tuning_of
from previz.promote.frozen import Order, Quality
from previz.promote.options import Options, options_of

__all__ = ["Choice", "choose"]


@dataclass(frozen=True)
class Choice:
    """A model, and how a tier of an order runs it.

    Attributes:
        backend: The backend's name.
        quality: The tier; the order's, or a cheaper one that fits.
        options: The order's, read.
        weights: What is known of the model.
        source: Its id or folder.
        caps: What its pipeline takes.
        recipe: Steps and guidance.
        tuning: What makes steps cheaper.
        distilled: Whether it is of few steps.
        working_size: At about what size it works.
    """

    backend: str
    quality: Quality
    options: Options
    weights: Weights
    source: str
    caps: Caps
    recipe: Recipe
    tuning: Tuning
    distilled: bool
    working_size: tuple[int, int]

    @property
    def controls(self) -> tuple[Signal, ...]:
        """What control pictures show, as far as the order says."""
        if self.options.controlnets:
            return tuple(self.options.controlnets)
        return (self.options.control,) if self.options.control else ()

    @property
    def negative(self) -> str:
        """What is not to be seen."""
        asked = self.options.negative
        return self.weights.negative if asked is None else asked

    def loras(self, subjects: tuple[str, ...]) -> tuple[Lora, ...]:
        """Return the LoRAs of a shot with these subjects."""
        told = self.options
        chosen = [told.loras[name] for name in sorted(subjects) if name in told.loras]
        chosen += told.look_loras
        chosen += [told.few_steps] if told.few_steps else []
        loras = [Lora(one.source, one.weight) for one in chosen]
        if told.in_context:
            one = told.in_context
            loras.append(Lora(one.source, one.weight, in_context=True))
        return tuple(loras)

    def sizes(self, order: Order, *, length_frames: int) -> Plan:
        """Return sizes, parts and signals as the pipeline would use them."""
        return make_plan(
            self.caps,
            size=(order.width_px, order.height_px),
            length_frames=length_frames,
            working_size=self.working_size,
            controls=self.controls,
            recipe=self.recipe,
        )


def choose(backend: str, order: Order, *, quality: Quality | None = None) -> Choice:
    """Return which model an order means and how it would be run.

    Args:
        backend: The backend's name.
        order: How the shot is to be made.
        quality: A tier instead of the order's.

    Raises:
        ModelError: If an option is unknown or out of range.
        UnknownNameError: If previz cannot fill the model's pipeline.
        GenerateError: If the model's folder holds none.
        PrevizError: If the model does not take what the options ask.
    """
    told, tier = options_of(order), quality or order.quality
    source, weights = _weights(backend, told)
    caps = caps_of(_class(backend, told, source, weights))
    _check(backend, told, caps, source)
    names = [source, told.few_steps.source if told.few_steps else ""]
    distilled = told.few_steps is not None or is_distilled(Path(names[0]).name)
    usual = recipe_of(caps, tier, distilled=distilled)
    recipe = Recipe(
        told.steps or usual.steps,
        usual.guidance if told.guidance is None else told.guidance,
    )
    return Choice(
        backend=backend,
        quality=tier,
        options=told,
        weights=weights,
        source=source,
        caps=caps,
        recipe=recipe,
        tuning=_tuning(told, tier, recipe.steps),
        distilled=distilled,
        working_size=told.working_size or _size(order, tier, caps, weights),
    )


def _weights(backend: str, told: Options) -> tuple[str, Weights]:
    known = WEIGHTS[backend]
    name = told.model or next(iter(known), "")
    if name.lower() in known:
        return known[name.lower()].source, known[name.lower()]
    if not name:
        raise PrevizError(
            "Options.model must be the folder or the id of a model, got none. Pass "
            'such as {"model": "folder that save_pretrained wrote"}.'
        )
    if "/" not in name and not Path(name).expanduser().is_dir():
        if known:
            raise UnknownNameError("Options.model", name, known)
        raise PrevizError(
            "Options.model must be a folder that save_pretrained wrote or an id such "
            f"as owner/name, got {name!r}, which is no folder here. Check the path."
        )
    every = [one for models in WEIGHTS.values() for one in models.values()]
    same = [one for one in every if one.source == name]
    return name, same[0] if same else UNKNOWN


def _class(backend: str, told: Options, source: str, weights: Weights) -> str:
    folder = Path(source).expanduser()
    how = {
        "controlled": bool(told.controlnets),
        "from_preview": told.strength is not None,
        "in_context": told.in_context is not None,
    }
    if folder.is_dir():
        return class_of(folder, **how)
    usual = next((one.pipeline for one in WEIGHTS[backend].values()), "")
    named = weights.pipeline or told.pipeline or usual
    if not named:
        raise PrevizError(
            f"Options.pipeline must name the class in diffusers of {source!r}, got "
            "none. Its page says it (model_index.json); or pass a folder."
        )
    return class_for(named, **how)


_FAMILIES = {"wan-vace": ("wan_vace",), "ltx-2": ("ltx2_conditions", "ltx2_in_context")}


def _check(backend: str, told: Options, caps: Caps, source: str) -> None:
    wanted = _FAMILIES.get(backend)
    if wanted is not None and caps.family not in wanted:
        raise PrevizError(
            f"Options.model must be one of {backend}, got {source} of the class "
            f"{caps.pipeline}. Pass backend='diffusers' for it."
        )
    if told.in_context and caps.family != "ltx2_in_context":
        raise PrevizError(
            f"Options.in_context must go with LTX-2, got {caps.pipeline}. Pass it "
            "among `loras`."
        )
    if told.controlnets and not caps.several:
        raise PrevizError(
            f"Options.controlnets must go with a Stable Diffusion model, got "
            f"{caps.pipeline}. Leave it out; `control` says what its control shows."
        )


def _tuning(told: Options, quality: Quality, steps: int) -> Tuning:
    usual = tuning_of(quality, steps=steps)
    return Tuning(
        cache=told.cache or usual.cache,
        every=usual.every,
        attention=told.attention,
        compiled=told.compiled,
    )


def _size(
    order: Order, quality: Quality, caps: Caps, weights: Weights
) -> tuple[int, int]:
    """Return a working size in the shape of the order.

    As large as the weights are best at, but no larger than the order where its class
    was trained at less.
    """
    wide, high = order.width_px, order.height_px
    best = weights.area_px or caps.area_px
    area = min(best, max(caps.area_px, wide * high)) * TIERS[quality].area
    across = math.sqrt(area * wide / high)
    return max(16, round(across)), max(16, round(across * high / wide))
