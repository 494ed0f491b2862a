"""People: their measures, their feet, their looks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.model import (
    Beat,
    Blocking,
    Camera,
    CameraPose,
    Character,
    Coverage,
    Element,
    ElementKind,
    Gaze,
    Mark,
    Posture,
    Rate,
    Scene,
    Set,
    Shot,
    ShotSize,
    Slugline,
    Spot,
    Wardrobe,
)
from previz.stage import BONES, Stage
from previz.stage.body import body_of
from previz.stage.face import FACE_INDEX
from previz.stage.skeleton import PARENTS, skeleton_of

LAW = settings(deadline=None, max_examples=8)
ANN = Character(id="ann", name="Ann", height_m=1.66, femininity=1.0, hair_style="long")
BEN = Character(id="ben", name="Ben", height_m=1.83, femininity=0.0, age=44, build=0.6)
RATE = Rate()

people = st.builds(
    Character,
    id=st.just("ann"),
    name=st.just("Ann"),
    age=st.floats(4, 90),
    height_m=st.floats(1.0, 2.1),
    build=st.floats(0, 1),
    femininity=st.floats(0, 1),
    manner=st.integers(0, 1000),
)


def play(*blocking, characters=(ANN, BEN), beats=(), spots=(), length=400, rate=RATE):
    camera = Camera(poses=(CameraPose(position_m=(0, 1.2, 6), target_m=(0, 1, 0)),))
    shot = Shot(
        id="s1",
        slate="1",
        first_frame=0,
        length_frames=length,
        coverage=Coverage.MASTER,
        size=ShotSize.LS,
        camera=camera,
    )
    scene = Scene(
        id="one",
        number="1",
        slugline=Slugline(text="INT. STAGE - DAY"),
        set=Set(
            id="stage",
            name="Stage",
            template="stage",
            interior=True,
            size_m=(9, 3, 9),
            spots=spots,
        ),
        beats=beats,
        blocking=blocking,
        length_frames=length,
        shots=(shot,),
    )
    return Stage(scene, characters, rate=rate), shot


def standing(who="ann", at=(0.0, 0.0, 0.0), facing=0.0, **more):
    mark = Mark(position_m=at, facing_deg=facing, arrive_frame=0, leave_frame=399)
    return Blocking(character=who, marks=(mark,), **more)


def walk(start, goal, *, frames=(24, 100), via=(), facing=0.0):
    return Blocking(
        character="ann",
        marks=(
            Mark(position_m=start, arrive_frame=0, leave_frame=frames[0]),
            Mark(
                position_m=goal,
                facing_deg=facing,
                arrive_frame=frames[1],
                leave_frame=399,
                via=via,
            ),
        ),
    )


def bone(stage, name, frame, who="ann"):
    return stage.bones(who, frame)[BONES.index(name)]


@LAW
@given(people)
def test_a_standing_person_is_as_tall_as_the_model_says(person):
    stage, _ = play(standing(), characters=(person,))
    marks = stage.landmarks("ann", 200)
    assert marks.head_top[1] == pytest.approx(person.height_m, rel=0.02)
    heights = [
        getattr(marks, name)[1]
        for name in (
            "head_top",
            "eyes",
            "chin",
            "shoulders",
            "waist",
            "hips",
            "knees",
            "feet",
        )
    ]
    assert heights == sorted(heights, reverse=True)
    assert marks.feet[1] == pytest.approx(0, abs=0.01)


@LAW
@given(
    people,
    st.sampled_from(["short", "bob", "long", "bun", "bald"]),
    st.booleans(),
    st.booleans(),
)
def test_a_body_is_whole(person, hair, skirt, coat):
    hat = (0.1, 0.1, 0.1) if coat else None
    person = person.changed(
        hair_style=hair, wardrobe=Wardrobe(skirt=skirt, coat=coat, hat=hat)
    )
    body = body_of(person)
    assert np.isfinite(body.rest).all()
    assert np.allclose(body.weights.sum(axis=1), 1, atol=1e-5)
    assert np.allclose(np.linalg.norm(body.normals, axis=1), 1, atol=1e-3)
    assert body.triangles.min() == 0
    assert body.triangles.max() == len(body.rest) - 1
    assert body.triangle_material.max() < len(body.materials.roughness)
    assert -0.01 < body.rest[:, 1].min() < 0.01
    assert body.rest[:, 1].max() < person.height_m * 1.08
    assert len(body.triangles) < 11_000


def test_cloth_and_skin_have_surface_coordinates_of_about_their_size():
    """Else strokes, weave and anchored noise would be a smear on them."""
    body = body_of(ANN)
    on_surface, in_space = (
        np.linalg.norm(
            np.cross(*(padded[body.triangles[:, k]] - padded[body.triangles[:, 0]]
                       for k in (1, 2))), axis=1,
        )
        for padded in (np.pad(body.surface, ((0, 0), (0, 1))), body.rest)
    )  # fmt: skip
    large = in_space > np.quantile(in_space, 0.5)
    ratio = on_surface[large] / in_space[large]
    assert np.quantile(ratio, 0.1) > 0.02
    assert 0.1 < np.median(ratio) < 10


def test_bones_come_parents_first_and_left_mirrors_right():
    assert all(parent < i for i, parent in enumerate(PARENTS))
    joints = skeleton_of(ANN).joints
    for name in BONES:
        if name.endswith("_l"):
            left, right = (
                joints[BONES.index(name)],
                joints[BONES.index(name[:-1] + "r")],
            )
            assert np.allclose(left * (-1, 1, 1), right)


def test_a_resting_body_skins_to_itself():
    body, skeleton = body_of(BEN), skeleton_of(BEN)
    bones = np.tile(np.eye(4), (len(BONES), 1, 1))
    bones[:, :3, 3] = skeleton.joints
    positions, normals = body.pose(bones)
    assert np.allclose(positions, body.rest, atol=1e-5)
    assert np.allclose(normals, body.normals, atol=1e-3)


coordinate = st.floats(-3, 3)


@LAW
@given(
    coordinate,
    coordinate,
    st.floats(-180, 180),
    st.floats(1.5, 4.5),
    st.floats(-180, 180),
)
def test_a_walk_starts_and_ends_on_its_marks(x, z, heading, length, facing):
    turn = np.radians(heading)
    goal = (x + length * np.sin(turn), 0.0, z + length * np.cos(turn))
    stage, _ = play(walk((x, 0.0, z), goal, facing=facing))
    for frame, mark in ((0, (x, z)), (24, (x, z)), (100, goal[::2]), (300, goal[::2])):
        hips = stage.landmarks("ann", frame).hips
        assert np.hypot(hips[0] - mark[0], hips[2] - mark[1]) < 0.07
    chest = stage.landmarks("ann", 300).facing_deg
    assert abs((chest - facing + 180) % 360 - 180) < 8


@LAW
@given(
    st.floats(0.8, 5),
    st.floats(-170, 170),
    st.floats(1.1, 2.0),
    st.sampled_from([(), ((1.0, 0.0, 1.0),), ((0.0, 0.0, 2.0), (2.0, 0.0, 2.0))]),
)
def test_a_planted_foot_stays_where_it_is(length, heading, height, via):
    turn = np.radians(heading)
    goal = (length * np.sin(turn), 0.0, length * np.cos(turn))
    person = ANN.changed(height_m=height)
    stage, _ = play(walk((0.0, 0.0, 0.0), goal, via=via), characters=(person,))
    rest = skeleton_of(person).joint("toe_l")[1]
    for side in "lr":
        toes = np.array([bone(stage, f"toe_{side}", f) for f in range(20, 130)])
        flat = (toes[:, 1, 3] < rest + 1e-4) & (toes[:, 1, 1] > 0.99999)
        both = flat[1:] & flat[:-1]
        slide = np.linalg.norm(np.diff(toes[:, :3, 3], axis=0), axis=1)
        assert both.sum() > 20
        assert slide[both].max() < 1e-3


@LAW
@given(st.floats(2, 6), st.floats(1.1, 2.0))
def test_a_foot_is_always_on_the_floor_and_none_below_it(length, height):
    person = ANN.changed(height_m=height)
    stage, shot = play(walk((0, 0, 0), (length, 0, 0)), characters=(person,))
    for frame in range(0, 130, 3):
        low = stage.at(shot, frame).moving.positions[:, 1].min()
        assert -0.012 < low < 0.02


def test_knees_bend_forward():
    stage, _ = play(walk((0, 0, 0), (0, 0, 4)))
    for frame in range(0, 130, 2):
        hip, knee, ankle = (
            bone(stage, f"{n}_l", frame)[:3, 3] for n in ("thigh", "shin", "foot")
        )
        straight = hip + (ankle - hip) * 0.5
        assert knee[2] > straight[2] - 0.03


def test_a_sitter_sits_on_the_seat_after_arriving_and_rises_before_leaving():
    marks = (
        Mark(position_m=(0, 0, 0), arrive_frame=0, leave_frame=10),
        Mark(
            position_m=(2, 0, 0),
            facing_deg=90,
            arrive_frame=70,
            leave_frame=240,
            posture=Posture.SIT,
        ),
        Mark(position_m=(2, 0, 2), arrive_frame=300, leave_frame=399),
    )
    stage, _ = play(Blocking(character="ann", marks=marks))
    up = stage.landmarks("ann", 70).hips[1]
    down = stage.landmarks("ann", 150)
    assert np.hypot(down.hips[0] - 2, down.hips[2]) < 0.12
    assert 0.45 < down.hips[1] < 0.62
    assert up - down.hips[1] > 0.2
    assert stage.landmarks("ann", 239).hips[1] == pytest.approx(up, abs=0.05)
    feet = [bone(stage, "foot_l", f)[:3, 3] for f in (120, 150, 200)]
    assert np.allclose(feet[0], feet[1], atol=1e-3)
    assert np.allclose(feet[1], feet[2], atol=1e-3)


@pytest.mark.parametrize(
    ("posture", "low", "high"),
    [
        (Posture.STAND, 0.97, 1.01),
        (Posture.LEAN, 0.92, 1.0),
        (Posture.SIT, 0.62, 0.80),
        (Posture.CROUCH, 0.45, 0.75),
        (Posture.LIE, 0.02, 0.2),
    ],
)
def test_each_posture_has_its_height(posture, low, high):
    mark = Mark(position_m=(0, 0, 0), arrive_frame=0, leave_frame=399, posture=posture)
    stage, shot = play(Blocking(character="ann", marks=(mark,)))
    share = stage.landmarks("ann", 100).head_top[1] / ANN.height_m
    assert low < share < high
    assert stage.at(shot, 100).moving.positions[:, 1].min() > -0.05


@LAW
@given(st.floats(-62, 62), st.floats(1.0, 4.0), st.floats(-180, 180))
def test_the_line_of_sight_meets_the_other_ones_eyes(bearing, away, facing):
    turn = np.radians(facing + bearing)
    other = (away * np.sin(turn), 0.0, away * np.cos(turn))
    stage, _ = play(
        standing(facing=facing, gazes=(Gaze(frame=0, target="ben"),)),
        standing("ben", at=other, facing=facing + bearing + 180),
    )
    head = bone(stage, "eye_l", 120)
    eyes = stage.landmarks("ann", 120).eyes
    wanted = stage.landmarks("ben", 120).eyes - eyes
    cosine = head[:3, 2] @ wanted / np.linalg.norm(wanted)
    assert np.degrees(np.arccos(min(cosine, 1))) < 1.5


def test_a_gaze_turns_smoothly_eyes_before_head():
    spots = (
        Spot(name="door", position_m=(-3, 0, 2)),
        Spot(name="window", position_m=(3, 0, 2)),
    )
    gazes = (Gaze(frame=0, target="door"), Gaze(frame=48, target="window"))
    stage, _ = play(standing(gazes=gazes), spots=spots)

    def yaw(name, frame):
        ahead = bone(stage, name, frame)[:3, 2]
        return np.degrees(np.arctan2(ahead[0], ahead[2]))

    head = [yaw("head", f) for f in range(40, 90)]
    assert head[0] < -25
    assert head[-1] > 25
    assert np.abs(np.diff(head)).max() < 16
    assert yaw("eye_l", 51) - yaw("eye_l", 47) > 2 * (yaw("head", 51) - yaw("head", 47))


def test_a_head_never_turns_past_what_a_neck_can():
    for bearing in range(0, 360, 15):
        turn = np.radians(bearing)
        spot = Spot(name="bell", position_m=(3 * np.sin(turn), 0, 3 * np.cos(turn)))
        stage, _ = play(standing(gazes=(Gaze(frame=0, target="bell"),)), spots=(spot,))
        local = bone(stage, "chest", 60)[:3, :3].T @ bone(stage, "head", 60)[:3, 2]
        assert abs(np.degrees(np.arctan2(local[0], local[2]))) < 75


def test_a_mouth_opens_only_while_its_owner_speaks():
    element = Element(kind=ElementKind.DIALOGUE, text="Over here.", character="ANN")
    beat = Beat(
        id="b1", element=element, start_frame=48, length_frames=72, character="ann"
    )
    stage, shot = play(standing(), standing("ben", at=(1, 0, 1)), beats=(beat,))

    def opened(who, frame):
        figures = stage.at(shot, frame).figures
        face = next(f.face for f in figures if f.character == who)
        return float(face[FACE_INDEX["jawOpen"]])

    assert max(opened("ann", f) for f in range(48, 120)) > 0.25
    assert max(opened("ann", f) for f in [*range(40), *range(140, 160)]) < 0.05
    assert max(opened("ben", f) for f in range(0, 160, 5)) < 0.05
    speaking = [
        {f.character: f.speaking for f in stage.at(shot, frame).figures}
        for frame in (47, 48, 119, 120)
    ]
    assert [s["ann"] for s in speaking] == [False, True, True, False]
    assert not any(s["ben"] for s in speaking)


def test_nothing_jumps_from_one_frame_to_the_next():
    marks = (
        Mark(position_m=(-2, 0, 0), facing_deg=180, arrive_frame=0, leave_frame=30),
        Mark(
            position_m=(1, 0, 1),
            facing_deg=-90,
            arrive_frame=110,
            leave_frame=200,
            posture=Posture.SIT,
            via=((0.0, 0.0, -1.0),),
        ),
        Mark(position_m=(1, 0, 3), facing_deg=20, arrive_frame=270, leave_frame=399),
    )
    gazes = (Gaze(frame=0, target="ben"), Gaze(frame=60), Gaze(frame=130, target="ben"))
    stage, _ = play(
        Blocking(character="ann", marks=marks, gazes=gazes),
        standing("ben", at=(2, 0, -2)),
    )
    bones = np.array([stage.bones("ann", frame) for frame in range(340)])
    step = np.linalg.norm(np.diff(bones[:, :, :3, 3], axis=0), axis=2)
    hinge = np.linalg.norm(np.diff(bones[:, :, :3, :3], axis=0), axis=(2, 3))
    limit = np.where([name[:3] in ("eye", "foo", "toe") for name in BONES], 0.9, 0.62)
    assert step.max() < 0.26, np.argwhere(step > 0.26)
    assert (hinge.max(axis=0) < limit).all(), dict(
        zip(BONES, hinge.max(axis=0), strict=True)
    )
