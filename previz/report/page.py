"""One self-contained HTML page: animatic, boards, shot list, camera report, plans.

The page runs from a file, in a frame (`srcdoc`) and on a static host. Its policy
forbids the network and every script but its own. Size rule: the whole page stays below
`limit_bytes`; panels get at most 40 % of it, stepping down in size; the animatic gets
what is left, encoded again where it is larger; below 48 kbit/s it is left out, the page
says so, and the player shows the panels in time instead.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from previz.cut import Clip, timeline
from previz.errors import PrevizError
from previz.folder import write_atomic
from previz.model import Film
from previz.report.budget import Picture, fit_movie, fit_panels
from previz.report.camera_report import camera_report_html, camera_rows
from previz.report.plan import plan_svg
from previz.report.shots import SHOT_COLUMNS, ShotRow, shot_rows, shot_words, spoken
from previz.stage import NO_ASSETS, Assets

__all__ = ["report_html", "write_report"]

Progress = Callable[[str, int, int], None]
"""Told what is done, how many steps of how many."""

_NONE: Mapping[str, str] = MappingProxyType({})

_Text = list[dict[str, str]]
"""What is said and done in a shot, with the cues."""

_LIMIT_BYTES = 9_800_000
_PANEL_SHARE = 0.4
_TOO_LONG = (
    "The animatic does not fit in this page, so the panels play in its place. The film "
    "itself is the MP4 beside the report."
)
_HERE = Path(__file__).parent
_COLUMNS = tuple(c for c in SHOT_COLUMNS if c not in ("setting", "note"))
"""Of the shot list, as the page has room for them."""


def write_report(
    film: Film,
    panels: Mapping[str, bytes],
    animatic: Path | None,
    path: Path,
    *,
    limit_bytes: int = _LIMIT_BYTES,
    assets: Assets = NO_ASSETS,
    made_by: str = "",
    promoted: Mapping[str, str] = _NONE,
    report: Progress | None = None,
) -> None:
    """Write the report; see `report_html`.

    Raises:
        PrevizError: If the page cannot be made as small as `limit_bytes`.
        FilmFolderError: If the file cannot be written.
    """
    page = report_html(
        film, panels, animatic, limit_bytes=limit_bytes, assets=assets,
        made_by=made_by, promoted=promoted, report=report,
    )  # fmt: skip
    write_atomic(path, page)


def report_html(
    film: Film,
    panels: Mapping[str, bytes],
    animatic: Path | None,
    *,
    limit_bytes: int = _LIMIT_BYTES,
    assets: Assets = NO_ASSETS,
    made_by: str = "",
    promoted: Mapping[str, str] = _NONE,
    report: Progress | None = None,
) -> str:
    """Return the report as one HTML text.

    Args:
        film: The film.
        panels: The panel of each shot as a JPEG file's bytes, by the shot's id.
        animatic: The film's MP4; None leaves the player with the panels alone.
        limit_bytes: What the page may weigh.
        assets: The film's imported meshes and motion.
        made_by: What made the pictures, for the foot of the page.
        promoted: By the shot's id, what made those that are shown at full quality.
        report: Told of the animatic's frames where it must be encoded again.

    Raises:
        PrevizError: If the page cannot be made as small as `limit_bytes`.
    """
    rows, texts = shot_rows(film), tuple(map(_text, timeline(film)))
    camera = Markup(camera_report_html(camera_rows(film, assets=assets)))
    by = (made_by, promoted)
    bare = len(_page(film, rows, texts, camera, {}, b"", by).encode())
    room = limit_bytes - bare
    pictures = fit_panels(panels, limit_bytes=int(room * _PANEL_SHARE * 3 / 4))
    room -= sum(len(picture.jpeg) * 4 // 3 + 64 for picture in pictures.values())
    movie = b""
    if animatic is not None:
        movie = fit_movie(
            film, animatic, limit_bytes=int(room * 3 / 4) - 64, report=report
        )
    lost = animatic is not None and not movie
    page = _page(film, rows, texts, camera, pictures, movie, by, lost=lost)
    if len(page.encode()) > limit_bytes:
        raise PrevizError(
            f"Report.limit_bytes must be >= {len(page.encode())} for this film, got "
            f"{limit_bytes}. Raise the limit or report fewer scenes."
        )
    return page


def _page(
    film: Film,
    rows: tuple[ShotRow, ...],
    texts: tuple[_Text, ...],
    camera: Markup,
    pictures: Mapping[str, Picture],
    movie: bytes,
    by: tuple[str, Mapping[str, str]],
    *,
    lost: bool = False,
) -> str:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((_HERE / "report.html.j2").read_text("utf-8"))
    style = (_HERE / "report.css").read_text("utf-8")
    script = (_HERE / "report.js").read_text("utf-8")
    return template.render(
        film=film,
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        running_time=_minutes(film, film.length_frames),
        start=film.rate.timecode(0),
        scenes=_scenes(film, texts, pictures, by[1]),
        columns=[name.replace("_", " ") for name in _COLUMNS],
        rows=[_cells(row) for row in rows],
        camera=camera,
        facts=_facts(film, rows, texts, by[1]),
        movie=Markup(base64.b64encode(movie).decode()),
        no_movie=_TOO_LONG if lost else "",
        version=_version(),
        made_by=by[0],
    )


def _policy(style: str, script: str) -> str:
    """Return a policy that lets nothing in but this page's own style and script."""
    return "; ".join(
        (
            "default-src 'none'",
            "img-src data:",
            "media-src blob:",
            f"style-src {_digest(style)}",
            f"script-src {_digest(script)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return (
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
    )


def _scenes(
    film: Film,
    texts: tuple[_Text, ...],
    pictures: Mapping[str, Picture],
    promoted: Mapping[str, str],
) -> list[dict[str, Any]]:
    shots: dict[int, list[dict[str, Any]]] = {}
    for index, (clip, text) in enumerate(zip(timeline(film), texts, strict=True)):
        panel = _panel(film, clip, index, text, pictures.get(clip.shot.id))
        panel["promoted"] = promoted.get(clip.shot.id, "")
        shots.setdefault(id(clip.scene), []).append(panel)
    return [
        {
            "number": scene.number,
            "heading": scene.slugline.text,
            "length": _minutes(film, scene.length_frames),
            "plan": Markup(plan_svg(scene, film)),
            "shots": shots.get(id(scene), []),
        }
        for scene in film.scenes
    ]


def _panel(
    film: Film, clip: Clip, index: int, text: _Text, picture: Picture | None
) -> dict[str, Any]:
    shot = clip.shot
    gear = [str(shot.size), f"{shot.camera.poses[0].focal_length_mm:g} mm"]
    gear += [
        word
        for word in (str(shot.angle), str(shot.camera.move))
        if word not in ("eye", "static")
    ]
    shown: dict[str, Any] = {"picture": "", "width": 16, "height": 9}
    if picture is not None:
        code = base64.b64encode(picture.jpeg).decode()
        shown = {
            "picture": f"data:image/jpeg;base64,{code}",
            "width": picture.width_px,
            "height": picture.height_px,
        }
    return shown | {
        "index": index,
        "slate": shot.slate,
        "gear": " · ".join(gear),
        "seconds": f"{film.rate.seconds(shot.length_frames):.1f}",
        "text": text,
    }


def _text(clip: Clip) -> _Text:
    return [
        {
            "cue": (beat.element.character or "—") if spoken(beat) else "",
            "words": words,
        }
        for beat, words in shot_words(clip.scene, clip.shot)
    ]


def _facts(
    film: Film,
    rows: tuple[ShotRow, ...],
    texts: tuple[_Text, ...],
    promoted: Mapping[str, str],
) -> dict[str, Any]:
    """Return what the player knows of the film."""
    return {
        "rate": [film.rate.numerator, film.rate.denominator],
        "frames": film.length_frames,
        "shots": [
            {
                "start": clip.record_frame,
                "frames": clip.length_frames,
                "opens": clip.shot.first_frame == 0,
                "scene": f"{clip.scene.number}  {clip.scene.slugline.text}",
                "slate": row["slate"],
                "size": row["size"],
                "lens": f"{row['lens_mm']:g} mm",
                "angle": row["angle"],
                "move": row["move"],
                "coverage": row["coverage"],
                "length": f"{row['length_s']:.1f} s · {row['length_frames']} frames",
                "page": f"page {row['page']}, line {row['line']}",
                "promoted": promoted.get(clip.shot.id, ""),
                "text": text,
            }
            for clip, row, text in zip(timeline(film), rows, texts, strict=True)
        ],
    }


def _cells(row: ShotRow) -> list[dict[str, Any]]:
    return [
        {
            "value": row[name],
            "shown": f"{row[name]:g}" if isinstance(row[name], float) else row[name],
            "number": isinstance(row[name], int | float),
        }
        for name in _COLUMNS
    ]


def _minutes(film: Film, frames: int) -> str:
    """Return a length as people say it: 2:05, 1:02:05."""
    seconds = round(film.rate.seconds(frames))
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _version() -> str:
    try:
        return metadata.version("previz")
    except metadata.PackageNotFoundError:
        return ""
