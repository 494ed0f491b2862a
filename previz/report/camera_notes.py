"""What a first AC writes beside a shot: the move in words, and what is at its limit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from previz.camera import Where, rig_faults, words_of
from previz.camera.handheld import is_carried
from previz.model import CameraMove, Move, Rate, Scene, Shot
from previz.report.camera_sample import Sample
from previz.stage import Obstacles, Stage, stands_in

__all__ = ["move_words", "notes_of"]

_OFF_METER_STOPS = 1 / 6
_BARELY = (0.97, 1.03)
"""By what share of the limits somebody may be out of them unnoticed."""


def move_words(shot: Shot, sample: Sample, rate: Rate) -> str:
    """Return what the camera does, with its measure: push in 0.8 m over 3.2 s.

    Args:
        shot: The shot.
        sample: Its camera.
        rate: Frames a second.
    """
    camera = shot.camera
    if camera.moves:
        told = _word(camera.moves[0], shot.length_frames, rate)
        for before, move in pairwise(camera.moves):
            together = move.start_frame == before.start_frame
            told += " and " if together else ", then "
            told += _word(move, shot.length_frames, rate)
        return told
    seconds = f"{rate.seconds(max(_moving_frames(shot), 1)):.1f} s"
    match camera.move:
        case Move.STATIC | Move.HANDHELD:
            return str(camera.move)
        case Move.PAN:
            return _panned(sample, seconds)
        case kind:
            return f"{kind} {_travel(shot):.2f} m over {seconds}"


def notes_of(
    stage: Stage, shot: Shot, sample: Sample, names: Mapping[str, str]
) -> Iterator[str]:
    """Yield each limit of gear that a shot touches, in a crew's words.

    Args:
        stage: Of the shot's scene.
        shot: The shot.
        sample: Its camera.
        names: Of the characters, by id.
    """
    camera, first = shot.camera, sample.states[0]
    lens = camera.lens
    asked = [k.distance_m for k in camera.focus if k.distance_m is not None]
    if not camera.focus:
        asked = [pose.focus_distance_m for pose in camera.poses]
    nearest = min(asked, default=math.inf)
    if nearest < lens.close_focus_m - 1e-6:
        yield f"focus {nearest:.2f} m, lens stops at {lens.close_focus_m:g} m"
    diagonal = math.hypot(first.sensor.width_mm, first.sensor.height_mm)
    if lens.image_circle_mm is not None and lens.image_circle_mm < diagonal - 0.05:
        yield f"lens covers {lens.image_circle_mm:g} mm of {diagonal:.1f} mm"
    yield from _exposure(stage.scene, sample)
    yield from _softness(sample, names)
    yield from _faults(shot, stage.rate, stage.where(shot))
    yield from _collisions(stage, shot, sample, names)


def _collisions(
    stage: Stage, shot: Shot, sample: Sample, names: Mapping[str, str]
) -> Iterator[str]:
    """Yield in what or whom the camera stands at the first of the sampled frames."""
    solid = Obstacles(stage.scene.set, opened=stage.opened, assets=stage.assets)
    for frame, state in zip(sample.frames, sample.states, strict=True):
        found = stands_in(
            stage, state.position_m, shot.first_frame + frame, obstacles=solid
        )
        if found:
            yield f"camera inside {names.get(found, found)} at frame {frame}"
            return


def _exposure(scene: Scene, sample: Sample) -> Iterator[str]:
    """Yield how far a camera is off the meter, from a sixth of a stop on."""
    for state in (sample.states[0], sample.states[-1]):
        if state.exposure_ev100 is None:
            return
        off = scene.exposure_ev100 - state.exposure_ev100
        if abs(off) > _OFF_METER_STOPS + 0.02:
            yield f"{abs(off):.1f} stop {'over' if off > 0 else 'under'} the meter"
            return


def _softness(sample: Sample, names: Mapping[str, str]) -> Iterator[str]:
    """Yield that the subject is out of depth of field, and nobody else is meant."""
    soft = [
        depth is not None
        and who in ("", sample.subject)
        and not dof.near_m * _BARELY[0] <= depth <= dof.far_m * _BARELY[1]
        for depth, dof, who in zip(
            sample.depths_m, sample.sharp, sample.sharp_on, strict=True
        )
    ]
    name = names.get(sample.subject, sample.subject)
    if all(soft):
        yield f"{name} soft"
    elif any(soft):
        when = ("at the head", "in the middle", "at the tail")
        yield f"{name} soft {when[soft.index(True)]}"


def _faults(shot: Shot, rate: Rate, where: Where) -> Iterator[str]:
    """Yield what rig and lens cannot do, each at the frame where it begins."""
    camera = shot.camera
    stands = len(camera.poses) == 1 and not (
        camera.moves or camera.aim or camera.tracks or is_carried(camera.rig)
    )
    # Focus is judged from the keys alone: asking where people are at each frame of
    # a film would take longer than all the rest of the report.
    for fault in rig_faults(
        camera.changed(focus=()),
        length_frames=1 if stands else shot.length_frames,
        rate=rate,
        where=where,
    ):
        if fault.quantity != "focus":
            yield (
                f"{fault.quantity} {fault.value:.3g} {fault.unit} from frame "
                f"{fault.frame}, {camera.rig.kind} {fault.limit:.3g} {fault.unit}"
            )


def _word(move: CameraMove, length_frames: int, rate: Rate) -> str:
    """Return a move without its easing, with its time: push in 0.33 m over 3.2 s."""
    frames = move.length_frames or max(length_frames - 1 - move.start_frame, 1)
    bare = CameraMove(kind=move.kind, amount=round(move.amount, 2) or move.amount)
    start = f" from {rate.seconds(move.start_frame):.1f} s" if move.start_frame else ""
    return f"{words_of(bare, rate=rate)} over {rate.seconds(frames):.1f} s{start}"


def _moving_frames(shot: Shot) -> int:
    """Return how many frames a path is under way."""
    timing = shot.camera.timing
    if len(timing) < 2:
        return shot.length_frames - 1
    first, last = timing[0], timing[-1]
    begins = max((k.frame for k in timing if k.travel == first.travel), default=0)
    ends = min((k.frame for k in timing if k.travel == last.travel), default=0)
    return max(ends - begins, 1)


def _travel(shot: Shot) -> float:
    """Return the length of a path through its poses, in metres."""
    places = np.array([pose.position_m for pose in shot.camera.poses])
    return float(np.linalg.norm(np.diff(places, axis=0), axis=1).sum())


def _panned(sample: Sample, seconds: str) -> str:
    """Return a pan and tilt of the head: pan 24° left, tilt 3° down over 4.1 s."""
    pans, tilts = sample.pans_deg, sample.tilts_deg
    told = []
    turn, rise = _most(pans), _most(tilts)
    if abs(turn) >= 1:
        told.append(f"pan {abs(turn):.0f}° {'left' if turn > 0 else 'right'}")
    if abs(rise) >= 1:
        told.append(f"tilt {abs(rise):.0f}° {'up' if rise > 0 else 'down'}")
    if not told:
        return "follows with the head"
    returns = abs(pans[-1] - pans[0]) < 0.5 * abs(turn)
    return f"{', '.join(told)}{' and back' if returns else ''} over {seconds}"


def _most(degrees: tuple[float, ...]) -> float:
    """Return the largest turn away from where it began, signed."""
    return max((d - degrees[0] for d in degrees), key=abs)
