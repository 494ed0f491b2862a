"""Whole takes by models: real loading code, random weights of a few kilobytes."""

import dataclasses
import wave

import numpy as np
import pytest
from PIL import Image

from previz.generate.pipelines import caps
from previz.promote.engines import engine_of
from previz.promote.finishing import film_take
from previz.promote.taken import part_of, taken_in
from previz.promote.work import work


@pytest.fixture
def make(shop):
    """Make a shot's take and return its frames, shape (n, h, w, 3)."""

    def made(slate="1A", **order):
        take = shop.queue(slate, **order)
        state = work(shop.place.path, take, finisher=film_take)
        assert (state, shop.ledger.job(take).error) == ("done", "")
        return pictures(taken_in(shop.place.promoted, take))

    return made


def pictures(taken):
    return np.stack([taken.frames.read(n).picture for n in range(taken.length_frames)])


@pytest.fixture
def short_parts(monkeypatch):
    """Let VACE make nine frames in one go, so that a short shot has parts."""
    short = dataclasses.replace(caps.CAPS["WanVACEPipeline"], most_frames=9)
    monkeypatch.setitem(caps.CAPS, "WanVACEPipeline", short)


@pytest.mark.parametrize(
    ("backend", "model", "options"),
    [
        ("wan-vace", "vace", {}),
        ("ltx-2", "ltx2", {}),
        ("ltx-2", "ltx2", {"in_context": "in_context_lora"}),
        ("diffusers", "ltx", {}),
        ("diffusers", "still", {"controlnets": {"depth": "controlnet"}}),
    ],
)
def test_each_backend_makes_a_whole_take(shop, tiny, saved, backend, model, options):
    if "in_context" in options:
        options = {"in_context": str(saved("in_context_lora"))}
    if "controlnets" in options:
        options = {"controlnets": {"depth": str(saved("controlnet"))}}
    take = shop.queue(**tiny(backend, model, **options))
    engine_of("inline").start(shop.place.path, take)
    assert shop.ledger.job(take).error == ""
    taken = taken_in(shop.place.promoted, take)
    frames = pictures(taken)
    assert frames.shape == (5, 31, 50, 3)
    assert frames.dtype == np.uint8
    assert frames.std() > 1
    assert all(name.split("/")[0] for name in taken.manifest["weights"])
    sound = taken.folder / "sound.wav"
    assert sound.exists() == (backend == "ltx-2")
    if sound.exists():
        with wave.open(str(sound)) as file:
            assert file.getnframes() == round(5 / 24 * file.getframerate())


def test_a_long_take_goes_on_at_the_part_that_is_missing(
    shop, tiny, make, calls, short_parts, short_film
):
    shop.film = short_film(lengths=((14, 5),))
    whole = make(**tiny(steps=1))
    assert (len(whole), len(calls)) == (14, 3)
    take = shop.queue(**tiny(steps=1, dtype="float32"))
    calls.clear()

    def dies_at_the_third(seen):
        if len(calls) == 3:
            raise KeyboardInterrupt
        return seen

    calls.wrong = dies_at_the_third
    with pytest.raises(KeyboardInterrupt):
        work(shop.place.path, take, finisher=film_take)
    assert shop.ledger.job(take).made_frames == 13
    assert (part_of(shop.place.promoted, take) / "scratch" / "part-0001.npy").exists()
    calls.wrong = None
    assert work(shop.place.path, take, finisher=film_take) == "done"
    assert len(calls) == 4
    assert (pictures(taken_in(shop.place.promoted, take)) == whole).all()


def test_what_holds_a_look_reaches_the_model(
    shop, tiny, make, saved, tmp_path, monkeypatch
):
    from previz.generate.pipelines import generator

    asked, call = [], generator.call

    def watched(loaded, arguments, **more):
        asked.append(arguments)
        return call(loaded, arguments, **more)

    monkeypatch.setattr(generator, "call", watched)
    plain = make(**tiny())
    lora = {"source": str(saved("lora")), "weight": 0.8}
    assert (make(**tiny(loras={"ann": lora})) != plain).any()
    assert (make(**tiny(loras={"p1": lora})) == plain).all()
    Image.new("RGB", (40, 30), (200, 20, 20)).save(tmp_path / "red.png")
    red = str(tmp_path / "red.png")
    held = make(**tiny(keyframes={"0": red, "3": red}))
    assert (held != plain).any()
    referred = make(**tiny(references={"ann": red}))
    assert (referred != plain).any()
    told = shop.freeze(**tiny(keyframes={"0": red})).told
    Image.new("RGB", (40, 30), (20, 20, 200)).save(tmp_path / "red.png")
    assert shop.freeze(**tiny(keyframes={"0": red})).told != told
    make(**tiny(references={"ann": red}))
    assert [one.getpixel((0, 0)) for one in asked[-1]["reference_images"]] == [
        (20, 20, 200)
    ]


def test_a_cache_spares_work_and_is_told_apart(saved):
    from previz.generate.pipelines import load
    from previz.generate.pipelines.tuning import Tuning

    counts = []
    for tuning in (Tuning(), Tuning("taylorseer", every=2)):
        pipe = load(saved("vace"), tuning=tuning, device="cpu").pipe
        block, count = pipe.transformer.blocks[0].attn1.to_q, []
        block.register_forward_hook(lambda *_, seen=count: seen.append(1))
        pipe(prompt="a", height=32, width=32, num_frames=1, num_inference_steps=9)
        counts.append(len(count))
    # Guided: two passes a step; from the fourth on one step of two in full.
    assert counts == [18, 12]
