"""A picture house's booth window, where the action says that it lights up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from previz.direct.floor import Floor
from previz.direct.lexicon import Kind
from previz.direct.lit_windows import BOOTH, ahead
from previz.direct.names import dice
from previz.direct.staging import Moment, Staged
from previz.model import RGB, Matter, Prop, Rate, SetPiece
from previz.stage.pieces.picture_house import booth_m

__all__ = ["shone"]

_MEANT = frozenset({"square", "pane", "window", "booth"})
_WARM: RGB = (1.0, 0.66, 0.3)
_DARK: RGB = (0.012, 0.014, 0.022)
"""A pane with no light behind it; plain glass would show what it stands before."""
_GREY_CD_M2 = 0.143
"""Luminance of a grey card that is metered at exposure value 0, ISO 100."""
_BRIGHT = 2.6
"""How much brighter than that card the lit window is: its colour is still seen."""
_OFF_M = 0.012
_AFTER_S = 1.1
"""How long a window is looked at before it changes."""
_CATCHES = (2, 5, 1, 6)
"""Frames for which a lamp is on, off … before it burns."""
_FLICKERS = ((1, 4), (2, 7))
"""Least and most frames off and on, of a projector's lamp seen from the street."""


def shone(
    staged: Staged, *, floor: Floor, rate: Rate, exposure_ev100: float, seed: int
) -> Staged:
    """Let a window light up, flicker or go out in the frames in which that is told.

    Panes before the window are there by turns, dark ones and lit ones; the light on
    the set stays as it is. What lights up was dark from the scene's start.

    Args:
        staged: What happens and when.
        floor: The set.
        rate: Frames a second.
        exposure_ev100: Of the picture, in which the lit window is bright.
        seed: Of the flicker.
    """
    house = floor.piece_for(BOOTH)
    told = [m for m in staged.moments if _tells(m)]
    if house is None or not told:
        return staged
    changes = _changes(told, rate, seed)
    ends = [*(frame for frame, _ in changes[1:]), staged.length_frames]
    panes = tuple(
        Prop(
            piece=_pane(house, index, lit=lit, exposure_ev100=exposure_ev100),
            from_frame=frame,
            until_frame=end,
        )
        for index, ((frame, lit), end) in enumerate(zip(changes, ends, strict=True))
        if frame < end
    )
    moments = tuple(_named(m) if _tells(m) else m for m in staged.moments)
    return replace(staged, moments=moments, props=(*staged.props, *panes))


def _tells(moment: Moment) -> bool:
    event = moment.event
    return (
        event is not None
        and event.kind is Kind.SHINE
        and bool(_MEANT & set(event.words))
    )


def _named(moment: Moment) -> Moment:
    assert moment.event is not None
    return replace(moment, event=replace(moment.event, words=BOOTH))


def _changes(told: Sequence[Moment], rate: Rate, seed: int) -> list[tuple[int, bool]]:
    """Return from which frame on the window is lit or dark, in order."""
    verbs = [m.event.verb for m in told if m.event is not None]
    found = [(0, verbs[0] != "light")]
    for moment, verb in zip(told, verbs, strict=True):
        at = moment.start + rate.frames(_AFTER_S)
        if verb in ("light", "darken"):
            lit = verb == "light"
            for frames in _CATCHES:
                found.append((at, lit))
                at, lit = at + frames, not lit
            found.append((at, verb == "light"))
        elif verb == "flicker":
            found += _flicker(moment, seed)
    kept = [a for a, b in pairwise(found) if a[0] < b[0]]
    return [*kept, found[-1]]


def _flicker(moment: Moment, seed: int) -> list[tuple[int, bool]]:
    rng = dice(seed, moment.beat)
    found, at = [], moment.start
    while at < moment.end:
        off, on = (int(rng.integers(low, high)) for low, high in _FLICKERS)
        found += [(at, False), (at + off, True)]
        at += off + on
    return found


def _pane(house: SetPiece, index: int, *, lit: bool, exposure_ev100: float) -> SetPiece:
    wide, low, front = booth_m(house)
    x, y, z = ahead(house, front + _OFF_M)
    bright = _BRIGHT * _GREY_CD_M2 * 2.0**exposure_ev100
    r, g, b = (round(c * bright / 0.706, 3) for c in _WARM)
    return SetPiece(
        id=f"{house.id}-pane-{index + 1}",
        kind="pane",
        position_m=(x, y + low, z),
        yaw_deg=house.yaw_deg,
        size_m=(wide, wide, 0.008),
        color=(r, g, b) if lit else _DARK,
        matter=Matter.EMITTER if lit else Matter.PLASTIC,
    )
