"""The network in torch: what it promises before it has learnt anything."""

import pytest
import torch
from nets import SMALL, shaken

from previz.errors import PrevizError
from previz.generate import CHANNELS
from previz.generate.network import PreviewNetwork, decode


def planes(height, width, seed=1):
    noise = torch.Generator().manual_seed(seed)
    return torch.randn(2, CHANNELS, height, width, generator=noise)


def test_an_untrained_network_leaves_the_picture_as_it_is():
    lit = torch.rand(2, 3, 32, 48)
    made = decode(lit, PreviewNetwork(**SMALL)(planes(32, 48)))
    assert torch.allclose(made, lit, atol=1e-6)


def test_its_plan_names_every_weight_and_its_shape():
    network = PreviewNetwork(**SMALL)
    shapes = {name: tuple(x.shape) for name, x in network.state_dict().items()}
    assert network.plan.shapes() == shapes


def test_the_shipped_size_has_one_to_two_million_parameters():
    count = sum(weight.numel() for weight in PreviewNetwork().parameters())
    assert 1.2e6 < count < 2.0e6


@pytest.mark.parametrize("size", [(1, 1), (33, 17), (16, 16), (50, 3)])
def test_any_size_gives_an_answer_of_its_size(size):
    answer = shaken(PreviewNetwork(**SMALL))(planes(*size))
    assert answer.shape == (2, 3, *size)
    assert torch.isfinite(answer).all()


def test_the_answer_is_bounded_however_bright_the_planes():
    answer = shaken(PreviewNetwork(**SMALL))(1e4 * planes(32, 32))
    assert answer.abs().max() <= 4.0


def test_a_picture_gives_the_same_answer_alone_and_among_others():
    network = shaken(PreviewNetwork(**SMALL))
    pair = planes(32, 48)
    assert torch.allclose(network(pair)[1:], network(pair[1:]), atol=1e-5)


def test_every_weight_takes_part_in_learning():
    network = shaken(PreviewNetwork(**SMALL, state_channels=3, timed=True))
    state, time = torch.randn(2, 3, 32, 32), torch.tensor([0.2, 0.7])
    network(planes(32, 32), state, time).square().mean().backward()
    idle = [
        name
        for name, weight in network.named_parameters()
        if weight.grad is None or not weight.grad.abs().sum() > 0
    ]
    assert idle == []


def test_a_timed_network_answers_otherwise_at_another_time():
    network = shaken(PreviewNetwork(**SMALL, timed=True))
    seen = planes(16, 16)
    early, late = (network(seen, time=torch.full((2,), t)) for t in (0.1, 0.9))
    assert (early - late).abs().max() > 1e-4


def test_a_time_that_is_missing_or_not_wanted_is_refused():
    with pytest.raises(PrevizError, match=r"PreviewNetwork\.time must be given"):
        PreviewNetwork(**SMALL, timed=True)(planes(16, 16))
    with pytest.raises(PrevizError, match=r"PreviewNetwork\.time must be left out"):
        PreviewNetwork(**SMALL)(planes(16, 16), time=torch.zeros(2))


def test_it_is_saved_and_read_as_a_diffusers_model(tmp_path):
    network = shaken(PreviewNetwork(**SMALL))
    network.save_pretrained(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {
        "config.json",
        "diffusion_pytorch_model.safetensors",
    }
    again = PreviewNetwork.from_pretrained(tmp_path)
    kept = network.state_dict()
    assert all(torch.equal(kept[name], w) for name, w in again.state_dict().items())
    # Sums run in another order where weights lie otherwise in memory.
    answers = [net(planes(16, 16)) for net in (again, network)]
    torch.testing.assert_close(*answers, rtol=1e-5, atol=1e-5)
