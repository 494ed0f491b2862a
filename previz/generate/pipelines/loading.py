"""Load a pipeline of diffusers: safetensors only, no code of its own, by hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from previz.controls import Signal
from previz.errors import GenerateError, MissingRuntimeError, UnknownNameError
from previz.generate.pipelines.caps import Caps, caps_of, class_for
from previz.generate.pipelines.files import (
    check_files,
    class_in,
    lora_file,
    lora_says,
    parameters,
    weights_hash,
)
from previz.generate.pipelines.hushed import hushed
from previz.generate.pipelines.memory import OutOfMemoryError, is_out_of_memory
from previz.generate.pipelines.placement import (
    DType,
    Offload,
    Placement,
    choose,
    device_here,
    place,
)
from previz.generate.pipelines.tuning import PLAIN, Tuning, tune

__all__ = ["Loaded", "Lora", "at_hand", "class_of", "load"]


@dataclass(frozen=True)
class Lora:
    """Low-rank weights that are added to a model's.

    Attributes:
        source: A safetensors file, a folder with one, or the id of a model.
        weight: How strongly.
        in_context: Whether it is one that is shown a control video (an IC-LoRA).
    """

    source: str
    weight: float = 1.0
    in_context: bool = False


@dataclass(frozen=True)
class Loaded:
    """A pipeline that is ready to be called.

    Attributes:
        pipe: The pipeline.
        caps: What it takes.
        label: The model's name, as shown with its pictures.
        sha256: Of all its weights, with those of control networks and LoRAs.
        placement: Where it runs.
        tuning: What makes its steps cheaper.
        smaller: By how much an in-context LoRA wants its control video scaled down.
    """

    pipe: Any
    caps: Caps
    label: str
    sha256: str
    placement: Placement
    tuning: Tuning = PLAIN
    smaller: int = 1


def _sizes(folder: Path, nets: Mapping[Signal, Path]) -> dict[str, int]:
    """Return how many parameters each part of a pipeline has, by its name."""
    sizes = parameters(folder)
    for name, net in nets.items():
        sizes[f"controlnet {name}"] = sum(parameters(net).values())
    return sizes


def load(
    source: str | Path,
    *,
    controlnets: Mapping[Signal, str | Path] | None = None,
    loras: tuple[Lora, ...] = (),
    from_preview: bool = False,
    sha256: str | None = None,
    revision: str | None = None,
    device: str | None = None,
    dtype: DType | None = None,
    offload: Offload | None = None,
    eighths: bool = False,
    tuning: Tuning = PLAIN,
) -> Loaded:
    """Load a pipeline, its control networks and LoRAs.

    Args:
        source: A folder that `save_pretrained` wrote, or the id of a model.
        controlnets: Control networks by what they are shown.
        loras: Added in this order.
        from_preview: Whether still models begin at the preview's picture.
        sha256: What `weights_hash` of the model must begin with.
        revision: Of the id: a branch, tag or commit.
        device: "cuda", "mps", "cpu"; by default the best there is.
        dtype: "bfloat16", "float16", "float32"; by default as fits.
        offload: "none", "model", "group", "leaf"; by default as fits.
        eighths: Of `Placement`.
        tuning: What makes steps cheaper.

    Raises:
        MissingRuntimeError: If the extra `models` or the device is missing.
        GenerateError: If the model cannot be found, read or trusted.
        UnknownNameError: If its pipeline is of no known class.
        OutOfMemoryError: If the device's memory did not hold it.
        PrevizError: If the machine's memory cannot hold it.
    """
    require_models()
    folder = _folder_of(source, revision=revision)
    nets = {
        name: _folder_of(net, whole=False) for name, net in (controlnets or {}).items()
    }
    in_context = any(lora.in_context for lora in loras)
    named = class_of(
        folder, controlled=bool(nets), from_preview=from_preview, in_context=in_context
    )
    caps = caps_of(named)
    check_files(folder, sha256=sha256)
    for net in nets.values():
        check_files(net)
    sizes = _sizes(folder, nets)
    on, free = device_here(device)
    chosen = choose(sizes, device=on, free_bytes=free)
    where = replace(_asked(chosen, dtype, offload), eighths=eighths)
    with hushed():
        pipe = _pipeline(named, folder, nets, where)
        hashes = [weights_hash(folder), *(weights_hash(net) for net in nets.values())]
        added, smaller = _add_loras(pipe, loras)
        _placed(pipe, where)
        tuned = tune(pipe, tuning)
        pipe.set_progress_bar_config(disable=True)
    whole = _joined(hashes + added)
    return Loaded(pipe, caps, _label(source, loras), whole, where, tuned, smaller)


def _placed(pipe: Any, where: Placement) -> None:
    try:
        place(pipe, where)
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise OutOfMemoryError(
            f"Generator must fit the memory of {where}, got none left while loading. "
            "Pass offload='model' or 'group'.",
            placement=where,
        ) from None


def class_of(
    folder: Path, *, controlled: bool, from_preview: bool, in_context: bool = False
) -> str:
    """Return the class that takes most of a shot with a folder's weights.

    Args:
        folder: That `save_pretrained` wrote.
        controlled: Whether there are control networks besides.
        from_preview: Whether to begin at the preview's picture.
        in_context: Whether there is a LoRA that is shown a control video.

    Raises:
        GenerateError: If it is no folder of a diffusers pipeline.
    """
    own = class_in(folder)
    named = class_for(
        own,
        controlled=controlled,
        from_preview=from_preview,
        in_context=in_context,
    )
    # A folder that brings its own control network keeps it.
    kept = not controlled and own == named.replace("Img2Img", "ControlNet")
    return own if kept else named


def at_hand(source: str | Path, *, revision: str | None = None) -> Path | None:
    """Return where a model lies on this machine, or None; fetches nothing.

    Args:
        source: A folder, a file or the id of a model.
        revision: Of the id.

    Raises:
        GenerateError: If it is a path and nothing lies there.
    """
    place = Path(source).expanduser()
    if place.exists():
        return place
    if _is_path(source, place):
        raise GenerateError(
            f"Generator.source must be a folder or the id of a model, got {source}, "
            "which is not there. Pass where the weights lie."
        )
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HfHubHTTPError, HFValidationError
    except ImportError:
        return None
    try:
        return Path(
            snapshot_download(str(source), revision=revision, local_files_only=True)
        )
    except (OSError, ValueError, HfHubHTTPError, HFValidationError):
        return None


def _is_path(source: str | Path, place: Path) -> bool:
    return (
        isinstance(source, Path)
        or place.is_absolute()
        or source.startswith((".", "~"))
        or place.suffix == ".safetensors"
    )


def require_models() -> None:
    """Refuse a machine without the extra `models`.

    Raises:
        MissingRuntimeError: If torch, diffusers or transformers is missing.
    """
    try:
        import diffusers  # noqa: F401
        import torch  # noqa: F401
        import transformers  # noqa: F401
    except ImportError as error:
        raise MissingRuntimeError(
            f"Generator must have the extra `models`, got no {error.name}. "
            'Run pip install "previz[models]" with the constraints file.'
        ) from error


def _folder_of(
    source: str | Path, *, revision: str | None = None, whole: bool = True
) -> Path:
    """Return the local folder of a model, fetched if it is an id."""
    folder = Path(source).expanduser()
    if folder.is_dir():
        return folder
    if folder.is_absolute() or str(source).startswith((".", "~")) or folder.exists():
        raise GenerateError(
            f"Generator.source must be a folder or the id of a model, got {source}, "
            "which is no folder. Pass the folder that save_pretrained wrote."
        )
    return _fetched(str(source), revision=revision, whole=whole)


def _fetched(name: str, *, revision: str | None, whole: bool) -> Path:
    """Fetch a model, or find what was fetched before.

    Args:
        name: Its id.
        revision: A branch, tag or commit.
        whole: Whether it is a pipeline; else one network or LoRA.
    """
    import diffusers
    from huggingface_hub import snapshot_download

    try:
        with hushed():
            if whole:
                got = diffusers.DiffusionPipeline.download(
                    name, revision=revision, use_safetensors=True
                )
            else:
                got = snapshot_download(
                    name, allow_patterns=["config.json", "*.safetensors"]
                )
    except (OSError, ValueError) as error:
        raise GenerateError(
            f"Generator.source must be a folder or the id of a model that can be "
            f"reached, got {name!r} ({type(error).__name__}). Check the name and the "
            "connection, or pass a folder."
        ) from error
    return Path(got)


def _asked(
    chosen: Placement, dtype: DType | None, offload: Offload | None
) -> Placement:
    known = {"dtype": (dtype, get_args(DType)), "offload": (offload, get_args(Offload))}
    for name, (value, choices) in known.items():
        if value is not None and value not in choices:
            raise UnknownNameError(f"Generator.{name}", value, choices)
    return Placement(chosen.device, dtype or chosen.dtype, offload or chosen.offload)


def _pipeline(
    named: str, folder: Path, nets: Mapping[Signal, Path], where: Placement
) -> Any:
    import diffusers
    import torch

    kind = getattr(diffusers, named, None)
    if kind is None:
        raise MissingRuntimeError(
            f"Generator.source must be of a class in diffusers "
            f"{diffusers.__version__}, got {named}. Run pip install -U diffusers."
        )
    numbers = getattr(torch, where.dtype)
    extra: dict[str, Any] = {}
    if nets:
        network: Any = diffusers.ControlNetModel
        made = [
            network.from_pretrained(
                net, dtype=numbers, use_safetensors=True, local_files_only=True
            )
            for net in nets.values()
        ]
        extra["controlnet"] = made[0] if len(made) == 1 else made
    # Wan's and LTX's autoencoders lose fine detail in half precision.
    types: Any = {"default": numbers, "vae": torch.float32}
    try:
        return kind.from_pretrained(
            folder,
            dtype=numbers if named.startswith("StableDiffusion") else types,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            **extra,
        )
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        told = " ".join(str(error).split())[:300]
        raise GenerateError(
            f"Generator.source must be a whole pipeline, got {folder} of which "
            f"diffusers says: {told}. Fetch the model again."
        ) from error


def _add_loras(pipe: Any, loras: tuple[Lora, ...]) -> tuple[list[str], int]:
    """Add LoRAs to a pipeline.

    Returns:
        What their weights' hashes are, and how much smaller a control video is.
    """
    if not loras:
        return [], 1
    try:
        import peft  # noqa: F401
    except ImportError as error:
        raise MissingRuntimeError(
            "Generator.lora must have peft, got none. "
            'Run pip install "previz[models]" with the constraints file.'
        ) from error
    import hashlib

    hashes, names, smaller = [], [], 1
    for number, lora in enumerate(loras):
        path = Path(lora.source).expanduser()
        file = lora_file(
            path if path.exists() else _fetched(lora.source, revision=None, whole=False)
        )
        if lora.in_context:
            told = lora_says(file).get("reference_downscale_factor", "1")
            smaller = max(smaller, int(told) if told.isdigit() else 1)
        names.append(f"lora_{number}")
        try:
            pipe.load_lora_weights(
                file.parent, weight_name=file.name, adapter_name=names[-1]
            )
        except (OSError, ValueError, KeyError, RuntimeError, AttributeError) as error:
            told = " ".join(str(error).split())[:300]
            raise GenerateError(
                f"Generator.lora must fit {type(pipe).__name__}, got {file} of which "
                f"diffusers says: {told}. Pass a LoRA of this model."
            ) from error
        weight = f"@{lora.weight:g}".encode()
        hashes.append(hashlib.sha256(file.read_bytes() + weight).hexdigest())
    pipe.set_adapters(names, [lora.weight for lora in loras])
    return hashes, smaller


def _joined(hashes: list[str]) -> str:
    import hashlib

    if len(hashes) == 1:
        return hashes[0]
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def _label(source: str | Path, loras: tuple[Lora, ...]) -> str:
    name = Path(source).name if Path(source).is_dir() else str(source)
    return " + ".join([name, *(Path(lora.source).stem for lora in loras)])
