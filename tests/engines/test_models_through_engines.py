"""Each backend of diffusers through each engine: real loading, random weights."""

import numpy as np
import pytest
from tiny_film import Film

from previz.promote import Order
from previz.promote.backends import models
from previz.promote.engines.dask import DaskEngine
from previz.promote.engines.kernel import KernelEngine
from previz.promote.finishing import film_take
from previz.promote.work import work

ODD = (50, 31)
MADE = {
    "wan-vace": ("wan-vace", "vace", ""),
    "ltx-2": ("ltx-2", "ltx2", ""),
    "video by the table": ("diffusers", "ltx", ""),
    "stills by the table": ("diffusers", "still", "controlnet"),
}
ENGINES = {"kernel": KernelEngine(), "dask": DaskEngine(workers=2, shots=1)}


def order_of(name, saved):
    """Return the order of a take by one of the tiny models."""
    backend, model, net = MADE[name]
    options = {"model": str(saved(model)), "working_size": (64, 40), "steps": 2}
    if net:
        options["controlnets"] = {"depth": str(saved(net))}
    return Order(backend=backend, width_px=ODD[0], height_px=ODD[1], options=options)


@pytest.fixture(scope="module")
def jobs(offered, saved, short_film, tmp_path_factory):
    """Begin all takes at once, each engine in a film of its own.

    Returns the film and the jobs by the names of their models, by engine; that of
    "here" waits to be worked on.
    """
    value, begun = short_film(lengths=((2, 5),)), {}
    for engine in ("here", *ENGINES):
        folder = tmp_path_factory.mktemp("film")
        film = Film(folder / "film", folder / "log", value)
        made = {name: film.queue_order(order_of(name, saved)) for name in MADE}
        if engine in ENGINES:
            for job in made.values():
                ENGINES[engine].start(film.place.path, job)
        begun[engine] = (film, made)
    yield begun
    for film, _ in begun.values():
        film.ledger.close()


@pytest.fixture(scope="module")
def reference(jobs):
    """Return the take of a model as this process makes it."""
    film, made = jobs["here"]

    def taken(name):
        assert work(film.place.path, made[name], finisher=film_take) == "done"
        return film.taken(made[name])

    yield taken
    models._warm.clear()


def pictures(taken):
    return np.stack([taken.frames.read(n).picture for n in range(taken.length_frames)])


def sound(taken):
    file = taken.folder / "sound.wav"
    return file.read_bytes() if file.exists() else b""


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_model_makes_the_same_take_through_every_engine(
    name, engine, jobs, reference
):
    film, made = jobs[engine]
    found = film.wait(made[name])
    assert (found.state, found.error) == ("done", "")
    taken, known = film.taken(made[name]), reference(name)
    frames = pictures(taken)
    assert frames.shape == (5, *ODD[::-1], 3)
    assert frames.std() > 1
    np.testing.assert_array_equal(frames, pictures(known))
    assert sound(taken) == sound(known)
    assert bool(sound(taken)) == (name == "ltx-2")
    assert taken.manifest["weights"] == known.manifest["weights"] != {}
