"""Real loading code, real pipelines, random weights of a few kilobytes."""

import numpy as np
import pytest

import previz as pv
from previz.errors import GenerateError, PrevizError, UnknownNameError
from previz.generate.pipelines import GenerationStoppedError
from previz.stage import FIGURE_OBJECT_BASE

SMALL = {"size": (64, 64), "steps": 2}


def test_a_depth_controlnet_makes_a_still(saved, footage_of):
    made = pv.generators.diffusers(
        saved("still"), controlnet=saved("controlnet"), **SMALL
    )
    assert type(made.loaded.pipe).__name__ == "StableDiffusionControlNetPipeline"
    picture = made.still(footage_of(), 3, size=(96, 54))
    assert picture.shape == (54, 96, 3)
    assert picture.dtype == np.uint8
    again = made.still(footage_of(), 3, size=(96, 54))
    assert (picture == again).all()


def test_what_the_control_network_is_shown_changes_the_picture(saved, footage_of):
    nets = {name: saved("controlnet") for name in ("depth", "edges")}
    seen = []
    for name, net in nets.items():
        made = pv.generators.diffusers(saved("still"), controlnet={name: net}, **SMALL)
        assert name in made.plan(size=(96, 54)).used
        seen.append(made.still(footage_of(), 3, size=(96, 54)))
    assert (seen[0] != seen[1]).any()
    both = pv.generators.diffusers(saved("still"), controlnet=nets, **SMALL)
    assert both.plan(size=(96, 54)).control == ("depth", "edges")
    assert both.still(footage_of(), 3, size=(96, 54)).shape == (54, 96, 3)


def test_a_model_without_control_begins_at_the_preview(saved, footage_of):
    made = pv.generators.diffusers(saved("still"), strength=0.5, **SMALL)
    assert type(made.loaded.pipe).__name__ == "StableDiffusionImg2ImgPipeline"
    assert "preview" in made.plan(size=(96, 54)).used
    assert made.still(footage_of(), 0, size=(96, 54)).shape == (54, 96, 3)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("vace", "WanVACEPipeline"),
        ("ltx", "LTXConditionPipeline"),
        ("ltx2", "LTX2ConditionPipeline"),
    ],
)
def test_a_video_model_makes_a_clip_of_the_shots_length(name, kind, saved, footage_of):
    made = pv.generators.diffusers(saved(name), **SMALL)
    assert type(made.loaded.pipe).__name__ == kind
    clip = made.clip(footage_of(17), size=(64, 36))
    assert clip.shape == (17, 36, 64, 3)
    assert clip.std() > 1
    still = made.still(footage_of(17), 8, size=(64, 36))
    assert still.shape == (36, 64, 3)


@pytest.mark.parametrize(
    ("name", "at"), [("vace", "64 × 48"), ("ltx", "64 × 64"), ("ltx2", "64 × 64")]
)
def test_odd_lengths_and_sizes_are_snapped_and_cut_back(name, at, saved, footage_of):
    made = pv.generators.diffusers(saved(name), **SMALL)
    footage = footage_of(6)
    notes = " ".join(made.plan(footage, size=(50, 31), length_frames=6).notes)
    assert f"50 × 31 is made at {at}" in notes
    assert "frames more are made and dropped" in notes
    assert made.clip(footage, size=(50, 31)).shape == (6, 31, 50, 3)


def test_keyframes_and_references_are_taken(saved, footage_of):
    from PIL import Image

    red = Image.new("RGB", (40, 30), (200, 20, 20))
    blue = np.full((30, 40, 3), (20, 20, 200), np.uint8)
    for name in ("vace", "ltx", "ltx2"):
        made = pv.generators.diffusers(saved(name), references={"ann": blue}, **SMALL)
        footage = footage_of(9)
        free = made.clip(footage, size=(64, 36)).astype(int)
        held = made.clip(footage, size=(64, 36), first=red, last=red).astype(int)
        assert held.shape == free.shape == (9, 36, 64, 3)
        assert np.abs(held - free).max() > 0
        plan = made.plan(footage, size=(64, 36), length_frames=9)
        assert "references" in (plan.used if name == "vace" else plan.dropped)


