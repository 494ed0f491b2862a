"""Motion vectors: of a set before which somebody comes nearer, and behind glass."""

from dataclasses import replace

import numpy as np
import pytest

from previz.controls import Footage, follow
from previz.promote.layers import Drawing, buffers_of, layers_of
from previz.render import Renderer
from previz.render.lens.glass import bend
from previz.stage import Stage

SIZE = (96, 54)


def footage_of(film):
    scene = film.scenes[0]
    stage = Stage(scene, film.characters, rate=film.rate)

    def renderer_of(size):
        how = {"exposure_ev100": scene.exposure_ev100, "quality": "board"}
        return Renderer(stage, width_px=size[0], height_px=size[1], **how)

    return Footage(film, scene, scene.shots[1], stage, renderer_of)


def test_the_set_moves_as_the_camera_does_whoever_comes_nearer(short_film):
    footage = footage_of(short_film(lengths=((5, 7),)))
    now = footage.state(0, width_px=SIZE[0])
    then = footage.state(1, width_px=20 * SIZE[0])
    assert now.moving.triangles.shape != then.moving.triangles.shape
    drawing = Drawing(footage.stage, now, *SIZE)
    motion = layers_of(drawing, names={}, looks=1, following=then)["motion"]
    seen = footage.buffers(0, size=SIZE)[0]
    still = (seen.object_id > 0) & (seen.object_id < 1000)
    rows, cols = np.nonzero(still)
    place, _ = then.camera.project(
        seen.position_world[still].astype(np.float64), width_px=SIZE[0],
        height_px=SIZE[1],
    )  # fmt: skip
    went = place - np.stack([cols, rows], axis=1) - 0.5
    assert np.abs(went).max() > 1.0
    assert np.allclose(motion[still], went, atol=0.02)


@pytest.mark.parametrize("glass", [
    {"distortion": 0.12}, {"distortion": -0.08}, {"chromatic_aberration": 0.04},
])  # fmt: skip
def test_motion_is_that_of_the_picture_which_the_glass_bends(short_film, glass):
    footage = footage_of(short_film(lengths=((5, 7),)))
    now, then = (_behind(footage.state(n, width_px=SIZE[0]), glass) for n in (0, 4))
    drawing = Drawing(footage.stage, now, *SIZE)
    motion = layers_of(drawing, names={}, looks=1, following=then)["motion"]
    seen, passage = buffers_of(drawing), drawing.passage()
    places = np.zeros((SIZE[1], SIZE[0], 3), np.float32)
    places[..., 0], places[..., 1] = np.arange(SIZE[0]), np.arange(SIZE[1])[:, None]
    drawn = bend(
        places, distortion=now.camera.look.distortion, aberration=0.0,
        wider=passage.wider, centre_px=passage.seen.centre_px,
    )[..., :2]  # fmt: skip
    middle = np.array(SIZE) / 2
    place, _ = then.camera.project(
        seen.position_world.reshape(-1, 3).astype(np.float64), width_px=SIZE[0],
        height_px=SIZE[1],
    )  # fmt: skip
    there = middle + (place.reshape(SIZE[1], SIZE[0], 2) - middle) / passage.wider - 0.5
    went = there - np.rint(drawn)
    rows, cols = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    after = np.stack([cols, rows], axis=-1) + motion
    inside = ((after > 2) & (after < np.array(SIZE) - 3)).all(axis=-1)
    still = inside & (seen.object_id > 0) & (seen.object_id < 1000)
    assert still.sum() > 500
    assert np.abs(went[still]).max() > 5
    found = follow(drawn, motion) - drawn
    assert np.allclose(found[still], went[still], atol=0.05)


def _behind(state, glass):
    look = state.camera.look.changed(**glass)
    return replace(state, camera=replace(state.camera, look=look))
