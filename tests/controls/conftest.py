"""Scenes made by hand are the renderer's; a shot to ask signals of."""

import sys
from pathlib import Path

import pytest

from previz.controls import Footage
from previz.render import Renderer
from previz.render.bake import LightCache
from previz.stage import Stage

sys.path.append(str(Path(__file__).parent.parent / "render"))


@pytest.fixture(scope="session")
def _baked():
    """Renderers by size, and the light that they share."""
    return {"light": LightCache()}


@pytest.fixture
def footage(short_film, _baked):
    """Return a push-in of 17 frames on two people who walk."""
    from previz.model import Move

    film = short_film(lengths=((17, 5),), moves=(Move.PUSH_IN,))
    scene = film.scenes[0]
    stage = Stage(scene, film.characters, rate=film.rate)

    def renderer_of(size):
        if size not in _baked:
            _baked[size] = Renderer(
                stage, width_px=size[0], height_px=size[1],
                exposure_ev100=scene.exposure_ev100, quality="board",
                light_cache=_baked["light"],
            )  # fmt: skip
        return _baked[size]

    return Footage(film, scene, scene.shots[0], stage, renderer_of)
