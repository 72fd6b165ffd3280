"""Numbers and verdicts in the sentences of the page three-dimensions, computed again."""

import numpy as np
import pytest

from marubatsu.architectures import alexnet, encoder, resnet18, resnet18_3d
from marubatsu.arithmetic.convolution import conv3d
from marubatsu.data import volumes
from marubatsu.exchange.cost import GB, cost, largest_batch
from marubatsu.layers import Conv2d, Conv3d
from marubatsu.learning.losses import cross_entropy
from marubatsu.learning.optimisers import Adam
from marubatsu.learning.training import predict, train
from marubatsu.widgets import MemoryBalance

WHOLE, HALF, PATCH = (1, 300, 512, 512), (1, 150, 256, 256), (1, 128, 128, 128)
VIEWS = {
    "A": (lambda v: v[:, :, 8], {"dimensions": 2}),
    "B": (lambda v: v[:, 0, 4:13:2], {"dimensions": 2, "channels": 5}),
    "C": (lambda v: v, {"dimensions": 3}),
}


def deep(width=32):
    return encoder(dimensions=3, width=width, levels=4)


def errors(name, **options):
    view, form = VIEWS[name]
    seen, labels = volumes.sample(400, rng=np.random.default_rng(1), **options)
    unseen, truth = volumes.sample(1000, rng=np.random.default_rng(2026), **options)
    rng = np.random.default_rng(1)
    network = encoder(width=4, levels=2, rng=rng, **form)
    adam = Adam(network.parameters(), 0.01)
    train(network, view(seen), labels, loss=cross_entropy, optimiser=adam, rng=rng, epochs=4, batch_size=16)
    return int(np.sum(predict(network, view(unseen)).argmax(axis=1) != truth))


def test_the_kernel_with_depth_answers_1_to_the_nodule_and_0_to_the_vessel():
    shape = (33, 20, 40)
    chest = volumes.ball(shape, (16, 10, 10), 4) + volumes.tube(shape, (16, 10, 30), 4)
    np.testing.assert_allclose(chest[16, :, :20], chest[16, :, 20:], atol=1e-6)  # "the two discs are the same"
    assert chest[[10, 22], :, :20].max() == 0 and 0 < chest[13, :, :20].sum() < chest[16, :, :20].sum()
    kernel = np.zeros((1, 1, 17, 3, 3))
    kernel[0, 0, 8], kernel[0, 0, [0, 16]] = 1 / 9, -1 / 18
    answer = conv3d(chest[None, None], kernel, padding=(8, 1, 1))[0, 0, 16]
    np.testing.assert_allclose(answer[10, [10, 30]], [1, 0], atol=1e-6)
    np.testing.assert_allclose(answer[:, 20:], 0, atol=1e-6)


def test_one_slice_is_no_better_than_a_coin_and_its_neighbours_or_the_volume_settle_it():
    assert 450 < errors("A") < 550
    assert errors("B") <= 3 and errors("C") <= 3


def test_vessels_that_lie_in_the_slice_are_told_apart_there():  # the solution of ex-lying-vessels
    assert errors("A", tilt=80) < 400


def test_weights_grow_three_times():
    kernels = [type_(64, 64, 3).weight.value.size for type_ in (Conv2d, Conv3d)]
    assert kernels[1] == 3 * kernels[0] and (3**2, 3**3) == (9, 27)
    whole = [cost(resnet18(classes=2), (3, 64, 64)).parameters, cost(resnet18_3d(), (1, 64, 64, 64)).parameters]
    np.testing.assert_allclose(whole[1] / whole[0], 3, atol=0.05)


def test_activations_fill_the_memory_in_3_d_and_hardly_any_of_it_in_alexnet():
    volume, photograph = cost(deep(), WHOLE), cost(alexnet(), (3, 227, 227))
    assert volume.activations / volume.training > 0.99
    assert photograph.activations / photograph.training < 0.01
    assert cost(deep(), WHOLE, batch=2).training / volume.training > 1.99  # "needs twice as much"


@pytest.mark.parametrize(("shape", "width", "parameters"), [(WHOLE, 8, 0.22), (HALF, 64, 14), (PATCH, 128, 56)])
def test_the_widest_network_on_24_gb(shape, width, parameters):
    fitting = [w for w in (2, 4, 8, 16, 32, 64, 128) if largest_batch(deep(w), shape, memory=24 * GB)]
    assert max(fitting) == width
    np.testing.assert_allclose(cost(deep(width), shape).parameters / 1e6, parameters, rtol=0.01)


def test_the_ways_out_are_as_high_as_the_figure_says():
    whole = cost(deep(), WHOLE).training
    half, patch, narrow = (
        cost(net, shape).training for net, shape in ((deep(), HALF), (deep(), PATCH), (deep(8), WHOLE))
    )
    np.testing.assert_allclose([half / whole, narrow / whole], [1 / 8, 1 / 4], rtol=0.02)
    assert cost(deep(), WHOLE, precision="float16").training == whole / 2 and patch < half / 4
    one, five = (cost(encoder(channels=n, width=32, levels=4), (n, 512, 512)).training for n in (1, 5))
    assert five / one < 1.02
    np.testing.assert_allclose(whole / one, 200, rtol=0.01)  # "about 200 times"


def test_patches_of_90_mm_of_which_48_cover_the_chest():
    np.testing.assert_allclose(128 * 0.7, 90, atol=0.5)
    assert np.prod([-(-side // 128) for side in WHOLE[1:]]) == 48
    np.testing.assert_allclose(4 * 0.7, 2.8)


def contrast(diameter, shift):
    nodule = volumes.ball((64, 64, 64), (33.5 + shift,) * 3, diameter / 2 / 0.7)
    return nodule.reshape(16, 4, 16, 4, 16, 4).mean(axis=(1, 3, 5)).max()


def test_a_nodule_of_4_mm_keeps_nearly_all_of_its_contrast_or_a_fifth():
    assert contrast(4, 0) > 0.95 and contrast(3, 2) < 0.1
    np.testing.assert_allclose(contrast(4, 2), 0.2, atol=0.01)
    assert contrast(10, 2) > 0.99
    shifts = np.arange(0, 2.01, 0.5)
    assert min(contrast(4, shift) for shift in shifts) == contrast(
        4, 2
    )  # the worst place is the corner of eight voxels


def test_exercises():
    weights = [n * 32 * 64 for n in (9, 27, 125)]
    assert weights == [18_432, 55_296, 256_000]
    half = MemoryBalance(side=256, slices=150)
    narrow, quarter = MemoryBalance(side=256, slices=150, width=16), MemoryBalance(side=128, slices=75)
    assert [balance.largest_batch(24) for balance in (half, narrow, quarter)] == [2, 5, 20]
    np.testing.assert_allclose(24 * GB / half.cost().training, 2.5, atol=0.05)
