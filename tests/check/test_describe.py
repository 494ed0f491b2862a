"""A frame in words, against where people are known to stand."""

import pytest

from previz.camera.framing import View
from previz.camera.named import framed
from previz.check import describe
from previz.direct import light
from previz.errors import ModelError
from previz.model import (
    Blocking,
    Camera,
    CameraPose,
    Character,
    Coverage,
    Lens,
    Mark,
    Rate,
    Scene,
    Sensor,
    Set,
    SetPiece,
    Shot,
    ShotSize,
    Slugline,
    TimeOfDay,
)
from previz.stage import Stage

RATE = Rate.of(24)
PEOPLE = (
    Character(id="ann", name="Ann", height_m=1.7, femininity=1.0),
    Character(id="ben", name="Ben", height_m=1.85),
)


def make_stage(*, ben_at=(1.2, 0.0, 0.0), ben_faces=0.0, pieces=()):
    floor = SetPiece(
        id="floor", kind="floor", size_m=(12, 0.1, 12), position_m=(0, -0.1, 0)
    )
    place = Set(
        id="s1", name="Void", template="stage", interior=False, size_m=(12, 4, 12),
        pieces=(floor, *pieces),
    )  # fmt: skip
    lights, exposure = light(place, time_of_day=TimeOfDay.DAY, seed=0)
    blocking = tuple(
        Blocking(
            character=name, enter_frame=0,
            marks=(Mark(position_m=at, facing_deg=deg, arrive_frame=0,
                        leave_frame=48),),
        )
        for name, at, deg in (("ann", (0.0, 0.0, 0.0), 0.0), ("ben", ben_at, ben_faces))
    )  # fmt: skip
    scene = Scene(
        id="s1", number="1", slugline=Slugline(text="EXT. VOID - DAY"), set=place,
        lights=lights, exposure_ev100=exposure, blocking=blocking, length_frames=48,
    )  # fmt: skip
    return Stage(scene, PEOPLE, rate=RATE)


def shot_of(view):
    target = tuple(p + 3 * f for p, f in zip(view.position, view.forward, strict=True))
    pose = CameraPose(
        position_m=view.position, target_m=target, focal_length_mm=view.focal_mm
    )
    return Shot(
        id="1", slate="1", first_frame=0, length_frames=48, coverage=Coverage.SINGLE,
        size=ShotSize.MS, camera=Camera(poses=(pose,), sensor=view.sensor),
    )  # fmt: skip


def single(stage, size, *, focal_mm=50.0, turn_deg=0.0):
    body = stage.landmarks("ann", 24).body("ann")
    view = framed(
        str(size), [body], focal_mm=focal_mm, sensor=Sensor(), turn_deg=turn_deg
    )
    return shot_of(view)


@pytest.mark.parametrize("size", [ShotSize.FS, ShotSize.COWBOY, ShotSize.BCU])
def test_a_size_that_was_asked_for_is_the_size_that_is_seen(size):
    stage = make_stage(ben_at=(5.0, 0.0, 0.0))
    seen = describe(stage, single(stage, size), 24).people[0]
    assert (seen.character, seen.size) == ("ann", size)
    assert seen.turned_deg < 10
    assert seen.visible > 0.98


def test_the_tighter_the_less_of_somebody_is_in_frame():
    stage = make_stage(ben_at=(5.0, 0.0, 0.0))
    shares = [
        describe(stage, single(stage, size), 24).people[0].in_frame
        for size in (ShotSize.FS, ShotSize.MS, ShotSize.CU)
    ]
    assert shares[0] > 0.97
    assert shares == sorted(shares, reverse=True)
    assert shares[2] < 0.4


def test_who_stands_before_somebody_is_named_with_how_much_is_hidden():
    stage = make_stage(ben_at=(0.0, 0.0, 1.0), ben_faces=180.0)
    told = describe(stage, single(stage, ShotSize.FS), 24)
    ann = next((seen for seen in told.people if seen.character == "ann"), None)
    if ann is None:
        assert told.absent == ("Ann",)
    else:
        assert ann.hidden_by[0][0] == "Ben"
        assert ann.hidden_by[0][1] > 0.6
    ben = next(seen for seen in told.people if seen.character == "ben")
    assert "from behind" in str(ben)


def test_a_wall_hides_and_is_named():
    wall = SetPiece(
        id="low-wall", kind="box", size_m=(3.0, 1.0, 0.2), position_m=(0, 0, 1.2)
    )
    stage = make_stage(ben_at=(5.0, 0.0, 0.0), pieces=(wall,))
    ann = describe(stage, single(stage, ShotSize.FS), 24).people[0]
    assert ann.hidden_by[0][0] == "low-wall"
    assert 0.3 < ann.hidden_by[0][1] < 0.8


def test_who_is_behind_the_camera_is_on_the_set_but_not_in_the_picture():
    stage = make_stage(ben_at=(0.0, 0.0, 5.5))
    told = describe(stage, single(stage, ShotSize.MS, focal_mm=35), 24)
    assert [seen.name for seen in told.people] == ["Ann"]
    assert told.absent == ("Ben",)
    assert "not in the picture: Ben" in str(told)


def test_the_view_of_a_camera_is_where_it_looks():
    stage = make_stage()
    shot = single(stage, ShotSize.MCU, turn_deg=30)
    view = View.of(stage.at(shot, 24).camera, aspect=16 / 9)
    eyes = stage.landmarks("ann", 24).eyes
    at, _ = stage.at(shot, 24).camera.project(eyes[None], width_px=1600, height_px=900)
    x, y, _ = view.project(tuple(eyes))
    assert (at[0, 0] / 900 - 8 / 9, 0.5 - at[0, 1] / 900) == pytest.approx(
        (x, y), abs=0.01
    )


@pytest.mark.parametrize("size", [ShotSize.CU, ShotSize.MS, ShotSize.LS])
@pytest.mark.parametrize(
    ("gate_mm", "squeeze"), [((36.0, 24.0), 1.0), ((22.0, 18.0), 2.0)]
)
def test_a_size_is_of_the_picture_not_of_the_gate(size, gate_mm, squeeze):
    stage = make_stage(ben_at=(5.0, 0.0, 0.0))
    spherical = single(stage, size)
    focal = spherical.camera.poses[0].focal_length_mm
    # As wide a view on another gate: the picture is the same one.
    same = focal * gate_mm[0] * squeeze / spherical.camera.sensor.width_mm
    pose = spherical.camera.poses[0].changed(focal_length_mm=same)
    other = spherical.changed(
        camera=spherical.camera.changed(
            sensor=Sensor(width_mm=gate_mm[0], height_mm=gate_mm[1]),
            lens=Lens(focal_length_mm=same, squeeze=squeeze),
            poses=(pose,),
        )
    )
    assert describe(stage, other, 24).people[0].size is size


@pytest.mark.parametrize("frame", [-1, 48, 10**9, float("nan")])
def test_a_frame_that_the_shot_has_not_is_refused(frame):
    stage = make_stage()
    with pytest.raises(ModelError, match=r"Shot\.frame must be 0 to 47"):
        describe(stage, single(stage, ShotSize.MS), frame)
