"""What goes wrong with models, and what is asked of them in vain."""

import dataclasses
import shutil

import numpy as np
import pytest
from PIL import Image

from previz.errors import GenerateError, ModelError
from previz.generate.pipelines import caps
from previz.promote.finishing import film_take
from previz.promote.taken import taken_in
from previz.promote.work import work


def notes(taken):
    return " ".join(taken.manifest["notes"])


def failed(shop, take):
    assert work(shop.place.path, take) == "failed"
    return shop.ledger.job(take).error


def test_what_is_no_picture_is_not_shipped(shop, tiny, calls):
    wrong = {
        "got NaN in frame 0": lambda seen: seen * np.nan,
        "got black in frame 0": lambda seen: seen * 0.0,
        "must be 5 colour pictures": lambda seen: seen[:-1],
    }
    for told, calls.wrong in wrong.items():
        take = shop.queue(**tiny())
        assert told in failed(shop, take)
        assert taken_in(shop.place.promoted, take) is None
    calls.wrong = None
    shop.queue(**tiny())
    assert work(shop.place.path, take, finisher=film_take) == "done"


@pytest.fixture
def full(monkeypatch):
    """A memory that holds only the calls of which `full.holds` says so."""
    import torch

    from previz.generate.pipelines import generator, running

    class Full:
        tried = ()

        def holds(self, loaded, arguments):
            return False

    memory, call = Full(), running.call

    def held(loaded, arguments, **more):
        memory.tried += ((str(loaded.placement), arguments["width"]),)
        pipe = loaded.pipe
        if not memory.holds(loaded, arguments):

            class Heavy(type(pipe)):
                def __call__(self, *args, **kwargs):
                    raise torch.OutOfMemoryError("CUDA out of memory. Tried 20 GiB")

            kind, pipe.__class__ = type(pipe), Heavy
            try:
                return call(loaded, arguments, **more)
            finally:
                pipe.__class__ = kind
        return call(loaded, arguments, **more)

    monkeypatch.setattr(generator, "call", held)
    return memory


def test_full_memory_steps_down_and_the_manifest_says_so(shop, tiny, full, monkeypatch):
    little = dataclasses.replace(caps.CAPS["WanVACEPipeline"], area_px=64 * 40)
    monkeypatch.setitem(caps.CAPS, "WanVACEPipeline", little)
    full.holds = lambda loaded, arguments: arguments["width"] < 60
    order = tiny(quality="standard", working_size=None)
    take = shop.queue(**order)
    state = work(shop.place.path, take, finisher=film_take)
    assert state == "done", shop.ledger.job(take).error
    assert [where for where, _ in full.tried] == [
        "cpu, float32",
        "cpu, bfloat16",
        "cpu, float32",
    ]
    said = notes(taken_in(shop.place.promoted, take))
    assert "it goes on with cpu, bfloat16" in said
    assert "at standard: made as draft" in said


def test_where_nothing_fits_it_is_said_what_would(shop, tiny, monkeypatch):
    from previz.generate.pipelines import loading

    def place(pipe, placement):
        raise RuntimeError("CUDA error: out of memory")

    monkeypatch.setattr(loading, "place", place)
    told = failed(shop, shop.queue(**tiny(quality="draft")))
    assert "must fit the memory of cpu, bfloat16" in told
    assert "smaller `working_size`" in told


def test_a_stopped_take_stops_within_one_step(shop, tiny, monkeypatch):
    asked = []

    def stopped():
        asked.append(1)
        return len(asked) > 4

    take = shop.queue(**tiny(steps=50))
    assert work(shop.place.path, take, stopped=stopped) == "queued"
    assert len(asked) < 10
    assert shop.ledger.job(take).made_frames == 0


@pytest.fixture
def copied(saved, tmp_path):
    return shutil.copytree(saved("vace"), tmp_path / "copied")


def test_weights_are_trusted_before_a_take_is_queued(shop, tiny, copied):
    def refused(**options):
        with pytest.raises(GenerateError) as error:
            shop.freeze(**tiny(model=str(copied), **options))
        return str(error.value)

    assert "must be that of the weights" in refused(sha256="0" * 12)
    whole = copied / "vae" / "diffusion_pytorch_model.safetensors"
    pickle = whole.rename(whole.with_name("diffusion_pytorch_model.bin"))
    assert "must hold weights as safetensors" in refused()
    pickle.rename(whole)
    (copied / "vae" / "own.py").write_text("raise SystemExit")
    assert "must hold no code" in refused()
    (copied / "vae" / "own.py").unlink()
    assert "which is not there" in refused(few_steps=str(copied / "no.safetensors"))
    shutil.rmtree(copied)
    assert "which is not there" in refused()


def test_other_weights_make_no_take_of_this_name(shop, tiny, copied):
    take = shop.queue(**tiny(model=str(copied)))
    net = copied / "transformer" / "diffusion_pytorch_model.safetensors"
    content = bytearray(net.read_bytes())
    content[-1] ^= 1
    net.write_bytes(bytes(content))
    assert "Frozen.weights must be those" in failed(shop, take)


def test_a_keyframe_that_changed_since_makes_no_take_of_this_name(shop, tiny, tmp_path):
    red = tmp_path / "red.png"
    Image.new("RGB", (40, 30), (200, 20, 20)).save(red)
    take = shop.queue(**tiny(keyframes={"0": str(red)}))
    Image.new("RGB", (40, 30), (20, 20, 200)).save(red)
    assert "got another keyframe 0 here" in failed(shop, take)
    red.unlink()
    with pytest.raises(GenerateError, match=r"Options\.keyframes must be pictures"):
        shop.freeze(**tiny(keyframes={"0": str(red)}))


def test_an_unknown_option_is_named(shop, tiny):
    with pytest.raises(ModelError, match=r"Options\.stepz"):
        shop.freeze(**tiny(stepz=3))


def test_an_id_that_was_never_fetched_is_named_and_not_hashed(shop):
    order = {"backend": "wan-vace", "options": {"model": "1.3B"}}
    frozen = shop.freeze(**order)
    assert frozen.weights == {}
    told = failed(shop, shop.queue(**order))
    assert "the id of a model that can be reached" in told
