"""Whole networks: counts as published, and the same numbers as PyTorch with the same weights."""

import numpy as np
import pytest
import torch

from marubatsu import architectures as arch
from marubatsu.exchange.bridge import from_torch, to_torch
from marubatsu.learning.losses import cross_entropy, mse_loss
from marubatsu.learning.optimisers import SGD
from marubatsu.network import summary

RNG = np.random.default_rng


@pytest.mark.parametrize("name", arch.PUBLISHED)
def test_parameters_are_counted_as_published(name):
    make, shape, count = arch.PUBLISHED[name]
    assert summary(make(), shape).parameters == count


def test_alexnets_table_is_the_published_one_to_the_digit():
    rows = {row.name: row for row in summary(arch.alexnet(), (3, 227, 227)).rows}
    outputs = {
        "conv1": (96, 55, 55),
        "pool1": (96, 27, 27),
        "conv2": (256, 27, 27),
        "pool2": (256, 13, 13),
        "conv3": (384, 13, 13),
        "conv4": (384, 13, 13),
        "conv5": (256, 13, 13),
        "pool5": (256, 6, 6),
        "flatten": (9216,),
        "fc6": (4096,),
        "fc8": (1000,),
    }
    assert {name: rows[name].output for name in outputs} == outputs
    parameters = {"conv1": 34_944, "conv2": 307_456, "conv3": 885_120, "conv4": 663_936, "conv5": 442_624}
    parameters |= {"fc6": 37_752_832, "fc7": 16_781_312, "fc8": 4_097_000}
    assert {name: row.parameters for name, row in rows.items() if row.parameters} == parameters


def test_alexnet_adds_up_about_0_72_billion_products():
    np.testing.assert_allclose(summary(arch.alexnet(), (3, 227, 227)).multiply_adds / 1e9, 0.72, atol=0.005)


NETWORKS = {  # made small where the sizes allow it; AlexNet in its real size
    "marubatsu_net": (lambda rng: arch.marubatsu_net(rng=rng), (4, 1, 32, 32)),
    "alexnet": (lambda rng: arch.alexnet(classes=10, rng=rng), (1, 3, 227, 227)),
    "alexnet_single": (lambda rng: arch.alexnet_single(classes=10, rng=rng), (1, 3, 224, 224)),
    "resnet18": (lambda rng: arch.resnet18(classes=10, rng=rng), (2, 3, 64, 64)),
    "resnet50": (lambda rng: arch.resnet50(classes=10, rng=rng), (2, 3, 64, 64)),
    "unet": (lambda rng: arch.unet(width=8, levels=2, rng=rng), (2, 1, 32, 32)),
    "encoder": (lambda rng: arch.encoder(width=4, rng=rng), (2, 1, 17, 20)),
    "encoder in 3-D": (lambda rng: arch.encoder(dimensions=3, channels=2, width=4, rng=rng), (2, 2, 8, 13, 16)),
    "resnet18_3d": (lambda rng: arch.resnet18_3d(rng=rng), (2, 1, 8, 32, 32)),
    "generator": (lambda rng: arch.generator(noise=8, width=4, rng=rng), (3, 8, 1, 1)),
    "discriminator": (lambda rng: arch.discriminator(width=4, rng=rng), (3, 1, 32, 32)),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_computes_what_its_twin_in_pytorch_does(name):
    make, shape = NETWORKS[name]
    network = make(RNG(1))
    x = RNG(2).standard_normal(shape, np.float32)
    expected = to_torch(network)(torch.from_numpy(x)).detach().numpy()
    assert network.output_shape(shape[1:]) == expected.shape[1:]
    np.testing.assert_allclose(network(x), expected, rtol=1e-3, atol=1e-4 * np.abs(expected).max())


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in NETWORKS if "alexnet" not in name])
def test_one_training_step_moves_every_weight_as_pytorch_does(name):
    make, shape = NETWORKS[name]
    network = make(RNG(1))
    for parameter in network.parameters().values():  # in double precision, so that small slips show
        parameter.value, parameter.gradient = parameter.value.astype(float), parameter.gradient.astype(float)
    module = to_torch(network).double().train()
    from_weights = {key: torch.from_numpy(array.astype(float)) for key, array in network.arrays().items()}
    module.load_state_dict(from_weights, strict=False)
    x = RNG(2).standard_normal(shape)
    target = RNG(3).standard_normal((shape[0], *network.output_shape(shape[1:])))
    theirs = torch.optim.SGD(module.parameters(), 0.01, momentum=0.9)
    torch.nn.functional.mse_loss(module(torch.from_numpy(x)), torch.from_numpy(target)).backward()
    theirs.step()
    optimiser = SGD(network.parameters(), 0.01, momentum=0.9)
    _, gradient = mse_loss(network.forward(x, training=True), target)
    network.learn(gradient)
    optimiser.step()
    parameters = network.parameters()
    for key, tensor in module.named_parameters():
        expected, scale = tensor.grad.numpy(), np.abs(tensor.grad.numpy()).max() + 1e-12
        np.testing.assert_allclose(parameters[key].gradient / scale, expected / scale, atol=1e-5, err_msg=key)
        np.testing.assert_allclose(parameters[key].value, tensor.detach().numpy(), atol=1e-6, err_msg=key)


