"""The camera report: what stood on the camera for each shot, as a first AC notes it.

Everything is read from the camera's own answer at the first, middle and last frame of
a shot; nothing is rendered and nobody is given a mesh.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from html import escape
from itertools import groupby
from pathlib import Path

from previz.camera.exposure import nd_density, stop_name
from previz.curves import Monotone
from previz.cut import Clip, timeline
from previz.folder import write_atomic
from previz.model import Control, Film, Scene, Shot
from previz.report.camera_notes import move_words, notes_of
from previz.report.camera_sample import Sample, sample_shot
from previz.report.shots import csv_cell
from previz.stage import NO_ASSETS, Assets, Stage

__all__ = [
    "CAMERA_COLUMNS",
    "CameraReport",
    "CameraRow",
    "camera_report_html",
    "camera_rows",
]

StageOf = Callable[[Scene], Stage]
"""Gives the stage of a scene."""

_ARROW = " → "
_MARKED = 0.03
"""By what share a distance must change to be worth a mark on the follow focus."""
_HEADINGS = {
    "slate": "Slate", "focal_mm": "Lens mm", "stop": "Stop", "nd": "ND",
    "focus": "Focus m", "distance_m": "To subject m", "sharp_m": "Sharp m",
    "height_m": "Height m", "tilt_deg": "Tilt", "roll_deg": "Roll", "rig": "Rig",
    "move": "Move", "note": "Notes",
}  # fmt: skip
"""What a row shows on paper; the rest stands once above each scene."""
_SETUP = ("body", "mode", "lens", "ei", "shutter_deg", "white_balance_k")
"""What usually is the same for a whole scene."""


@dataclass(frozen=True)
class CameraRow:
    """One shot. What changes over it is written first → last.

    Attributes:
        scene: Its number.
        setting: The scene's heading.
        slate: The slate.
        body: Camera body.
        mode: Sensor mode or film gate.
        gate_mm: Width and height of it.
        fps: Frames a second.
        shutter_deg: Angle of the shutter.
        white_balance_k: What the body is balanced for.
        meter_ev100: The scene's meter reading.
        lens: Set or lens.
        focal_mm: Focal length.
        stop: As called on set.
        ei: Rating, and how far it is pushed; empty where the camera follows the
            meter.
        nd: Density of the filters.
        focus: Metres and whom.
        distance_m: From the lens to the first subject's eyes.
        sharp_m: Near and far limit of depth of field.
        height_m: Of the lens over the floor.
        tilt_deg: Of the camera, up or down.
        roll_deg: Of the camera, to its right or left; empty if upright.
        rig: What carries it.
        move: In words.
        note: Limits exceeded, and the shot's own note.
    """

    scene: str
    setting: str
    slate: str
    body: str
    mode: str
    gate_mm: str
    fps: str
    shutter_deg: str
    white_balance_k: str
    meter_ev100: str
    lens: str
    focal_mm: str
    stop: str
    ei: str
    nd: str
    focus: str
    distance_m: str
    sharp_m: str
    height_m: str
    tilt_deg: str
    roll_deg: str
    rig: str
    move: str
    note: str

    @property
    def setup(self) -> str:
        """What usually is the same for a whole scene, in one line."""
        camera = ", ".join(filter(None, (self.body, self.mode)))
        told = (
            f"{camera} ({self.gate_mm} mm)",
            self.lens,
            f"EI {self.ei}" if self.ei else "",
            f"{self.fps} fps, {self.shutter_deg}°",
            f"{self.white_balance_k} K",
            f"meter EV {self.meter_ev100}",
        )
        return " · ".join(filter(None, told))


CAMERA_COLUMNS = tuple(field.name for field in fields(CameraRow))


class CameraReport:
    """The camera report of a film: a table in a cell and as CSV.

    Args:
        film: The film.
        stage_of: Gives a scene's stage, where some are at hand.
        assets: The film's imported meshes and motion.
    """

    def __init__(
        self,
        film: Film,
        *,
        stage_of: StageOf | None = None,
        assets: Assets = NO_ASSETS,
    ) -> None:
        self.rows = tuple(camera_rows(film, stage_of=stage_of, assets=assets))

    def save(self, path: Path | str) -> Path:
        """Write the report as CSV, in the form of the shot list; return its path.

        Raises:
            FilmFolderError: If the file cannot be written.
        """
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(CAMERA_COLUMNS)
        for row in self.rows:
            writer.writerow(csv_cell(getattr(row, name)) for name in CAMERA_COLUMNS)
        write_atomic(Path(path), b"\xef\xbb\xbf" + text.getvalue().encode())
        return Path(path)

    def __repr__(self) -> str:
        return f"<CameraReport of {len(self.rows)} shots; save() writes it>"

    def _repr_html_(self) -> str:
        return (
            '<div style="overflow-x:auto;font:12px/1.4 system-ui,sans-serif;'
            f'white-space:nowrap">{camera_report_html(self.rows)}</div>'
        )


def camera_rows(
    film: Film, *, stage_of: StageOf | None = None, assets: Assets = NO_ASSETS
) -> list[CameraRow]:
    """Return the camera report in order of the cut.

    Args:
        film: The film.
        stage_of: Gives a scene's stage, where some are at hand.
        assets: The film's imported meshes and motion.
    """
    names = {character.id: character.name for character in film.characters}
    rows = []
    for _, clips in groupby(timeline(film), key=lambda clip: clip.scene.id):
        stage: Stage | None = None
        for clip in clips:
            if stage is None:
                stage = (
                    stage_of(clip.scene)
                    if stage_of is not None
                    else Stage(
                        clip.scene, film.characters, rate=film.rate, assets=assets
                    )
                )
            rows.append(_row(film, clip, stage, names))
    return rows


def camera_report_html(rows: Iterable[CameraRow]) -> str:
    """Return the report as an HTML table, a body a scene, escaped, without styles.

    Above a scene's shots stands its setup; where a shot's differs, its notes say so.
    A column that no shot fills is left out.
    """
    listed = list(rows)
    shown = [n for n in _HEADINGS if n == "note" or any(getattr(r, n) for r in listed)]
    head = "".join(f'<th scope="col">{_HEADINGS[name]}</th>' for name in shown)
    bodies = "".join(
        f"<tbody>{''.join(_scene_lines(list(shots), shown))}</tbody>"
        for _, shots in groupby(listed, key=lambda row: (row.scene, row.setting))
    )
    return f"<table><thead><tr>{head}</tr></thead>{bodies}</table>"


def _scene_lines(rows: list[CameraRow], shown: list[str]) -> Iterator[str]:
    setups = [row.setup for row in rows]
    usual = rows[setups.index(max(dict.fromkeys(setups), key=setups.count))]
    yield (
        f'<tr><th scope="rowgroup" colspan="{len(shown)}" dir="auto">'
        f"<b>{escape(rows[0].scene)}</b> {escape(rows[0].setting)}"
        f" <small>{escape(usual.setup)}</small></th></tr>"
    )
    for row in rows:
        cells = {name: getattr(row, name) for name in shown}
        cells["note"] = "; ".join(filter(None, (_differences(row, usual), row.note)))
        yield (
            "<tr>"
            + "".join(
                f'<td data-c="{name}" dir="auto">{escape(text)}</td>'
                for name, text in cells.items()
            )
            + "</tr>"
        )


def _differences(row: CameraRow, usual: CameraRow) -> str:
    """Return what of a shot's setup is another than the scene's usual one."""
    units = {"ei": "EI {}", "shutter_deg": "shutter {}°", "white_balance_k": "{} K"}
    return "; ".join(
        units.get(name, "{}").format(getattr(row, name) or "by the meter")
        for name in _SETUP
        if getattr(row, name) != getattr(usual, name)
    )


def _row(film: Film, clip: Clip, stage: Stage, names: dict[str, str]) -> CameraRow:
    scene, shot = clip.scene, clip.shot
    sample = sample_shot(scene, shot, stage, film.characters)
    first = sample.states[0]
    body, _, mode = first.sensor.name.partition(", ")
    return CameraRow(
        scene=scene.number,
        setting=scene.slugline.text,
        slate=shot.slate,
        body=body,
        mode=mode,
        gate_mm=f"{first.sensor.width_mm:.2f} × {first.sensor.height_mm:.2f}",
        fps=str(film.rate),
        shutter_deg=_span(sample, lambda s: f"{s.shutter_deg:.4g}"),
        white_balance_k=_span(sample, lambda s: f"{sample.balance_k(s):.0f}"),
        meter_ev100=f"{scene.exposure_ev100:.1f}".replace("-", "−"),
        lens=_lens_name(shot),
        focal_mm=_span(sample, lambda s: f"{s.focal_length_mm:.3g}"),
        stop=_span(sample, lambda s: stop_name(s.t_stop)),
        ei=_rating(shot, sample),
        nd=_filters(shot),
        focus=_focus(sample, names),
        distance_m=_between(sample.distances_m),
        sharp_m=_sharp(sample),
        height_m=_span(sample, lambda s: f"{s.position_m[1]:.2f}"),
        tilt_deg=_angles(sample.tilts_deg, "up", "down"),
        roll_deg=_angles(sample.rolls_deg, "right", "left").replace("level", ""),
        rig=str(shot.camera.rig.kind),
        move=move_words(shot, sample, film.rate),
        note="; ".join((*notes_of(stage, shot, sample, names), *_own(shot))),
    )


def _own(shot: Shot) -> tuple[str, ...]:
    return (shot.note,) if shot.note else ()


def _lens_name(shot: Shot) -> str:
    """Return the lens without the focal length that has its own column."""
    lens = shot.camera.lens
    focal = f"{lens.focal_length_mm:g} mm"
    name = lens.name.replace(f" {focal} ", " ", 1)
    return name if lens.longest_mm is None else lens.name


def _rating(shot: Shot, sample: Sample) -> str:
    """Return the rating, and by how much it is pushed beyond the body's own."""
    isos = _keyed(shot, Control.ISO, shot.camera.iso)
    if isos is None:
        return ""
    iso = isos[0]
    told = _course([f"{value:.4g}" for value in isos])
    pushed = math.log2(iso / sample.states[0].sensor.native_iso)
    if abs(pushed) < 0.9 or len(set(isos)) > 1:
        return told
    stops = f"{abs(pushed):.0f} stop{'s' if abs(pushed) >= 1.5 else ''}"
    return f"{iso:g} ({'push' if pushed > 0 else 'pull'}ed {stops})"


