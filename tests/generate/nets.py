"""Networks with random weights, for the generator's tests."""

from functools import cache

import torch

from previz.generate.network import PreviewNetwork
from previz.generate.weights import Weights

SMALL = {"widths": (8, 12, 16), "depths": (1, 1, 2)}


def shaken(network, seed=0):
    """Give every weight a value of about what it has once it is trained."""
    noise = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in network.named_parameters():
            added = ".mixed." in name or ".narrow." in name
            scale = (0.2 if added else 0.7) / max(weight[0].numel(), 8) ** 0.5
            weight.copy_(scale * torch.randn(weight.shape, generator=noise))
    return network


@cache
def small_network():
    return shaken(PreviewNetwork(**SMALL))


def weights_of(network):
    """Its weights as they are read from a file."""
    tensors = {name: x.numpy() for name, x in network.state_dict().items()}
    return Weights(network.plan, tensors, "0" * 64)
