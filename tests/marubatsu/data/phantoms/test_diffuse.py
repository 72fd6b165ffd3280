import numpy as np
import pytest

from marubatsu.data.phantoms import TEXTURES, diffuse

RNG = np.random.default_rng


def test_each_texture_comes_as_often_in_hounsfield_units_of_lung():
    images, labels = diffuse(40, rng=RNG(1))
    assert images.shape == (40, 1, 32, 32) and images.dtype == np.float32 and labels.dtype == np.int64
    np.testing.assert_array_equal(np.bincount(labels), [10] * len(TEXTURES))
    assert images.min() >= -1010 and images.max() < 200


def test_textures_differ_in_density_and_spread_as_their_names_say():
    images, labels = diffuse(200, rng=RNG(2))
    mean = [images[labels == kind].mean() for kind in range(4)]
    spread = [images[labels == kind].std(axis=(1, 2, 3)).mean() for kind in range(4)]
    normal, glass, comb, holes = range(4)
    assert mean[holes] < mean[normal] < mean[glass] and mean[normal] < mean[comb]
    assert spread[comb] > 1.3 * spread[normal]


def test_density_alone_does_not_tell_ground_glass_from_honeycombing():
    images, labels = diffuse(200, rng=RNG(3))
    glass, comb = (images[labels == kind].mean(axis=(1, 2, 3)) for kind in (1, 2))
    assert max(glass.min(), comb.min()) < min(np.median(glass), np.median(comb)) < min(glass.max(), comb.max())


def test_the_same_seed_gives_the_same_patches_and_another_one_others():
    np.testing.assert_array_equal(diffuse(3, rng=RNG(1)).images, diffuse(3, rng=RNG(1)).images)
    assert not np.array_equal(diffuse(3, rng=RNG(1)).images, diffuse(3, rng=RNG(2)).images)


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        (lambda: diffuse(0, rng=RNG(1)), ValueError, "diffuse: count must be a whole number of at least 1, but 0"),
        (lambda: diffuse(2, rng=RNG(1), size=8), ValueError, "diffuse: size must be a whole number of at least 16"),
        (lambda: diffuse(2, rng=1), TypeError, "diffuse: rng must be a random generator"),
    ],
)
def test_what_cannot_be_gets_a_sentence(make, error, sentence):
    with pytest.raises(error, match=sentence):
        make()
