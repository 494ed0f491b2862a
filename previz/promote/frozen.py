"""What decides a promoted take, whole: it can be made from this and nothing else."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from previz import model
from previz.model import Identifier, Model
from previz.model.limits import LARGEST_PX

__all__ = ["Frozen", "Order", "Quality"]

Quality = Literal["draft", "standard", "final"]
"""What a take may cost: to judge a move, to show, to deliver."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Order(Model):
    """How a shot is to be made.

    Attributes:
        backend: By its name in `previz.promote.backends`.
        quality: Tier, from which a backend takes samples or steps, and precision.
        width_px: Of the pictures.
        height_px: Of the pictures.
        seed: Of what is invented, besides the film's.
        options: What this backend alone is told, by name; plain JSON.
        budget_usd: What the take may cost where a service charges for it, retries
            included; without it nothing is charged. Decides no picture.
    """

    backend: Identifier = "path"
    quality: Quality = "standard"
    width_px: Annotated[int, Field(ge=1, le=LARGEST_PX)] = 960
    height_px: Annotated[int, Field(ge=1, le=LARGEST_PX)] = 540
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    options: dict[str, Any] = Field(default_factory=dict)
    budget_usd: Annotated[float, Field(gt=0, le=100_000)] | None = None


class Frozen(Model):
    """A shot as it stood when it was promoted. Travels as JSON; `hash` names the take.

    Attributes:
        film: The film with this one scene, without its shots.
        shot: The shot.
        order: How it is to be made.
        state: Hash of what is where in each of its frames; what does not change any
            of them (a note, a slate, another shot's mark) does not change it.
        told: What the backend is told besides, by name: words, the SHA-256 of each
            reference picture; plain text.
        assets: SHA-256 of each imported mesh and motion, which is its name.
        weights: SHA-256 of the backend's weights, by file.
        versions: Of the packages that decide pixels.
        color: The colour configuration's name.
        record_frame: At which frame of the cut it began when it was frozen, for the
            timecode in its files. Decides no picture.
    """

    film: model.Film
    shot: model.Shot
    order: Order
    state: Sha256
    told: dict[str, str] = Field(default_factory=dict)
    assets: tuple[Sha256, ...] = ()
    weights: dict[str, Sha256] = Field(default_factory=dict)
    versions: dict[str, str] = Field(default_factory=dict)
    color: str = ""
    record_frame: Annotated[int, Field(ge=0)] = 0

    @property
    def scene(self) -> model.Scene:
        """The shot's scene, without its shots."""
        return self.film.scenes[0]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what decides the pictures: the take's name.

        The film's values are in it by `state` and `told` alone, so that what nobody
        sees (a note, a budget) names no other take.
        """
        decides = self.model_dump(
            mode="json",
            exclude={
                "film": True,
                "shot": True,
                "record_frame": True,
                "order": {"budget_usd"},
            },
        )
        text = json.dumps(decides, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