def test_a_long_shot_is_made_in_parts_that_continue(saved, footage_of, monkeypatch):
    import dataclasses

    from previz.generate.pipelines import caps

    short = dataclasses.replace(caps.CAPS["WanVACEPipeline"], most_frames=9)
    monkeypatch.setitem(caps.CAPS, "WanVACEPipeline", short)
    made = pv.generators.diffusers(saved("vace"), **SMALL)
    footage = footage_of(21)
    plan = made.plan(footage, size=(64, 36), length_frames=21)
    assert [part.length_frames for part in plan.chunks] == [9, 4, 4, 4]
    assert [part.made_frames for part in plan.chunks] == [9] * 4
    assert [part.first_frame for part in plan.chunks] == [0, 4, 8, 12]
    assert made.clip(footage, size=(64, 36)).shape == (21, 36, 64, 3)


def test_a_few_step_lora_sets_steps_and_changes_the_picture(saved, footage_of):
    plain = pv.generators.diffusers(saved("vace"), size=(64, 64), steps=6, guidance=1.0)
    fast = pv.generators.diffusers(
        saved("vace"), lora=(saved("lora"), 0.8), size=(64, 64)
    )
    assert (fast.recipe.steps, fast.recipe.guidance) == (6, 1.0)
    assert "lightx2v" in fast.label
    assert fast.key != plain.key
    pictures = [g.still(footage_of(), 2, size=(64, 36)) for g in (plain, fast)]
    assert (pictures[0] != pictures[1]).any()


def test_cancelling_stops_after_the_step_that_runs(saved, footage_of):
    made = pv.generators.diffusers(saved("vace"), size=(64, 64), steps=20)
    steps = []

    def report(note, done, total):
        steps.append((done, total))
        if done == 3:
            made.cancel()

    with pytest.raises(GenerationStoppedError, match="after step 3"):
        made.clip(footage_of(9), size=(64, 36), report=report)
    assert steps == [(1, 20), (2, 20), (3, 20)]
    assert len(made.clip(footage_of(9), size=(64, 36))) == 9


def test_reseeding_a_character_changes_the_noise_on_them_alone(saved, footage_of):
    from previz.controls import matte
    from previz.generate.pipelines.gathered import Gathered
    from previz.generate.pipelines.plan import Chunk

    made = pv.generators.diffusers(
        saved("still"), controlnet=saved("controlnet"), size=(256, 256), steps=1
    )
    noise, on_bo = [], []
    for seeds in ((0, 0), (0, 7)):
        footage = footage_of(17, seeds=seeds)
        plan = made.plan(footage, size=(256, 256))
        gathered = Gathered(footage, plan, Chunk(0, 1, 1))
        noise.append(gathered.latents(4, seed=5, sticking=0.0)[0])
        seen, _ = footage.buffers(0, size=plan.made)
        on_bo.append(matte(seen, {FIGURE_OBJECT_BASE + 1})[4::8, 4::8])
    changed = (noise[0] != noise[1]).any(axis=0)
    # Bo stands a little differently, too: the seed is also that of his gait.
    assert not changed[~(on_bo[0] | on_bo[1])].any()
    assert changed[on_bo[0] | on_bo[1]].all()
    assert on_bo[0].sum() > 50


def test_an_unknown_control_lists_what_the_model_takes(saved):
    with pytest.raises(UnknownNameError, match="canny, depth, edges"):
        pv.generators.diffusers(saved("vace"), control="normal", **SMALL)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"strength": 0.0}, "Generator.strength must be above 0 to 1"),
        ({"steps": 0}, "Generator.steps must be 1 to 1000"),
        ({"seed": -1}, "Generator.seed must be 0 to"),
        ({"size": (0, 64)}, "Generator.size must be 1 to"),
        ({"dtype": "int4"}, "Generator.dtype must be one of"),
        ({"device": "cuda:7"}, "Generator.device must be one that this machine has"),
    ],
)
def test_settings_out_of_range_are_refused_before_a_picture(asked, told, saved):
    with pytest.raises(PrevizError, match=told):
        pv.generators.diffusers(saved("still"), **asked)


def test_a_lora_of_another_model_is_refused(saved):
    with pytest.raises(GenerateError, match=r"Generator\.lora must fit"):
        pv.generators.diffusers(saved("ltx"), lora=saved("lora"), **SMALL)
