"""From acts to how they are played: with which hand, at what, how long."""

from __future__ import annotations

from collections.abc import Callable, Container
from math import cos, sin

import numpy as np

from previz.model import Act, ActKind, Rate
from previz.stage.acting.played import (
    BOTH_HANDS,
    READY_S,
    Held,
    Partner,
    Played,
    Where,
)
from previz.stage.attention import Aim

__all__ = ["aims_of_acts", "plan_acts"]

_DEFAULT_S = (0.75, 0.8)
_HEAD_ONLY = frozenset({ActKind.NOD, ActKind.SHAKE_HEAD})
_WITH_WHAT_IS_HELD = frozenset(
    {
        ActKind.DRINK,
        ActKind.HAND_OVER,
        ActKind.PHONE,
        ActKind.PUT_DOWN,
        ActKind.READ,
        ActKind.THROW,
    }
)
_WATCHED = frozenset(
    {
        ActKind.CLOSE,
        ActKind.OPEN,
        ActKind.POINT,
        ActKind.PUSH,
        ActKind.PUT_DOWN,
        ActKind.REACH,
        ActKind.TAKE,
        ActKind.THROW,
        ActKind.TOUCH,
    }
)
_EYES_AHEAD = frozenset({ActKind.EMBRACE, ActKind.HEAD_IN_HANDS, ActKind.READ})

Standing = Callable[[float], tuple[float, float, float, float]]
"""Where a body is at a time: x, y, z and heading in radians."""


def plan_acts(
    acts: tuple[Act, ...],
    *,
    rate: Rate,
    standing: Standing,
    held: tuple[Held, ...],
    where: Callable[[Act], Where],
    partner: Callable[[Act], tuple[Partner, Partner] | None],
    people: Container[str],
    seed: int,
) -> tuple[Played, ...]:
    """Return how acts are played, in order of time.

    Args:
        acts: What is done.
        rate: Of the frames they count.
        standing: Where the body is at a time.
        held: What is in the hands, and when.
        where: The target of an act.
        partner: One's own half and the other's of an act between two, or None.
        people: Ids of everybody.
        seed: Varies rhythms.
    """
    played = []
    for act in sorted(acts, key=lambda a: a.frame):
        at = rate.seconds(act.frame)
        ready, back = READY_S.get(act.kind, _DEFAULT_S)
        end = rate.seconds(act.frame + act.length_frames)
        target, pair = where(act), partner(act)
        played.append(
            Played(
                kind=act.kind,
                ready_s=at - ready,
                at_s=at,
                end_s=end,
                back_s=end + back,
                sides=_sides(act, at, standing, held, target),
                where=target,
                own=pair[0] if pair else None,
                partner=pair[1] if pair else None,
                phase=float((seed + act.frame) % 628) / 100,
                to_somebody=act.target in people,
            )
        )
    return tuple(played)


def _sides(
    act: Act, at_s: float, standing: Standing, held: tuple[Held, ...], where: Where
) -> tuple[int, ...]:
    if act.kind in _HEAD_ONLY:
        return ()
    if act.hand:
        return {"left": (0,), "right": (1,), "both": (0, 1)}[act.hand]
    busy = {s for h in held if h.start_s < at_s - 0.02 <= h.end_s for s in h.sides}
    if act.kind in _WITH_WHAT_IS_HELD and busy:
        return tuple(sorted(busy))
    if act.kind in BOTH_HANDS:
        return (0, 1)
    near = 1
    point = where(at_s)
    if point is not None and act.kind is not ActKind.SHAKE_HANDS:
        x, _, z, yaw = standing(at_s)
        left = (point[0] - x) * cos(yaw) - (point[2] - z) * sin(yaw)
        near = 0 if left > 0.06 else 1
    return (1 - near,) if near in busy and 1 - near not in busy else (near,)


def aims_of_acts(aims: tuple[Aim, ...], acts: tuple[Played, ...]) -> tuple[Aim, ...]:
    """Return where one looks, also at what one's hands are about to do.

    Args:
        aims: Where one is told to look, in order of time.
        acts: What is done, in order of time.
    """
    out = list(aims)
    for act in acts:
        if act.kind is ActKind.READ:
            look: Where = act.where
        elif act.kind in _EYES_AHEAD:
            look = _nowhere
        elif act.kind in _WATCHED:
            look = _until(act.where, act.at_s)
        else:
            continue
        first = act.ready_s + 0.12
        last = (act.end_s if act.kind in _EYES_AHEAD else act.at_s) + 0.25
        last = max(last, act.end_s - 0.3) if act.kind is ActKind.POINT else last
        before = [aim for aim in out if aim[0] <= last]
        then = before[-1][1] if before else _nowhere
        out = [aim for aim in out if not first <= aim[0] <= last]
        out += [(max(first, 1e-3), look), (max(last, 2e-3), then)]
        out.sort(key=lambda aim: aim[0])
    return tuple(out)


def _nowhere(_: float) -> np.ndarray | None:
    return None


def _until(where: Where, last_s: float) -> Where:
    return lambda seconds: where(min(seconds, last_s))
