"""The training player in Python: what it records is what the training did."""

import numpy as np
import pytest

from marubatsu.architectures import marubatsu_net
from marubatsu.data import marks
from marubatsu.learning.losses import cross_entropy
from marubatsu.learning.optimisers import Adam
from marubatsu.learning.training import History, predict, train
from marubatsu.metrics import wilson_interval
from marubatsu.widgets import TrainingPlayer


@pytest.fixture(scope="module")
def trained():
    rng = np.random.default_rng(1)
    images, labels = marks.sample(200, rng=rng)
    held_out = marks.sample(60, rng=rng)
    network = marubatsu_net(rng=rng)
    first = network[0].weight.value.copy()
    player = TrainingPlayer(network, held_out)
    adam = Adam(network.parameters(), 0.002)
    options = {"loss": cross_entropy, "epochs": 3, "batch_size": 32, "optimiser": adam, "validation": held_out}
    history = train(network, images, labels, rng=rng, after_epoch=player.record, **options)
    return player, history, network, first, held_out


def numbers(packed):
    import base64

    return np.frombuffer(base64.b64decode(packed["data"]), "<f4").reshape(packed["shape"])


def test_losses_are_those_of_the_history(trained):
    player, history, _, _, (images, labels) = trained
    assert [frame["loss"] for frame in player.frames] == [None, *history.loss]
    assert [frame["validation"] for frame in player.frames[1:]] == history.validation_loss
    untrained = marubatsu_net(rng=np.random.default_rng(5))
    first = TrainingPlayer(untrained, (images, labels)).frames[0]["validation"]
    np.testing.assert_allclose(first, cross_entropy(predict(untrained, images), labels)[0])


def test_the_kernels_before_and_after_are_kept(trained):
    player, _, network, first, _ = trained
    kernels = numbers(player.kernels)
    assert kernels.shape == (4, 8, 5, 5)
    np.testing.assert_array_equal(kernels[0], first[:, 0])
    np.testing.assert_array_equal(kernels[-1], network[0].weight.value[:, 0])


def test_the_images_still_wrong_are_counted_and_shown(trained):
    player, _, network, _, (images, labels) = trained
    wrong = np.flatnonzero(predict(network, images).argmax(axis=1) != labels)
    last = player.frames[-1]
    assert (last["wrong"], last["of"]) == (len(wrong), 60)
    assert (last["low"], last["high"]) == wilson_interval(len(wrong), 60)
    np.testing.assert_array_equal(player.wrong(3), wrong[:24])
    rows, columns = player.images["held_out"]["shape"]
    shown = {place for frame in player.frames for place, _ in frame["shown"]}
    assert columns == 32 and rows == 32 * len(shown)


def test_what_cannot_be_recorded_is_refused():
    network, held_out = marubatsu_net(), marks.sample(4, rng=np.random.default_rng(1))
    with pytest.raises(
        ValueError, match=r"layer must name the weights of a convolution, one of 0.weight, .*'1.weight'"
    ):
        TrainingPlayer(network, held_out, layer="1.weight")
    with pytest.raises(ValueError, match="one label an image, but 4 and 3 came"):
        TrainingPlayer(network, (held_out[0], held_out[1][:3]))
    with pytest.raises(ValueError, match=r"train needs validation="):
        TrainingPlayer(network, held_out).record(History(loss=[0.5]))
