"""A take measured against its shot, without a trained network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from typing import Any

import numpy as np

from previz.adherence.camera import CameraFit, camera_fit
from previz.adherence.colour import colour_fit
from previz.adherence.compared import Frames, Taken, reseen
from previz.adherence.motion import MotionFit, motion_fit
from previz.adherence.people import people_fit
from previz.adherence.verdict import LIMITS, TIERS, Tier, Verdict, verdict_of
from previz.controls import Footage
from previz.errors import UnknownNameError

__all__ = ["Adherence", "measured"]

_LOOKED_AT: dict[Tier, int] = {"draft": 4, "standard": 6, "final": 9}
_FLOORS = 2
_SHARES = ("registered", "outline", "joints_found", "movement")
_SAID = {
    "pass": "is what was directed",
    "review": "needs somebody to look",
    "retry": "is not what was directed",
}


@dataclass(frozen=True)
class Adherence:
    """How true a take is to its shot. Shows itself as a table.

    Attributes:
        verdict: "pass", "review" or "retry" (with another seed).
        figures: By name; None where a figure cannot be told, such as people's where
            nobody is in the picture.
        floors: What the same estimators make of the preview itself, recorded anew
            with another grade and noise.
        reasons: Names of the figures that decided.
        tier: How strict it was judged.
        frames: Which frames of the shot were looked at.
        worst: The character whose colours are farthest off.
        by_frame: How far the framing is off in each of them, in hundredths of the
            picture's width; None where the camera was not found.
    """

    verdict: Verdict
    figures: dict[str, float | None]
    floors: dict[str, float | None] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    tier: Tier = "standard"
    frames: tuple[int, ...] = ()
    worst: str = ""
    by_frame: Mapping[int, float | None] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Why, in a line."""
        if not self.reasons:
            return f"The take {_SAID[self.verdict]}."
        said = ", ".join(f"{LIMITS[n].words} {self._shown(n)}" for n in self.reasons)
        return f"The take {_SAID[self.verdict]}: {said}."

    def record(self) -> dict[str, dict[str, object]]:
        """Return each figure under its words, as a manifest keeps it; plain JSON.

        "value" is told, "good" says whether it passes, or None where nothing could be
        told; "figure", "number", "allowed" and "floor" are for programs.
        """
        return {
            limit.words: {
                "value": self._shown(name),
                "good": None if self._said(name) == "" else self._said(name) == "pass",
                "figure": name,
                "number": self.figures.get(name),
                "allowed": limit.allowed(self.tier),
                "floor": self.floors.get(name),
            }
            for name, limit in LIMITS.items()
        }

    def framing(self) -> list[dict[str, Any]]:
        """Return how far each frame's framing is off, in order; plain JSON.

        "frame" with "value" (to be read), "number" and "good" as in `record`. Where
        the camera was not found, though the preview's can be, it is not good.
        """
        told = []
        can_be = (self.floors.get("registered") or 0.0) > 0.0
        for frame, value in self.by_frame.items():
            said = self._judged("framing_pct", value)
            good = None if said == "" else said == "pass"
            shown = "–" if value is None else f"{value:.2f} %"
            if value is None and can_be:
                shown, good = "not found", False
            told.append({"frame": frame, "value": shown, "good": good, "number": value})
        return told

    def _said(self, name: str) -> str:
        """Return what a figure alone would decide; "" if it could not be told."""
        return self._judged(name, self.figures.get(name))

    def _judged(self, name: str, value: float | None) -> str:
        floor = self.floors.get(name)
        if value is None or LIMITS[name].is_blind(floor):
            return ""
        return LIMITS[name].judged(value, tier=self.tier, floor=floor or 0.0)

    def _shown(self, name: str, value: float | None = None) -> str:
        value = self.figures.get(name) if value is None else value
        if value is None:
            return "–"
        unit = LIMITS[name].unit
        return f"{value:.3g}{' ' if unit == '%' else ''}{unit}"

    def _repr_html_(self) -> str:
        rows = "".join(self._row(name) for name in LIMITS)
        shown = ", ".join(str(frame) for frame in self.frames)
        return (
            '<div style="font:12px/1.5 system-ui,sans-serif">'
            f"<b>{escape(self.words)}</b><table><tr>"
            '<th style="text-align:left">what was looked at</th><th>take</th>'
            f"<th>{self.tier} allows</th><th>preview itself</th><th></th></tr>"
            f'{rows}</table><span style="opacity:.65">frames {shown}; – could not be '
            "told</span></div>"
        )

    def _row(self, name: str) -> str:
        limit, floor = LIMITS[name], self.floors.get(name)
        allows = self._shown(name, limit.allowed(self.tier))
        bound = "≥" if limit.more_is_better else "≤"
        return (
            f'<tr><td style="text-align:left">{escape(limit.words)}</td>'
            f"<td>{self._shown(name)}</td><td>{bound} {allows}</td>"
            f"<td>{'' if floor is None else self._shown(name, floor)}</td>"
            f"<td>{self._said(name)}</td></tr>"
        )


