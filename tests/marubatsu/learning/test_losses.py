import numpy as np
import pytest
import torch
import torch.nn.functional as F

from marubatsu.learning import losses

RNG = np.random.default_rng
LOGITS = RNG(1).standard_normal((3, 2, 4, 5)) * 3
TARGETS = (RNG(2).random((3, 2, 4, 5)) > 0.6).astype(float)


def dice(logits, targets):
    p = torch.sigmoid(logits)
    both, either = (p * targets).sum((2, 3)), p.sum((2, 3)) + targets.sum((2, 3))
    return 1 - ((2 * both + 1) / (either + 1)).mean()


def focal(logits, targets):
    q = torch.where(targets == 1, torch.sigmoid(logits), 1 - torch.sigmoid(logits))
    weight = torch.where(targets == 1, 0.25, 0.75)
    return (-weight * (1 - q) ** 2 * torch.log(q)).mean()


PAIRS = {
    "binary_cross_entropy_with_logits": F.binary_cross_entropy_with_logits,
    "mse_loss": F.mse_loss,
    "l1_loss": F.l1_loss,
    "soft_dice_loss": dice,
    "focal_loss": focal,
}


@pytest.mark.parametrize("name", PAIRS)
def test_loss_and_gradient_are_those_of_pytorch(name):
    theirs = torch.from_numpy(LOGITS).requires_grad_()
    expected = PAIRS[name](theirs, torch.from_numpy(TARGETS))
    expected.backward()
    loss, gradient = getattr(losses, name)(LOGITS, TARGETS)
    assert isinstance(loss, float)
    np.testing.assert_allclose(loss, expected.item(), rtol=1e-10)
    np.testing.assert_allclose(gradient, theirs.grad.numpy(), atol=1e-12)


@pytest.mark.parametrize("shape", [(5, 3), (2, 3, 4, 5)])
def test_cross_entropy_is_that_of_pytorch_for_images_and_for_pixels(shape):
    logits, labels = RNG(1).standard_normal(shape), RNG(2).integers(0, 3, (shape[0], *shape[2:]))
    theirs = torch.from_numpy(logits).requires_grad_()
    expected = F.cross_entropy(theirs, torch.from_numpy(labels))
    expected.backward()
    loss, gradient = losses.cross_entropy(logits, labels)
    np.testing.assert_allclose(loss, expected.item(), rtol=1e-10)
    np.testing.assert_allclose(gradient, theirs.grad.numpy(), atol=1e-12)


def test_an_undecided_network_pays_the_logarithm_of_the_number_of_classes():
    np.testing.assert_allclose(losses.cross_entropy(np.zeros((4, 10)), np.arange(4))[0], np.log(10))


@pytest.mark.parametrize("name", [*PAIRS, "cross_entropy"])
def test_the_gradient_is_the_slope_of_the_loss(name, slope):
    function, logits = getattr(losses, name), LOGITS.copy()
    targets = RNG(3).integers(0, 2, (3, 4, 5)) if name == "cross_entropy" else TARGETS
    measured = slope(lambda: function(logits, targets)[0], logits)
    np.testing.assert_allclose(function(logits, targets)[1], measured, atol=1e-6)


def test_huge_scores_overflow_nowhere():
    logits, targets = np.array([[[[1000.0, -1000.0]]]]), np.array([[[[0.0, 1.0]]]])
    for name in ("binary_cross_entropy_with_logits", "soft_dice_loss", "focal_loss"):
        loss, gradient = getattr(losses, name)(logits, targets)
        assert np.isfinite(loss) and np.isfinite(gradient).all(), name


@pytest.mark.parametrize("name", PAIRS)
def test_single_precision_stays_single_and_inputs_stay_as_they_were(name):
    logits, targets = LOGITS.astype(np.float32), TARGETS.copy()
    assert getattr(losses, name)(logits, targets)[1].dtype == np.float32
    np.testing.assert_array_equal(logits, LOGITS.astype(np.float32))
    np.testing.assert_array_equal(targets, TARGETS)


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (
            lambda: losses.cross_entropy(np.ones((3, 2)), np.zeros(2, int)),
            ValueError,
            "cross_entropy: for logits of shape",
        ),
        (
            lambda: losses.cross_entropy(np.ones((2, 2)), np.zeros(2)),
            TypeError,
            "labels must be whole numbers, but float64",
        ),
        (
            lambda: losses.cross_entropy(np.ones((2, 2)), np.array([0, 2])),
            ValueError,
            "labels must go from 0 to 1, but 0 to 2",
        ),
        (
            lambda: losses.mse_loss(np.ones(3), np.ones(2)),
            ValueError,
            "mse_loss: output and targets must have the same shape",
        ),
        (lambda: losses.mse_loss(np.ones(1), np.array([np.nan])), ValueError, "mse_loss: targets must be finite"),
        (lambda: losses.l1_loss(np.array([np.inf]), np.ones(1)), ValueError, "l1_loss: output must be finite"),
        (
            lambda: losses.binary_cross_entropy_with_logits(np.ones(1), np.array([2.0])),
            ValueError,
            "targets must be from 0 to 1, but 2 to 2 came",
        ),
        (
            lambda: losses.soft_dice_loss(np.ones((2, 2)), np.ones((2, 2))),
            ValueError,
            "soft_dice_loss: logits must have 4",
        ),
        (lambda: losses.focal_loss(np.ones(1), np.array([0.5])), ValueError, "focal_loss: targets must be 0 or 1"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(call, error, sentence):
    with pytest.raises(error, match=sentence):
        call()
