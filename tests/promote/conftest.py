"""A backend that really makes frames, at next to no cost, and a film to make."""

import numpy as np
import pytest
from plain_backend import PlainBackend

from previz.film import Film
from previz.folder import FilmFolder
from previz.promote import Frame, Order
from previz.promote.backends import add_backend
from previz.promote.finishing import film_take
from previz.promote.freeze import freeze
from previz.promote.ledger import Ledger
from previz.promote.queueing import queue_take
from previz.promote.work import work
from previz.stage import Stage

SIZE = (32, 18)


class Cards(PlainBackend):
    """Linear pictures that tell shot and frame, drawn from the camera's place."""

    name = "cards"

    def versions(self):
        return {"numpy": np.__version__}

    def frames(self, task):
        for number in task.wanted:
            if task.stopped():
                return
            yield self.frame(task, number)

    def frame(self, task, number):
        width, height = task.plan.shown
        state = task.footage.state(number, width_px=width)
        tone = 0.2 + 0.1 * np.abs(np.sin(state.camera.position_m))
        picture = np.full((height, width, 3), tone, np.float32)
        picture[:, : number % width] += 0.05
        picture[height // 2 :] *= 0.5
        depth = np.full((height, width), 1.0 + number, np.float32)
        return Frame(number, picture, {"depth": depth})


class Quick:
    """The inline engine, which here makes no preview to show beside a take."""

    name = "inline"

    def start(self, folder, job):
        work(folder, job, finisher=film_take)


class Shop:
    """A film in a folder, with its ledger, whose shots are promoted one by one."""

    def __init__(self, film, folder):
        self.film = film
        self.place = FilmFolder(folder)
        self.place.prepare()
        self.place.save(film)
        self.ledger = Ledger(self.place.ledger)
        self._stages = {}

    def freeze(self, slate="1A", **order):
        scene, shot = self.film.find_shot(slate)
        if scene.id not in self._stages:
            self._stages[scene.id] = Stage(
                scene, self.film.characters, rate=self.film.rate
            )
        told = {"backend": "cards", "width_px": SIZE[0], "height_px": SIZE[1]} | order
        return freeze(
            self.film, scene, shot, order=Order(**told), stage=self._stages[scene.id]
        )

    def queue(self, slate="1A", **order):
        frozen = self.freeze(slate, **order)
        queue_take(self.place, self.ledger, frozen, engine="inline")
        return frozen.hash


@pytest.fixture
def shop(short_film, tmp_path):
    add_backend("cards", Cards)
    made = Shop(short_film(), tmp_path / "film")
    yield made
    made.ledger.close()


@pytest.fixture
def film(short_film, tmp_path, cards):
    """A film in a folder; the backend "cards" makes its shots."""
    add_backend("cards", cards)
    made = Film(short_film(), generator="plain")
    made.save(tmp_path / "film")
    return made


@pytest.fixture
def quick():
    """An engine that makes takes at once."""
    return Quick()


@pytest.fixture
def cards():
    """The class of the backend, to be made wrong in a test."""
    return Cards


@pytest.fixture
def tiny(saved):
    """An order for a tiny model: `tiny("wan-vace", "vace", steps=3)`."""
    from previz.promote.backends import models

    def order(backend="wan-vace", model="vace", *, quality="standard", seed=0, **told):
        where = saved(model) if model.isidentifier() else model
        small = {"working_size": (64, 40), "steps": 2, "guidance": 1.0}
        return {
            "backend": backend,
            "quality": quality,
            "seed": seed,
            "width_px": 50,
            "height_px": 31,
            "options": small | {"model": str(where)} | told,
        }

    models._warm.clear()
    yield order
    models._warm.clear()


@pytest.fixture
def calls(monkeypatch):
    """The calls of models, and what may be made wrong in them: `calls.wrong`."""
    from previz.generate.pipelines import running

    class Calls(list):
        wrong = None

    seen, real = Calls(), running._pictures

    def pictures(made):
        seen.append(made)
        out = real(made)
        return out if seen.wrong is None else seen.wrong(np.array(out))

    monkeypatch.setattr(running, "_pictures", pictures)
    return seen
