"""Props and open doors in pictures: seen, lit, and throwing shadows."""

import numpy as np
import pytest

from previz.model import (
    Camera,
    CameraPose,
    Coverage,
    Light,
    LightKind,
    Matter,
    Opening,
    PlaceKey,
    Prop,
    Rate,
    Scene,
    Set,
    SetPiece,
    Shot,
    ShotSize,
    Slugline,
    Swing,
    SwingKey,
)
from previz.render import Renderer, presence_of
from previz.render.occluders import spheres_of
from previz.stage import PART_OBJECT_BASE, PROP_OBJECT_BASE, Stage

SIZE = (96, 54)
BALL = SetPiece(
    id="ball", kind="ball", size_m=(0.5, 0.5, 0.5), color=(0.5, 0.05, 0.03),
    accent=(0.5, 0.05, 0.03), matter=Matter.LEATHER,
)  # fmt: skip


def stage(props=(), swings=()):
    door = Opening(kind="door", x_m=0.0, width_m=0.9, height_m=2.05)
    pieces = (
        SetPiece(id="floor", kind="floor", size_m=(6, 0.1, 6), matter=Matter.WOOD,
                 color=(0.4, 0.38, 0.35)),
        SetPiece(id="wall", kind="wall", size_m=(6, 2.7, 0.14), position_m=(0, 0, -3),
                 openings=(door,), matter=Matter.PLASTER, color=(0.5, 0.5, 0.5)),
    )  # fmt: skip
    shot = Shot(
        id="s", slate="1A", first_frame=0, length_frames=60, coverage=Coverage.MASTER,
        size=ShotSize.LS,
        camera=Camera(poses=(CameraPose(position_m=(0, 2.2, 3.5), target_m=(0, 0.5, 0),
                                        focal_length_mm=24.0),)),
    )  # fmt: skip
    light = Light(
        id="key", kind=LightKind.AREA, position_m=(-1.0, 2.6, 0.5), aim_m=(0, 0, 0),
        width_m=0.2, height_m=0.2, intensity=1500,
    )  # fmt: skip
    scene = Scene(
        id="one", number="1", slugline=Slugline(text="INT. ROOM - DAY"),
        set=Set(id="set", name="Set", template="room", interior=True,
                size_m=(6, 2.7, 6), pieces=pieces),
        lights=(light,), exposure_ev100=6.0, props=props, swings=swings,
        length_frames=60, shots=(shot,),
    )  # fmt: skip
    return Stage(scene, (), rate=Rate())


def rendered(played, frame):
    renderer = Renderer(
        played, width_px=SIZE[0], height_px=SIZE[1], exposure_ev100=6.0, quality="board"
    )
    state = played.at(played.scene.shots[0], frame)
    return renderer.linear(state), renderer.buffers(state), state


def test_a_prop_is_seen_and_throws_a_shadow_on_the_floor():
    prop = Prop(piece=BALL.changed(position_m=(0, 0.3, 0)), until_frame=30)
    played = stage((prop,))
    with_ball, buffers, _ = rendered(played, 10)
    without, empty, _ = rendered(played, 40)
    seen = buffers.object_id == PROP_OBJECT_BASE
    assert seen.sum() > 60
    assert not (empty.object_id == PROP_OBJECT_BASE).any()
    floor = (buffers.object_id == 1) & (empty.object_id == 1)
    darker = floor & (with_ball.sum(2) < 0.7 * without.sum(2))
    assert darker.sum() > 30
    red = with_ball[seen].mean(axis=0)
    assert red[0] > 2 * red[1]


def test_motion_vectors_follow_a_prop():
    keys = (
        PlaceKey(frame=0, position_m=(-0.5, 0.3, 0.0)),
        PlaceKey(frame=50, position_m=(0.5, 0.3, 0.0)),
    )
    _, buffers, _ = rendered(stage((Prop(piece=BALL, keys=keys),)), 25)
    seen = buffers.object_id == PROP_OBJECT_BASE
    moved = np.abs(buffers.motion_px[seen][:, 0])
    assert moved.min() > 0.1
    assert np.abs(buffers.motion_px[buffers.object_id == 1]).max() < 1e-3


def test_a_door_opens_on_what_is_behind_it():
    swing = Swing(
        piece="wall", keys=(SwingKey(frame=10, open=0), SwingKey(frame=30, open=1))
    )
    played = stage(swings=(swing,))
    _, shut, _ = rendered(played, 0)
    _, open_, _ = rendered(played, 59)
    leaf = shut.object_id == PART_OBJECT_BASE
    assert leaf.sum() > 40
    assert (open_.object_id[leaf] == 0).sum() > 20
    assert (open_.object_id == PART_OBJECT_BASE).any()


def test_thin_things_darken_little_and_round_ones_by_their_size():
    swing = Swing(piece="wall", keys=(SwingKey(frame=0, open=0.5),))
    played = stage((Prop(piece=BALL),), (swing,))
    state = played.at(played.scene.shots[0], 0)
    spheres = spheres_of(state.moving, state.moving_parts)
    leaf = spheres[spheres[:, 4] == PART_OBJECT_BASE]
    ball = spheres[spheres[:, 4] == PROP_OBJECT_BASE]
    assert leaf[:, 3].max() < 0.08
    assert 0.05 < ball[:, 3].max() < 0.3


def test_only_people_are_counted():
    played = stage((Prop(piece=BALL),))
    state = played.at(played.scene.shots[0], 0)
    assert (
        presence_of(state, set_geometry=played.set_geometry, width_px=64, height_px=36)
        == {}
    )


def test_pictures_are_the_same_twice():
    played = stage((Prop(piece=BALL),))
    first, again = rendered(played, 3)[0], rendered(played, 3)[0]
    assert first == pytest.approx(again, abs=0)
