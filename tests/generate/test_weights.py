"""The weights as files: what is wrong with them is said."""

import json
import shutil

import numpy as np
import pytest
import torch
from nets import SMALL, shaken, small_network
from safetensors.numpy import load_file, save_file

from previz.errors import PrevizError
from previz.generate import read_weights, weights_hash
from previz.generate.network import PreviewNetwork
from previz.generate.pipeline import PreviewPipeline, write_weights
from previz.generate.weights import CONFIG_FILE, INDEX_FILE, WEIGHTS_FILE


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("generator")
    write_weights(small_network(), folder)
    return folder


@pytest.fixture
def folder(written, tmp_path):
    return shutil.copytree(written, tmp_path / "generator")


def change(path, **fields):
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def sealed(folder):
    """State the hash of what lies there now."""
    import hashlib

    raw = (folder / WEIGHTS_FILE).read_bytes()
    change(folder / INDEX_FILE, weights_sha256=hashlib.sha256(raw).hexdigest())


def test_weights_are_read_as_they_were_written(folder):
    read = read_weights(folder)
    for name, values in small_network().state_dict().items():
        assert np.array_equal(read.tensors[name], values.numpy())
    assert read.plan == small_network().plan
    assert read.sha256 == weights_hash(folder)


def test_half_the_precision_is_half_the_size_and_leaves_the_network_as_it_was(tmp_path):
    network = shaken(PreviewNetwork(**SMALL))
    before = network.last.weight.clone()
    write_weights(network, tmp_path / "whole")
    write_weights(network, tmp_path / "half", half=True)
    sizes = [(tmp_path / x / WEIGHTS_FILE).stat().st_size for x in ("whole", "half")]
    assert sizes[1] < 0.6 * sizes[0]
    assert torch.equal(network.last.weight, before)
    read = read_weights(tmp_path / "half")
    assert np.allclose(read.tensors["last.weight"], before.detach(), rtol=1e-3)


def test_no_pickle_is_written(written):
    names = {path.suffix for path in written.rglob("*") if path.is_file()}
    assert names == {".json", ".safetensors"}


@pytest.mark.parametrize("name", [INDEX_FILE, CONFIG_FILE, WEIGHTS_FILE])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(PrevizError, match=name.rpartition("/")[2]):
        read_weights(folder)


def test_a_truncated_file_is_noticed(folder):
    path = folder / WEIGHTS_FILE
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(PrevizError, match="SHA-256"):
        read_weights(folder)
    sealed(folder)
    with pytest.raises(PrevizError, match="whole safetensors file"):
        read_weights(folder)


def test_a_changed_byte_is_noticed(folder):
    path = folder / WEIGHTS_FILE
    raw = bytearray(path.read_bytes())
    raw[-5] ^= 1
    path.write_bytes(raw)
    with pytest.raises(PrevizError, match="SHA-256"):
        read_weights(folder)


@pytest.mark.parametrize("fields", [
    {"version": 2}, {"version": None}, {"in_channels": 24}, {"widths": [8, 12]},
    {"widths": "wide"}, {"state_channels": 3}, {"timed": True},
])  # fmt: skip
def test_a_network_of_another_kind_is_refused(folder, fields):
    change(folder / CONFIG_FILE, **fields)
    with pytest.raises(PrevizError, match=r"Weights\.config\.json must"):
        read_weights(folder)


def test_weights_that_do_not_fit_the_config_are_refused(folder):
    change(folder / CONFIG_FILE, widths=[8, 12, 20])
    with pytest.raises(PrevizError, match=r"must have blocks\.\S+ of shape"):
        read_weights(folder)


def test_weights_that_are_no_numbers_are_refused(folder):
    path = folder / WEIGHTS_FILE
    tensors = load_file(path)
    tensors["last.bias"][0] = np.nan
    save_file(tensors, path)
    sealed(folder)
    with pytest.raises(PrevizError, match="finite numbers"):
        read_weights(folder)


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"weights_sha256": 5}', "\x00"])
def test_a_broken_index_is_refused(folder, text):
    (folder / INDEX_FILE).write_text(text)
    with pytest.raises(PrevizError, match=r"Weights\.model_index\.json must"):
        weights_hash(folder)


def test_the_folder_loads_as_a_pipeline_and_a_model_of_diffusers(folder):
    pipeline = PreviewPipeline.from_pretrained(folder)
    network = PreviewNetwork.from_pretrained(folder, subfolder="network")
    noise = torch.Generator().manual_seed(0)
    planes = torch.randn(1, 32, 33, 17, generator=noise)
    lit = torch.rand(1, 3, 33, 17, generator=noise)
    made = pipeline(planes, lit)
    assert made.shape == lit.shape
    assert torch.isfinite(made).all()
    assert (made - lit).abs().max() > 1e-3
    with torch.inference_mode():
        assert torch.equal(network(planes), small_network()(planes))


def test_a_network_of_many_steps_walks_from_noise_along_the_scheduler(tmp_path):
    network = shaken(PreviewNetwork(**SMALL, state_channels=3, timed=True))
    write_weights(network, tmp_path)
    pipeline = PreviewPipeline.from_pretrained(tmp_path)
    planes, lit = torch.randn(1, 32, 16, 32), torch.rand(1, 3, 16, 32)

    def walked(steps, seed):
        noise = torch.Generator().manual_seed(seed)
        return pipeline(planes, lit, num_inference_steps=steps, generator=noise)

    assert torch.equal(walked(4, 1), walked(4, 1))
    assert not torch.equal(walked(4, 1), walked(4, 2))
    assert not torch.equal(walked(4, 1), walked(2, 1))
