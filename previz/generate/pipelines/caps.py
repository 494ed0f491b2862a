"""What each pipeline class of diffusers takes of a shot: one table, declared.

A row says which signals the class takes and as what, which sizes and lengths it can
make, and how many steps it wants. Nothing here needs torch: a plan can be made, and
shown, on a machine without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from previz.controls import Signal
from previz.errors import UnknownNameError

__all__ = [
    "CAPS",
    "Caps",
    "Grain",
    "Keyframes",
    "Recipe",
    "caps_of",
    "class_for",
    "is_distilled",
]

Family = Literal[
    "controlnet",
    "controlnet_from_picture",
    "from_picture",
    "control_image",
    "wan_vace",
    "wan_from_clip",
    "wan_from_frames",
    "ltx_conditions",
    "ltx2_conditions",
    "ltx2_in_context",
    "sana_camera",
]


Keyframes = Literal["any", "ends", "first", "none"]
"""Which frames of a clip may be given as finished pictures."""


@dataclass(frozen=True)
class Recipe:
    """How many steps, and how strongly the prompt is followed.

    Attributes:
        steps: Denoising steps.
        guidance: Classifier-free guidance; at 1 or below it is off and a step costs
            half.
    """

    steps: int
    guidance: float


@dataclass(frozen=True)
class Grain:
    """How the initial noise lies over picture and time.

    Attributes:
        stride_px: Pixels along one latent pixel.
        stride_frames: Frames to one latent frame after the first.
    """

    stride_px: int
    stride_frames: int = 1


@dataclass(frozen=True)
class Caps:
    """What one pipeline class takes.

    Attributes:
        pipeline: The class in diffusers.
        family: How its arguments are filled (`previz.generate.pipelines.arguments`).
        shows: What its control picture or control video may show, best first; empty
            if it has none.
        takes: What it takes besides.
        multiple_px: Width and height are multiples of this.
        multiple_frames: Length is this times n, plus 1; 0 for stills.
        most_frames: What it makes in one go.
        area_px: Pixels in a picture of the size it was trained at.
        recipe: For the model as trained.
        fast: For distilled weights or a few-step LoRA.
        grain: Of the noise that can be handed to it; None where it makes its own.
        several: Whether there may be one control picture for each of several
            control networks.
        keyframes: Which frames may be given.
        overlap_frames: How many frames of a part the next one is given, so that it
            continues their motion; whole latent frames.
        rate_fps: The rate it was trained at, if it knows one alone; 0 if it is told.
        sound: Whether sound comes with the pictures.
    """

    pipeline: str
    family: Family
    shows: tuple[Signal, ...]
    takes: tuple[Signal, ...]
    multiple_px: int
    area_px: int
    recipe: Recipe
    fast: Recipe
    multiple_frames: int = 0
    most_frames: int = 1
    grain: Grain | None = None
    several: bool = False
    keyframes: Keyframes = "none"
    overlap_frames: int = 1
    rate_fps: float = 0.0
    sound: bool = False

    @property
    def makes_clips(self) -> bool:
        """Whether frames of a clip are made together."""
        return self.multiple_frames > 0


_SD, _XL, _WAN, _HD = 512 * 512, 1024 * 1024, 832 * 480, 1024 * 576
_LINES: tuple[Signal, ...] = (
    "depth",
    "edges",
    "normal",
    "mattes",
    "soft_edges",
    "canny",
    "pose",
)
_VACE: tuple[Signal, ...] = (
    "depth",
    "pose",
    "edges",
    "soft_edges",
    "canny",
    "flow",
    "preview",
)
_IN_CONTEXT: tuple[Signal, ...] = (
    "depth",
    "canny",
    "pose",
    "edges",
    "soft_edges",
    "preview",
)
_STILL = Recipe(30, 7.0)
_TURBO = Recipe(4, 0.0)
_ROWS = (
    Caps("StableDiffusionControlNetPipeline", "controlnet", _LINES, ("prompt",),
         8, _SD, _STILL, _TURBO, grain=Grain(8), several=True),
    Caps("StableDiffusionXLControlNetPipeline", "controlnet", _LINES, ("prompt",),
         8, _XL, _STILL, _TURBO, grain=Grain(8), several=True),
    Caps("StableDiffusionControlNetImg2ImgPipeline", "controlnet_from_picture",
         _LINES, ("preview", "prompt"), 8, _SD, _STILL, _TURBO, several=True),
    Caps("StableDiffusionXLControlNetImg2ImgPipeline", "controlnet_from_picture",
         _LINES, ("preview", "prompt"), 8, _XL, _STILL, _TURBO, several=True),
    Caps("StableDiffusionImg2ImgPipeline", "from_picture", (),
         ("preview", "prompt"), 8, _SD, _STILL, _TURBO),
    Caps("StableDiffusionXLImg2ImgPipeline", "from_picture", (),
         ("preview", "prompt"), 8, _XL, _STILL, _TURBO),
    Caps("FluxControlPipeline", "control_image", ("depth", "edges", "canny"),
         ("prompt",), 16, _XL, Recipe(28, 10.0), Recipe(8, 3.5)),
    Caps("QwenImageControlNetPipeline", "control_image", _LINES, ("prompt",),
         16, _XL, Recipe(30, 4.0), Recipe(8, 1.0)),
    Caps("ZImageControlNetPipeline", "control_image", _LINES, ("prompt",),
         16, _XL, Recipe(30, 5.0), Recipe(9, 0.0)),
    Caps("WanVACEPipeline", "wan_vace", _VACE,
         ("first", "last", "references", "prompt"), 16, _WAN, Recipe(30, 5.0),
         Recipe(6, 1.0), 4, 81, Grain(8, 4), keyframes="any", overlap_frames=5,
         rate_fps=16.0),
    Caps("WanVideoToVideoPipeline", "wan_from_clip", (), ("preview", "prompt"),
         16, _WAN, Recipe(30, 5.0), Recipe(6, 1.0), 4, 81, keyframes="first",
         rate_fps=16.0),
    Caps("WanImageToVideoPipeline", "wan_from_frames", (),
         ("first", "last", "prompt"), 16, _WAN, Recipe(30, 5.0), Recipe(6, 1.0), 4,
         81, Grain(8, 4), keyframes="ends", rate_fps=16.0),
    Caps("LTXConditionPipeline", "ltx_conditions", (),
         ("preview", "first", "last", "prompt"), 32, 704 * 512, Recipe(30, 3.0),
         Recipe(8, 1.0), 8, 161, keyframes="any", overlap_frames=9),
    Caps("LTX2ConditionPipeline", "ltx2_conditions", (),
         ("preview", "first", "last", "prompt"), 32, 768 * 512, Recipe(30, 3.0),
         Recipe(8, 1.0), 8, 121, keyframes="any", overlap_frames=9, sound=True),
    Caps("LTX2InContextPipeline", "ltx2_in_context", _IN_CONTEXT,
         ("first", "last", "prompt"), 32, 768 * 512, Recipe(30, 3.0), Recipe(8, 1.0),
         8, 121, keyframes="any", overlap_frames=9, sound=True),
    Caps("SanaWMPipeline", "sana_camera", (), ("first", "camera", "prompt"), 32, _HD,
         Recipe(60, 5.0), Recipe(8, 1.0), 8, 161, keyframes="first"),
)  # fmt: skip

CAPS: dict[str, Caps] = {row.pipeline: row for row in _ROWS}
"""Every class that previz fills, by name."""

_PLAIN = {
    "StableDiffusionPipeline": "StableDiffusion",
    "StableDiffusionControlNetPipeline": "StableDiffusion",
    "StableDiffusionImg2ImgPipeline": "StableDiffusion",
    "StableDiffusionXLPipeline": "StableDiffusionXL",
    "StableDiffusionXLControlNetPipeline": "StableDiffusionXL",
    "StableDiffusionXLImg2ImgPipeline": "StableDiffusionXL",
}
_INSTEAD = {
    "WanPipeline": "WanVideoToVideoPipeline",
    "LTXPipeline": "LTXConditionPipeline",
    "LTXImageToVideoPipeline": "LTXConditionPipeline",
    "LTX2Pipeline": "LTX2ConditionPipeline",
    "LTX2ImageToVideoPipeline": "LTX2ConditionPipeline",
}
"""Classes of the same weights that take more of a shot."""

_FAST = ("turbo", "distill", "lightning", "lcm", "causvid", "lightx2v", "hyper", "fast",
         "dmd", "4step", "8step", "schnell")  # fmt: skip


def class_for(
    named: str, *, controlled: bool, from_preview: bool, in_context: bool = False
) -> str:
    """Return the class that takes most of a shot with the weights of another.

    Args:
        named: The class that the model's folder names.
        controlled: Whether there are control networks.
        from_preview: Whether to begin at the preview's picture.
        in_context: Whether there is a LoRA that is shown a control video.
    """
    if in_context and named.startswith("LTX2"):
        return "LTX2InContextPipeline"
    if named in _PLAIN:
        middle = "ControlNet" if controlled else ""
        middle += "Img2Img" if from_preview or not controlled else ""
        return f"{_PLAIN[named]}{middle}Pipeline"
    return _INSTEAD.get(named, named)


def caps_of(pipeline: str) -> Caps:
    """Return the row of a class.

    Raises:
        UnknownNameError: If previz does not know how to fill it.
    """
    if pipeline not in CAPS:
        known = {*CAPS, *_PLAIN, *_INSTEAD}
        raise UnknownNameError("Generator.pipeline", pipeline, known)
    return CAPS[pipeline]


def is_distilled(name: str) -> bool:
    """Return whether the names of weights and LoRAs speak of few steps."""
    return any(word in name.lower() for word in _FAST)
