"""The bridge to PyTorch: any network of this library as a torch module with the same weights, and its arrays back.

PyTorch is imported when a function here is called, not before.
"""

import numpy as np

from marubatsu.exchange.weights import IGNORED, fill
from marubatsu.layers import Layer
from marubatsu.layers.base import Torch, Twin


def to_torch(network: Layer) -> Twin:
    """Return a ``torch.nn.Module`` that computes the same, with a copy of the weights.

    Parameters
    ----------
    network : Layer
        Any network of this library, or one that says itself what it is in PyTorch: see `Layer.twin`.

    Returns
    -------
    torch.nn.Module
        In evaluation mode. Its ``named_parameters()`` are the network's, name by name.

    Raises
    ------
    ImportError
        If PyTorch is not installed.
    TypeError
        If a layer is one of your own that has no method `twin`.
    """
    torch = _torch()
    module = network.twin(torch)
    with torch.no_grad():
        arrays = network.arrays()
        for name, tensor in {**dict(module.named_parameters()), **dict(module.named_buffers())}.items():
            if not name.endswith(IGNORED):
                tensor.copy_(torch.from_numpy(np.ascontiguousarray(arrays[name])))
    return module.eval()


def from_torch(module: Twin, network: Layer) -> None:
    """Copy the weights of a torch module into a network, in place, by name.

    Raises
    ------
    ValueError
        If names or shapes differ; the network is then as it was.
    """
    fill(network, {name: tensor.detach().cpu().numpy() for name, tensor in module.state_dict().items()}, "the module")


def _torch() -> Torch:
    try:
        import torch
    except ImportError:
        raise ImportError("to_torch: PyTorch is not installed. Install it: pip install torch.") from None
    return torch
