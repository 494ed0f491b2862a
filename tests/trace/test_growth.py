"""What grows where blocking has a proxy: in one place, within a budget, as bright."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import scenes

from previz.camera import CameraState
from previz.film import Film
from previz.model import Light, LightKind, Matter, Set, SetPiece
from previz.render import Renderer
from previz.render.sky import sky_from
from previz.stage import BONES, MATTERS
from previz.stage.pieces import build_set
from previz.trace import order_of
from previz.trace.growth import clouded, eye_of, grown_hair, grown_set
from previz.trace.skydome import sky_picture

SIZE = {"width_px": 192, "height_px": 108}
LEAF, GREEN = (0.07, 0.12, 0.045), (0.09, 0.15, 0.05)
TREE = SetPiece(id="tree", kind="tree", size_m=(3.4, 5.0, 3.4), color=LEAF,
                matter=Matter.FOLIAGE, seed=4)  # fmt: skip
LAWN = SetPiece(id="lawn", kind="ground", size_m=(40.0, 0.1, 40.0), color=GREEN,
                position_m=(0.0, -0.1, 0.0), matter=Matter.GRASS)  # fmt: skip
DAY = (Light(id="sky", kind=LightKind.SKY, intensity=9000.0),
       Light(id="sun", kind=LightKind.SUN, position_m=(4.0, 8.0, 7.0),
             intensity=40_000.0))  # fmt: skip
SLAB = SetPiece(id="slab", kind="rug", size_m=(2.0, 0.04, 6.0),
                position_m=(0.0, 0.0, 0.0), matter=Matter.STONE)  # fmt: skip


def seen(*pieces, at=(0.0, 2.0, 8.0), to=(0.0, 2.0, 0.0), light=()):
    """A stage of set pieces, its state before a camera, and the eye of that."""
    whole = Set(
        id="set",
        name="x",
        template="park",
        size_m=(8.0, 3.0, 8.0),
        interior=False,
        pieces=pieces,
    )
    stage = SimpleNamespace(
        set_geometry=build_set(whole), scene=SimpleNamespace(lights=light, set=whole)
    )
    view: CameraState = scenes.camera(at, to)
    return stage, scenes.state(view, lights=light), eye_of(view, **SIZE)


def grown(*pieces, **how):
    stage, _, eye = seen(*pieces, **how)
    growth = grown_set(stage.set_geometry, stage.scene, eye)
    return {patch.surface.matter: patch for patch in growth.patches}, growth.rest


def fallen(*pieces, **how):
    """How many leaves lie on the ground, and how far from the origin."""
    stage, _, eye = seen(*pieces, **how)
    low = [
        x.positions.reshape(-1, 4, 3)[:, 0]
        for x in grown_set(stage.set_geometry, stage.scene, eye).patches
        if x.surface.matter == "leaf" and x.positions[:, 1].max() < 0.2
    ]
    return np.concatenate([np.zeros((0, 3)), *low])


def leaves(patch):
    """Where each leaf of four corners is fixed to its twig."""
    quads = patch.positions.reshape(-1, 4, 3).astype(np.float64)
    root, widest, tip = quads[:, 0], quads[:, 1::2].mean(axis=1), quads[:, 2]
    return quads, root, np.linalg.norm(tip - root, axis=1), widest


def test_leaves_hold_their_places_when_the_camera_walks_round():
    front, _ = grown(TREE)
    side, _ = grown(TREE, at=(8.0, 2.0, 0.0))
    # Nearly as far from a leaf, so nearly as many: most of them are the same.
    known = {tuple(color) for color in front["leaf"].colors[::4].round(4)}
    again = [tuple(color) in known for color in side["leaf"].colors[::4].round(4)]
    assert np.mean(again) > 0.75


def test_leaves_are_fewer_and_larger_from_afar_and_cover_as_much():
    near, _ = grown(TREE)
    far, _ = grown(TREE, at=(0.0, 2.0, 24.0))
    counts = [len(x["leaf"].triangles) for x in (near, far)]
    assert counts[1] < 0.6 * counts[0]
    cover = []
    for patches in (near, far):
        quads, _, long, _ = leaves(patches["leaf"])
        wide = np.linalg.norm(quads[:, 1] - quads[:, 3], axis=1)
        cover.append(float((long * wide).sum()))
    assert cover[1] == pytest.approx(cover[0], rel=0.25)


def test_another_seed_grows_other_leaves_in_the_same_crown():
    one, _ = grown(LAWN, TREE)
    other, _ = grown(LAWN, TREE.model_copy(update={"seed": 5}))
    same, _ = grown(LAWN, TREE)
    assert one["leaf"].positions.tobytes() == same["leaf"].positions.tobytes()
    assert one["leaf"].positions.tobytes() != other["leaf"].positions.tobytes()
    assert one["blade"].positions.tobytes() == other["blade"].positions.tobytes()
    reach = [np.quantile(x["leaf"].positions, (0.01, 0.99), axis=0)
             for x in (one, other)]  # fmt: skip
    assert np.abs(reach[0] - reach[1]).max() < 0.8


def test_a_forest_keeps_within_the_budget():
    spots = [(x, z) for x in range(-12, 13, 4) for z in range(-20, 5, 4)]
    trees = [
        TREE.model_copy(update={"id": f"t{k}", "position_m": (x, 0.0, z), "seed": k})
        for k, (x, z) in enumerate(spots)
    ]
    patches, _ = grown(LAWN, *trees)
    assert sum(len(x.triangles) for x in patches.values()) <= 400_000
    assert len(patches["leaf"].triangles) > 100_000


def test_no_grass_grows_through_what_lies_on_the_lawn():
    bare, _ = grown(LAWN, at=(0.0, 1.6, 5.0), to=(0.0, 0.0, 0.0))
    paved, _ = grown(LAWN, SLAB, at=(0.0, 1.6, 5.0), to=(0.0, 0.0, 0.0))
    on_it = []
    for patches in (bare, paved):
        root = patches["blade"].positions[::5]
        on_it.append(
            int(((np.abs(root[:, 0]) < 0.9) & (np.abs(root[:, 2]) < 2.9)).sum())
        )
    assert on_it[0] > 500
    assert on_it[1] == 0


def test_nothing_grows_when_it_is_switched_off():
    stage, state, _ = seen(LAWN, TREE)
    how = {"samples": 1, "seed": 0, "denoise": False, **SIZE}
    plain = order_of(stage, state, grown=False, **how)
    assert all(patch.colors is None for patch in plain.still)
    assert any(
        patch.colors is not None for patch in order_of(stage, state, **how).still
    )


def test_a_lit_window_is_as_bright_in_all_as_blocking_paints_it():
    front = SetPiece(id="front", kind="facade", size_m=(9.0, 13.0, 2.0), seed=3,
                     matter=Matter.BRICK)  # fmt: skip
    stage, _, _ = seen(front)
    table = stage.set_geometry.materials
    painted = table.emission[table.emission.max(axis=1) > 0]
    patches, rest = grown(front, at=(0.0, 5.0, 14.0), to=(0.0, 5.0, 0.0))
    assert "pane" in patches
    rooms = patches["lit pane"].colors.reshape(-1, 13 * 11, 3)
    means = rooms.mean(axis=1)
    assert len(means) > 2
    for mean in means:
        level = painted.sum(axis=1) / mean.sum()
        assert np.abs(level - 1.0).min() < 0.02
    assert rooms.std(axis=1).min() > 0.02
    assert len(rest.triangles) < len(stage.set_geometry.triangles)


def test_clouds_keep_the_mean_of_a_sky_and_stay_away_at_night():
    sun = np.array([0.6, 0.7, 0.39])
    sky = sky_from(np.array([11e3, 12e3, 14e3]), sun_illuminance=np.full(3, 6e4),
                   sun_towards=sun)  # fmt: skip
    plain = sky_picture(sky)
    first, other = (clouded(plain, seed=k, sun=sun) for k in (1, 2))
    for picture in (first, other):
        assert picture.mean(axis=(0, 1)) == pytest.approx(
            plain.mean(axis=(0, 1)), rel=0.01
        )
        assert picture[:256].std(axis=1).mean() > 0.05 * plain[:256].mean()
        assert (picture[256:] == plain[256:]).all()
    assert (first != other).any()
    assert (first == clouded(plain, seed=1, sun=sun)).all()
    dark = plain * np.float32(1e-4)
    assert (clouded(dark, seed=1, sun=np.zeros(3)) == dark).all()


def test_leaves_lie_under_trees_and_not_in_the_open():
    earth = LAWN.model_copy(update={"matter": Matter.GROUND})
    look = {"at": (0.0, 3.0, 9.0), "to": (0.0, 0.0, 0.0)}
    off = np.hypot(*fallen(earth, TREE, **look)[:, [0, 2]].T)
    assert len(off) > 300
    assert np.quantile(off, 0.95) < 4.5
    assert len(fallen(earth, **look)) == 0


def test_trunks_have_bark_and_clothes_have_folds(short_film):
    stage, state, _ = seen(TREE)
    how = {"samples": 1, "seed": 0, "denoise": False, **SIZE}
    matters = {p.surface.matter for p in order_of(stage, state, **how).still}
    assert "bark" in matters
    assert "wood" not in matters
    shot = Film(short_film()).shots[0]
    stage = shot.film.stage_of(shot.scene)
    moving = order_of(stage, stage.at(shot.value, 0), **how).instants[0][0]
    assert "garment" in {patch.surface.matter for patch in moving}


def test_hair_goes_where_its_head_goes(short_film):
    shot = Film(short_film()).shots[0]
    state = shot.film.stage_of(shot.scene).at(shot.value, 0)
    eye = eye_of(state.camera, **SIZE)._replace(pixel=0.0002)
    first = grown_hair(state.moving, state, eye).patches[0].positions
    by = np.float32([0.3, 0.0, -0.2])
    moving = state.moving.__class__(
        **{**vars(state.moving), "positions": state.moving.positions + by}
    )
    there = eye._replace(place=eye.place + by)
    later = grown_hair(moving, state, there).patches[0].positions
    assert len(first) > 5000
    assert np.abs(later - first - by).max() < 1e-3


def test_another_seed_of_somebody_grows_other_hair_on_their_head_alone(short_film):
    shot = Film(short_film()).shots[0]
    state = shot.film.stage_of(shot.scene).at(shot.value, 0)
    one, other = (figure.object_id for figure in state.figures[:2])
    eye = eye_of(state.camera, **SIZE)._replace(pixel=0.0002)
    hair = [
        grown_hair(state.moving, replace(state, object_seeds=seeds), eye).patches[0]
        for seeds in ({}, {}, {one: 9})
    ]
    assert hair[0].positions.tobytes() == hair[1].positions.tobytes()
    heads = {
        figure.object_id: figure.world_from_bone[BONES.index("head"), :3, 3]
        for figure in state.figures
    }
    near = {
        number: [
            x.positions[np.linalg.norm(x.positions - at, axis=1) < 0.4]
            for x in (hair[0], hair[2])
        ]
        for number, at in heads.items()
    }
    assert near[other][0].tobytes() == near[other][1].tobytes()
    assert len(near[one][0]) == pytest.approx(len(near[one][1]), rel=0.1)
    assert near[one][0].tobytes() != near[one][1].tobytes()


def test_another_seed_of_a_tree_leaves_the_clouds():
    how = {"samples": 1, "seed": 0, "denoise": False, **SIZE}
    skies = []
    for seed in (1, 2):
        tree = TREE.model_copy(update={"seed": seed})
        stage, state, _ = seen(LAWN, tree, light=DAY)
        skies.append(order_of(stage, state, **how).sky)
    assert skies[0].tobytes() == skies[1].tobytes()


def test_a_grown_crown_is_as_bright_as_its_proxy(tracer):
    stage, state, _ = seen(TREE, at=(0.0, 3.0, 7.0), to=(0.0, 3.0, 0.0), light=DAY)
    size = {"width_px": 64, "height_px": 36}
    ids = Renderer(stage, exposure_ev100=12.0, quality="board", **size).buffers(state)
    crown = (ids.object_id > 0) & (ids.position_world[..., 1] > 2.2)
    means = [
        tracer.layers(
            order_of(stage, state, samples=128, seed=0, denoise=False, grown=is_grown,
                     **size)
        ).light[crown].mean()
        for is_grown in (False, True)
    ]  # fmt: skip
    assert means[1] == pytest.approx(means[0], rel=0.2)


@pytest.mark.parametrize("color", [(0.03, 0.02, 0.015), (0.4, 0.28, 0.15)])
def test_grown_hair_is_no_brighter_than_the_cap_it_grows_on(tracer, short_film, color):
    shot = Film(short_film()).shots[0]
    stage = shot.film.stage_of(shot.scene)
    state = stage.at(shot.value, 0)
    table = state.moving.materials
    colors = table.base_color.copy()
    colors[table.matter == MATTERS.index(Matter.HAIR)] = color
    moving = replace(state.moving, materials=replace(table, base_color=colors))
    head = state.figures[0].world_from_bone[BONES.index("head")][:3].astype(float)
    at, up, ahead = head[:, 3] + 0.1 * head[:, 1], head[:, 1], head[:, 2]
    view = scenes.camera(tuple(at - 0.7 * ahead + 0.3 * up), tuple(at))
    state = replace(state, camera=view, moving=moving)
    size = {"width_px": 64, "height_px": 36}
    renderer = Renderer(stage, exposure_ev100=12.0, quality="board", **size)
    hair = renderer.buffers(state).matter == MATTERS.index(Matter.HAIR)
    cap, grown = (
        tracer.layers(
            order_of(stage, state, samples=16, seed=0, denoise=False, grown=is_grown,
                     **size)
        ).light[hair].mean()
        for is_grown in (False, True)
    )  # fmt: skip
    assert hair.sum() > 150
    assert 0.5 < grown / cap < 1.1
