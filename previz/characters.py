"""A character of a film as a cell holds it: it shows itself from all sides."""

from __future__ import annotations

import base64
import io
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from previz import model
from previz.errors import AssetError

if TYPE_CHECKING:
    from PIL.Image import Image

    from previz.direct.fitting import Fitted
    from previz.session import Session
    from previz.widgets import Playing, StudioPart, StudioWidget

__all__ = ["Character"]

_SIDES = ((0.0, "front"), (45.0, "three-quarter"), (90.0, "side"), (180.0, "back"))
_SIDE_PX = 240


class Cast(Protocol):
    """What a character asks of their film."""

    session: Session

    @property
    def value(self) -> model.Film:
        """The film itself."""

    @property
    def playing(self) -> Playing:
        """Its cast as widgets show it."""

    def studio(self, part: StudioPart, *, character: str) -> StudioWidget:
        """Return a part of the film's studio that opens on a character."""


class Character:
    """One of a film's cast, as they are by now.

    Args:
        film: The film.
        identifier: Their id.
    """

    def __init__(self, film: Cast, identifier: str) -> None:
        self.film = film
        self.id = identifier

    @property
    def value(self) -> model.Character:
        """What holds their look: body, clothes, seeds.

        Raises:
            UnknownNameError: If they are no longer in the film.
        """
        return self.film.value.find_character(self.id)

    @property
    def name(self) -> str:
        """What they are called."""
        return self.value.name

    @property
    def wardrobe(self) -> model.Wardrobe:
        """What they wear."""
        return self.value.wardrobe

    def anchor_editor(self) -> StudioWidget:
        """Return what holds their look, to be changed before a live figure."""
        return self.film.studio("cast", character=self.id)

    def add_reference(self, path: Path | str) -> None:
        """Pin up a picture that they are to look like, kept with the film.

        Args:
            path: A PNG, JPEG or WebP file.

        Raises:
            AssetError: If it cannot be read, or is no such picture.
        """
        from previz.assets import MOST_PICTURE_BYTES
        from previz.widgets import pin_up_file

        path = Path(path)
        try:
            with path.open("rb") as file:
                data = file.read(MOST_PICTURE_BYTES + 1)
        except OSError as error:
            raise AssetError(
                f"Reference.picture must be a file that can be read, got {path}: "
                f"{error.strerror}. Pass another path."
            ) from None
        pin_up_file(self.film.session, self.id, data, name=path.name)

    @property
    def references(self) -> list[Image]:
        """The pictures that they are to look like, of those that the film holds."""
        from previz.assets import picture_of

        kept = self.film.session.assets
        found = [kept.picture(one.picture) for one in self.value.references if kept]
        return [picture_of(picture) for picture in found if picture is not None]

    def fitting(
        self, yaw_deg: float = 0.0, *, fitted: Fitted = "figure", height_px: int = 640
    ) -> Image:
        """Return a picture of them alone, in soft light before a grey backdrop.

        Args:
            yaw_deg: Turned so far from facing the camera, to their left.
            fitted: "figure", "bust" or "face".
            height_px: About how high; three quarters as wide.

        Raises:
            UnknownNameError: If `fitted` is none of those.
        """
        from PIL import Image

        film = self.film.value
        pixels = self.film.playing.fittings.still(
            self.value,
            rate=film.rate,
            yaw_deg=yaw_deg,
            fitted=fitted,
            height_px=height_px,
            seed=film.seed,
        )
        return Image.fromarray(pixels)

    def __repr__(self) -> str:
        who = self.value
        return f"{who.name}, {who.age:.0f}, {who.height_m:.2f} m"

    def _repr_html_(self) -> str:
        who = self.value
        cells = "".join(
            f'<img alt="{escape(who.name)}, {side}" width="{_SIDE_PX * 3 // 4}" '
            f'src="{self._data_url(yaw)}">'
            for yaw, side in _SIDES
        )
        return (
            f'<div style="font:13px/1.5 system-ui,sans-serif">{cells}<div><b>'
            f"{escape(who.name)}</b> {who.age:.0f} years · {who.height_m:.2f} m · "
            f"{escape(', '.join(who.wardrobe.garments))}</div></div>"
        )

    def _data_url(self, yaw_deg: float) -> str:
        raw = io.BytesIO()
        self.fitting(yaw_deg, height_px=_SIDE_PX).save(raw, "JPEG", quality=85)
        return "data:image/jpeg;base64," + base64.b64encode(raw.getvalue()).decode()
