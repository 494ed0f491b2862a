"""Every place from two corners: is it known at a glance, and does it hold together?"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from previz.camera.gear import body as body_gate
from previz.direct.lighting import light
from previz.direct.places import TEMPLATES, dress, example_of
from previz.folder import write_atomic
from previz.gallery.location import ZOOM
from previz.model import (
    Camera,
    CameraPose,
    Coverage,
    Rate,
    Scene,
    Set,
    Setting,
    Shot,
    ShotSize,
    Slugline,
    TimeOfDay,
    Vec3,
)
from previz.progress import progress_report
from previz.render import Renderer
from previz.stage import Obstacles, Stage

__all__ = ["NIGHTS", "build_places", "film_place", "place_scene", "places_table"]

NIGHTS = frozenset(
    {
        "bar",
        "street",
        "alley",
        "gas station",
        "living room",
        "train platform",
        "hotel room",
    }
)
"""Places that are filmed by night as well."""

_SEED = 7
_EYE_M = 1.55
_HEAD = """\
# Places

Written by `make gallery`. Each place is filmed empty, from a corner at eye height and
from another, by day and some by night. A slugline's words pick it; a seed turns it
over, recolours it and moves what stands in it.

"""


@dataclass(frozen=True)
class _View:
    position: Vec3
    target: Vec3
    focal_mm: float


def place_scene(template: str, *, seed: int = _SEED, time: TimeOfDay) -> Scene:
    """Dress and light a place with nobody in it."""
    place, setting = example_of(template)
    line = Slugline(text=place, place=place, setting=Setting(setting))
    set_ = dress(line, seed=seed, id="place", people=3)
    lights, exposure = light(set_, time_of_day=time, seed=seed)
    return Scene(
        id="place", number="1", slugline=line, time_of_day=time, set=set_,
        lights=lights, exposure_ev100=exposure, length_frames=2,
    )  # fmt: skip


def film_place(
    template: str,
    *,
    seed: int = _SEED,
    time: TimeOfDay = TimeOfDay.DAY,
    size: tuple[int, int] = (320, 180),
) -> list[NDArray[np.uint8]]:
    """Film a place from two sides; two pictures, shape (height, width, 3)."""
    scene = place_scene(template, seed=seed, time=time)
    stage = Stage(scene, (), rate=Rate.of(24))
    renderer = Renderer(
        stage, width_px=size[0], height_px=size[1], exposure_ev100=scene.exposure_ev100
    )
    gate = body_gate("ARRI ALEXA 35", mode="4K 16:9")
    pictures = []
    for view in _views(scene.set):
        pose = CameraPose(
            position_m=view.position, target_m=view.target,
            focal_length_mm=view.focal_mm, focus_distance_m=6.0,
        )  # fmt: skip
        shot = Shot(
            id="view", slate="P", first_frame=0, length_frames=2,
            coverage=Coverage.ESTABLISHING, size=ShotSize.EWS,
            camera=Camera(sensor=gate, lens=ZOOM, poses=(pose,)),
        )  # fmt: skip
        pictures.append(renderer.picture(stage.at(shot, 0)))
    return pictures


def build_places(
    folder: Path | str,
    *,
    templates: Iterable[str] = tuple(TEMPLATES),
    size: tuple[int, int] = (320, 180),
) -> Path:
    """Film every place and write a JPEG for each and the page that shows them.

    Args:
        folder: Where; made if it is not there.
        templates: Which places.
        size: Of one picture, in pixels.

    Raises:
        FilmFolderError: If a file cannot be written.
    """
    at, wanted = Path(folder), tuple(templates)
    with progress_report("places") as told:
        for done, template in enumerate(wanted, start=1):
            rows = [np.concatenate(film_place(template, size=size), axis=1)]
            if template in NIGHTS:
                night = film_place(template, size=size, time=TimeOfDay.NIGHT)
                rows.append(np.concatenate(night, axis=1))
            raw = io.BytesIO()
            Image.fromarray(np.concatenate(rows)).save(raw, "JPEG", quality=84)
            write_atomic(at / f"{_stem(template)}.jpg", raw.getvalue())
            told(template, done, len(wanted))
    write_atomic(at / "PLACES.md", places_table())
    return at / "PLACES.md"


def places_table() -> str:
    """Return Markdown with each place, a word that asks for it, and its picture."""
    parts = []
    for template in TEMPLATES:
        place, setting = example_of(template)
        line = f"{setting}. {place}"
        parts.append(
            f"## {template}\n\n`{line}` · {_told(template)}\n\n"
            f"![{template}](gallery/{_stem(template)}.jpg)\n"
        )
    return _HEAD + "\n".join(parts)


def _told(template: str) -> str:
    first = (TEMPLATES[template].__doc__ or "").strip().splitlines()
    return first[0] if first else ""


def _stem(template: str) -> str:
    return "place-" + template.replace(" ", "-")


def _views(set_: Set) -> tuple[_View, _View]:
    """Return a master at eye height from a corner and a wider one from another."""
    w, h, d = set_.size_m
    if set_.template == "car":
        return (
            _View((0.9, 1.5, 2.6), (0.0, 0.9, -0.4), 28.0),
            _View((-2.9, 1.4, 0.6), (0.0, 0.8, -0.2), 28.0),
        )
    ducts = any(piece.kind == "ducts" for piece in set_.pieces)
    low, tall = _EYE_M, 1.8 if ducts else min(h - 0.4, 2.5)
    if set_.template == "theatre stage":
        return (
            _View((w * 0.34, low, d / 2 - 0.3), (-w * 0.1, 1.2, -d / 2), 19.0),
            _View((-w * 0.3, tall, -d * 0.2), (w * 0.1, 1.2, d / 2), 18.0),
        )
    if not set_.interior:
        eye = (w * 0.22, low, d / 2 + max(w, d) * 0.55 * 0.45)
        return (
            _open(set_, eye, (-w * 0.06, 1.9, -d / 2)),
            _open(set_, (-w * 0.44, tall, d * 0.1), (w * 0.5, 1.5, -d * 0.25)),
        )
    return _from_corners(set_, low, tall)


def _from_corners(set_: Set, low: float, tall: float) -> tuple[_View, _View]:
    """Return views at two heights from corners of a room that hide least of it."""
    w, _, d = set_.size_m
    corners = [
        (sx * (w / 2 - inset), sz * (d / 2 - inset))
        for inset in (0.3, 0.75)
        for sx in (1, -1)
        for sz in (1, -1)
    ]
    best = sorted(corners, key=lambda c: _hidden(set_, (c[0], low, c[1])))
    first = best[0]
    second = min(
        (c for c in corners if c != first and math.dist(c, first) > min(w, d) * 0.6),
        key=lambda c: _hidden(set_, (c[0], tall, c[1])),
    )
    return (
        _View(
            (first[0], low, first[1]), (-first[0] * 0.3, 1.15, -first[1] * 0.5), 19.0
        ),
        _View(
            (second[0], tall, second[1]),
            (-second[0] * 0.4, 0.9, -second[1] * 0.4),
            18.0,
        ),
    )


def _open(set_: Set, eye: Vec3, target: Vec3) -> _View:
    """Move a camera towards what it looks at until it stands free."""
    obstacles = Obstacles(set_)
    for share in np.linspace(0.0, 0.6, 13):
        at = tuple(float(a + (b - a) * share) for a, b in zip(eye, target, strict=True))
        place = (at[0], eye[1], at[2])
        if not obstacles.inside(place, margin_m=0.2):
            return _View(place, target, 24.0)
    return _View(eye, target, 24.0)


def _hidden(set_: Set, eye: Vec3) -> float:
    """How much of the floor is hidden from a camera; 9 where it stands in a thing."""
    obstacles = Obstacles(set_)
    if obstacles.inside(eye, margin_m=0.1):
        return 9.0
    w, _, d = set_.size_m
    points = [
        (w * 0.42 * math.cos(a), 1.0, d * 0.42 * math.sin(a))
        for a in np.linspace(0, 2 * np.pi, 12, endpoint=False)
    ]
    hidden = sum(obstacles.blocked(eye, point) for point in points) / len(points)
    return hidden + 2.0 * _crowded(obstacles, eye)


def _crowded(obstacles: Obstacles, eye: Vec3) -> float:
    """How much of what lies ahead, towards the middle, stands right before the lens."""
    middle = math.atan2(-eye[0], -eye[2])
    near = [
        (
            eye[0] + 1.7 * math.sin(middle + math.radians(turn)),
            eye[1] + 1.7 * math.tan(math.radians(tilt)),
            eye[2] + 1.7 * math.cos(middle + math.radians(turn)),
        )
        for turn in (-30, -20, -10, 0, 10, 20, 30)
        for tilt in (-22, -12, -4, 5)
    ]
    return sum(obstacles.blocked(eye, point) for point in near) / len(near)
