"""Which promoted takes show a film as it stands, and how they stand in its cut."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from previz.cut import keep_take, read_frames
from previz.folder import FilmFolder
from previz.model import Film, Scene, Take
from previz.promote.freeze import shot_state
from previz.promote.ledger import Ledger
from previz.promote.taken import VIDEO, Taken, whole_takes
from previz.stage import NO_ASSETS, Assets, Stage

__all__ = ["conformed", "credit", "promoted_takes"]

_TIERS = ("draft", "standard", "final")

Progress = Callable[[str, int, int], None]
"""Told what is done, how many shots of how many."""


def promoted_takes(
    film: Film,
    place: FilmFolder,
    *,
    stage_of: Callable[[Scene], Stage] | None = None,
    assets: Assets = NO_ASSETS,
) -> dict[str, Taken]:
    """Return the best whole take of each shot that still looks as it did.

    A shot whose frames have changed since has none; a changed note changes nothing.
    The higher tier is the better take, then the newer one; a take that was found not
    to be what was directed is shown where there is no other.

    Args:
        film: The film.
        place: Its folder.
        stage_of: Gives a scene's stage; built anew by default.
        assets: The film's imported meshes and motion.

    Returns:
        Takes by the shot's id.
    """
    stage = stage_of or lru_cache(maxsize=None)(
        lambda scene: Stage(scene, film.characters, rate=film.rate, assets=assets)
    )
    best: dict[str, Taken] = {}
    made: dict[str, list[Taken]] = {}
    for taken in sorted(whole_takes(place.promoted), key=_worth):
        made.setdefault(taken.shot, []).insert(0, taken)
    with Ledger(place.ledger) as ledger:
        for scene, shot in film.shots:
            for taken in made.get(shot.id, ()):
                state = shot_state(
                    film, scene, shot, width_px=taken.order_width_px, ledger=ledger,
                    stage_of=partial(stage, scene), assets=assets,
                )  # fmt: skip
                if state == taken.state:
                    best[shot.id] = taken
                    break
    return best


def _worth(taken: Taken) -> tuple[bool, int]:
    true = taken.manifest.get("verdict") != "retry"
    return true, _TIERS.index(taken.quality) if taken.quality in _TIERS else 0


def credit(taken: Taken) -> str:
    """Return in words what made a take: "path, final, 1920×1080"."""
    order, (width_px, height_px) = taken.manifest["order"], taken.size
    return f"{order['backend']}, {order['quality']}, {width_px}×{height_px}"


def conformed(
    film: Film,
    taken: Mapping[str, Taken],
    takes: Path,
    *,
    size: tuple[int, int],
    report: Progress | None = None,
) -> dict[str, Take]:
    """Return promoted takes as takes of a cut of another size, made where missing.

    Pictures keep their shape: where it is another, black fills the sides.

    Args:
        film: The film.
        taken: Promoted takes by the shot's id.
        takes: The folder of takes.
        size: Even width and height of the cut.
        report: Told after each shot.

    Raises:
        FilmFolderError: If the folder cannot be written.
    """
    made: dict[str, Take] = {}
    for number, (shot, source) in enumerate(taken.items(), 1):
        name = f"promoted {source.hash} {size[0]}x{size[1]}"
        made[shot] = Take(
            id=hashlib.sha256(name.encode()).hexdigest(),
            shot=shot,
            width_px=size[0],
            height_px=size[1],
            length_frames=source.length_frames,
            rate=film.rate,
            file=VIDEO,
        )
        keep_take(takes, made[shot], _resized(source, size))
        if report is not None:
            report(credit(source), number, len(taken))
    return made


def _resized(taken: Taken, size: tuple[int, int]) -> Iterator[NDArray[np.uint8]]:
    width_px, height_px = taken.size
    for frame in read_frames(taken.video):
        picture = frame.to_ndarray(format="rgb24")[:height_px, :width_px]
        padded = ImageOps.pad(Image.fromarray(picture), size, Image.Resampling.LANCZOS)
        yield np.asarray(padded, np.uint8)
