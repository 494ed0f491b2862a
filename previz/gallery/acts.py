"""Every act, posture, gait and feeling, filmed from two sides on a bare floor."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.model import (
    Act,
    ActKind,
    Blocking,
    Camera,
    CameraPose,
    Character,
    Coverage,
    Emotion,
    Feeling,
    Hold,
    Lens,
    Light,
    LightKind,
    LightRole,
    Mark,
    Matter,
    Posture,
    Prop,
    Rate,
    Scene,
    Set,
    SetPiece,
    Shot,
    ShotSize,
    Slugline,
    Spot,
    Wardrobe,
)
from previz.render import Renderer
from previz.stage import BONES, Stage

__all__ = ["ANN", "BEN", "PLAYS", "Play", "film_play", "play_stage"]

_AT, _HOLD, _LENGTH = 48, 30, 288
_EV100 = 8.6
ANN = Character(
    id="ann", name="Ann", age=34, height_m=1.68, femininity=0.9, hair_style="bob",
    wardrobe=Wardrobe(top=(0.05, 0.16, 0.11), bottom=(0.06, 0.07, 0.12)),
)  # fmt: skip
BEN = Character(
    id="ben", name="Ben", age=45, height_m=1.84, femininity=0.1, build=0.55,
    wardrobe=Wardrobe(top=(0.22, 0.22, 0.24), bottom=(0.10, 0.08, 0.06)),
)  # fmt: skip
_TABLE = SetPiece(
    id="table", kind="table", size_m=(1.2, 0.74, 0.7), position_m=(0, 0, 0.72),
    color=(0.30, 0.18, 0.10),
)  # fmt: skip
_CUPBOARD = SetPiece(
    id="wall", kind="cupboard", size_m=(1.0, 1.9, 0.4), position_m=(0, 0, 0.80),
    yaw_deg=180.0, color=(0.35, 0.30, 0.22),
)  # fmt: skip
_CARRIED = (
    Prop(
        piece=SetPiece(id="bag", kind="bag", size_m=(0.4, 0.35, 0.2)),
        holds=(Hold(frame=0, character="ann", hand="left"),),
    ),
    Prop(
        piece=SetPiece(id="mug", kind="mug", size_m=(0.08, 0.10, 0.08)),
        holds=(Hold(frame=0, character="ann"),),
    ),
)
_WITH_PARTNER = {
    ActKind.HAND_OVER: (ActKind.RECEIVE, 0.95),
    ActKind.RECEIVE: (ActKind.HAND_OVER, 0.95),
    ActKind.EMBRACE: (ActKind.EMBRACE, 0.42),
    ActKind.SHAKE_HANDS: (ActKind.SHAKE_HANDS, 0.95),
}
_CUP_IN_HAND = frozenset({ActKind.DRINK, ActKind.THROW, ActKind.HAND_OVER})


@dataclass(frozen=True)
class Play:
    """One thing that people do.

    Attributes:
        name: What it is called.
        scene: Where it is done.
        frames: The frames that show it.
        heads: Whether heads fill the pictures, each person's in turn.
        sides_deg: Where it is filmed from, about the vertical; 0 is before somebody
            who faces +z.
        far_m: From where.
    """

    name: str
    scene: Scene
    frames: tuple[int, ...]
    heads: bool = False
    sides_deg: tuple[float, float] = (30.0, -60.0)
    far_m: float = 2.8


def _plays() -> dict[str, Play]:
    found = [_act(kind) for kind in ActKind]
    found += [_posture(posture) for posture in Posture]
    found += [
        _way("stroll", 1.2), _way("run", 4.0), _way("jog", 2.6), _turn(),
        _way("up the stairs", 0.9, rise_m=1.4), _way("down the stairs", 0.9, drop=True),
        _way("carrying", 1.3, carried=True),
    ]  # fmt: skip
    found += [_feeling(emotion) for emotion in Emotion]
    return {play.name: play for play in found}


def play_stage(play: Play, *, people: tuple[Character, ...] = (ANN, BEN)) -> Stage:
    """Return the stage of something that people do, with other people if asked."""
    return Stage(play.scene, people, rate=Rate())


def film_play(play: Play, *, size: tuple[int, int] = (200, 200)) -> NDArray[np.uint8]:
    """Film what people do: two sides at each frame, side by side, (h, n w, 3).

    Args:
        play: One of `PLAYS`.
        size: Of a picture, in pixels.
    """
    stage = play_stage(play)
    renderer = Renderer(
        stage, width_px=size[0], height_px=size[1], exposure_ev100=_EV100
    )
    everybody = tuple(b.character for b in play.scene.blocking)
    looked_at = [(who,) for who in everybody] if play.heads else [everybody]
    return np.concatenate(
        [
            renderer.picture(stage.at(_shot(stage, play, frame, side, who), frame))
            for who in looked_at
            for frame in play.frames
            for side in play.sides_deg
        ],
        axis=1,
    )


def _scene(
    blocking: tuple[Blocking, ...],
    *,
    pieces: tuple[SetPiece, ...] = (),
    props: tuple[Prop, ...] = (),
    spots: tuple[Spot, ...] = (),
) -> Scene:
    floor = SetPiece(
        id="floor", kind="floor", size_m=(40.0, 0.1, 40.0),
        color=(0.42, 0.40, 0.37), matter=Matter.PLASTER,
    )  # fmt: skip
    lights = (
        Light(id="sky", kind=LightKind.SKY, role=LightRole.FILL, intensity=500.0),
        Light(
            id="key", kind=LightKind.SUN, position_m=(4.0, 7.0, 6.0), intensity=900.0
        ),
    )
    return Scene(
        id="play", number="1", slugline=Slugline(text="EXT. FLOOR - DAY"),
        set=Set(
            id="bare", name="Bare", template="stage", interior=False,
            size_m=(14.0, 4.0, 14.0), pieces=(floor, *pieces), spots=spots,
        ),
        blocking=blocking, props=props, lights=lights,
        length_frames=_LENGTH,
        exposure_ev100=_EV100,
    )  # fmt: skip


def _mark(at: tuple[float, float, float], facing: float, **more: object) -> Mark:
    return Mark.model_validate(
        {"position_m": at, "facing_deg": facing, "arrive_frame": 0,
         "leave_frame": _LENGTH} | more
    )  # fmt: skip


@dataclass(frozen=True)
class _Around:
    """What an act needs about it, and how it is filmed.

    Attributes:
        target: What or whom it is done to.
        pieces: Furniture.
        spots: Named places.
        others: Who else is there.
        sides_deg: Where the two cameras stand.
        far_m: How far away.
        heads: Whether they see the head only.
        moments: The frames that are shown.
    """

    target: str = ""
    pieces: tuple[SetPiece, ...] = ()
    spots: tuple[Spot, ...] = ()
    others: tuple[Blocking, ...] = ()
    sides_deg: tuple[float, float] = (30.0, -60.0)
    far_m: float = 2.8
    heads: bool = False
    moments: tuple[int, ...] = (_AT - 8, _AT + 6)


def _around(kind: ActKind) -> _Around:
    """Return what an act is played with."""
    if kind in _WITH_PARTNER:
        theirs, away = _WITH_PARTNER[kind]
        act = Act(kind=theirs, frame=_AT, length_frames=_HOLD, target="ann")
        mark = _mark((0.0, 0.0, away), 180.0)
        ben = Blocking(character="ben", marks=(mark,), acts=(act,))
        return _Around("ben", others=(ben,), sides_deg=(75.0, -65.0), far_m=3.0)
    if kind in (ActKind.TAKE, ActKind.PUT_DOWN, ActKind.REACH, ActKind.TOUCH):
        spot = Spot(name="spot", position_m=(0.12, 0.80, 0.62))
        return _Around("spot", (_TABLE,), (spot,), sides_deg=(60.0, -70.0))
    if kind in (ActKind.OPEN, ActKind.CLOSE, ActKind.PUSH, ActKind.KNOCK):
        return _Around("wall", (_CUPBOARD,), sides_deg=(-70.0, -125.0))
    if kind in (ActKind.NOD, ActKind.SHAKE_HEAD):
        shown = (_AT + 3, _AT + 8)
        return _Around(moments=shown, heads=True, sides_deg=(8.0, -42.0), far_m=1.05)
    if kind in (ActKind.POINT, ActKind.THROW, ActKind.WAVE):
        far = Spot(name="spot", position_m=(2.5, 1.6, 4.0))
        return _Around("spot", spots=(far,))
    return _Around()


def _act(kind: ActKind) -> Play:
    around = _around(kind)
    props: tuple[Prop, ...] = ()
    if kind in _CUP_IN_HAND:
        cup = SetPiece(id="cup", kind="cup", size_m=(0.08, 0.10, 0.08))
        hold = Hold(frame=0, character="ann", hand="right")
        props = (Prop(piece=cup, holds=(hold,)),)
    act = Act(kind=kind, frame=_AT, length_frames=_HOLD, target=around.target)
    ann = Blocking(character="ann", marks=(_mark((0.0, 0.0, 0.0), 0.0),), acts=(act,))
    scene = _scene(
        (ann, *around.others), pieces=around.pieces, props=props, spots=around.spots
    )
    return Play(
        str(kind),
        scene,
        around.moments,
        heads=around.heads,
        sides_deg=around.sides_deg,
        far_m=around.far_m,
    )


def _posture(posture: Posture) -> Play:
    pieces: tuple[SetPiece, ...] = ()
    if posture is Posture.SIT:
        pieces = (
            SetPiece(id="chair", kind="chair", size_m=(0.45, 0.9, 0.48),
                     position_m=(0, 0, 1.0)),
        )  # fmt: skip
    first = _mark((0.0, 0.0, 0.0), 0.0, leave_frame=10)
    if posture is Posture.LEAN:
        first = _mark((0.0, 0.0, 2.2), 180.0, leave_frame=10)
        wall = SetPiece(
            id="wall", kind="wall", size_m=(2.2, 2.4, 0.16), position_m=(0, 0, 0.8),
            color=(0.42, 0.40, 0.36), matter=Matter.PLASTER,
        )  # fmt: skip
        pieces = (wall,)
    there = _mark(
        (0.0, 0.0, 1.0), 0.0, arrive_frame=50, leave_frame=_LENGTH, posture=posture
    )
    scene = _scene((Blocking(character="ann", marks=(first, there)),), pieces=pieces)
    return Play(str(posture), scene, (62, 120))


def _way(
    name: str,
    pace: float,
    *,
    rise_m: float = 0.0,
    drop: bool = False,
    carried: bool = False,
) -> Play:
    far, high = 2.6 * pace + 1.5, 0.0
    pieces: tuple[SetPiece, ...] = ()
    via: tuple[tuple[float, float, float], ...] = ()
    if rise_m or drop:
        far, high = 4.0, rise_m or 1.4
        stairs = SetPiece(
            id="flight", kind="stairs", size_m=(1.2, high, 2.4), position_m=(0, 0, 0),
            yaw_deg=180.0,
        )  # fmt: skip
        pieces = (stairs,)
        via = ((0.0, 0.0, -1.2), (0.0, high, 1.2))
    start, goal = (0.0, 0.0, -far / 2), (0.0, high, far / 2)
    facing = 0.0
    if drop:
        start, goal, via, facing = goal, start, via[::-1], 180.0
    frames = round(24 * far / pace)
    marks = (
        _mark(start, facing, leave_frame=12),
        _mark(goal, facing, arrive_frame=12 + frames, via=via),
    )
    ann = Blocking(character="ann", marks=marks)
    scene = _scene((ann,), pieces=pieces, props=_CARRIED if carried else ())
    middle = 12 + frames // 2
    frames_shown = (middle, middle + 4, middle + 8)
    return Play(name, scene, frames_shown, sides_deg=(20.0, -85.0), far_m=3.0)


def _turn() -> Play:
    marks = (
        _mark((0.0, 0.0, 0.0), 0.0, leave_frame=20),
        _mark((0.0, 0.0, 0.0), 150.0, arrive_frame=20),
    )
    scene = _scene((Blocking(character="ann", marks=marks),))
    return Play("turn on the spot", scene, (26, 32, 60))


def _feeling(emotion: Emotion) -> Play:
    felt = (Feeling(frame=0, emotion=emotion, strength=1.0),)
    blocking = tuple(
        Blocking(character=who, marks=(_mark(at, 0.0),), feelings=felt)
        for who, at in (("ann", (0.0, 0.0, 0.0)), ("ben", (1.6, 0.0, 0.0)))
    )
    return Play(
        str(emotion), _scene(blocking), (60,), heads=True, sides_deg=(8.0, -42.0),
        far_m=1.05,
    )  # fmt: skip


def _shot(
    stage: Stage, play: Play, frame: int, side_deg: float, who: tuple[str, ...]
) -> Shot:
    shown = [b for b in (stage.bones(name, frame) for name in who) if b is not None]
    bone, focal_mm = ("head", 70.0) if play.heads else ("spine", 35.0)
    middle = np.mean([b[BONES.index(bone), :3, 3] for b in shown], axis=0)
    middle[1] += 0.06 if play.heads else -0.06
    turn = math.radians(side_deg)
    lift = 0.02 if play.heads else 0.25
    at = middle + play.far_m * np.array([math.sin(turn), lift, math.cos(turn)])
    pose = CameraPose(
        position_m=(float(at[0]), float(at[1]), float(at[2])),
        target_m=(float(middle[0]), float(middle[1]), float(middle[2])),
        focal_length_mm=focal_mm,
        focus_distance_m=play.far_m,
    )
    camera = Camera(lens=Lens(name="prime", focal_length_mm=focal_mm), poses=(pose,))
    return Shot(
        id="play", slate="1", first_frame=0, length_frames=_LENGTH, camera=camera,
        coverage=Coverage.MASTER, size=ShotSize.FS,
    )  # fmt: skip


PLAYS: dict[str, Play] = _plays()
"""All that is shown, by name."""