def _filters(shot: Shot) -> str:
    stops = _keyed(shot, Control.ND, shot.camera.nd_stops) or [0.0]
    densities = [nd_density(value) for value in stops]
    return _course([f"{value:.1f}" if value else "–" for value in densities])


def _keyed(shot: Shot, control: Control, stored: float | None) -> list[float] | None:
    """Return a control's values at head, middle and tail; None where it is not set."""
    keys = next((t.keys for t in shot.camera.tracks if t.control is control), None)
    if keys is None:
        return None if stored is None else [stored] * 3
    curve = Monotone.through([k.frame for k in keys], [[k.value] for k in keys])
    last = shot.length_frames - 1
    return [float(curve.at(frame)[0]) for frame in (0, last // 2, last)]


def _span(sample: Sample, tell: Callable[..., str]) -> str:
    """Return what a state tells, first → last where it changes in between."""
    return _course([tell(state).replace("-", "−") for state in sample.states])


def _course(told: list[str]) -> str:
    """Return first → last; the middle too where the ends are the same."""
    first, *between, last = told
    if first != last:
        return f"{first}{_ARROW}{last}"
    away = next((word for word in between if word != first), first)
    return first if away == first else f"{first}{_ARROW}{away}{_ARROW}{last}"


def _focus(sample: Sample, names: dict[str, str]) -> str:
    """Return what the focus is on: 2.45 Ann, 3.10 → 2.45 Ann, 3.10 Ann → 2.45 Bo."""
    states, people = (sample.states[0], sample.states[-1]), sample.sharp_on
    one, other = names.get(people[0], people[0]), names.get(people[-1], people[-1])
    first, last = (state.focus_distance_m for state in states)
    if one != other:
        ends = (f"{_metres(first)} {one}".strip(), f"{_metres(last)} {other}".strip())
        return _ARROW.join(ends)
    return f"{_between((first, last))} {one}".strip()


def _between(metres: tuple[float | None, ...]) -> str:
    """Return a distance, first → last where it changes by what a puller would mark."""
    known = [m for m in metres if m is not None]
    if not known:
        return ""
    first, last = _metres(known[0]), _metres(known[-1])
    steady = max(known) - min(known) < _MARKED * max(known)
    return first if steady or first == last else f"{first}{_ARROW}{last}"


def _sharp(sample: Sample) -> str:
    first, last = sample.sharp[0], sample.sharp[-1]
    told = f"{_metres(first.near_m)}–{_metres(first.far_m)}"
    if abs(last.near_m - first.near_m) < _MARKED * first.near_m:
        return told
    return f"{told}{_ARROW}{_metres(last.near_m)}–{_metres(last.far_m)}"


def _angles(degrees: tuple[float, ...], above: str, below: str) -> str:
    """Return 9° down, 9 → 12° down, 3° up → 2° down; level within half a degree."""
    ways = {above if d > 0 else below for d in degrees if abs(d) >= 0.5}
    if len(ways) == 1:
        told = _course([f"{abs(d) if abs(d) >= 0.5 else 0:.0f}" for d in degrees])
        return f"{told}° {ways.pop()}"
    return _course(
        [
            f"{abs(d):.0f}° {above if d > 0 else below}" if abs(d) >= 0.5 else "level"
            for d in degrees
        ]
    )


def _metres(metres: float) -> str:
    """Return a distance as a tape gives it: to the centimetre, from 10 m to 10 cm."""
    if math.isinf(metres):
        return "∞"
    return f"{metres:.2f}" if metres < 9.995 else f"{metres:.1f}"
