"""The shipped bodies: measures, faces and clothes over every slider."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import previz
from previz.model import Character, Wardrobe
from previz.stage.body import body_of
from previz.stage.clothes import clothe, covered
from previz.stage.face import FACE_ACTIONS, FACE_INDEX
from previz.stage.figure import cast, figure_of
from previz.stage.figures import FIGURES
from previz.stage.hair import hairline
from previz.stage.palette import MATERIALS, materials_of
from previz.stage.scalp import Scalp, outermost
from previz.stage.shell import shell_of
from previz.stage.shoes import build_shoes
from previz.stage.skeleton import BONES, skeleton_of

LAW = settings(deadline=None, max_examples=12)
SHARE = st.floats(0, 1)

people = st.builds(
    Character,
    id=st.sampled_from(["ann", "bo"]),
    name=st.just("Ann"),
    age=st.floats(1, 110),
    height_m=st.floats(0.5, 2.4),
    build=SHARE,
    femininity=SHARE,
    muscle=SHARE,
    proportions=SHARE,
    african=SHARE,
    asian=SHARE,
    european=SHARE,
    manner=st.integers(0, 99),
)


def at_rest(person):
    bones = np.tile(np.eye(4), (len(BONES), 1, 1))
    bones[:, :3, 3] = skeleton_of(person).joints
    return bones


@LAW
@given(people)
def test_a_body_is_exactly_as_tall_as_asked_at_every_slider(person):
    figure = figure_of(person)
    assert figure.crown[1] == pytest.approx(person.height_m, abs=0.001)
    assert np.isfinite(figure.points).all()
    assert np.isfinite(figure.joints).all()
    joint = skeleton_of(person).joint
    order = ["foot_l", "shin_l", "thigh_l", "spine", "chest", "neck", "head", "eye_l"]
    heights = [joint(name)[1] for name in order]
    assert heights == sorted(heights)


@LAW
@given(people)
def test_left_mirrors_right(person):
    skin = figure_of(person).points[: cast().spans[1]]
    mirrored = skin * (-1, 1, 1)
    gap = np.linalg.norm(mirrored[::37, None] - skin[None], axis=2).min(axis=1)
    assert gap.max() < 0.007


def test_the_cast_is_small():
    path = Path(previz.__file__).parent / "data" / "cast.npz"
    assert path.stat().st_size < 6e6


def test_the_shipped_figures_differ():
    assert len(FIGURES) >= 12
    made = [figure_of(Character(id="x", name="X", **f)) for f in FIGURES.values()]
    for i, one in enumerate(made):
        for other in made[:i]:
            assert np.abs(one.points - other.points).max() > 0.03


def test_two_people_with_the_same_sliders_have_faces_of_their_own():
    one, other = (figure_of(Character(id=n, name="X")) for n in ("ann", "bo"))
    gap = np.abs(one.points - other.points).max(axis=1)
    body = cast().middle[: len(gap), 1] < 0.3
    assert gap.max() > 0.002
    assert gap[body].max() < 0.002


@pytest.mark.parametrize("action", ["jawOpen", "eyeBlinkLeft", "mouthSmileRight"])
def test_a_facial_action_moves_the_face_and_nothing_else(action):
    person = Character(id="ann", name="Ann")
    body, bones = body_of(person), at_rest(person)
    face = np.zeros(len(FACE_ACTIONS), np.float32)
    face[FACE_INDEX[action]] = 1.0
    still, _ = body.pose(bones)
    moved, normals = body.pose(bones, face)
    gap = np.linalg.norm(moved - still, axis=1)
    assert 0.003 < gap.max() < 0.06
    assert still[gap > 1e-6, 1].min() > skeleton_of(person).joint("neck")[1] - 0.03
    assert np.allclose(np.linalg.norm(normals, axis=1), 1, atol=1e-3)
    if action.endswith("Left"):
        left = still[:, 0] > 0
        assert gap[left].sum() > 5 * gap[~left].sum()
    assert np.array_equal(body.pose(bones)[0], still)


@LAW
@given(
    people,
    st.sampled_from(["shirt", "t-shirt", "sweater", "jacket", "coat", "dress"]),
    st.sampled_from(["trousers", "shorts", "skirt"]),
    st.sampled_from(["long", "short", "none"]),
    st.sampled_from(["shoes", "boots", "flats"]),
)
def test_clothes_are_whole_and_cover_what_they_hide(person, top, bottom, sleeves, shoe):
    wear = Wardrobe(top_kind=top, bottom_kind=bottom, sleeves=sleeves, shoe_kind=shoe)
    figure = figure_of(person)
    hidden = covered(figure, wear)
    assert 0.2 < hidden.mean() < 0.9
    for part in clothe(figure, wear):
        assert np.isfinite(part.positions).all()
        assert np.allclose(part.weights.sum(axis=1), 1, atol=1e-5)
        assert np.allclose(np.linalg.norm(part.normals, axis=1), 1, atol=1e-3)
        for triangles, names in ((part.triangles, part.material), *part.coarser):
            assert len(triangles) == len(names)
            assert not len(triangles) or triangles.max() < len(part.positions)


@pytest.mark.parametrize(
    "style", ["short", "bob", "long", "bun", "bald", "ponytail", "curly", "buzz"]
)
@pytest.mark.parametrize("hat", [None, "brim", "cap", "beanie"])
def test_every_hair_goes_under_every_hat(style, hat):
    wear = Wardrobe(hat=(0.1, 0.1, 0.1), hat_kind=hat) if hat else Wardrobe()
    person = Character(id="ann", name="Ann", hair_style=style, wardrobe=wear)
    body = body_of(person)
    assert np.isfinite(body.rest).all()
    assert 1.7 < body.rest[:, 1].max() < 1.72 * 1.08


def head_of(style):
    """Return points of hair and hat of a hatted head, in head heights over the chin."""
    wear = Wardrobe(hat=(0.1, 0.1, 0.1), hat_kind="brim")
    person = Character(id="ann", name="Ann", hair_style=style, wardrobe=wear)
    body, scalp = body_of(person), Scalp.of(figure_of(person))
    points = (body.rest - (0.0, scalp.chin_m, scalp.middle_z)) / scalp.height_m
    return tuple(
        points[
            np.unique(body.triangles[body.triangle_material == MATERIALS.index(name)])
        ]
        for name in ("hair", "hat")
    )


@pytest.mark.parametrize("style", ["bun", "ponytail", "curly"])
def test_no_hair_comes_through_the_crown_of_a_hat(style):
    hair, hat = (part[part[:, 1] > 0.86] for part in head_of(style))
    if len(hair):
        assert hair[:, 2].min() > hat[:, 2].min()
        assert np.abs(hair[:, 0]).max() < np.abs(hat[:, 0]).max()


def test_hair_keeps_a_form_of_its_own_below_a_hat():
    wide, shorn = (
        np.abs(hair[(hair[:, 1] > 0.45) & (hair[:, 1] < 0.65), 0]).max()
        for hair in (head_of("bun")[0], head_of("buzz")[0])
    )
    assert wide - shorn > 0.012


@pytest.mark.parametrize("who", ["toddler", "boy", "athlete", "office_man"])
def test_no_skin_comes_through_hair_and_no_head_has_a_hole(who):
    """From the middle of the skull, above the hairline hair is the outermost."""
    person = Character(
        id="x", name="X", **FIGURES[who],
        wardrobe=Wardrobe(top_kind="t-shirt", sleeves="short"),
    )  # fmt: skip
    body, scalp = body_of(person), Scalp.of(figure_of(person))
    corners = (body.rest[body.triangles] - (0, scalp.chin_m, scalp.middle_z)).astype(
        float
    ) / scalp.height_m
    on_head = (corners[:, :, 1] > -0.2).all(axis=1)
    hair = on_head & (body.triangle_material == MATERIALS.index("hair"))
    rows, turn = np.meshgrid(np.arange(12.0, 27.0), np.radians(np.arange(-180, 180, 7)))
    ways = scalp.surface_at(rows, turn) - (0.0, 0.55, 0.0)
    far = np.linalg.norm(ways, axis=-1, keepdims=True)
    ways = (ways / far).reshape(-1, 3)
    skin_m, hair_m = (outermost(corners[one], ways) for one in (on_head & ~hair, hair))
    begins = hairline(scalp, person.hair_style)
    round_ = np.linspace(0, 2 * np.pi, len(begins) + 1)
    begins = np.interp(turn % (2 * np.pi), round_, [*begins, begins[0]]).ravel()
    above = (rows.ravel() > begins + 1.0) & (np.abs(turn.ravel()) < np.radians(60))
    assert (hair_m[above] > skin_m[above]).all()
    ears = np.abs(np.abs(turn.ravel()) - np.pi / 2) < np.radians(30)
    assert (np.maximum(hair_m, skin_m)[ears] > 0).all()


@pytest.mark.parametrize("hair", [(0.62, 0.60, 0.57), (0.28, 0.17, 0.08), (0.02,) * 3])
@pytest.mark.parametrize("skin", [(0.54, 0.36, 0.28), (0.12, 0.07, 0.045)])
def test_brows_are_darker_than_skin_or_no_feeling_would_be_read(hair, skin):
    person = Character(id="x", name="X", age=78, femininity=1.0, hair=hair, skin=skin)
    colors = materials_of(person).base_color.mean(axis=1)
    brow, face = (colors[MATERIALS.index(name)] for name in ("brow", "skin"))
    assert brow < 0.6 * face


@pytest.mark.parametrize("kind", ["shoes", "boots", "flats"])
def test_a_sole_stands_on_the_floor_and_out_round_the_shoe(kind):
    figure = figure_of(Character(id="x", name="X"))
    upper, left, right = build_shoes(shell_of(figure), kind)
    assert left.positions[:, 1].min() == pytest.approx(0.0, abs=1e-9)
    assert np.allclose(left.positions * (-1, 1, 1), right.positions)
    worn = upper.positions[np.unique(upper.triangles)]
    shoe = worn[(worn[:, 1] < 2 * figure.sole_m) & (worn[:, 0] > 0)]
    assert left.positions[:, 2].max() > shoe[:, 2].max()
    assert left.positions[:, 0].max() > shoe[:, 0].max()


def test_the_same_character_gives_the_same_bytes():
    person = Character(id="ann", name="Ann", manner=4)
    first = body_of(person).rest.tobytes()
    body_of.cache_clear()
    figure_of.cache_clear()
    assert body_of(person.changed(name="Ann")).rest.tobytes() == first


def test_a_body_is_the_same_to_the_bit_on_any_number_of_cores():
    told = (
        "from hashlib import sha256\n"
        "from previz.model import Character\n"
        "from previz.stage.figure import _evaluated\n"
        "made = _evaluated(Character(id='ann', name='Ann'), 0.5)\n"
        "print(sha256(made.tobytes()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", told], capture_output=True, text=True, check=True,
            env=os.environ | {"OMP_NUM_THREADS": cores, "OPENBLAS_NUM_THREADS": cores},
        ).stdout
        for cores in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1
