"""How each family of pipelines is called: one small function each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from previz.controls import CameraTrack
from previz.generate.pipelines.plan import Plan

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Given", "arguments"]


@dataclass(frozen=True)
class Given:
    """What one call is made of. Pictures are of the size that the model works at.

    Attributes:
        prompt: What is to be seen.
        negative: What is not.
        frames: How many frames are made.
        rate_fps: Frames a second.
        controls: The control pictures, one list of frames for each control signal.
        preview: The preview's frames, if they are used.
        held: Frames that are given as finished pictures, by number.
        references: Pictures of what must be recognised.
        camera: The camera's path, if it is used.
        strength: How far from the preview, 0 to 1; at 1 it is forgotten.
        hold: How strictly the control pictures hold; 1 as trained.
        distilled: Whether weights or LoRA are of few steps.
        first_ltx2: Whether it is LTX-2 as first published, before 2.3.
        smaller: By how much an in-context LoRA wants its reference video scaled down.
    """

    prompt: str
    negative: str
    frames: int
    rate_fps: float
    controls: tuple[tuple[Image, ...], ...] = ()
    preview: tuple[Image, ...] = ()
    held: Mapping[int, Image] = field(default_factory=dict)
    references: tuple[Image, ...] = ()
    camera: CameraTrack | None = None
    strength: float = 0.6
    hold: float = 1.0
    distilled: bool = False
    first_ltx2: bool = False
    smaller: int = 1

    @property
    def lead(self) -> tuple[Image, ...]:
        """The held frames from the first on, without a gap."""
        out: list[Image] = []
        while len(out) in self.held:
            out.append(self.held[len(out)])
        return tuple(out)

    def after_lead(self) -> Iterator[tuple[int, Image]]:
        """Give the other held frames, in order."""
        led = len(self.lead)
        yield from ((at, self.held[at]) for at in sorted(self.held) if at >= led)


def arguments(plan: Plan, given: Given) -> dict[str, Any]:
    """Return the keyword arguments of a pipeline's call, save noise and callbacks."""
    width, height = plan.made
    common = {
        "prompt": given.prompt,
        "height": height,
        "width": width,
        "num_inference_steps": plan.recipe.steps,
        "guidance_scale": plan.recipe.guidance,
    }
    if given.negative and plan.recipe.guidance > 1:
        common["negative_prompt"] = given.negative
    filled = common | _FAMILIES[plan.caps.family](plan, given)
    return {name: value for name, value in filled.items() if value is not None}


def _controlnet(plan: Plan, given: Given) -> dict[str, Any]:
    images = [frames[0] for frames in given.controls]
    scales = [given.hold] * len(images)
    one = len(images) == 1
    return {
        "image": images[0] if one else images,
        "controlnet_conditioning_scale": scales[0] if one else scales,
    }


def _controlnet_from_picture(plan: Plan, given: Given) -> dict[str, Any]:
    net = _controlnet(plan, given)
    return net | {
        "image": given.preview[0],
        "control_image": net["image"],
        **_strength(plan, given),
    }


def _from_picture(plan: Plan, given: Given) -> dict[str, Any]:
    # These take their size from the picture.
    return {
        "height": None,
        "width": None,
        "image": given.preview[0],
        **_strength(plan, given),
    }


def _strength(plan: Plan, given: Given) -> dict[str, Any]:
    """Return strength, and so many steps that at least one of them is left of it."""
    steps = max(plan.recipe.steps, math.ceil(1.0 / given.strength))
    return {"strength": given.strength, "num_inference_steps": steps}


def _control_image(plan: Plan, given: Given) -> dict[str, Any]:
    out: dict[str, Any] = {"control_image": given.controls[0][0]}
    if plan.caps.pipeline == "FluxControlPipeline":
        # It takes neither, as its guidance is within the network.
        return out | {"negative_prompt": None}
    out["controlnet_conditioning_scale"] = given.hold
    if plan.caps.pipeline == "QwenImageControlNetPipeline":
        out |= {"true_cfg_scale": plan.recipe.guidance, "guidance_scale": None}
    return out


def _wan_vace(plan: Plan, given: Given) -> dict[str, Any]:
    from PIL import Image

    video = list(given.controls[0])
    # White is what the model paints, black what it keeps.
    mask = [Image.new("L", plan.made, 255) for _ in video]
    for frame, picture in given.held.items():
        video[frame], mask[frame] = picture, Image.new("L", plan.made, 0)
    out = {
        "video": video,
        "mask": mask,
        "num_frames": given.frames,
        "conditioning_scale": given.hold,
    }
    if given.references:
        out["reference_images"] = list(given.references)
    return out


def _wan_from_clip(plan: Plan, given: Given) -> dict[str, Any]:
    video = list(given.preview)
    if 0 in given.held:
        video[0] = given.held[0]
    return {"video": video, **_strength(plan, given)}


