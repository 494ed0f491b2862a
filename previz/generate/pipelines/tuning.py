"""What makes a step cheaper: caches, attention kernels, compiling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from previz.errors import GenerateError

__all__ = ["PLAIN", "Cache", "Tuning", "tune"]

Cache = Literal["none", "taylorseer", "first-block"]
"""What of a step is foretold instead of worked out: what layers answer, by its Taylor
series (TaylorSeer), or all blocks but the first where that one hardly changed."""

_FIRST_STEPS = 3
"""Steps before a cache foretells anything: they lay out the picture."""
_HARDLY = 0.08
"""Relative change of the first block's answer that lets the others be skipped."""
_FORETOLD = (r".*blocks\.\d+\.(\w*attn\d?|ffn?|\w*_ff)",)
"""Attention and what follows it, of each block. diffusers' own pattern expects names
that end in "attn"; Wan's and LTX's end in a number, and it would foretell nothing."""
_DENOISERS = ("transformer", "transformer_2")


@dataclass(frozen=True)
class Tuning:
    """How a pipeline's denoiser is run.

    Attributes:
        cache: What is foretold.
        every: TaylorSeer works out one step of so many.
        attention: A backend of diffusers, such as "_native_cudnn", "flash" or "sage";
            empty leaves torch's choice.
        compiled: Whether blocks are compiled first: minutes once, then faster.
    """

    cache: Cache = "none"
    every: int = 3
    attention: str = ""
    compiled: bool = False

    def __str__(self) -> str:
        told = [] if self.cache == "none" else [f"{self.cache} cache"]
        if self.cache == "taylorseer":
            told = [f"{told[0]}, one step of {self.every} in full"]
        told += [f"{self.attention} attention"] if self.attention else []
        return ", ".join([*told, "compiled"] if self.compiled else told)


PLAIN = Tuning()
"""Every step in full."""


def tune(pipe: Any, tuning: Tuning) -> Tuning:
    """Set a pipeline up, and return what of it the pipeline can do.

    Networks that know no caches (the older still models) go without.

    Raises:
        GenerateError: If this machine lacks the attention kernels, or the network
            does not know the cache.
    """
    networks: list[Any] = [getattr(pipe, name, None) for name in _DENOISERS]
    here = [network for network in networks if hasattr(network, "enable_cache")]
    for network in here:
        if network.is_cache_enabled:
            network.disable_cache()
        if tuning.cache != "none":
            _cache(network, tuning)
        if tuning.attention:
            _attend(network, tuning.attention)
        if tuning.compiled:
            network.compile_repeated_blocks()
    return tuning if here else PLAIN


def _cache(network: Any, tuning: Tuning) -> None:
    try:
        network.enable_cache(_config(tuning))
    except ValueError as error:
        raise GenerateError(
            f"Generator.cache must be one that {type(network).__name__} takes, got "
            f"{tuning.cache!r}. Pass 'taylorseer' or 'none'."
        ) from error


def _config(tuning: Tuning) -> Any:
    import diffusers

    kinds: Any = diffusers
    if tuning.cache == "first-block":
        return kinds.FirstBlockCacheConfig(threshold=_HARDLY)
    return kinds.TaylorSeerCacheConfig(
        cache_interval=tuning.every,
        disable_cache_before_step=_FIRST_STEPS,
        cache_identifiers=list(_FORETOLD),
    )


def _attend(network: Any, backend: str) -> None:
    try:
        network.set_attention_backend(backend)
    except (ValueError, RuntimeError, ImportError) as error:
        told = " ".join(str(error).split())[:300]
        raise GenerateError(
            f"Generator.attention must be a backend that this machine has, got "
            f"{backend!r}: {told}. Leave it out for torch's own."
        ) from error
