"""Call a pipeline: seeds, progress, cancelling, and a look at what came back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.errors import GenerateError
from previz.generate.pipelines.hushed import hushed
from previz.generate.pipelines.loading import Loaded
from previz.generate.pipelines.memory import OutOfMemoryError, is_out_of_memory

__all__ = [
    "GenerationStoppedError",
    "Made",
    "Sound",
    "call",
    "checked",
    "is_first_ltx2",
    "latent_channels",
]

_BLACK = 3.0 / 255.0
"""Brightest value of a frame that counts as black."""


class GenerationStoppedError(GenerateError):
    """A generation that was cancelled."""


@dataclass(frozen=True)
class Sound:
    """Sound that came with pictures.

    Attributes:
        samples: -1 to 1, shape (channels, n).
        rate_hz: Samples a second.
    """

    samples: NDArray[np.float32]
    rate_hz: int


@dataclass(frozen=True)
class Made:
    """What a call gave.

    Attributes:
        pictures: sRGB 0 to 1, shape (n, h, w, 3).
        sound: Where the pipeline makes some.
    """

    pictures: NDArray[np.float32]
    sound: Sound | None = None


def _failed(loaded: Loaded, error: Exception) -> GenerateError:
    """Return the error of a pipeline that cannot work with its settings."""
    told = " ".join(str(error).split())[:300]
    return GenerateError(
        f"Generator must make pictures with these settings, but {loaded.label} "
        f"failed: {told}. Try the model's own size and no LoRA."
    )


def call(
    loaded: Loaded,
    arguments: dict[str, Any],
    *,
    seed: int,
    frames: int,
    latents: NDArray[np.float32] | None = None,
    on_step: Callable[[int], None],
    stopped: Callable[[], bool],
) -> Made:
    """Run a pipeline once and return its frames.

    Args:
        loaded: The pipeline.
        arguments: Of its call.
        seed: Of all noise that it makes itself.
        frames: How many frames must come back.
        latents: Initial noise, shape (latent frames, channels, h, w).
        on_step: Told the number of steps done, after each.
        stopped: Asked after each step whether to stop.

    Raises:
        GenerationStoppedError: If `stopped` said so.
        OutOfMemoryError: If the device's memory did not hold it.
        GenerateError: If what came back is no picture.
    """
    import torch

    pipe = loaded.pipe
    if latents is not None:
        arguments = arguments | {"latents": _tensor(latents, loaded)}

    try:
        with hushed():
            made = pipe(
                **arguments,
                # Of the processor: the same pictures on every device.
                generator=torch.Generator("cpu").manual_seed(seed),
                output_type="np",
                callback_on_step_end=_after_step(on_step, stopped),
            )
    except GenerationStoppedError:
        pipe.maybe_free_model_hooks()
        raise
    except (RuntimeError, ValueError, TypeError, MemoryError) as error:
        if is_out_of_memory(error):
            # Its frames hold the tensors that filled the memory.
            error.__traceback__ = None
            raise _too_heavy(loaded, str(error).split(".")[0]) from None
        raise _failed(loaded, error) from error
    pictures = np.asarray(_pictures(made), np.float32)
    good = checked(pictures, frames=frames, label=loaded.label)
    return Made(good, _sound(pipe, made))


def _after_step(
    on_step: Callable[[int], None], stopped: Callable[[], bool]
) -> Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]:
    """Return what a pipeline calls after each step: it tells, and may stop."""

    def after(
        pipe: Any, step: int, time: Any, tensors: dict[str, Any]
    ) -> dict[str, Any]:
        del pipe, time
        on_step(step + 1)
        if stopped():
            raise GenerationStoppedError(
                f"Generator was stopped after step {step + 1}. Call it again."
            )
        return tensors

    return after


def _too_heavy(loaded: Loaded, told: str) -> OutOfMemoryError:
    import torch

    loaded.pipe.maybe_free_model_hooks()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    return OutOfMemoryError(
        f"Generator must fit the memory of {loaded.placement}, got none left ({told}). "
        "Pass a smaller size, or offload='model' or 'group'.",
        placement=loaded.placement,
    )


def _sound(pipe: Any, made: Any) -> Sound | None:
    """Return the sound of the first clip, if there is any."""
    audio = getattr(made, "audio", None)
    if audio is None:
        return None
    samples = np.asarray(audio[0].float().cpu().numpy(), np.float32)
    rate = int(pipe.vocoder.config.output_sampling_rate)
    return Sound(np.clip(np.nan_to_num(np.atleast_2d(samples)), -1.0, 1.0), rate)


def _pictures(made: Any) -> Any:
    """Return the first clip, or the first picture as a clip of one frame."""
    frames = getattr(made, "frames", None)
    if frames is not None:
        return frames[0]
    return made.images[:1]


def checked(
    pictures: NDArray[np.float32], *, frames: int, label: str
) -> NDArray[np.float32]:
    """Return pictures that are some.

    Args:
        pictures: 0 to 1, shape (n, h, w, 3).
        frames: How many there must be.
        label: Of the model.

    Raises:
        GenerateError: If there are too few or many, or if one is not a number or black.
    """
    if pictures.ndim != 4 or pictures.shape[-1] != 3 or len(pictures) != frames:
        raise GenerateError(
            f"Generator.frames must be {frames} colour pictures, got an array of "
            f"{pictures.shape} from {label}. Ask for a length that the model makes."
        )
    flat = pictures.reshape(frames, -1)
    broken = np.flatnonzero(~np.isfinite(flat).all(axis=1))
    if len(broken):
        raise GenerateError(
            f"Generator.frames must be numbers, got NaN in {_listed(broken)} from "
            f"{label}. Pass dtype='float32' or 'bfloat16'."
        )
    black = np.flatnonzero(flat.max(axis=1) <= _BLACK)
    if len(black):
        raise GenerateError(
            f"Generator.frames must show something, got black in {_listed(black)} from "
            f"{label}. Pass dtype='float32' or 'bfloat16', another seed, or a model "
            "without a safety checker."
        )
    return np.clip(pictures, 0.0, 1.0)


def _listed(frames: NDArray[np.intp]) -> str:
    shown = ", ".join(str(int(frame)) for frame in frames[:6])
    return f"frame {shown}" + (" …" if len(frames) > 6 else "")


def latent_channels(loaded: Loaded) -> int:
    """Return how many channels the noise of a pipeline has."""
    config = loaded.pipe.vae.config
    channels = getattr(config, "z_dim", None) or config.latent_channels
    return int(channels)


def is_first_ltx2(loaded: Loaded) -> bool:
    """Return whether a pipeline is LTX-2 as first published: later ones modulate."""
    network: Any = getattr(loaded.pipe, "transformer", None)
    config = getattr(network, "config", {})
    return loaded.caps.sound and not config.get("cross_attn_mod", True)


def _tensor(latents: NDArray[np.float32], loaded: Loaded) -> Any:
    """Return noise in the layout of the pipeline: of a still, or over time."""
    import torch

    if loaded.caps.makes_clips:
        return torch.from_numpy(np.ascontiguousarray(np.moveaxis(latents, 0, 1)))[None]
    return torch.from_numpy(np.ascontiguousarray(latents[:1]))
