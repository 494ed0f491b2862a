"""From a shot as it stands to one that can be made anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator
from importlib import metadata

from previz import model
from previz.cut import RENDER_VERSION, take_hash, timeline
from previz.promote.backends import backend_of
from previz.promote.frozen import Frozen, Order
from previz.promote.ledger import Ledger
from previz.promote.seen import seen_hash, seen_steps, through
from previz.promote.shooting import staged
from previz.render.display import COLOR_CONFIG
from previz.stage import NO_ASSETS, Assets, Stage

__all__ = ["freeze", "seen_key", "shot_state", "shot_state_steps"]


def freeze(
    film: model.Film,
    scene: model.Scene,
    shot: model.Shot,
    *,
    order: Order,
    stage: Stage,
    assets: Assets = NO_ASSETS,
    state: str = "",
) -> Frozen:
    """Freeze a shot: everything that decides the pictures of its take.

    Args:
        film: The film.
        scene: The shot's scene.
        shot: The shot.
        order: How it is to be made.
        stage: The scene's stage.
        assets: The film's imported meshes and motion.
        state: The hash of its frames, where it is known already.

    Raises:
        UnknownNameError: If there is no such backend.
        GenerateError: If the backend's weights are missing or not as they should be.
    """
    backend = backend_of(order.backend)
    bare = scene.changed(shots=())
    footage = staged(film, scene, shot, stage)
    return Frozen(
        film=film.changed(scenes=(bare,)),
        shot=shot,
        order=order,
        state=state or seen_hash(film, scene, shot, stage, width_px=order.width_px),
        told=backend.told(order, footage),
        assets=tuple(name for name in sorted(scene.asset_names) if name in assets),
        weights=backend.weights(order),
        versions=_versions() | backend.versions(),
        color=COLOR_CONFIG,
        record_frame=_record_frame(film, shot),
    )


def shot_state(
    film: model.Film,
    scene: model.Scene,
    shot: model.Shot,
    *,
    width_px: int,
    stage_of: Callable[[], Stage],
    ledger: Ledger,
    assets: Assets = NO_ASSETS,
) -> str:
    """Return the hash of a shot's frames, worked out only where a value changed.

    Args:
        film: The film.
        scene: The shot's scene.
        shot: The shot.
        width_px: Width of the pictures.
        stage_of: Builds the scene's stage; called where the hash is not known yet.
        ledger: Where hashes are kept.
        assets: The film's imported meshes and motion.
    """
    return through(
        shot_state_steps(
            film, scene, shot, width_px=width_px, stage_of=stage_of, ledger=ledger,
            assets=assets,
        )
    )  # fmt: skip


def shot_state_steps(
    film: model.Film,
    scene: model.Scene,
    shot: model.Shot,
    *,
    width_px: int,
    stage_of: Callable[[], Stage],
    ledger: Ledger,
    assets: Assets = NO_ASSETS,
) -> Generator[None, None, str]:
    """Work out `shot_state` one frame after another."""
    key = seen_key(film, scene, shot, width_px=width_px, assets=assets)
    known = ledger.state_of(key)
    if known is None:
        stage = stage_of()
        known = yield from seen_steps(film, scene, shot, stage, width_px=width_px)
        ledger.keep_states([(key, known)])
    return known


def seen_key(
    film: model.Film,
    scene: model.Scene,
    shot: model.Shot,
    *,
    width_px: int,
    assets: Assets = NO_ASSETS,
) -> str:
    """Return a hash of all values that a shot's frames follow from, and some more.

    As long as it stays, they stay; when it changes, they may.
    """
    values = take_hash(
        film, scene, shot, width_px=width_px, height_px=width_px, assets=assets
    )
    numbers = [(i, who.id) for i, who in enumerate(film.characters)]
    return hashlib.sha256(f"{values} {film.seed} {numbers}".encode()).hexdigest()


def _record_frame(film: model.Film, shot: model.Shot) -> int:
    """Return where a shot begins in the cut; 0 where the film has it not."""
    for clip in timeline(film):
        if clip.shot.id == shot.id:
            return clip.record_frame
    return 0


def _versions() -> dict[str, str]:
    try:
        own = metadata.version("previz")
    except metadata.PackageNotFoundError:
        own = "0"
    return {"previz": own, "previz.render": str(RENDER_VERSION)}
