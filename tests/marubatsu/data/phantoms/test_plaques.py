"""Coronary arteries with and without calcium: the truth is in the picture, and scanners differ as they are told to."""

import numpy as np
import pytest

from marubatsu.data.phantoms import plaques


def make(count=60, seed=1, **options):
    return plaques(count, rng=np.random.default_rng(seed), **options)


def test_half_of_the_vessels_hold_calcium_and_the_images_are_hounsfield_units():
    images, labels = make(61)
    assert images.shape == (61, 1, 32, 32) and images.dtype == np.float32
    assert labels.dtype == np.int64 and sorted(np.bincount(labels)) == [30, 31]
    np.testing.assert_allclose(np.median(images[:, 0, :4, :4]), -90, atol=5)  # fat in the corner
    np.testing.assert_allclose(np.median(images[labels == 0][:, 0, 14:18, 14:18]), 42, atol=8)  # blood in the middle


def test_without_noise_only_calcium_is_brighter_than_every_soft_tissue():
    images, labels = make(noise=0)
    brightest = images.max(axis=(1, 2, 3))
    assert brightest[labels == 0].max() < 60 and brightest[labels == 1].min() > 100


def test_noise_is_as_strong_as_asked_and_calcium_as_bright():
    still, _ = make(noise=0)
    noisy, _ = make(noise=30)
    np.testing.assert_allclose((noisy - still).std(), 30, rtol=0.01)
    brighter, labels = make(noise=0, gain=1.5)
    gain = brighter.max(axis=(1, 2, 3))[labels == 1] / still.max(axis=(1, 2, 3))[labels == 1]
    np.testing.assert_allclose(gain, 1.5, atol=0.15)
    np.testing.assert_array_equal(brighter[labels == 0], still[labels == 0])


def test_the_same_seed_gives_the_same_images_and_another_seed_others():
    np.testing.assert_array_equal(make().images, make().images)
    assert np.abs(make().images - make(seed=2).images).max() > 100


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        ({"count": 0}, ValueError, "plaques: count must be a whole number"),
        ({"size": 8}, ValueError, "plaques: size must be a whole number"),
        ({"noise": -1}, ValueError, "plaques: noise must be from 0 to 200, but -1 came"),
        ({"gain": 0}, ValueError, "plaques: gain must be from 0.1 to 10, but 0 came"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(options, error, sentence):
    with pytest.raises(error, match=sentence):
        make(**options)


def test_chance_has_to_be_handed_in():
    with pytest.raises(TypeError, match="plaques: rng must be a random generator"):
        plaques(2, rng=1)
