import shutil

import numpy as np
import pytest

import previz as pv
from previz.errors import GenerateError, MissingRuntimeError, UnknownNameError
from previz.generate.pipelines import weights_hash
from previz.generate.pipelines.files import parameters
from previz.generate.pipelines.placement import Placement, choose, lighter
from previz.generate.pipelines.running import checked


@pytest.fixture
def copied(saved, tmp_path):
    return shutil.copytree(saved("ltx"), tmp_path / "ltx")


def test_pickles_are_refused(copied):
    weights = copied / "transformer" / "diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_name("diffusion_pytorch_model.bin"))
    with pytest.raises(GenerateError, match="must hold weights as safetensors"):
        pv.generators.diffusers(copied)


def test_a_pickled_lora_is_refused(saved, tmp_path):
    (tmp_path / "lora.bin").write_bytes(b"\x80\x04")
    with pytest.raises(GenerateError, match="must be one safetensors file"):
        pv.generators.diffusers(saved("vace"), lora=tmp_path / "lora.bin")


def test_code_in_a_models_folder_is_refused_and_not_run(copied, tmp_path):
    (copied / "transformer" / "own.py").write_text("raise SystemExit")
    with pytest.raises(GenerateError, match="must hold no code"):
        pv.generators.diffusers(copied)


def test_weights_of_another_hash_are_refused(copied):
    hash_ = weights_hash(copied)
    pv.generators.diffusers(copied, sha256=hash_[:16])
    with pytest.raises(GenerateError, match=r"Generator\.sha256 must be that of"):
        pv.generators.diffusers(copied, sha256="0" * 64)


def test_weights_cut_short_are_refused(copied):
    weights = copied / "vae" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(GenerateError, match="must hold whole weights"):
        pv.generators.diffusers(copied)


def test_a_missing_component_is_named(copied):
    shutil.rmtree(copied / "vae")
    with pytest.raises(GenerateError, match="must be a whole pipeline"):
        pv.generators.diffusers(copied)


def test_a_folder_without_a_pipeline_is_refused(tmp_path):
    with pytest.raises(GenerateError, match=r"without a readable model_index\.json"):
        pv.generators.diffusers(tmp_path)
    with pytest.raises(GenerateError, match="which is no folder"):
        pv.generators.diffusers(tmp_path / "gone")


def test_an_unknown_class_lists_the_known_ones(copied):
    index = copied / "model_index.json"
    text = index.read_text().replace("LTXConditionPipeline", "ShapEPipeline")
    index.write_text(text)
    with pytest.raises(UnknownNameError, match="WanVACEPipeline"):
        pv.generators.diffusers(copied)


def test_an_id_that_cannot_be_reached_says_so(monkeypatch):
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(GenerateError, match="the id of a model that can be reached"):
        pv.generators.diffusers("nobody/nothing-of-that-name")


def test_a_machine_without_the_extra_is_told_how_to_get_it(saved, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "diffusers", None)
    with pytest.raises(MissingRuntimeError, match="the extra `models`, got no diffuse"):
        pv.generators.diffusers(saved("ltx"))


def test_parameters_are_counted_without_loading(saved):
    import diffusers

    net = diffusers.LTXVideoTransformer3DModel.from_pretrained(
        saved("ltx") / "transformer"
    )
    assert parameters(saved("ltx"))["transformer"] == net.num_parameters()


def test_a_model_goes_where_its_weights_fit():
    weights = {"transformer": 1_300_000_000, "text_encoder": 5_700_000_000}
    assert str(choose(weights, device="cuda", free_bytes=24e9)) == "cuda, bfloat16"
    assert choose(weights, device="cuda", free_bytes=17e9).offload == "model"
    assert choose(weights, device="cuda", free_bytes=12e9).offload == "leaf"
    assert choose(weights, device="cpu", free_bytes=64e9).dtype == "float32"
    assert choose(weights, device="cpu", free_bytes=24e9).dtype == "bfloat16"
    with pytest.raises(pv.PrevizError, match=r"must fit 8\.0 GB of free memory"):
        choose(weights, device="cpu", free_bytes=8e9)


@pytest.mark.parametrize(
    ("device", "exact", "steps"),
    [
        ("cuda", False, ["offload by model", "weights in 8 bits, offload by model",
                         "weights in 8 bits, offload by group",
                         "weights in 8 bits, offload by leaf"]),
        ("cuda", True, ["offload by model", "offload by group", "offload by leaf"]),
        ("cpu", True, []),
    ],
)  # fmt: skip
def test_what_is_too_heavy_gets_lighter_step_by_step(device, exact, steps):
    found, at = [], Placement(device, "bfloat16")
    while (at := lighter(at, exact=exact)) is not None:
        found.append(str(at).removeprefix(f"{device}, bfloat16, "))
    assert found == steps


def test_what_is_no_picture_is_not_passed_on():
    good = np.full((3, 4, 5, 3), 0.5, np.float32)
    assert checked(good, frames=3, label="x").shape == good.shape
    with pytest.raises(GenerateError, match=r"must be 5 colour pictures, got .*\(3, 4"):
        checked(good, frames=5, label="x")
    broken = good.copy()
    broken[1, 0, 0, 0] = np.nan
    with pytest.raises(GenerateError, match="got NaN in frame 1 from x"):
        checked(broken, frames=3, label="x")
    black = good.copy()
    black[0] = black[2] = 0.004
    with pytest.raises(GenerateError, match="got black in frame 0, 2 from x"):
        checked(black, frames=3, label="x")
