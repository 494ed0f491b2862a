"""Time the video models at their true sizes with random weights, on a CUDA device.

Weights of random numbers cost what trained ones cost. The prompt is random, too, so no
text encoder is loaded: it runs once a clip.
"""

from __future__ import annotations

import gc
import itertools
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["CASES", "Case", "measured", "promote_models_figures"]

STEPS, WARM = 8, 2
"""Of each timed run, and how many of them come before the clock counts."""
_ATTENTION = ("_native_cudnn", "_native_flash", "flash", "_flash_3", "sage")
_NEGATIVE_SEED, _SEED = 1, 0


@dataclass(frozen=True)
class Case:
    """A model at a size.

    Attributes:
        name: As it is listed.
        build: Makes the pipeline on a device in bfloat16.
        given: Makes the arguments of its call.
        width: Of the pictures.
        height: Of the pictures.
        frames: Of the clip.
        guided: Guidance of the model as trained.
        few_steps: How many it takes with a LoRA of few steps, without guidance.
    """

    name: str
    build: Callable[[Any], Any]
    given: Callable[[Any, Case], dict[str, Any]]
    width: int
    height: int
    frames: int
    guided: float
    few_steps: int


def promote_models_figures() -> dict[str, Any]:
    """Time seconds a step, peak memory, and what makes a step cheaper.

    Returns:
        By model; "not run" with the reason where there is no CUDA device.
    """
    import torch

    if not torch.cuda.is_available():
        return {"not run": "no CUDA device"}
    found: dict[str, Any] = {
        "device": torch.cuda.get_device_name(),
        "torch": torch.__version__,
        "steps_timed": STEPS - WARM,
    }
    for case in CASES:
        found[case.name] = measured(case, "cuda")
        gc.collect()
        torch.cuda.empty_cache()
    return found


def measured(case: Case, device: str) -> dict[str, Any]:
    """Time one model."""
    from previz.generate.pipelines.tuning import Tuning

    pipe = case.build(device)
    pipe.set_progress_bar_config(disable=True)
    out: dict[str, Any] = {
        "size": f"{case.width}x{case.height}",
        "frames": case.frames,
        "parameters_billion": round(_parameters(pipe) / 1e9, 2),
    }
    plain = out["plain"] = _timed(pipe, case, guidance=case.guided)
    out["without guidance"] = _timed(pipe, case, guidance=1.0)
    few = out["without guidance"]["s_a_step"] * case.few_steps
    out["few steps"] = {
        "steps": case.few_steps,
        "denoising_s": round(few, 2),
        "times_faster_than_30_guided": round(30 * plain["s_a_step"] / few, 1),
    }
    tried = {
        "taylorseer, one of 2": Tuning("taylorseer", every=2),
        "taylorseer, one of 4": Tuning("taylorseer", every=4),
        "first-block": Tuning("first-block"),
        **{f"attention {name}": Tuning(attention=name) for name in _ATTENTION},
    }
    if device == "cuda":
        tried["compiled"] = Tuning(compiled=True)
    for name, tuning in tried.items():
        out[name] = _tuned(pipe, case, tuning)
    return out


def _tuned(pipe: Any, case: Case, tuning: Any) -> dict[str, Any]:
    """Time a tuning and take it off again."""
    from previz.errors import PrevizError
    from previz.generate.pipelines.tuning import PLAIN, tune

    try:
        tune(pipe, tuning)
        return _timed(pipe, case, guidance=case.guided)
    except (PrevizError, RuntimeError, ValueError, ImportError) as error:
        return {"not run": " ".join(str(error).split())[:160]}
    finally:
        tune(pipe, PLAIN)
        pipe.transformer.set_attention_backend("native")


def _timed(pipe: Any, case: Case, *, guidance: float) -> dict[str, Any]:
    """Return seconds a step (median), of decoding, and the most memory held."""
    import torch

    on_gpu = torch.cuda.is_available()
    if on_gpu:
        torch.cuda.reset_peak_memory_stats()
    at = [time.perf_counter()]

    def after(pipe: Any, step: int, moment: Any, tensors: Any) -> Any:
        del pipe, step, moment
        if on_gpu:
            torch.cuda.synchronize()
        at.append(time.perf_counter())
        return tensors

    pipe(
        **case.given(pipe, case),
        width=case.width,
        height=case.height,
        num_frames=case.frames,
        num_inference_steps=STEPS,
        guidance_scale=guidance,
        generator=torch.Generator("cpu").manual_seed(_SEED),
        output_type="np",
        callback_on_step_end=after,
    )
    ended = time.perf_counter()
    steps = [b - a for a, b in itertools.pairwise(at)][WARM:]
    out = {
        "s_a_step": round(statistics.median(steps), 4),
        "mean_s_a_step": round(statistics.fmean(steps), 4),
        "decode_s": round(ended - at[-1], 3),
    }
    if on_gpu:
        out["peak_gb"] = round(torch.cuda.max_memory_allocated() / 1e9, 2)
    return out


