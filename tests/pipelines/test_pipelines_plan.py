import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from previz.controls import CameraTrack
from previz.errors import PrevizError, UnknownNameError
from previz.generate.pipelines import CAPS, make_plan
from previz.generate.pipelines.arguments import Given, arguments
from previz.generate.pipelines.caps import class_for, is_distilled

SIDES = st.integers(1, 4096)


@pytest.mark.parametrize("name", CAPS)
@given(width=SIDES, height=SIDES, length=st.integers(1, 400))
def test_every_plan_is_what_the_model_can_make(name, width, height, length):
    caps = CAPS[name]
    if not 0.1 < width / height < 10:
        return
    plan = make_plan(caps, size=(width, height), length_frames=length)
    assert plan.made[0] % caps.multiple_px == plan.made[1] % caps.multiple_px == 0
    assert 0 <= plan.made[1] - plan.rows < caps.multiple_px
    assert plan.rows / plan.made[0] == pytest.approx(height / width)
    assert sum(chunk.length_frames for chunk in plan.chunks) == length
    at = 0
    for chunk in plan.chunks:
        assert chunk.first_frame + chunk.kept_from == at
        at += chunk.length_frames
        assert chunk.kept_until <= chunk.made_frames <= caps.most_frames
        if caps.makes_clips:
            assert chunk.made_frames % caps.multiple_frames == 1
            continues = chunk is not plan.chunks[0]
            assert chunk.overlap_frames == continues * caps.overlap_frames


@pytest.mark.parametrize(
    ("length", "made"), [(1, 1), (2, 5), (17, 17), (18, 21), (81, 81)]
)
def test_wan_makes_four_n_plus_one_frames(length, made):
    plan = make_plan(CAPS["WanVACEPipeline"], size=(832, 480), length_frames=length)
    assert [chunk.made_frames for chunk in plan.chunks] == [made]
    assert plan.made == (832, 480)
    assert bool(plan.notes) == (made != length)


def test_each_signal_is_used_or_dropped_with_a_reason():
    plan = make_plan(CAPS["WanVACEPipeline"], size=(640, 360), length_frames=24)
    assert set(plan.used) == {"depth", "first", "last", "references", "prompt"}
    assert plan.dropped["edges"] == "the control video shows depth"
    assert plan.dropped["camera"] == "WanVACEPipeline takes none"
    html = plan._repr_html_()
    assert "848 × 480" in html
    assert "dropped" in html


def test_one_control_video_cannot_show_two_signals():
    with pytest.raises(PrevizError, match="must be one signal for WanVACEPipeline"):
        make_plan(
            CAPS["WanVACEPipeline"],
            size=(640, 360),
            length_frames=1,
            controls=("depth", "edges"),
        )
    with pytest.raises(UnknownNameError, match=r"Generator\.control"):
        make_plan(
            CAPS["LTXConditionPipeline"],
            size=(640, 360),
            length_frames=1,
            controls=("depth",),
        )


@pytest.mark.parametrize("size", [(0, 10), (10, 5000), (1, 4096)])
def test_sizes_beyond_reason_are_refused(size):
    with pytest.raises(PrevizError, match=r"Generator\.size must"):
        make_plan(CAPS["WanVACEPipeline"], size=size, length_frames=1)


def test_weights_go_to_the_class_that_takes_most_of_a_shot():
    def named(name, *, net=False, preview=False):
        return class_for(name, controlled=net, from_preview=preview)

    sd = "StableDiffusionPipeline"
    assert named(sd) == "StableDiffusionImg2ImgPipeline"
    assert named(sd, net=True) == "StableDiffusionControlNetPipeline"
    assert named(sd, net=True, preview=True) in CAPS
    assert named("LTXPipeline") == "LTXConditionPipeline"
    assert named("LTX2Pipeline") == "LTX2ConditionPipeline"
    assert named("WanPipeline") == "WanVideoToVideoPipeline"
    assert named("WanVACEPipeline") == "WanVACEPipeline"


def test_names_of_few_step_weights_are_known():
    assert is_distilled("stabilityai/sd-turbo")
    assert is_distilled("Wan2.1-VACE-1.3B + Wan21_CausVid_bidirect2_T2V")
    assert is_distilled("LTX-Video-0.9.8-13B-distilled")
    assert not is_distilled("Wan-AI/Wan2.1-VACE-1.3B-diffusers")


def test_parts_of_a_long_shot_are_of_about_one_length():
    plan = make_plan(CAPS["WanVACEPipeline"], size=(832, 480), length_frames=82)
    assert [chunk.made_frames for chunk in plan.chunks] == [45, 45]
    assert [chunk.length_frames for chunk in plan.chunks] == [45, 37]
    assert "begins with the last 5 frames of the part before" in " ".join(plan.notes)


@pytest.mark.parametrize("name", CAPS)
def test_every_argument_exists_in_the_installed_diffusers(name):
    import diffusers
    import numpy as np
    from PIL import Image

    caps = CAPS[name]
    plan = make_plan(caps, size=(640, 360), length_frames=1)
    picture = Image.new("RGB", plan.made)
    asked = arguments(
        plan,
        Given(
            prompt="a",
            negative="b",
            frames=1,
            rate_fps=24.0,
            controls=((picture,),),
            preview=(picture,),
            held={0: picture},
            references=(picture,),
            camera=CameraTrack(np.eye(4)[None], np.ones((1, 4))),
            distilled=True,
            first_ltx2=True,
        ),
    )
    takes = inspect.signature(getattr(diffusers, name).__call__).parameters
    assert set(asked) <= set(takes)
    assert {"generator", "output_type", "callback_on_step_end"} <= set(takes)
    assert caps.grain is None or "latents" in takes


@pytest.mark.parametrize("name", CAPS["WanVACEPipeline"].shows)
def test_each_control_video_shows_the_shot(name, footage_of):
    import numpy as np

    from previz.generate.pipelines.gathered import Gathered
    from previz.generate.pipelines.plan import Chunk

    plan = make_plan(
        CAPS["WanVACEPipeline"],
        size=(128, 72),
        length_frames=17,
        working_size=(128, 72),
        controls=(name,),
    )
    drawn = Gathered(footage_of(17), plan, Chunk(8, 1, 1)).control(name)
    assert [picture.size for picture in drawn] == [plan.made]
    assert np.asarray(drawn[0]).std() > 5
