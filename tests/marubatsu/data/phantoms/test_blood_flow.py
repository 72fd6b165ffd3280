"""Claims about the slices of blood flow."""

import numpy as np
import pytest

from marubatsu.data import phantoms


@pytest.fixture(scope="module")
def many():
    return phantoms.blood_flow(240, rng=np.random.default_rng(1))


def mean(images, labels, pattern):
    """The mean picture of a pattern: (32, 32)."""
    return images[labels == phantoms.PATTERNS.index(pattern), 0].mean(axis=0)


def test_the_images_are_relative_flow_and_every_pattern_is_equally_frequent(many):
    images, labels = many
    assert images.shape == (240, 1, 32, 32) and images.dtype == np.float32
    assert labels.shape == (240,) and labels.dtype == np.int64
    np.testing.assert_array_equal(np.bincount(labels), [60] * len(phantoms.PATTERNS))
    assert images.min() == 0 and 0.9 < images.max() < 1.8


def test_cortex_and_deep_grey_matter_shine_white_matter_and_ventricles_do_not_and_outside_is_nothing(many):
    brain = mean(*many, "normal")
    cortex, thalami, white, outside = brain[15, 5:8].max(), brain[18, 17:19].max(), brain[8, 11], brain[:2, :2].max()
    assert outside < 0.05 < white < 0.6 * cortex
    assert cortex > 0.7 and thalami > 0.7
    ventricle = brain[22:25, 18:22].min()
    assert ventricle < white + 0.1


@pytest.mark.parametrize(
    ("pattern", "lowest"), [("temporoparietal", "side"), ("frontal", "front"), ("occipital", "back")]
)
def test_each_pattern_is_lowest_where_its_name_says(many, pattern, lowest):
    places = {"front": np.s_[3:8, 10:22], "side": np.s_[17:24, np.r_[4:9, 23:28]], "back": np.s_[26:29, 11:21]}
    left = {where: mean(*many, pattern)[at].mean() / mean(*many, "normal")[at].mean() for where, at in places.items()}
    assert min(left, key=left.get) == lowest
    assert left[lowest] < 0.9


def test_the_posterior_cingulate_is_lost_with_the_temporoparietal_pattern_and_an_island_in_the_occipital_one(many):
    at = np.s_[21:24, 15:17]
    normal = mean(*many, "normal")[at].mean()
    assert mean(*many, "temporoparietal")[at].mean() < 0.92 * normal
    assert mean(*many, "occipital")[at].mean() > 0.96 * normal


@pytest.mark.slow
def test_the_patterns_overlap_but_a_straight_rule_already_sorts_most_of_them():
    linear = pytest.importorskip("sklearn.linear_model")
    images, labels = phantoms.blood_flow(600, rng=np.random.default_rng(2))
    pixels = images.reshape(600, -1)
    rule = linear.LogisticRegression(C=0.01, max_iter=300).fit(pixels[:400], labels[:400])
    assert 0.65 < rule.score(pixels[400:], labels[400:]) < 0.97


def test_the_two_halves_of_a_brain_differ():
    images, _ = phantoms.blood_flow(8, rng=np.random.default_rng(3))
    assert np.all(np.abs(images - images[..., ::-1]).mean(axis=(1, 2, 3)) > 0.01)


def test_the_same_seed_gives_the_same_brains_and_another_gives_others():
    first, again, other = (phantoms.blood_flow(4, rng=np.random.default_rng(seed)).images for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("size", [16, 33, 64])
def test_any_size_shows_the_same_field(size):
    images, _ = phantoms.blood_flow(4, rng=np.random.default_rng(1), size=size)
    assert images.shape == (4, 1, size, size)
    assert 0.25 < images.mean() < 0.45


def test_what_it_cannot_draw_it_says():
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="blood_flow: count must be a whole number of at least 1, but 0 came"):
        phantoms.blood_flow(0, rng=rng)
    with pytest.raises(ValueError, match="blood_flow: size must be a whole number of at least 16, but 8 came"):
        phantoms.blood_flow(1, rng=rng, size=8)
    with pytest.raises(TypeError, match="blood_flow: rng must be a random generator"):
        phantoms.blood_flow(1, rng=1)
