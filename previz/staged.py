"""What the parts of the façade ask of a film."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from previz import model

if TYPE_CHECKING:
    from previz.makers import Maker
    from previz.render import Quality, Renderer
    from previz.session import Session
    from previz.stage import Assets, Stage
    from previz.widgets import StudioPart, StudioWidget

__all__ = ["Staged"]


class Staged(Protocol):
    """A film as its scenes and shots ask for it, and what shows them."""

    def stage_of(self, scene: model.Scene) -> Stage:
        """Return the stage of a scene, kept."""

    def renderer_of(
        self, scene: model.Scene, size: tuple[int, int], quality: Quality
    ) -> Renderer:
        """Return the renderer of a scene at a size and quality, kept."""

    @property
    def value(self) -> model.Film:
        """The film itself."""

    @property
    def session(self) -> Session:
        """Its history, and where its studios stand."""

    @property
    def assets(self) -> Assets | None:
        """Its imported meshes and motion, if any."""

    @property
    def generator(self) -> Maker:
        """What makes its pictures; None leaves them plain."""

    @property
    def folder(self) -> Path | None:
        """Where it lives."""

    def studio(self, part: StudioPart, *, shot: str) -> StudioWidget:
        """Return a part of the film's studio that opens on a shot."""
