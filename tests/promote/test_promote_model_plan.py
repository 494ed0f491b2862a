"""Plans of models: what is made, what becomes of each signal, what is told first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.controls import SIGNALS
from previz.errors import GenerateError, ModelError, PrevizError, UnknownNameError
from previz.promote import Order
from previz.promote.backends import backend_of
from previz.promote.plan import Run
from previz.promote.plan_text import plans_text

SIDES = st.integers(16, 4096)


def plan(backend="wan-vace", length=48, runs=(), *, rate=24.0, size=(960, 540), **told):
    quality = told.pop("quality", "standard")
    order = Order(
        backend=backend,
        quality=quality,
        width_px=size[0],
        height_px=size[1],
        options=told,
    )
    made = backend_of(backend).plan(
        order, length_frames=length, rate_fps=rate, runs=runs
    )
    return made


def fate(made, signal):
    return next(use.fate for use in made.uses if use.signal == signal)


VIDEO = {"model": "maker/model", "pipeline": "LTXConditionPipeline"}
STILLS = {
    "model": "maker/stills",
    "pipeline": "StableDiffusionPipeline",
    "controlnets": {"depth": "net"},
}


@pytest.mark.parametrize(
    ("name", "told", "side", "step"),
    [
        ("wan-vace", {}, 16, 4),
        ("ltx-2", {}, 32, 8),
        ("diffusers", VIDEO, 32, 8),
        ("diffusers", STILLS, 8, 1),
    ],
    ids=["wan-vace", "ltx-2", "video by the table", "stills by the table"],
)
@settings(max_examples=40)
@given(width=SIDES, height=SIDES, length=st.integers(1, 700))
def test_odd_sizes_and_lengths_are_snapped(
    name, told, side, step, width, height, length
):
    if not 0.1 < width / height < 10:
        return
    made = plan(name, length, size=(width, height), **told)
    assert made.shown == (width, height)
    assert made.made[0] % side == made.made[1] % side == 0
    kept = [
        chunk.first_frame + n
        for chunk in made.chunks
        for n in range(chunk.overlap, chunk.length_frames)
    ]
    assert kept == list(range(length)) == list(range(made.length_frames))
    for number, chunk in enumerate(made.chunks):
        assert chunk.made_frames % step == 1 % step
        assert chunk.made_frames >= chunk.length_frames > chunk.overlap
        assert (chunk.overlap > 0) == (step > 1 and number > 0)
    for table in (made._repr_html_(), repr(made)):
        assert f"{width} × {height}" in table
        assert f"{made.made[0]} × {made.made[1]}" in table


@pytest.mark.parametrize("name", ["wan-vace", "ltx-2"])
def test_every_signal_has_one_fate_in_words(name):
    made = plan(name)
    told = [use.signal for use in made.uses]
    assert set(SIGNALS) <= set(told)
    assert len(told) == len(set(told))
    assert all(use.how for use in made.uses)


def test_what_is_seen_within_another_signal_is_merged():
    made = plan("wan-vace")
    assert fate(made, "depth") == "used"
    assert fate(made, "camera") == fate(made, "normal") == "merged"
    assert fate(made, "edges") == fate(made, "preview") == "dropped"
    assert fate(plan("wan-vace", control="edges"), "edges") == "used"
    made = plan("ltx-2")
    assert fate(made, "preview") == "used"
    assert fate(made, "depth") == fate(made, "references") == "merged"
    made = plan("ltx-2", in_context="depth-control.safetensors")
    assert (fate(made, "depth"), fate(made, "preview")) == ("used", "dropped")


@pytest.mark.parametrize(
    "pictures", [{"keyframes": {"0": "none.png"}}, {"references": {"ann": "none.png"}}]
)
def test_a_picture_that_is_not_there_is_named_before_money_is_spent(pictures):
    (field,) = pictures
    with pytest.raises(GenerateError, match=rf"Options\.{field} must be .* none\.png"):
        plan("wan-vace", **pictures)


def test_keyframes_are_used_where_the_model_takes_them(tmp_path):
    picture = tmp_path / "a.png"
    picture.touch()
    frames = dict.fromkeys(("0", "20", "47"), str(picture))
    made = plan("wan-vace", keyframes=frames)
    assert fate(made, "first") == fate(made, "last") == "used"
    assert fate(made, "keyframes") == "used"
    assert "held at frames 20" in " ".join(use.how for use in made.uses)
    made = plan("wan-vace")
    assert fate(made, "first") == fate(made, "last") == "dropped"
    with pytest.raises(PrevizError, match=r"within the shot's 48 frames, got 48"):
        plan("wan-vace", keyframes={"48": "a.png"})


def test_a_dearer_tier_takes_more_steps_and_pixels():
    tiers = [plan(quality=name) for name in ("draft", "standard", "final")]
    assert [made.steps for made in tiers] == [12, 24, 40]
    assert tiers[0].made[0] < tiers[1].made[0] == tiers[2].made[0]
    assert "taylorseer" in tiers[0].model
    assert "taylorseer" not in tiers[2].model
    fast = plan(few_steps="Wan21_CausVid.safetensors", quality="draft")
    assert fast.steps == 4
    assert "guided" not in fast.model
    assert plan("ltx-2", model="2.3-distilled", quality="final").steps == 8


def test_warnings_come_before_money_is_spent():
    made = plan("wan-vace", 190, size=(1920, 803))
    told = " ".join(made.warnings)
    assert "Pictures are enlarged 2.0 times" in told
    assert "Made in 3 parts of at most 69 frames" in told
    assert "3 frames more are made and dropped (4n + 1)" in told
    assert "16 frames a second and is shown 24" in told
    assert "No run of this kind was measured yet" in told
    assert "10 million USD of revenue" in " ".join(plan("ltx-2").warnings)
    assert made.licence == "Apache-2.0"


def test_a_forecast_follows_the_nearest_runs_of_the_same_kind():
    made = plan()
    per = 0.5

    def run(share, **other):
        told = {
            "backend": made.backend, "model": made.model, "device": "H200",
            "work": made.work * share, "seconds": made.work * share * per,
            "memory_bytes": 30, "cost_usd": None,
        }  # fmt: skip
        return Run(**told | other)

    told = plan(runs=[run(0.5), run(2.0), run(1.0)]).forecast
    assert told.seconds == pytest.approx(made.work * per)
    assert (told.memory_bytes, told.cost_usd, told.from_runs) == (30, None, 3)
    assert plan(runs=[run(1.0, model="another")]).forecast.from_runs == 0
    slow = run(1.0, device="cpu", seconds=1e9)
    assert plan(runs=[slow, run(1.0)]).forecast.seconds == told.seconds
    billed = plan(runs=[run(0.5, cost_usd=2.0)]).forecast
    assert billed.cost_usd == pytest.approx(4.0)
    assert "No run" not in " ".join(plan(runs=[run(1.0)]).warnings)


def test_a_plan_shows_as_a_table():
    made = plan("wan-vace", 190, size=(1920, 803), loras={"ann": "<b>.safetensors"})
    text = made._repr_html_()
    assert "1920 × 803" in text
    assert "made at 976 × 416" in text
    assert text.count('<i style="flex:') == 3
    assert "LoRA of ann" in text
    assert "&lt;b&gt; × 1" in text


@pytest.mark.parametrize(
    ("told", "kind", "words"),
    [
        ({"stepz": 3}, ModelError, r"Options\.stepz"),
        ({"steps": 0}, ModelError, r"Options\.steps must be"),
        ({"model": "7B"}, UnknownNameError, r"Options\.model must be one of 1\.3b"),
        ({"model": "Lightricks/LTX-2"}, PrevizError, "must be one of wan-vace"),
        ({"in_context": "a.safetensors"}, PrevizError, "must go with LTX-2"),
        ({"controlnets": {"depth": "a"}}, PrevizError, "with a Stable Diffusion model"),
        ({"control": "normal"}, UnknownNameError, r"Generator\.control"),
    ],
)
def test_what_a_model_cannot_do_is_refused_in_the_plan(told, kind, words):
    with pytest.raises(kind, match=words):
        plan("wan-vace", **told)


def test_any_class_of_the_table_is_planned_by_its_name():
    told = {"model": "maker/model", "pipeline": "LTXConditionPipeline"}
    made = plan("diffusers", **told)
    assert made.chunks[0].made_frames == 49
    with pytest.raises(PrevizError, match=r"Options\.model must be the folder or the"):
        plan("diffusers")
    with pytest.raises(PrevizError, match="must name the class in diffusers"):
        plan("diffusers", model="maker/model")
    stills = plan(
        "diffusers",
        model="maker/stills",
        pipeline="StableDiffusionPipeline",
        controlnets={"depth": "net"},
    )
    assert len(stills.chunks) == 48
    assert "makes each frame alone: expect flicker" in " ".join(stills.warnings)


def test_a_plan_prints_as_a_table_of_text():
    made = plan("wan-vace", 190, size=(1920, 803), loras={"ann": "b.safetensors"})
    rows = [" ".join(line.split()) for line in f"{made}".splitlines()]
    assert "picture made at frames parts steps time memory" in rows
    assert "1920 × 803 976 × 416 190 3 24 open open" in rows
    assert "LoRA of ann used b × 1" in rows
    assert "depth used control video" in rows
    assert "! Pictures are enlarged 2.0 times: they will be softer." in repr(made)
    assert max(map(len, repr(made).splitlines())) <= 88


def test_plans_of_several_shots_print_as_one_table():
    text = plans_text({"1A": plan(), "1B": plan(length=190)})
    rows = [" ".join(line.split()) for line in text.splitlines()]
    assert "shot picture made at frames parts steps time memory" in rows
    assert "all 238 open" in rows
    assert text.count("control video\n") == 1
    assert "1B: each part but the first" in text
    assert "! 1B: Made in 3 parts" in text
    fates = [row.split()[1] for row in rows if row.split(" ")[0] in SIGNALS]
    assert fates == sorted(fates, key=["used", "merged", "dropped"].index)
    run = Run("wan-vace", plan().model, "H200", plan().work, 600.0, 30 * 10**9, 2.0)
    text = plans_text({"1A": plan(runs=[run]), "1B": plan(length=190, runs=[run])})
    assert "about 10 min" in text
    assert "30.0 GB" in text
    assert "2.00 $" in text
    assert plans_text({}) == "Nothing to promote."
