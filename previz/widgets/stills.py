"""The studio where there is no kernel: what it showed, as HTML that needs nothing."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from PIL import Image

from previz.errors import PrevizError
from previz.model import Film, Scene, Shot
from previz.session import Entry
from previz.widgets.monitor import size_of
from previz.widgets.playing import Playing
from previz.widgets.queue_html import queue_html

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from previz.widgets.queue_desk import Queued

__all__ = ["history_html", "studio_still"]

_POSTER_PX, _PANEL_PX, _FIGURE_PX = 480, 240, 320
_JPEG_QUALITY = 82
_MOST_PANELS, _MOST_STEPS = 6, 24
_SIDES_DEG = (0.0, 45.0, 180.0)
_SEVERAL = ("boards", "timeline", "outliner")
_STYLE = "font:13px/1.6 system-ui,sans-serif"
_QUIET = "opacity:.65"


def studio_still(
    film: Film,
    part: str,
    *,
    playing: Playing,
    shot: str = "",
    character: str = "",
    steps: tuple[Entry, ...] = (),
    queued: Queued | None = None,
) -> str:
    """Return a part of the studio as HTML of some ten kB that needs no script.

    A picture that cannot be made is left out.

    Args:
        film: The film.
        part: The part of the studio.
        playing: Draws its pictures, with what the studio needs anyway.
        shot: Id of the shot that is open; empty for the first.
        character: Id of who is fitted; empty for the first of the cast.
        steps: The film's edits.
        queued: Its promotions.
    """
    if part == "queue" and queued is not None:
        shown = queue_html(queued)
    elif part == "history":
        shown = history_html(steps)
    else:
        shown = "".join(_pictures(film, part, playing, shot, character))
    many = len(film.shots)
    said = f"<b>{escape(film.title)}</b> · {many} shot{'' if many == 1 else 's'}"
    return f'<div style="{_STYLE}"><div>{said}</div>{shown}</div>'


def history_html(steps: tuple[Entry, ...]) -> str:
    """Return the newest edits as a list that goes on counting."""
    if not steps:
        return f'<span style="{_QUIET}">Nothing edited yet.</span>'
    first = max(len(steps) - _MOST_STEPS, 0)
    rows = "".join(
        f'<li style="{"" if step.done else _QUIET}">{escape(step.words)}</li>'
        for step in steps[first:]
    )
    return f'<ol start="{first + 1}" style="margin:0">{rows}</ol>'


def _pictures(
    film: Film, part: str, playing: Playing, shot: str, character: str
) -> Iterable[str]:
    try:
        if part == "cast":
            yield from _figures(film, playing, character)
            return
        found = [pair for pair in film.shots if pair[1].id == shot] or film.shots[:1]
        for scene, first in found:
            if part in _SEVERAL:
                at = scene.shots.index(first)
                # In one scene, whose light is baked once.
                for one in scene.shots[at : at + _MOST_PANELS]:
                    yield _panel(film, scene, one, playing, _PANEL_PX)
            else:
                yield _panel(film, scene, first, playing, _POSTER_PX)
    except PrevizError:
        return


def _figures(film: Film, playing: Playing, character: str) -> Iterable[str]:
    if not film.characters:
        return
    who = film.find_character(character) if character else film.characters[0]
    for yaw_deg in _SIDES_DEG:
        pixels = playing.fittings.still(
            who, rate=film.rate, yaw_deg=yaw_deg, height_px=_FIGURE_PX, seed=film.seed
        )
        yield _image(pixels, who.name)
    yield f"<div>{escape(who.name)}</div>"


def _panel(
    film: Film, scene: Scene, shot: Shot, playing: Playing, width_px: int
) -> str:
    size = size_of(width_px)
    played = playing.scene(film, scene)
    state = played.stage.at(shot, shot.length_frames // 2, width_px=size[0])
    pixels = played.renderer(size, fine=False).picture(
        state, medium=film.medium_of(scene, shot), seed=film.seed
    )
    camera = shot.camera
    lens = f"{camera.poses[0].focal_length_mm:g} mm"
    length = f"{film.rate.seconds(shot.length_frames):.1f} s"
    said = " · ".join(map(str, (shot.size, lens, camera.move, length)))
    return (
        f'<figure style="display:inline-block;margin:6px 8px 0 0;max-width:100%">'
        f"{_image(pixels, shot.slate)}<figcaption><b>{escape(shot.slate)}</b> "
        f"{escape(said)}</figcaption></figure>"
    )


def _image(pixels: NDArray, alt: str) -> str:
    raw = io.BytesIO()
    Image.fromarray(pixels).save(raw, "JPEG", quality=_JPEG_QUALITY)
    source = base64.b64encode(raw.getvalue()).decode()
    return (
        f'<img alt="{escape(alt)}" width="{pixels.shape[1]}" '
        f'style="display:inline-block;max-width:100%;margin:0" '
        f'src="data:image/jpeg;base64,{source}">'
    )
