import numpy as np
import pytest
import torch

from marubatsu import architectures as arch
from marubatsu.exchange.bridge import to_torch
from marubatsu.exchange.cost import GB, cost, largest_batch
from marubatsu.layers import LSTM, Conv2d, Dropout, Flatten, GlobalMaxPool, Linear, ReLU, TimeDistributed
from marubatsu.network import Chain, summary


def test_a_small_network_by_hand():
    network = Chain(Conv2d(1, 2, 3), ReLU(), Flatten(), Linear(2 * 4, 3))  # on 4 × 4: 2 × 2 × 2 numbers, twice; then 3
    found = cost(network, (1, 4, 4), batch=10, optimiser="Adam")
    parameters = 2 * 9 + 2 + 8 * 3 + 3
    assert (found.parameters, found.multiply_adds) == (parameters, 8 * 9 + 24)
    assert found.weights == found.gradients == 4 * parameters and found.optimiser == 8 * parameters
    assert found.activations == 10 * 4 * (8 + 8 + 3) and found.input == 10 * 4 * 16
    assert found.training == 16 * parameters + found.activations + found.input
    assert found.use == 4 * parameters + found.input


def test_the_batch_multiplies_activations_and_nothing_else():
    one, many = (cost(arch.resnet18(), (3, 64, 64), batch=batch) for batch in (1, 8))
    assert many.activations == 8 * one.activations and many.weights == one.weights


def test_half_the_precision_is_half_the_memory():
    half, full = (cost(arch.resnet18(), (3, 64, 64), precision=word) for word in ("float16", "float32"))
    assert 2 * half.training == full.training


def test_a_third_dimension_multiplies_activations_more_than_parameters():
    flat, deep = cost(arch.resnet18(), (3, 128, 128)), cost(arch.resnet18_3d(), (1, 128, 128, 128))
    assert deep.activations / flat.activations > 20 > deep.parameters / flat.parameters


@pytest.mark.parametrize("memory", [0, 1e5, 1e6, 3e6, 1e8, 24 * GB])
@pytest.mark.parametrize("options", [{}, {"precision": "float16"}, {"optimiser": "SGD"}])
def test_the_largest_batch_fits_and_one_more_does_not(memory, options):
    network, shape = arch.encoder(width=4), (1, 64, 64)
    batch = largest_batch(network, shape, memory=memory, **options)
    if batch:
        assert cost(network, shape, batch=batch, **options).training <= memory
    assert cost(network, shape, batch=batch + 1, **options).training > memory


def test_the_largest_batch_is_exact_where_it_fills_the_memory():
    network, shape = arch.encoder(width=4), (1, 64, 64)
    memory = cost(network, shape, batch=7).training
    assert [largest_batch(network, shape, memory=each) for each in (memory - 1, memory)] == [6, 7]


def test_in_alexnet_most_parameters_and_most_products_lie_in_different_layers():
    table = summary(arch.alexnet(), (3, 227, 227))
    dense = [row for row in table.rows if row.name in ("fc6", "fc7", "fc8")]
    assert sum(row.parameters for row in dense) > 0.95 * table.parameters
    assert sum(row.multiply_adds for row in dense) < 0.1 * table.multiply_adds


def slices():
    """A network that reads the slices of a volume one after the other."""
    rng = np.random.default_rng(1)
    each = Chain(Conv2d(1, 4, 3, rng=rng), ReLU(), Dropout(0.5, rng=rng), GlobalMaxPool())
    return Chain(TimeDistributed(each), LSTM(4, 16, bidirectional=True, rng=rng), TimeDistributed(Linear(32, 1)))


def test_what_a_layer_keeps_it_says_itself():
    assert [layer.kept((2, 3, 4)) for layer in (ReLU(), Flatten(), Dropout(0.5))] == [24, 0, 48]
    assert LSTM(3, 5).kept((7, 3)) == 7 * 6 * 5 and LSTM(3, 5, bidirectional=True).kept((7, 3)) == 2 * 7 * 6 * 5
    assert TimeDistributed(Chain(ReLU(), Flatten())).kept((7, 2, 3)) == 7 * 6


@pytest.mark.parametrize(
    ("make", "shape"),
    [
        (lambda: arch.alexnet_single(classes=10, rng=np.random.default_rng(1)), (3, 224, 224)),
        (lambda: arch.resnet18(classes=10, rng=np.random.default_rng(1)), (3, 96, 96)),
        (lambda: arch.unet(width=8, levels=2, rng=np.random.default_rng(1)), (1, 64, 64)),
        (lambda: arch.encoder(width=8, rng=np.random.default_rng(1)), (1, 64, 64)),
        (lambda: arch.encoder(dimensions=3, width=4, rng=np.random.default_rng(1)), (1, 16, 32, 32)),
        (lambda: arch.resnet18_3d(rng=np.random.default_rng(1)), (1, 16, 48, 48)),
        (slices, (20, 1, 32, 32)),
    ],
)
def test_activations_are_near_what_pytorch_really_keeps(make, shape):
    """PyTorch tells of every tensor that it saves for the step backward; each memory is counted once."""
    network, batch, kept = make(), 2, {}
    module = to_torch(network).train()
    weights = {parameter.data_ptr() for parameter in module.parameters()}

    def pack(tensor):
        if tensor.data_ptr() not in weights:
            storage = tensor.untyped_storage()
            kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    x = torch.randn(batch, *shape)
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        output = module(x)
    assert output.requires_grad
    found = cost(network, shape, batch=batch)
    ratio = sum(kept.values()) / (found.activations + found.input)
    assert 0.6 < ratio < 1.7, ratio


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"precision": "float8"}, "cost: precision must be one of float16, .* but 'float8' came"),
        ({"optimiser": "LBFGS"}, "cost: optimiser must be one of SGD, .* but 'LBFGS' came"),
        ({"batch": 0}, "cost: batch must be a whole number of at least 1, but 0 came"),
    ],
)
def test_what_is_unknown_gets_a_sentence(options, sentence):
    with pytest.raises(ValueError, match=sentence):
        cost(arch.marubatsu_net(), (1, 32, 32), **options)
