"""What no longer holds once somebody stands elsewhere: acts of hands, and holds."""

from __future__ import annotations

from previz.direct.floor import apart_m
from previz.model import Act, ActKind, Blocking, Mark, Prop, Scene

__all__ = ["without_left", "without_stale"]

_ANYWHERE = frozenset(
    {
        ActKind.NOD,
        ActKind.SHAKE_HEAD,
        ActKind.SHRUG,
        ActKind.WAVE,
        ActKind.POINT,
        ActKind.PHONE,
        ActKind.READ,
        ActKind.DRINK,
        ActKind.HEAD_IN_HANDS,
    }
)
"""Acts that are done wherever one stands."""
_PASSING = frozenset({ActKind.HAND_OVER, ActKind.RECEIVE})
_WITHIN_M = 0.6


def without_left(
    scene: Scene, blocking: Blocking, marks: tuple[Mark, ...], index: int
) -> Scene:
    """Return the scene without what somebody did where they are on a new mark now.

    Args:
        scene: The scene.
        blocking: Theirs, as it was.
        marks: Theirs, planned anew.
        index: Of the new one among them.
    """
    first = marks[index - 1].leave_frame if index else blocking.enter_frame
    last = index + 1 == len(marks)
    end = scene.length_frames if last else marks[index + 1].arrive_frame
    return without_stale(scene, blocking, marks[index], first=first, end=end)


def without_stale(
    scene: Scene, blocking: Blocking, mark: Mark, *, first: int, end: int
) -> Scene:
    """Return the scene without what somebody did at a place left for a new mark.

    Args:
        scene: The scene.
        blocking: Theirs, as it was.
        mark: The new one.
        first: Frame at which the old place is now left.
        end: Frame at which the old marks are kept again.
    """
    stale = _stale_acts(blocking, mark, first=first, end=end)
    return _without(scene, blocking.character, stale) if stale else scene


def _stale_acts(blocking: Blocking, mark: Mark, *, first: int, end: int) -> list[Act]:
    """Return the acts of somebody that were done at a place left for a new mark."""
    found = []
    for act in blocking.acts:
        held = [m for m in blocking.marks if m.arrive_frame <= act.frame]
        moved = held and apart_m(held[-1].position_m, mark.position_m) > _WITHIN_M
        if act.kind not in _ANYWHERE and first < act.frame < end and moved:
            found.append(act)
    return found


def _without(scene: Scene, character: str, stale: list[Act]) -> Scene:
    """Return the scene without somebody's stale acts and all that came of them.

    Things stay where they were before such an act; whoever would have taken or
    handled them later, or had the other half of the act, does so no more.
    """
    frames = {act.frame for act in stale}
    cuts = {
        prop.id: cut
        for prop in scene.props
        if (cut := _cut(prop, character, stale)) is not None
    }
    passed = {
        hold.frame
        for prop in scene.props
        for hold in prop.holds
        if prop.id in cuts and hold.frame >= cuts[prop.id]
    }
    props = tuple(_until(p, cuts[p.id]) if p.id in cuts else p for p in scene.props)
    blocking = []
    for one in scene.blocking:
        own = one.character == character
        acts = tuple(
            act
            for act in one.acts
            if not (own and act in stale)
            and not (act.target == character and act.frame in frames)
            and not (act.target in cuts and act.frame >= cuts[act.target])
            and not (act.kind in _PASSING and act.frame in passed)
        )
        blocking.append(one if acts == one.acts else one.changed(acts=acts))
    return scene.changed(props=props, blocking=tuple(blocking))


def _cut(prop: Prop, character: str, stale: list[Act]) -> int | None:
    """Return from when on what is planned for a thing came of a stale act."""
    for act in stale:
        frames = {hold.frame for hold in prop.holds} | {k.frame for k in prop.keys}
        had = [h for h in prop.holds if h.frame < act.frame][-1:]
        theirs = any(h.character == character for h in had)
        takes = any(
            h.frame == act.frame and h.character == character for h in prop.holds
        )
        if act.frame in frames and (theirs or takes or act.target == prop.id):
            return act.frame
    return None


def _until(prop: Prop, frame: int) -> Prop:
    gone = prop.until_frame is not None and prop.until_frame >= frame
    return prop.changed(
        holds=tuple(h for h in prop.holds if h.frame < frame),
        keys=tuple(k for k in prop.keys if k.frame < frame),
        until_frame=None if gone else prop.until_frame,
    )
