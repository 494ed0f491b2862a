"""A shot to put through tiny pipelines."""

import pytest

from previz.controls import Footage
from previz.render import Renderer
from previz.stage import Stage


@pytest.fixture(scope="session")
def renderers():
    """Renderers by what they draw: light is baked once a run."""
    return {}


@pytest.fixture
def footage_of(short_film, renderers):
    """Return a shot of so many frames as a generator gets it."""

    def footage(length=17, *, seeds=(0, 0), **more):
        film = short_film(lengths=((length, 5),))
        cast = zip(film.characters, seeds, strict=True)
        film = film.changed(
            characters=tuple(person.changed(seed=seed) for person, seed in cast)
        )
        scene = film.scenes[0]
        stage = Stage(scene, film.characters, rate=film.rate)

        def renderer_of(size):
            key = (length, size)
            if key not in renderers:
                renderers[key] = Renderer(
                    stage,
                    width_px=size[0],
                    height_px=size[1],
                    exposure_ev100=scene.exposure_ev100,
                    quality="board",
                )
            return renderers[key]

        return Footage(film, scene, scene.shots[0], stage, renderer_of, **more)

    return footage
