import itertools

import torch
from torch import nn

from previz.train.fitting import Fit, fit
from previz.train.pictures import Batch


def batches(first):
    for step in itertools.count(first):
        chance = torch.Generator().manual_seed(step)
        x = torch.randn((8, 2), generator=chance)
        yield Batch(x, x, 3.0 * x[:, :1] - x[:, 1:])


def loss(network, batch, chance):
    return (network(batch.planes) - batch.truth).square().mean()


def trained(folder, steps, *, stop=None):
    torch.manual_seed(0)
    network = nn.Linear(2, 1)
    how = Fit("line", steps, rate=0.05, seed=1)
    if stop is None:
        return network, fit(network, how, batches, loss, folder=folder)
    source = itertools.islice(batches(0), stop)
    try:
        fit(network, how, lambda first: source, loss, folder=folder)
    except StopIteration:
        return network, stop
    raise AssertionError


def test_a_line_is_learned(tmp_path):
    network, steps = trained(tmp_path, 1200)
    assert steps == 1200
    assert torch.allclose(network.weight, torch.tensor([[3.0, -1.0]]), atol=0.05)


def test_a_stage_that_was_stopped_ends_as_if_it_had_not_been(tmp_path):
    whole, _ = trained(tmp_path / "whole", 450)
    trained(tmp_path / "cut", 450, stop=300)
    again, steps = trained(tmp_path / "cut", 450)
    assert steps == 450
    assert torch.equal(again.weight, whole.weight)


def test_a_stage_that_is_done_is_only_read(tmp_path):
    whole, _ = trained(tmp_path, 250)
    again, steps = trained(tmp_path, 250)
    assert steps == 250
    assert torch.equal(again.weight, whole.weight)
