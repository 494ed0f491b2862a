"""Time put into a scene or taken out of it, with all that happens in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar

from previz.errors import ModelError
from previz.model import Blocking, Model, Prop, Scene, Shot, Swing

__all__ = ["covering", "with_time"]

_Keyed = TypeVar("_Keyed", bound=Model)
_When = Callable[[int], int]


def with_time(
    scene: Scene, shot: Shot, frames: int, *, at: Literal["head", "end"] = "end"
) -> Scene:
    """Return the scene with more or less time at an end of a shot; later shots ripple.

    What happens later happens later or sooner by as much. Where time is taken out,
    what happened in it happens at once, at the cut.

    Args:
        scene: The scene.
        shot: One of its shots.
        frames: To put in; negative to take out, fewer than the shot has.
        at: Where the shot begins, or where it ends.

    Raises:
        ModelError: If the shot has not so many.
    """
    if shot.length_frames + frames < 1:
        raise ModelError(
            f"Shot.length_frames must be >= 1 frames in {shot.slate}, got "
            f"{shot.length_frames + frames}. Leave a frame, or merge the shot."
        )
    head, end = shot.first_frame, shot.first_frame + shot.length_frames
    cut = head if at == "head" else end + min(frames, 0)

    def when(frame: int) -> int:
        if frames >= 0:
            return frame + frames if frame >= cut else frame
        return max(frame + frames, cut) if frame > cut else frame

    shots = tuple(
        s.changed(length_frames=s.length_frames + frames)
        if s.id == shot.id
        else s.changed(first_frame=when(s.first_frame))
        for s in scene.shots
    )
    beats = tuple(
        beat.changed(
            start_frame=(start := when(beat.start_frame)),
            length_frames=max(when(beat.start_frame + beat.length_frames) - start, 1),
        )
        for beat in scene.beats
    )
    retimed = scene.changed(
        shots=shots,
        beats=beats,
        blocking=tuple(_acted(b, when) for b in scene.blocking),
        props=tuple(_propped(p, when) for p in scene.props),
        swings=tuple(_swung(s, when) for s in scene.swings),
        length_frames=scene.length_frames + frames,
    )
    return covering(retimed, retimed.shots)


def covering(scene: Scene, shots: Iterable[Shot]) -> Scene:
    """Return the scene cut to these shots, one after the other.

    Each shot keeps its length; where it begins and which beats it covers follow.

    Raises:
        ModelError: If they last longer or shorter than the scene.
    """
    at, placed = 0, []
    for shot in shots:
        end = at + shot.length_frames
        beats = tuple(
            beat.id
            for beat in scene.beats
            if beat.start_frame < end and beat.start_frame + beat.length_frames > at
        )
        moved = shot.first_frame != at or shot.beats != beats
        placed.append(shot.changed(first_frame=at, beats=beats) if moved else shot)
        at = end
    return scene.changed(shots=tuple(placed))


def _acted(blocking: Blocking, when: _When) -> Blocking:
    left = blocking.exit_frame
    return blocking.changed(
        marks=tuple(
            m.changed(
                arrive_frame=when(m.arrive_frame), leave_frame=when(m.leave_frame)
            )
            for m in blocking.marks
        ),
        gazes=_last_at(_at(g, when) for g in blocking.gazes),
        acts=_last_at(_at(a, when, shortest=0) for a in blocking.acts),
        feelings=_last_at(_at(f, when) for f in blocking.feelings),
        clips=_last_at(_at(c, when, shortest=1) for c in blocking.clips),
        # Who is there from the start still is.
        enter_frame=when(blocking.enter_frame) if blocking.enter_frame else 0,
        exit_frame=None if left is None else when(left),
    )


def _propped(prop: Prop, when: _When) -> Prop:
    begins = when(prop.from_frame) if prop.from_frame else 0
    until = prop.until_frame
    return prop.changed(
        holds=_last_at(_at(h, when) for h in prop.holds),
        keys=_last_at(_at(k, when) for k in prop.keys),
        from_frame=begins,
        until_frame=None if until is None else max(when(until), begins + 1),
    )


def _swung(swing: Swing, when: _When) -> Swing:
    return swing.changed(keys=_last_at(_at(k, when) for k in swing.keys))


def _at(thing: _Keyed, when: _When, *, shortest: int | None = None) -> _Keyed:
    """Return what happens at a frame, retimed, and its length where it has one."""
    frame = thing.frame  # type: ignore[attr-defined]
    fresh: dict[str, Any] = {"frame": when(frame)}
    if shortest is not None:
        length = thing.length_frames  # type: ignore[attr-defined]
        lasts = when(frame + length) - fresh["frame"]
        fresh["length_frames"] = max(lasts, shortest)
    return thing.changed(**fresh)


def _last_at(things: Iterable[_Keyed]) -> tuple[_Keyed, ...]:
    """Return things in order of time, of those at one frame the last."""
    kept = {thing.frame: thing for thing in things}  # type: ignore[attr-defined]
    return tuple(kept.values())
