"""Where planned shots are joined, held and parted: the rhythm of the cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from previz.direct.plan import LADDER, Plan, is_wider, sizes_apart, tighter
from previz.model import Angle, Coverage, Move, Rate, ShotSize

__all__ = [
    "LONGEST_S",
    "SHORTEST_S",
    "cut_on_exits",
    "flowing",
    "long_enough",
    "merged",
    "one_opening",
    "without_jumps",
]

SHORTEST_S = 1.2
LONGEST_S = 9.0
_LINGER_S = 0.4
"""How long a picture is held after everybody has left it."""
_SCENIC = (Coverage.ESTABLISHING, Coverage.MASTER, Coverage.GROUP)
_UNREST = (*(m for m in Move if m is not Move.HANDHELD), Move.HANDHELD)


def merged(
    plans: list[Plan], rate: Rate, *, longest_s: float = LONGEST_S
) -> list[Plan]:
    """Join neighbours of one setup as long as the shot does not grow too long."""
    result: list[Plan] = []
    longest = rate.frames(longest_s)
    for plan in plans:
        last = result[-1] if result else None
        if last is None or last.setup != plan.setup:
            result.append(plan)
        elif plan.end - last.start <= longest:
            result[-1] = _joined(last, plan)
        else:
            result.append(_another(plan))
    return result


def one_opening(plans: list[Plan], rate: Rate) -> list[Plan]:
    """Let a scene open on one view of its place, not on two of the same."""
    result = list(plans)
    longest = rate.frames(LONGEST_S)
    while len(result) > 1:
        first, second = result[:2]
        alike = first.coverage is second.coverage and first.coverage in _SCENIC
        if not alike or second.end - first.start > longest:
            break
        door = first.door or second.door
        subjects = tuple(dict.fromkeys((*first.subjects, *second.subjects)))
        joined = replace(_joined(first, second), door=door, subjects=subjects)
        result[:2] = [joined]
    return result


def flowing(plans: list[Plan], rate: Rate) -> list[Plan]:
    """Let one shot hold what one person does in one paragraph, wide enough for all.

    "She stands, crosses to the counter and pours" is one movement to the eye; it is
    cut only when it lasts longer than a shot may.
    """
    result: list[Plan] = []
    longest = rate.frames(LONGEST_S * 0.8)
    for plan in plans:
        last = result[-1] if result else None
        one = (
            last is not None
            and last.coverage in (Coverage.SINGLE, Coverage.FOLLOW)
            and plan.coverage in (Coverage.SINGLE, Coverage.FOLLOW)
            and (last.travels or plan.travels)
            and last.beats == plan.beats
            and last.subjects == plan.subjects
            and not last.door
            and plan.end - last.start <= longest
        )
        if not one or last is None:
            result.append(plan)
            continue
        wider = last if not is_wider(plan.size, last.size) else plan
        result[-1] = replace(
            wider,
            start=last.start,
            end=plan.end,
            travels=True,
            door=plan.door,
            coverage=Coverage.FOLLOW,
            move=max(last.move, plan.move, key=_UNREST.index),
        )
    return result


def _joined(first: Plan, second: Plan, *, keep: Plan | None = None) -> Plan:
    kept = keep or first
    beats = tuple(dict.fromkeys((*first.beats, *second.beats)))
    subjects = kept.subjects
    travels = kept.travels or (
        second.travels and bool(set(subjects) & set(second.subjects))
    )
    return replace(
        kept, start=first.start, end=second.end, beats=beats, travels=travels
    )


def _another(plan: Plan) -> Plan:
    """Return a different picture of the same moment: the listener, or another size."""
    if (
        plan.partner
        and plan.coverage in (Coverage.OTS, Coverage.SINGLE)
        and plan.subjects
    ):
        return replace(
            plan,
            coverage=Coverage.REACTION,
            size=ShotSize.MCU,
            move=Move.STATIC,
            subjects=(plan.partner,),
            partner=plan.subjects[0],
        )
    steps = 2 if plan.size in LADDER[:5] else -2
    if plan.coverage in _SCENIC and len(plan.subjects) != 1:
        return replace(
            plan,
            size=tighter(plan.size, 1),
            angle=Angle.HIGH,
            move=Move.PUSH_IN,
            travels=False,
        )
    return replace(plan, size=tighter(plan.size, steps), move=Move.STATIC)


def long_enough(plans: list[Plan], rate: Rate) -> list[Plan]:
    """Give shots under the shortest length to the neighbour that needs them more."""
    least, longest = rate.frames(SHORTEST_S), rate.frames(LONGEST_S)
    result = list(plans)
    index = 0
    while index < len(result) and len(result) > 1:
        plan = result[index]
        if plan.end - plan.start >= least:
            index += 1
            continue
        before = result[index - 1] if index else None
        after = result[index + 1] if index + 1 < len(result) else None
        full = before is not None and plan.end - before.start > longest
        if before is None or (
            after is not None and (full or plan.setup == after.setup)
        ):
            assert after is not None
            result[index : index + 2] = [_joined(plan, after, keep=after)]
            index = max(0, index - 1)
        else:
            result[index - 1 : index + 1] = [_joined(before, plan)]
            index = max(0, index - 1)
    return result


def cut_on_exits(
    plans: list[Plan], *, gone: Mapping[str, int], rate: Rate
) -> list[Plan]:
    """Let the next shot begin soon after everybody has left a picture.

    Args:
        plans: Shots in order.
        gone: The frame from which somebody is away, by id.
        rate: Frames a second.
    """
    result = list(plans)
    linger, longest = rate.frames(_LINGER_S), rate.frames(LONGEST_S)
    least = rate.frames(SHORTEST_S)
    for index, (plan, after) in enumerate(pairwise(plans)):
        if not plan.subjects or not all(s in gone for s in plan.subjects):
            continue
        out = max(gone[s] for s in plan.subjects) + linger
        cut = max(out, result[index].start + least, after.end - longest)
        if plan.start < out and cut < plan.end:
            beats = tuple(dict.fromkeys((*plan.beats[-1:], *after.beats)))
            result[index] = replace(result[index], end=cut)
            result[index + 1] = replace(after, start=cut, beats=beats)
    return result


def without_jumps(plans: list[Plan]) -> list[Plan]:
    """Part the sizes of neighbours that show the same people the same way."""
    result: list[Plan] = []
    for plan in plans:
        last = result[-1] if result else None
        alike = (
            last is not None
            and last.subjects == plan.subjects
            and bool(plan.subjects)
            and sizes_apart(last.size, plan.size) < 2
            and Coverage.INSERT not in (last.coverage, plan.coverage)
        )
        if alike and last is not None:
            limit = ShotSize.MS if plan.travels else ShotSize.CU
            wanted = tighter(last.size, 2)
            # Past the limit the size stays, and placement turns by 30° instead.
            size = plan.size if is_wider(limit, wanted) else wanted
            plan = replace(plan, size=size)
            if plan.coverage is Coverage.OTS and size not in (
                ShotSize.MS,
                ShotSize.MCU,
            ):
                plan = replace(plan, coverage=Coverage.SINGLE)
        result.append(plan)
    return result
