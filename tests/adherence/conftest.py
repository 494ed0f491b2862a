"""A directed scene, and takes of it that are true or not."""

import numpy as np
import pytest

from previz.controls import Footage
from previz.film import Film
from previz.model import CameraMove, Move
from previz.render import Renderer
from previz.render.bake import LightCache
from previz.stage import Stage

SCREENPLAY = """INT. KITCHEN - DAY

ANN (30), in a red coat, walks to the table.

ANN
Did you lock the booth?

BO (60), in a blue shirt, crosses to the window.
"""
LONG = 24


class KeptFootage(Footage):
    """A shot whose pictures are drawn once, however many takes are compared to it."""

    def preview(self, frame, *, size):
        kept = self.__dict__.setdefault("_kept", {})
        if (frame, size) not in kept:
            kept[frame, size] = super().preview(frame, size=size)
        return kept[frame, size]


@pytest.fixture(scope="session")
def directed():
    """Return the scene's film."""
    return Film.from_text(SCREENPLAY).value


@pytest.fixture(scope="session")
def footage_of(directed):
    """Return a shot of the scene: `footage_of(0, truck_m=0.6)`; light is baked once."""
    light, renderers, stages = LightCache(), {}, {}

    def footage(number=0, *, film=directed, truck_m=0.0):
        scene = film.scenes[0]
        shot = scene.shots[number].changed(length_frames=LONG)
        if truck_m:
            move = CameraMove(kind=Move.TRUCK, amount=truck_m, length_frames=LONG - 1)
            shot = shot.changed(camera=shot.camera.changed(moves=(move,)))
        if id(film) not in stages:
            stages[id(film)] = Stage(scene, film.characters, rate=film.rate)
        stage = stages[id(film)]

        def renderer_of(size):
            if (size, id(film)) not in renderers:
                renderers[size, id(film)] = Renderer(
                    stage, width_px=size[0], height_px=size[1],
                    exposure_ev100=scene.exposure_ev100, quality="board",
                    light_cache=light,
                )  # fmt: skip
            return renderers[size, id(film)]

        return KeptFootage(film, scene, shot, stage, renderer_of)

    return footage


@pytest.fixture(scope="session")
def swapped(directed):
    """Return the film with both people in each other's body and clothes."""
    ann, bo = directed.characters
    people = (
        bo.changed(id=ann.id, name=ann.name), ann.changed(id=bo.id, name=bo.name)
    )  # fmt: skip
    return directed.changed(characters=people)


@pytest.fixture(scope="session")
def repainted():
    """Repaint a picture as a model might: flatter, warmer, softer, with noise."""

    def repaint(picture, seed):
        rng = np.random.default_rng(seed)
        light = 0.1 + 0.82 * (picture.astype(np.float32) / 255) ** 0.85
        light = light * (1.1, 1.0, 0.85) + rng.normal(0.0, 0.03, light.shape)
        return np.clip(np.rint(light * 255), 0, 255).astype(np.uint8)

    return repaint