def measured(
    footage: Footage,
    frames: Frames,
    *,
    tier: Tier,
    stills: Sequence[int] | None = None,
) -> Adherence:
    """Measure a take against its shot.

    Some frames all over the shot are looked at, more of them in a stricter tier, at
    480 pixels across or the take's own width. Pictures of any size will do, if they
    show what the shot's camera frames.

    Args:
        footage: The shot.
        frames: The take's picture by frame of the shot: sRGB code values, uint8,
            shape (h, w, 3).
        tier: How strict it is judged.
        stills: The frames that there are, if not all. They are looked at, and nothing
            is said of motion, which shows only in frames that follow each other.

    Raises:
        MissingRuntimeError: If the extra `promote` is not installed.
        PrevizError: If a frame is no such picture.
        UnknownNameError: If there is no such tier.
    """
    if tier not in TIERS:
        raise UnknownNameError("Adherence.tier", tier, TIERS)
    looked_at = _looked_at(footage, tier) if stills is None else tuple(stills)
    taken = Taken(footage, frames, known=looked_at[0])
    compared = [taken.compared(frame) for frame in looked_at]
    fit, floor = camera_fit(compared), _floor(taken, looked_at)
    people = people_fit(compared, footage.film.characters)
    colour = colour_fit(compared)
    motion = MotionFit() if stills is not None else motion_fit(taken, looked_at)
    figures = _camera_figures(fit, can_be=floor.registered > 0.0) | {
        "outline": people.outline,
        "joints_found": people.joints_found,
        "joint_pct": people.joint_pct,
        **asdict(motion),
        "colour_off": colour.off,
        "colour_wavers": colour.wavers,
    }
    floors = _camera_figures(floor, can_be=True)
    for name in _SHARES:
        for told in (figures, floors):
            value = told.get(name)
            if value is not None:
                told[name] = 100.0 * value
    verdict, reasons = verdict_of(figures, floors, tier=tier)
    return Adherence(
        verdict, figures, floors, reasons, tier, looked_at, colour.worst, fit.by_frame
    )


def _looked_at(footage: Footage, tier: Tier) -> tuple[int, ...]:
    """Return some frames all over a shot."""
    count = min(_LOOKED_AT[tier], footage.length_frames)
    chosen = np.linspace(0, footage.length_frames - 1, count).round()
    return tuple(sorted({int(frame) for frame in chosen}))


def _floor(taken: Taken, frames: tuple[int, ...]) -> CameraFit:
    """Return what the camera's estimator makes of the preview, recorded anew."""
    some = frames[:: max(len(frames) // _FLOORS, 1)][:_FLOORS]
    return camera_fit(
        [
            taken.compared(frame).with_take(reseen(taken.preview(frame), seed=frame))
            for frame in some
        ]
    )


def _camera_figures(fit: CameraFit, *, can_be: bool) -> dict[str, float | None]:
    """Return the camera's figures; None where not even the preview's can be found."""
    told: dict[str, float | None] = asdict(fit)
    del told["by_frame"]
    return told if can_be else dict.fromkeys(told)
