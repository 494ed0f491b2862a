"""A room with a table, for things to fall in."""

from previz.direct.hand_props import hand_prop
from previz.model import (
    Blocking,
    Camera,
    CameraPose,
    Character,
    Coverage,
    Mark,
    Matter,
    Opening,
    Prop,
    Rate,
    Scene,
    Set,
    SetPiece,
    Shot,
    ShotSize,
    Slugline,
)
from previz.stage import Stage

CAST = (Character(id="ann", name="Ann"), Character(id="bo", name="Bo"))
TABLE = SetPiece(id="table", kind="table", size_m=(1.2, 0.75, 0.8))
WALL = SetPiece(
    id="wall", kind="wall", size_m=(6.0, 2.7, 0.14), position_m=(0, 0, -3),
    matter=Matter.PLASTER,
    openings=(Opening(kind="door", x_m=1.0, width_m=0.9, height_m=2.05),),
)  # fmt: skip


def thing(noun, *, at=(0.0, 1.4, 0.0), **fields):
    piece = hand_prop(noun, id=noun, seed=1).changed(position_m=at, **fields)
    return Prop(piece=piece)


def scene(*props, pieces=(TABLE, WALL)):
    camera = Camera(poses=(CameraPose(position_m=(0, 1.5, 5), target_m=(0, 1, 0)),))
    shot = Shot(
        id="s", slate="1A", first_frame=0, length_frames=240, camera=camera,
        coverage=Coverage.MASTER, size=ShotSize.LS,
    )  # fmt: skip
    marks = {"ann": (-1.6, 0, 0), "bo": (2.2, 0, 0.5)}
    return Scene(
        id="one", number="1", slugline=Slugline(text="INT. ROOM - DAY"),
        set=Set(id="set", name="Set", template="room", interior=True,
                size_m=(6, 2.7, 6), pieces=pieces),
        blocking=tuple(
            Blocking(character=name,
                     marks=(Mark(position_m=at, arrive_frame=0, leave_frame=240),))
            for name, at in marks.items()
        ),
        props=props, length_frames=240, shots=(shot,),
    )  # fmt: skip


def played(*props, rate=24, pieces=(TABLE, WALL)):
    return Stage(scene(*props, pieces=pieces), CAST, rate=Rate.of(rate))


def staged(scene_, rate=24):
    return Stage(scene_, CAST, rate=Rate.of(rate))
