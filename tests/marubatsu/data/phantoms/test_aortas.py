"""Claims about the squares around the descending aorta."""

import importlib

import numpy as np
import pytest

from marubatsu.data import phantoms

RNG = np.random.default_rng


@pytest.fixture(scope="module")
def wide():
    return phantoms.aortas(60, rng=RNG(1), diameters=(18, 56))


def test_each_square_is_ct_in_hu_and_each_diameter_within_its_range(wide):
    images, diameters = wide
    assert images.shape == (60, 1, 40, 40) and images.dtype == np.float32
    assert diameters.shape == (60,) and diameters.dtype == np.float32
    assert diameters.min() > 18 and diameters.max() < 56 and np.ptp(diameters) > 25
    assert images.min() >= -1024 and np.quantile(images, 0.01) < -800 and images.max() > 500


def test_the_larger_the_aorta_the_more_of_the_square_is_soft_tissue(wide):
    images, diameters = wide
    soft = ((images > 0) & (images < 100)).mean(axis=(1, 2, 3))
    assert np.corrcoef(soft, diameters**2)[0, 1] > 0.5


def test_the_middle_of_a_large_aorta_is_blood():
    images, _ = phantoms.aortas(20, rng=RNG(2), diameters=(45, 55))
    middle = images[:, 0, 18:22, 18:22].mean(axis=(1, 2))
    assert middle.min() > 15
    np.testing.assert_allclose(middle.mean(), 41, atol=6)


def test_the_square_shows_what_the_whole_chest_shows_there():
    room = importlib.import_module("marubatsu.data.phantoms.aortas")
    body = room.new_body(rng=RNG(5), diameter=30, bulge=False, span=(0, 0))
    whole = room.paint(body, 0.0, room.Plane(200, 2.0), np.zeros((200, 200), np.float32))
    square = room.paint(room._moved(body), 0.0, room._Square(40), np.zeros((40, 40), np.float32))
    place = np.s_[94:134, 95:135]  # 28 mm behind and 30 mm left of the middle of the chest, pixels of 2 mm
    assert square.covers["aorta"].sum() == whole.covers["aorta"].sum() > 100
    np.testing.assert_allclose(square.image, whole.image[place], atol=0.5)
    np.testing.assert_allclose(square.covers["vessels"], whole.covers["vessels"][place], atol=1e-3)


@pytest.mark.slow
def test_usual_patients_have_usual_aortas():
    _, diameters = phantoms.aortas(150, rng=RNG(3))
    np.testing.assert_allclose(diameters.mean(), 26, atol=1.5)
    np.testing.assert_allclose(diameters.std(), 4.3, atol=1.0)
    assert diameters.min() >= 18 and diameters.max() <= 40


def test_more_noise_is_more_noise_and_nothing_else():
    quiet, same = phantoms.aortas(1, rng=RNG(4))
    loud, too = phantoms.aortas(1, rng=RNG(4), noise=25)
    assert same == too
    np.testing.assert_allclose((loud - quiet)[quiet > -900].std(), 25, rtol=0.15)


def test_the_same_seed_gives_the_same_squares():
    first, again, other = (phantoms.aortas(2, rng=RNG(seed)).images for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"count": 0}, "aortas: count must be a whole number of at least 1"),
        ({"size": 10}, "aortas: size must be a whole number of at least 20"),
        ({"noise": -1}, "aortas: noise must be at least 0, but -1 came"),
        ({"diameters": (30, 20)}, r"aortas: diameters must be a range \(smallest, largest\)"),
        ({"diameters": (5, 20)}, "aortas: diameters must lie within 15 to 60 mm, but 5 to 20 came"),
    ],
)
def test_what_cannot_be_drawn_is_said(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        phantoms.aortas(**{"count": 1, "rng": RNG(1), **given})


def test_a_seed_is_no_generator():
    with pytest.raises(TypeError, match="aortas: rng must be a random generator"):
        phantoms.aortas(1, rng=1)
