"""Proofs: some frames of a take at full quality, to judge a shot by before the rest.

A proof is of the take itself: its frames are finished ones, and whoever promotes the
shot afterwards has the others made. What is asked of a take is told by its frames, in
order; none stands for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from numbers import Integral

from previz.errors import ModelError, PromoteError
from previz.given import is_whole
from previz.promote.plan import Chunk, Forecast, Plan

__all__ = [
    "Frames",
    "check_singly",
    "frames_in",
    "frames_text",
    "joined",
    "proof_frames",
    "proof_plan",
    "reaches",
    "rest_plan",
]

Frames = tuple[int, ...]
"""Frames that are asked of a take, in order; none for all of them."""

_FEW = 3
"""The first, the middle and the last."""
_TEXT = re.compile(r"(\d{1,7}(,\d{1,7})*)?")


def proof_frames(proof: object, length_frames: int, *, slate: str) -> Frames:
    """Return the frames of a shot that a proof asks for; none if it is of the whole.

    Args:
        proof: True for the first, the middle and the last, a number for as many evenly
            spread, or the frames themselves, of which negative ones count from the
            end. False for no proof.
        length_frames: Of the shot.
        slate: Of the shot.

    Raises:
        ModelError: If it is none of those, or the shot has no such frame.
    """
    if proof is None or proof is False:
        return ()
    if proof is True:
        asked = _spread(length_frames, _FEW)
    elif isinstance(proof, Integral) and int(proof) > 0:
        asked = _spread(length_frames, int(proof))
    else:
        asked = _named(proof, length_frames, slate)
    return asked if len(asked) < length_frames else ()


def _spread(length: int, count: int) -> Frames:
    """Return so many frames from first to last; of one, the middle."""
    if count == 1:
        return (length // 2,)
    count, gaps = min(count, length), max(min(count, length) - 1, 1)
    return tuple((2 * n * (length - 1) + gaps) // (2 * gaps) for n in range(count))


def _named(proof: object, length: int, slate: str) -> Frames:
    named = tuple(proof) if isinstance(proof, Iterable) else ()
    numbers = [int(n) for n in named if is_whole(n) and -length <= int(n) < length]
    if not numbers or len(numbers) < len(named):
        raise ModelError(
            f"Shot.promote.proof must be True, a number of frames, or frames 0 to "
            f"{length - 1} of {slate}, got {proof!r:.60}. Write proof=True for the "
            "first, the middle and the last."
        )
    return tuple(sorted({n % length for n in numbers}))


def check_singly(plan: Plan) -> None:
    """Refuse a proof of a backend that makes frames of a take in one go.

    Raises:
        PromoteError: If a part of the plan has more than one frame.
    """
    most = max(chunk.made_frames or chunk.length_frames for chunk in plan.chunks)
    if most > 1 or any(chunk.overlap for chunk in plan.chunks):
        raise PromoteError(
            "Shot.promote.proof must be of a backend that makes frames one by one, got "
            f"{plan.backend!r}, which makes {most} in one go. Leave proof out, or "
            "write backend='path'."
        )


def proof_plan(plan: Plan, frames: Frames) -> Plan:
    """Return what is planned of some frames of a take alone.

    Args:
        plan: Of the whole take, its frames made one by one.
        frames: Of the proof; the plan of the whole take where there are none.
    """
    if not frames:
        return plan
    return replace(
        plan,
        chunks=tuple(Chunk(frame, 1) for frame in frames),
        proof=frames,
        forecast=_share(plan.forecast, len(frames) / plan.length_frames),
    )


def rest_plan(plan: Plan, there: Collection[int]) -> Plan:
    """Return what is planned of what is not made yet: whole chunks, as they are made.

    Args:
        plan: Of a take or of a proof.
        there: The finished frames.
    """
    left = tuple(chunk for chunk in plan.chunks if not {*chunk.owned} <= {*there})
    if left == plan.chunks:
        return plan
    made = [
        sum(c.made_frames or c.length_frames for c in x) for x in (left, plan.chunks)
    ]
    return replace(plan, chunks=left, forecast=_share(plan.forecast, made[0] / made[1]))


def _share(told: Forecast, share: float) -> Forecast:
    """Return a forecast of a part: as much memory, and so much time and money."""
    return replace(
        told,
        seconds=None if told.seconds is None else told.seconds * share,
        cost_usd=None if told.cost_usd is None else told.cost_usd * share,
    )


def joined(one: Frames, other: Frames) -> Frames:
    """Return what is asked by one or the other; all frames, if one asks for all."""
    return tuple(sorted({*one, *other})) if one and other else ()


def reaches(asked: Frames, frames: Frames) -> bool:
    """Tell whether what is asked of a take holds some frames, or all of it."""
    return not asked or (bool(frames) and {*frames} <= {*asked})


def frames_text(frames: Frames) -> str:
    """Return frames as a ledger keeps them: "0,18,35"; empty for all."""
    return ",".join(map(str, frames))


def frames_in(text: str) -> Frames | None:
    """Return the frames that a ledger kept, or None if it is no such text."""
    if not _TEXT.fullmatch(text):
        return None
    return tuple(sorted({int(part) for part in text.split(",") if part}))
