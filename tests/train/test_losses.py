import numpy as np
import torch

from previz.render import display
from previz.train.losses import energy_loss, log_light, regression_loss, shown


def test_what_is_shown_is_what_the_display_shows_of_greys():
    grey = torch.tensor([0.0, 0.01, 0.18, 0.5, 1.0, 4.0])
    picture = grey.reshape(1, 1, 1, 6).expand(1, 3, 1, 6)
    code = display(picture[0].permute(1, 2, 0).numpy(), exact=True)
    assert np.abs(shown(picture)[0, 1, 0].numpy() * 255 - code[0, :, 1]).max() < 1.5


def test_what_is_shown_rises_and_has_a_gradient():
    light = torch.linspace(0.0, 2.0, 50, requires_grad=True)
    seen = shown(light)
    assert (seen.diff() >= 0).all()
    (slope,) = torch.autograd.grad(seen.sum(), light)
    assert (slope >= 0).all()
    assert slope.mean() > 0.05


def test_truth_itself_has_no_loss():
    truth = torch.rand((1, 3, 16, 16), generator=torch.Generator().manual_seed(0))
    assert regression_loss(truth, truth) == 0
    assert log_light(torch.full((1,), -1.0)).isfinite().all()


def test_the_score_prefers_the_truth_s_spread_to_its_mean():
    """Of a coin that shows one of two patterns, answer with patterns, not with grey."""
    chance = torch.Generator().manual_seed(1)

    def coin(count):
        side = torch.randint(0, 2, (count, 1, 1, 1), generator=chance).float()
        fine = torch.ones(1, 1, 16, 16)
        fine[..., ::2] = 0.0
        return (side * fine + (1 - side) * (1 - fine)).expand(-1, 3, -1, -1) * 0.5

    first, second, truth = coin(64), coin(64), coin(64)
    grey = torch.full_like(first, 0.25)
    assert energy_loss(first, second, truth) < energy_loss(grey, grey, truth)
    one = coin(1).expand_as(truth)
    assert energy_loss(first, second, truth) < energy_loss(one, one, truth)
