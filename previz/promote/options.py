"""What an order tells the backends that run models of diffusers."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from PIL import Image
from pydantic import BeforeValidator, Field, model_validator

from previz.controls import Signal
from previz.errors import GenerateError
from previz.model import Identifier, Model
from previz.model.limits import LARGEST_PX
from previz.promote.frozen import Order
from previz.promote.pictures import is_kept
from previz.stage import Assets

__all__ = [
    "LoraChoice",
    "Options",
    "check_picture",
    "kept_or_file",
    "options_of",
    "picture_file",
]


_FORMATS = ("PNG", "JPEG", "WEBP")


class LoraChoice(Model):
    """A LoRA and how strongly it counts."""

    source: Annotated[
        str, Field(min_length=1, description="A safetensors file, or an id.")
    ]
    weight: Annotated[float, Field(ge=-4, le=4)] = 1.0


def _chosen(given: Any) -> Any:
    return {"source": str(given)} if isinstance(given, str | Path) else given


Chosen = Annotated[LoraChoice, BeforeValidator(_chosen)]
Words = Annotated[str, Field(max_length=4000)]
File = Annotated[str, BeforeValidator(str), Field(min_length=1)]


class Options(Model):
    """`Order.options` of the backends `wan-vace`, `ltx-2` and `diffusers`.

    Attributes:
        model: A name of `previz.promote.caps.WEIGHTS`, the id of a model, or the
            folder of one; by default the backend's first.
        pipeline: The class in diffusers, where a model's id does not tell it.
        revision: Of the id: a branch, tag or commit.
        sha256: What the hash of the model's weights must begin with.
        control: What the control video or picture shows; by default what the model
            takes best.
        controlnets: Control networks of still models by what they are shown.
        loras: By the id of the character that they hold the look of; a shot gets
            those of its subjects.
        look_loras: For every shot.
        few_steps: A LoRA that needs few steps, such as CausVid's or lightx2v's.
        in_context: LTX-2's kind of LoRA that is shown a control video.
        keyframes: Finished pictures by the number of their frame in the shot; paths,
            which become SHA-256 of what is kept in the film's folder.
        references: Pictures by the id of the character that they hold the look of,
            besides those that the film's characters bring.
        prompt: What is to be seen; `{shot}` stands for the shot in words.
        negative: What is not; by default what the model's makers advise.
        strength: How far from the preview, where it begins there.
        hold: How strictly control pictures hold; 1 as trained.
        steps: Denoising steps, instead of the tier's.
        guidance: Classifier-free guidance, instead of the model's.
        working_size: At about what width and height the model works.
        dtype: Numbers that the model computes in; by default as fits the memory.
        cache: What a step foretells, instead of the tier's.
        attention: Attention kernels, by diffusers' name.
        compiled: Whether the model's blocks are compiled first.
    """

    model: str = ""
    pipeline: str = ""
    revision: str = ""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]*$")] = ""
    control: Signal | None = None
    controlnets: dict[Signal, File] = Field(default_factory=dict)
    loras: dict[Identifier, Chosen] = Field(default_factory=dict)
    look_loras: tuple[Chosen, ...] = ()
    few_steps: Chosen | None = None
    in_context: Chosen | None = None
    keyframes: dict[Annotated[int, Field(ge=0)], File] = Field(default_factory=dict)
    references: dict[Identifier, File] = Field(default_factory=dict)
    prompt: Words = "{shot}"
    negative: Words | None = None
    strength: Annotated[float, Field(gt=0, le=1)] | None = None
    hold: Annotated[float, Field(ge=0, le=4)] = 1.0
    steps: Annotated[int, Field(ge=1, le=1000)] | None = None
    guidance: Annotated[float, Field(ge=0, le=50)] | None = None
    working_size: (
        tuple[
            Annotated[int, Field(ge=16, le=LARGEST_PX)],
            Annotated[int, Field(ge=16, le=LARGEST_PX)],
        ]
        | None
    ) = None
    dtype: Literal["bfloat16", "float16", "float32"] | None = None
    cache: Literal["none", "taylorseer", "first-block"] | None = None
    attention: str = ""
    compiled: bool = False

    @model_validator(mode="after")
    def _control_once(self) -> Self:
        if self.control is not None and self.controlnets:
            raise ValueError(
                f"Options.control must be left out where controlnets name signals, got "
                f"{self.control!r}. Pass one or the other."
            )
        return self


def options_of(order: Order) -> Options:
    """Return an order's options, checked.

    Raises:
        ModelError: If one is unknown or out of range.
    """
    return Options(**order.options)


def check_picture(named: str, field: str) -> None:
    """Check that a picture which an order names is there, unless it is kept already.

    Raises:
        GenerateError: If it is no file.
    """
    if not is_kept(named):
        picture_file(named, field)


def picture_file(path: str, field: str) -> Path:
    """Return the file of a picture that an order names.

    Raises:
        GenerateError: If there is none.
    """
    found = Path(path).expanduser()
    if not found.is_file():
        raise GenerateError(
            f"Options.{field} must be pictures on this machine, got {path}, which is "
            "no file. Pass the path of a PNG or JPEG."
        )
    return found


def kept_or_file(named: str, field: str, assets: Assets) -> Image.Image:
    """Return a picture that an order names: one that was kept, or of a file here.

    Args:
        named: Its SHA-256 or its path.
        field: Of the options.
        assets: What came with the shot.

    Raises:
        GenerateError: If it did not come, or is no picture that can be read.
    """
    kept = assets.picture(named)
    if is_kept(named) and kept is None:
        raise GenerateError(
            f"Options.{field} must have come with the shot, got no picture "
            f"{named[:12]}. Promote the shot again."
        )
    source = picture_file(named, field) if kept is None else io.BytesIO(kept.data)
    try:
        with Image.open(source, formats=_FORMATS) as found:
            return found.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise GenerateError(
            f"Options.{field} must be pictures, got {named} that is none "
            f"({type(error).__name__}). Pass a PNG or JPEG."
        ) from None