def _wan_from_frames(plan: Plan, given: Given) -> dict[str, Any]:
    out: dict[str, Any] = {
        "image": given.held.get(0) or given.preview[0],
        "num_frames": given.frames,
    }
    others = [picture for _, picture in given.after_lead()]
    if others:
        out["last_image"] = others[-1]
    return out


def _ltx_conditions(plan: Plan, given: Given) -> dict[str, Any]:
    from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition

    conditions = [
        LTXVideoCondition(video=list(given.preview), strength=1.0 - given.strength)
    ]
    lead = list(given.lead)
    if len(lead) == 1:
        conditions.append(LTXVideoCondition(image=lead[0]))
    elif lead:
        conditions.append(LTXVideoCondition(video=lead))
    conditions += [
        LTXVideoCondition(image=picture, frame_index=frame)
        for frame, picture in given.after_lead()
    ]
    out: dict[str, Any] = {
        "conditions": conditions,
        "num_frames": given.frames,
        "frame_rate": given.rate_fps,
        "decode_timestep": 0.05,
        "decode_noise_scale": 0.025,
    }
    if given.distilled:
        out["image_cond_noise_scale"] = 0.0
        if plan.recipe.steps == len(_LTX_DISTILLED):
            out["timesteps"] = list(_LTX_DISTILLED)
    return out


_LTX_DISTILLED = (1000, 993, 987, 981, 975, 909, 725, 0.03)
"""The eight timesteps that LTX-Video 0.9.8 was distilled at (its model card)."""


_LTX2_LATENT = 8
"""Frames to one latent frame after the first."""


def _ltx2_conditions(plan: Plan, given: Given) -> dict[str, Any]:
    from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition

    preview = LTX2VideoCondition(
        frames=list(given.preview), strength=1.0 - given.strength
    )
    return _ltx2(plan, given) | {"conditions": [preview, *_ltx2_held(given)]}


def _ltx2_in_context(plan: Plan, given: Given) -> dict[str, Any]:
    from diffusers.pipelines.ltx2.pipeline_ltx2_ic_lora import LTX2ReferenceCondition

    return _ltx2(plan, given) | {
        "conditions": _ltx2_held(given) or None,
        "reference_conditions": [LTX2ReferenceCondition(list(given.controls[0]))],
        "reference_downscale_factor": given.smaller,
        "conditioning_attention_strength": given.hold,
    }


def _ltx2_held(given: Given) -> list[Any]:
    """Return finished frames as conditions.

    `index` counts latent frames, which begin at 0, 1, 9, 17 …: the nearest is taken.
    """
    from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition

    lead = [LTX2VideoCondition(frames=list(given.lead))] if given.lead else []
    last = (given.frames - 1) // _LTX2_LATENT
    return lead + [
        LTX2VideoCondition(
            frames=picture, index=min(round((frame - 1) / _LTX2_LATENT) + 1, last)
        )
        for frame, picture in given.after_lead()
    ]


def _ltx2(plan: Plan, given: Given) -> dict[str, Any]:
    """Return what both ways of LTX-2 are told."""
    from diffusers.pipelines.ltx2.utils import DISTILLED_SIGMA_VALUES

    out: dict[str, Any] = {"num_frames": given.frames, "frame_rate": given.rate_fps}
    if given.first_ltx2:
        # Sound and picture each went by their own noise level there.
        out["use_cross_timestep"] = False
    if given.distilled:
        # Trained without any of the guidances.
        out |= {
            "stg_scale": 0.0,
            "modality_scale": 1.0,
            "guidance_rescale": 0.0,
            "audio_guidance_scale": 1.0,
            "audio_stg_scale": 0.0,
            "audio_modality_scale": 1.0,
            "audio_guidance_rescale": 0.0,
        }
        if plan.recipe.steps == len(DISTILLED_SIGMA_VALUES):
            out["sigmas"] = list(DISTILLED_SIGMA_VALUES)
    return out


def _sana_camera(plan: Plan, given: Given) -> dict[str, Any]:
    if given.camera is None:
        raise AssertionError("the plan uses the camera")
    return {
        "image": given.held.get(0) or given.preview[0],
        "num_frames": given.frames,
        "fps": round(given.rate_fps),
        "c2w": given.camera.from_first(),
        "intrinsics": given.camera.intrinsics_px,
    }


_FAMILIES: dict[str, Callable[[Plan, Given], dict[str, Any]]] = {
    "controlnet": _controlnet,
    "controlnet_from_picture": _controlnet_from_picture,
    "from_picture": _from_picture,
    "control_image": _control_image,
    "wan_vace": _wan_vace,
    "wan_from_clip": _wan_from_clip,
    "wan_from_frames": _wan_from_frames,
    "ltx_conditions": _ltx_conditions,
    "ltx2_conditions": _ltx2_conditions,
    "ltx2_in_context": _ltx2_in_context,
    "sana_camera": _sana_camera,
}