def _vace(heads: int, layers: int, inner: int) -> Callable[[Any], Any]:
    def build(device: Any) -> Any:
        import diffusers
        import torch

        kinds: Any = diffusers
        step = 2 if layers < 40 else 5
        with torch.device(device):
            network = _random(
                kinds.WanVACETransformer3DModel,
                num_attention_heads=heads,
                num_layers=layers,
                ffn_dim=inner,
                vace_layers=list(range(0, layers, step)),
                vace_in_channels=96,
            )
            decoder = kinds.AutoencoderKLWan().eval()
        decoder.enable_tiling()
        return kinds.WanVACEPipeline(
            tokenizer=None,
            text_encoder=None,
            vae=decoder,
            transformer=network,
            scheduler=kinds.UniPCMultistepScheduler(
                prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0
            ),
        )

    return build


def words_vace(pipe: Any, case: Case) -> dict[str, Any]:
    """Return a random prompt and a grey control video."""
    from PIL import Image

    grey = Image.new("RGB", (case.width, case.height), (90, 90, 90))
    shape = (1, 512, pipe.transformer.config.text_dim)
    return {
        "prompt_embeds": _noise(pipe, shape, _SEED),
        "negative_prompt_embeds": _noise(pipe, shape, _NEGATIVE_SEED),
        "video": [grey] * case.frames,
    }


def _ltx2() -> Callable[[Any], Any]:
    def build(device: Any) -> Any:
        import diffusers
        import torch
        from diffusers.pipelines.ltx2 import LTX2TextConnectors
        from diffusers.pipelines.ltx2.vocoder import LTX2Vocoder

        kinds: Any = diffusers
        with torch.device(device):
            network = _random(kinds.LTX2VideoTransformer3DModel)
            connectors = _random(LTX2TextConnectors)
            decoder = _random(kinds.AutoencoderKLLTX2Video)
            voice = _random(kinds.AutoencoderKLLTX2Audio)
            speaker = _random(LTX2Vocoder)
        decoder.enable_tiling()
        return kinds.LTX2ConditionPipeline(
            scheduler=kinds.FlowMatchEulerDiscreteScheduler(),
            vae=decoder,
            audio_vae=voice,
            text_encoder=None,
            tokenizer=None,
            connectors=connectors,
            transformer=network,
            vocoder=speaker,
        )

    return build


def words_ltx2(pipe: Any, case: Case) -> dict[str, Any]:
    """Return a random prompt; the preview's clip would cost no step."""
    import torch

    del case
    told = pipe.connectors.config
    shape = (1, 1024, told.caption_channels * told.text_proj_in_factor)
    mask = torch.ones(1, 1024, dtype=torch.int64, device=pipe.transformer.device)
    last = len(pipe.transformer.transformer_blocks) - 1
    return {
        "prompt_embeds": _noise(pipe, shape, _SEED),
        "prompt_attention_mask": mask,
        "negative_prompt_embeds": _noise(pipe, shape, _NEGATIVE_SEED),
        "negative_prompt_attention_mask": mask,
        "spatio_temporal_guidance_blocks": [min(28, last)],
    }


def _random(kind: Any, **config: Any) -> Any:
    """Return a network of small random weights in bfloat16, made where it runs."""
    import torch

    usual = torch.get_default_dtype()
    torch.set_default_dtype(torch.bfloat16)
    try:
        return kind(**config).eval()
    finally:
        torch.set_default_dtype(usual)


def _noise(pipe: Any, shape: tuple[int, ...], seed: int) -> Any:
    import torch

    drawn = torch.Generator("cpu").manual_seed(seed)
    numbers = torch.randn(shape, generator=drawn) * 0.1
    return numbers.to(pipe.transformer.device, pipe.transformer.dtype)


def _parameters(pipe: Any) -> int:
    return sum(number.numel() for number in pipe.transformer.parameters())


CASES = (
    Case("wan-vace 1.3b", _vace(12, 30, 8960), words_vace, 832, 480, 81, 5.0, 6),
    Case("wan-vace 14b", _vace(40, 40, 13824), words_vace, 1280, 720, 81, 5.0, 6),
    Case("ltx-2 19b", _ltx2(), words_ltx2, 1216, 704, 121, 3.0, 8),
)
