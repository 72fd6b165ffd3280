"""The denoising comparer in Python: its pictures, its square, its scores, and what it refuses."""

import json
import re

import numpy as np
import pytest
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from traitlets import TraitError

from marubatsu.widgets import DenoisingComparer
from marubatsu.widgets.kit import still
from marubatsu.widgets.kit.pictures import pack


def made(**state):
    rng = np.random.default_rng(1)
    full = 50 * rng.standard_normal((20, 30)).cumsum(axis=1)
    doses = [
        (photons, {name: full + spread * rng.standard_normal(full.shape) for name, spread in spreads.items()})
        for photons, spreads in ((100, {"low": 90, "network": 30}), (1000, {"low": 30, "network": 10}))
    ]
    return DenoisingComparer(full, doses, span=500, **state), full, doses


def test_pictures_are_the_given_ones_in_whole_hu_and_read_only():
    comparer, full, doses = made(dose=1)
    np.testing.assert_array_equal(comparer.picture("full"), np.rint(full))
    np.testing.assert_array_equal(comparer.picture("low"), np.rint(doses[1][1]["low"]))
    np.testing.assert_array_equal(comparer.picture("network", 0), np.rint(doses[0][1]["network"]))
    assert comparer.kinds == ["low", "network", "full"] and comparer.photons == [100, 1000]
    with pytest.raises(ValueError, match="read-only"):
        comparer.picture("low")[0, 0] = 5


@pytest.mark.parametrize(
    ("pixel", "side", "rows", "columns"),
    [
        ([10, 15], 7, (7, 14), (12, 19)),
        ([10, 15], 8, (6, 14), (11, 19)),
        ([0, 29], 9, (0, 9), (21, 30)),
        ([], 64, (0, 20), (5, 25)),
    ],
)  # fmt: skip
def test_the_square_stays_whole_within_the_picture(pixel, side, rows, columns):
    comparer, *_ = made(pixel=pixel, side=side)
    assert comparer.square() == (slice(*rows), slice(*columns))


@pytest.mark.parametrize("kind", ["low", "network"])
def test_scores_are_those_of_numpy_and_scikit_image(kind):
    comparer, *_ = made(pixel=[9, 12], side=11)
    found, square = comparer.scores(kind), (slice(4, 15), slice(7, 18))
    full, shown = (comparer.picture(name)[square].astype(float) for name in ("full", kind))
    assert found.here == comparer.picture(kind)[9, 12]
    np.testing.assert_allclose(found.spread, np.std(shown))
    np.testing.assert_allclose(found.error, np.mean(shown) - np.mean(full))
    np.testing.assert_allclose(found.psnr, peak_signal_noise_ratio(full, shown, data_range=500))
    np.testing.assert_allclose(found.ssim, structural_similarity(full, shown, data_range=500))
    assert comparer.scores("full").psnr == np.inf and comparer.scores("full").ssim == 1


def test_scores_elsewhere_can_be_asked_for():
    comparer, *_ = made()
    moved, *_ = made(dose=1, pixel=[3, 4], side=9)
    assert comparer.scores("low", dose=1, pixel=[3, 4], side=9) == moved.scores("low")


def test_the_still_holds_both_versions_and_every_score():
    comparer, *_ = made(window=[0, 400])
    html = comparer.still()
    assert still.png(still.shade(comparer.picture("low"), (0, 400))) in html
    found = comparer.scores("network")
    assert f"<td>{found.psnr:.1f}</td>" in html and f"<td>{found.ssim:.3f}</td>" in html
    assert len(re.findall(r"<img [^>]*alt=\"[^\"]+\"", html)) == 2


def test_every_picture_travels_once_without_a_thumbnail():
    comparer, *_ = made()
    state = json.loads(re.search(r'<script type="application/json">(.*)</script>', comparer.html(), re.S)[1])["state"]
    assert set(state["images"]) == {"full", "low-0", "network-0", "low-1", "network-1"}
    assert all("thumb" not in image for image in state["images"].values())
    assert state["images"]["full"]["data"] == pack(comparer.picture("full"), title="")["data"]


FLAT = np.zeros((16, 16))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ((FLAT, []), r"at least one dose is needed: \(photons, versions\), but none came"),
        ((FLAT, [(9, {"filter": FLAT})]), r"among low, filter, network, second, .* \[\['filter'\]\] came"),
        ((FLAT, [(9, {"low": FLAT, "magic": FLAT})]), "must be the same, among low"),
        ((FLAT, [(9, {"low": FLAT}), (99, {"low": FLAT, "filter": FLAT})]), "versions of every dose must be the same"),
        ((FLAT, [(9, {"low": FLAT[1:]})]), r"low must be a slice .* but \(15, 16\) came beside \(16, 16\)"),
        ((FLAT[:5], [(9, {"low": FLAT[:5]})]), r"full must be a slice .* at least 7 × 7 .* but \(5, 16\) came\."),
        ((FLAT, [(9, {"low": FLAT + np.nan})]), "low must hold HU only, but NaN or infinity came"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        DenoisingComparer(*given)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"dose": 2}, "dose must be from 0 to 1, but 2 came"),
        ({"left": "filter"}, "left must be one of low, network, full, but 'filter' came"),
        ({"side": 5}, "side must be a whole number from 7 to 64, but 5 came"),
        ({"pixel": [[1, 2]]}, "pixel must have 1 axes"),
    ],
)
def test_a_state_that_cannot_be_is_refused(state, sentence):
    with pytest.raises(TraitError, match=sentence):
        made(**state)


def test_an_empty_span_and_an_unknown_version_are_refused():
    with pytest.raises(ValueError, match="span must be a range of HU above 0, but 0 came"):
        DenoisingComparer(FLAT, [(9, {"low": FLAT})], span=0)
    with pytest.raises(ValueError, match="kind must be one of low, network, full, but 'magic' came"):
        made()[0].picture("magic")
