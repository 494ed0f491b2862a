"""How a frame is made, as a strip: what is known, direct light, bounced, generated."""

from __future__ import annotations

import base64
import io
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from previz import model
from previz.folder import write_atomic

if TYPE_CHECKING:
    from PIL.Image import Image

    from previz.render import Buffers
    from previz.staged import Staged

__all__ = ["Passes", "passes_of"]

_NEAREST_TONE, _FARTHEST_TONE = 0.92, 0.08


class Passes:
    """Pictures of one frame on its way, named; they show themselves in a cell.

    Args:
        pictures: By what they are called, in order; all of one size.
    """

    def __init__(self, pictures: dict[str, Image]) -> None:
        self.pictures = pictures

    def __getitem__(self, name: str) -> Image:
        """Return the picture of that name."""
        return self.pictures[name]

    def save(self, path: Path | str) -> Path:
        """Write them side by side as one picture and return its path.

        Raises:
            FilmFolderError: If it cannot be written.
        """
        from PIL import Image

        whole = np.concatenate([np.asarray(x) for x in self.pictures.values()], axis=1)
        raw = io.BytesIO()
        suffix = Path(path).suffix.lower()
        Image.fromarray(whole).save(
            raw, format="PNG" if suffix == ".png" else "JPEG", quality=92
        )
        write_atomic(Path(path), raw.getvalue())
        return Path(path)

    def __repr__(self) -> str:
        return f"<Passes {', '.join(self.pictures)}>"

    def _repr_html_(self) -> str:
        cells = "".join(
            '<figure style="margin:0">'
            f'<img alt="{escape(name)}" style="width:100%;display:block;'
            f'border-radius:2px" src="{_data_url(picture)}">'
            f'<figcaption style="font:12px/1.7 system-ui,sans-serif;opacity:.7">'
            f"{escape(name)}</figcaption></figure>"
            for name, picture in self.pictures.items()
        )
        columns = "repeat(auto-fill,minmax(220px,1fr))"
        return (
            f'<div style="display:grid;grid-template-columns:{columns};gap:6px;'
            f'max-width:1180px">{cells}</div>'
        )


def passes_of(
    film: Staged,
    scene: model.Scene,
    shot: model.Shot,
    frame: int,
    *,
    size: tuple[int, int],
) -> Passes:
    """Return a frame from what is known of it to what is shown.

    Args:
        film: The film.
        scene: The shot's scene.
        shot: The shot.
        frame: Of the shot, from 0.
        size: Width and height in pixels.

    Raises:
        PrevizError: If the generator that comes with previz is broken.
    """
    from PIL import Image

    from previz.render import display

    state = film.stage_of(scene).at(shot, frame)
    renderer = film.renderer_of(scene, size, "film")
    seen = renderer.buffers(state)
    seed = film.value.seed
    light = {
        "direct light": renderer.linear(state, bounced=False, seed=seed),
        "with bounced light": renderer.linear(state, plain=True, seed=seed),
        "generated": renderer.linear(state, seed=seed),
    }
    return Passes(
        {
            "distance": Image.fromarray(_distance(seen)),
            "normals": Image.fromarray(_normals(seen)),
            "colour": Image.fromarray(_colour(seen)),
        }
        | {name: Image.fromarray(display(made)) for name, made in light.items()}
    )


def _distance(seen: Buffers) -> NDArray[np.uint8]:
    """Return near as light and far as dark, by the logarithm of metres."""
    there = np.isfinite(seen.depth_m) & (seen.depth_m > 0)
    out = np.zeros((*seen.depth_m.shape, 3), np.uint8)
    if there.any():
        far = np.log(seen.depth_m[there])
        share = (far - far.min()) / max(float(np.ptp(far)), 1e-6)
        tone = _NEAREST_TONE + (_FARTHEST_TONE - _NEAREST_TONE) * share
        out[there] = (255 * tone[:, None]).astype(np.uint8)
    return out


def _normals(seen: Buffers) -> NDArray[np.uint8]:
    return np.asarray((0.5 + 0.5 * seen.normal_world) * 255, np.uint8)


def _colour(seen: Buffers) -> NDArray[np.uint8]:
    return np.asarray(np.clip(seen.base_color, 0, 1) ** (1 / 2.2) * 255, np.uint8)


def _data_url(picture: Image) -> str:
    raw = io.BytesIO()
    picture.save(raw, format="JPEG", quality=88)
    return "data:image/jpeg;base64," + base64.b64encode(raw.getvalue()).decode()
