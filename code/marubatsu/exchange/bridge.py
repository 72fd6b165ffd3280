"""The bridge to PyTorch: any network of this library as a torch module with the same weights, and its arrays back.

PyTorch is imported when a function here is called, not before.
"""

import numpy as np

from marubatsu import layers
from marubatsu.exchange.weights import fill
from marubatsu.network import Chain, Residual, Skip


def to_torch(network: layers.Layer):
    """Return a ``torch.nn.Module`` that computes the same, with a copy of the weights.

    Parameters
    ----------
    network : Layer
        Any network of this library.

    Returns
    -------
    torch.nn.Module
        In evaluation mode. Its ``named_parameters()`` are the network's, name by name.

    Raises
    ------
    ImportError
        If PyTorch is not installed.
    TypeError
        If a layer is not one of this library's.
    """
    torch = _torch()
    module = _module(torch, network)
    with torch.no_grad():
        for name, tensor in {**dict(module.named_parameters()), **dict(module.named_buffers())}.items():
            if not name.endswith("num_batches_tracked"):
                tensor.copy_(torch.from_numpy(np.ascontiguousarray(network.arrays()[name])))
    return module.eval()


def from_torch(module, network: layers.Layer) -> None:
    """Copy the weights of a torch module into a network, in place, by name.

    Raises
    ------
    ValueError
        If names or shapes differ; the network is then as it was.
    """
    fill(network, {name: tensor.detach().cpu().numpy() for name, tensor in module.state_dict().items()}, "the module")


def _module(torch, layer):
    nn = torch.nn
    match layer:
        case Chain():
            return nn.Sequential(_ordered({name: _module(torch, inner) for name, inner in layer.named.items()}))
        case Residual():
            return _residual(torch, layer)
        case Skip():
            return _skip(torch, layer)
        case layers.Conv2d() | layers.Conv3d():
            kind = nn.Conv2d if isinstance(layer, layers.Conv2d) else nn.Conv3d
            options = {name: getattr(layer, name) for name in ("stride", "padding", "dilation", "groups")}
            bias = hasattr(layer, "bias")
            return kind(layer.in_channels, layer.out_channels, layer.kernel_size, bias=bias, **options)
        case layers.ConvTranspose2d():
            options = {"stride": layer.stride, "padding": layer.padding, "bias": hasattr(layer, "bias")}
            return nn.ConvTranspose2d(layer.in_channels, layer.out_channels, layer.kernel_size, **options)
        case layers.Linear():
            return nn.Linear(layer.in_features, layer.out_features, bias=hasattr(layer, "bias"))
        case layers.MaxPool2d() | layers.AvgPool2d() | layers.MaxPool3d():
            return getattr(nn, type(layer).__name__)(layer.kernel_size, stride=layer.stride, padding=layer.padding)
        case layers.AdaptiveAvgPool2d():
            return nn.AdaptiveAvgPool2d(layer.output_size)
        case layers.GlobalMaxPool():
            return nn.Sequential(nn.Flatten(2), nn.AdaptiveMaxPool1d(1), nn.Flatten(1))
        case layers.Upsample():
            return nn.Upsample(scale_factor=layer.scale_factor, mode=layer.mode)
        case layers.LocalResponseNorm():
            return nn.LocalResponseNorm(layer.size, alpha=layer.alpha, beta=layer.beta, k=layer.k)
        case layers.BatchNorm():
            return _batch_norm(torch, layer)
        case layers.Dropout():
            return nn.Dropout(layer.p)
        case layers.LeakyReLU():
            return nn.LeakyReLU(layer.negative_slope)
        case layers.Softmax():
            return nn.Softmax(dim=1)
        case layers.Flatten() | layers.ReLU() | layers.Sigmoid() | layers.Tanh():
            return getattr(nn, type(layer).__name__)()
    raise TypeError(f"to_torch: {layer!r} is no layer of this library, so its PyTorch twin is not known.")


def _ordered(modules):
    from collections import OrderedDict

    return OrderedDict(modules)


def _batch_norm(torch, layer):
    """Return a batch normalisation for any number of axes, as this library's is."""

    class BatchNorm(torch.nn.modules.batchnorm._BatchNorm):
        def _check_input_dim(self, x):
            pass

    return BatchNorm(len(layer.weight.value), eps=layer.eps, momentum=layer.momentum)


def _residual(torch, layer):
    class Residual(torch.nn.Module):
        def forward(self, x):
            output = x
            for name in self.main:
                output = getattr(self, name)(output)
            output = output + (self.downsample(x) if hasattr(self, "downsample") else x)
            return self.after(output) if hasattr(self, "after") else output

    module = Residual()
    main = layer.main if isinstance(layer.main, Chain) else Chain(layer.main)
    module.main = tuple(main.named)
    for name, inner in main.named.items():
        module.add_module(name, _module(torch, inner))
    for name, inner in (("downsample", layer.shortcut), ("after", layer.after)):
        if inner is not None:
            module.add_module(name, _module(torch, inner))
    return module


def _skip(torch, layer):
    class Skip(torch.nn.Module):
        def forward(self, x):
            return torch.cat([x, self.inner(x)], dim=1)

    module = Skip()
    module.inner = _module(torch, layer.inner)
    return module


def _torch():
    try:
        import torch
    except ImportError:
        raise ImportError("to_torch: PyTorch is not installed. Install it: pip install torch.") from None
    return torch
