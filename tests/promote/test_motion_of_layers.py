"""Motion vectors of a frame after which somebody is drawn by other triangles."""

import numpy as np

from previz.controls import Footage
from previz.promote.layers import Drawing, layers_of
from previz.render import Renderer
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