@pytest.mark.slow
def test_alexnets_training_step_is_that_of_pytorch():
    network = arch.alexnet(classes=10, rng=RNG(1))
    network.named["drop6"].p = network.named["drop7"].p = 0.0  # chance differs between the two
    module = to_torch(network).train()
    x, labels = RNG(2).standard_normal((2, 3, 227, 227), np.float32), np.array([3, 7])
    torch.nn.functional.cross_entropy(module(torch.from_numpy(x)), torch.from_numpy(labels)).backward()
    _, gradient = cross_entropy(network.forward(x, training=True), labels)
    network.learn(gradient)
    for key, tensor in module.named_parameters():
        scale = np.abs(tensor.grad.numpy()).max() + 1e-12
        mine = network.parameters()[key].gradient
        np.testing.assert_allclose(mine / scale, tensor.grad.numpy() / scale, atol=2e-3, err_msg=key)


def test_weights_come_back_over_the_bridge():
    network, other = arch.unet(width=4, levels=1, rng=RNG(1)), arch.unet(width=4, levels=1)
    from_torch(to_torch(network), other)
    for name, array in network.arrays().items():
        np.testing.assert_array_equal(array, other.arrays()[name])
    with pytest.raises(ValueError, match="the module does not hold the weights of this network"):
        from_torch(torch.nn.Linear(2, 2), other)


def test_an_encoder_by_hand():
    network = arch.encoder(dimensions=3, channels=1, width=2, levels=2, classes=3)
    kernels = 27 * (1 * 2 + 2 * 2 + 2 * 4 + 4 * 4)
    norms, dense = 2 * (2 + 2 + 4 + 4), 4 * 3 + 3
    rows = summary(network, (1, 4, 6, 6)).rows
    assert sum(row.parameters for row in rows) == kernels + norms + dense
    assert [row.output for row in rows][4:9] == [(2, 4, 6, 6), (2, 4, 6, 6), (2, 2, 3, 3), (4, 2, 3, 3), (4, 2, 3, 3)]
    assert [row.output for row in rows][-2:] == [(4,), (3,)]


def test_an_encoder_in_3_d_has_three_times_the_kernels_of_one_in_2_d():
    weights = [
        sum(part.value.size for part in arch.encoder(dimensions=axes, levels=4).parameters().values()
            if part.value.ndim > 2)
        for axes in (2, 3)
    ]  # fmt: skip
    assert weights[1] == 3 * weights[0]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"dimensions": 4}, "encoder: dimensions must be 2 for images or 3 for volumes, but 4 came"),
        ({"width": 0}, "encoder: width must be a whole number of at least 1, but 0 came"),
        ({"levels": 0}, "encoder: levels must be a whole number of at least 1, but 0 came"),
        ({"channels": 0}, "Conv2d: in_channels must be a whole number of at least 1, but 0 came"),
    ],
)
def test_an_encoder_that_cannot_be_gets_a_sentence(options, sentence):
    with pytest.raises(ValueError, match=sentence):
        arch.encoder(**options)


def test_a_picture_that_cannot_be_halved_gets_a_sentence():
    with pytest.raises(ValueError, match="For a U-Net take sizes that can be halved once for each level"):
        summary(arch.unet(levels=3), (1, 36, 36))


@pytest.mark.parametrize("depth", [2, 6])
def test_a_stack_holds_the_same_layers_with_and_without_shortcuts(depth):
    stacks = [arch.stack(depth, shortcuts=kind, rng=np.random.default_rng(1)) for kind in (False, True)]
    tables = [summary(network, (1, 32, 32)) for network in stacks]
    assert tables[0].parameters == tables[1].parameters
    assert [row.output for row in tables[0].rows] == [row.output for row in tables[1].rows]
    assert sum(row.layer.startswith("Conv2d(8") for row in tables[0].rows) == depth
    for stack in stacks:
        for name, parameter in stack.parameters().items():
            if ".conv2." in name:
                parameter.value[:] = 0
    x = np.random.default_rng(2).standard_normal((2, 1, 32, 32)).astype(np.float32)
    plain, residual = (stack.outputs(x) for stack in stacks)
    np.testing.assert_array_equal(residual[-3], residual[2])  # a block that adds 0 passes its input on
    assert not plain[-3].any()


def test_a_stack_counts_pairs():
    with pytest.raises(ValueError, match="stack: depth counts pairs of convolutions, so it must be even, but 5 came"):
        arch.stack(5, shortcuts=True)


@pytest.mark.parametrize(
    ("make", "shape", "output"),
    [
        (arch.resnet18_3d, (1, 16, 64, 64), (2,)),
        (lambda: arch.stack(2, shortcuts=True), (1, 32, 32), (2,)),
        (arch.marubatsu_net, (1, 32, 32), (2,)),
        (arch.encoder, (1, 32, 32), (2,)),
        (arch.unet, (1, 32, 32), (1, 32, 32)),
        (arch.alexnet, (3, 227, 227), (1000,)),
        (arch.resnet18, (3, 224, 224), (1000,)),
    ],
)
def test_left_to_themselves_small_networks_tell_two_kinds_apart_and_those_of_imagenet_a_thousand(make, shape, output):
    assert make().output_shape(shape) == output
