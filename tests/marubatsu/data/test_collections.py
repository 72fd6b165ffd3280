"""The collections: what is in them, where they come from, and folds that test each image once."""

import sys

import numpy as np
import pytest

from marubatsu.data import collections


@pytest.mark.parametrize(
    ("name", "shape", "counts"), [("faces", (200, 1, 25, 25), [100, 100]), ("digits", (1797, 1, 8, 8), None)]
)
def test_images_are_shares_of_white_with_a_class_each(name, shape, counts):
    found = collections.load(name)
    assert found.images.shape == shape and found.images.dtype == np.float32
    assert found.images.min() == 0 and found.images.max() == 1
    number = np.bincount(found.labels)
    assert len(number) == len(found.classes) and number.sum() == shape[0]
    assert counts is None or number.tolist() == counts
    assert found.source.startswith("https://") and found.licence and found.credit
    with pytest.raises(ValueError, match="read-only"):
        found.images[0] = 0


def test_the_numbers_are_those_of_the_packages():
    import skimage.data
    import sklearn.datasets

    np.testing.assert_array_equal(collections.load("faces").images[:, 0], skimage.data.lfw_subset().astype(np.float32))
    digits = sklearn.datasets.load_digits()
    np.testing.assert_array_equal(16 * collections.load("digits").images[:, 0], digits.images)
    np.testing.assert_array_equal(collections.load("digits").labels, digits.target)


@pytest.mark.parametrize(("n", "count"), [(200, 5), (7, 3), (4, 4)])
def test_folds_test_each_image_exactly_once_and_never_train_on_it(n, count):
    found = collections.folds(n, count, rng=np.random.default_rng(1))
    np.testing.assert_array_equal(np.sort(np.concatenate([test for _, test in found])), np.arange(n))
    for train, test in found:
        assert len(train) + len(test) == n and not set(train) & set(test)


@pytest.mark.parametrize("count", [1, 9])
def test_folds_of_too_few_images_are_refused(count):
    with pytest.raises(ValueError, match=f"8 images cannot be dealt into {count} parts; take from 2 to 8 parts"):
        collections.folds(8, count, rng=np.random.default_rng(1))


def test_a_scattered_image_is_whole_and_lies_in_many_places():
    image = np.random.default_rng(1).random((1, 1, 3, 4)).astype(np.float32)
    found = collections.scatter(image.repeat(200, axis=0), side=6, noise=0.0, rng=np.random.default_rng(2))
    assert found.shape == (200, 1, 6, 6)
    np.testing.assert_allclose(found.sum(axis=(1, 2, 3)), image.sum(), rtol=1e-5)
    corners = {tuple(np.argwhere(each[0] == image.max())[0]) for each in found}
    assert len(corners) == 4 * 3, "every place where it fits"
    noisy = collections.scatter(np.full((1, 1, 50, 50), 0.5), side=50, noise=0.1, rng=np.random.default_rng(3))
    np.testing.assert_allclose(noisy.std(), 0.1, rtol=0.05)
    with pytest.raises(ValueError, match="scatter: images of 3 × 4 pixels do not fit into 3 × 3"):
        collections.scatter(image, side=3, noise=0, rng=np.random.default_rng(1))


def test_an_unknown_collection_is_refused():
    with pytest.raises(ValueError, match=r"there is no collection called 'dogs'\. The collections are faces, digits"):
        collections.load("dogs")


@pytest.mark.parametrize(("name", "package"), [("faces", "skimage.data"), ("digits", "sklearn.datasets")])
def test_a_missing_package_is_named(monkeypatch, name, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImportError, match=f"the {name} come with scikit-.*Install it"):
        collections.load(name)
