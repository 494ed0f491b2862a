"""The short recipe on an empty cache: every stage, once."""

import json
import re

import numpy as np
import pytest
import torch
from PIL import Image

from previz.generate.weights import read_weights
from previz.train.making import Making
from previz.train.pictures import Pictures, lit_of, mirrored_planes
from previz.train.recipe import SHORT
from previz.train.run import STAGES, Works
from previz.train.truth import make_truth, read_filmed


@pytest.fixture(scope="module")
def works(tmp_path_factory):
    folder = tmp_path_factory.mktemp("train")
    made = Works(SHORT, cache=folder / "cache", out=folder / "out")
    for stage in STAGES:
        made.run(stage)
    return made


def test_the_weights_are_read_as_those_that_ship(works):
    weights = read_weights(works.out)
    assert weights.plan.widths == SHORT.widths
    card = (works.out / "README.md").read_text()
    assert weights.sha256 in card
    assert re.search(r"\| plain \| all \| \d\d\.\d", card)


def test_every_network_has_its_figures(works):
    told = json.loads((works.root / "figures.json").read_text())
    names = {"plain", "regression", "student", "distilled", "teacher, 4 steps"}
    assert names <= told["figures"].keys()
    assert told["pictures"]["learned"] == SHORT.scenes * SHORT.takes


def test_every_place_is_on_a_sheet_to_look_at(works):
    found = sorted(path.name for path in (works.root / "sheets").iterdir())
    assert found == ["held-out-01.jpg", "learn-01.jpg"]
    with Image.open(works.root / "sheets" / "learn-01.jpg") as learned:
        width, height = learned.size
    columns = 1 + len(("plain", "regression", "student", "distilled", 1, 4, 8)) + 1
    assert width == columns * (SHORT.width_px + 2)
    assert height % (SHORT.height_px + 13) == 0


def test_truth_is_not_made_twice_and_plates_are_of_the_same_scene(works):
    truth = works.root / "learn" / "truth"
    assert make_truth(SHORT, truth, held_out=False) == 0
    pictures = read_filmed(truth, 0)[1]
    assert pictures.shape == (SHORT.takes, SHORT.height_px, SHORT.width_px, 3)
    data = Pictures(truth, works.root / "learn" / "plates")
    whole = data.whole(0)
    lit, true = lit_of(whole.planes), whole.truth
    # The plain picture and the traced one agree in level and in what is where.
    assert 0.5 < float(lit.mean() / true.mean()) < 2.0
    seen = np.corrcoef(lit.flatten().sqrt(), true.flatten().sqrt())[0, 1]
    assert seen > 0.7


def test_crops_are_the_same_wherever_a_stage_is_taken_up(works):
    data = Pictures(works.root / "learn" / "truth", works.root / "learn" / "plates")
    of = data.crops(size_px=(16, 16), batch=2, seed=5)
    third = [next(of) for _ in range(3)][2]
    again = next(data.crops(size_px=(16, 16), batch=2, seed=5, first=2))
    assert torch.equal(third.planes, again.planes)
    assert torch.equal(third.truth, again.truth)


def test_the_regression_does_not_look_at_chance(works):
    making = Making(SHORT, works.root, works.out, None, lambda line: None)
    network = making.network("regression")
    planes = torch.rand((1, 32, 16, 16), generator=torch.Generator().manual_seed(1))
    other = planes.clone()
    other[:, 26:] += 1.0
    assert torch.equal(network(planes), network(other))
    assert not torch.equal(network(planes), network(planes + 0.1))


def test_a_mirrored_picture_has_its_edges_where_they_are():
    planes = np.zeros((32, 1, 6), np.float32)
    planes[6], planes[18, 0, 1] = 0.5, 1.0
    planes[0, 0] = [1, 1, 2, 2, 2, 2]
    mirrored = mirrored_planes(planes)
    assert mirrored[0, 0].tolist() == [2, 2, 2, 2, 1, 1]
    assert mirrored[18, 0].tolist() == [0, 0, 0, 1, 0, 0]
    assert (mirrored[6] == -0.5).all()
