import numpy as np
import pytest
from skimage.transform import iradon, radon

from marubatsu.data import greys, phantoms, samples
from marubatsu.data.phantoms.dose import WATER, low_dose

SIDE, SPACING = 96, 3.0
ROUND = np.hypot(*(np.indices((SIDE, SIDE)) - SIDE // 2))


def noise(image, photons, seed=1, **options):
    options = {"spacing": SPACING} | options
    return low_dose(image, rng=np.random.default_rng(seed), photons=photons, **options) - image


@pytest.fixture(scope="module")
def water():
    """A round bottle of water, 24 cm wide."""
    return np.where(ROUND < 40, 0.0, -1000.0)


@pytest.fixture(scope="module")
def bones():
    """The bottle with a dense bone at the left and one at the right, as shoulders or petrous bones are."""
    image = np.where(ROUND < 40, 0.0, -1000.0)
    for column in (SIDE // 2 - 26, SIDE // 2 + 26):
        image[np.hypot(*(np.indices(image.shape) - np.reshape([SIDE // 2, column], (2, 1, 1)))) < 7] = 1200
    return image


def test_noise_falls_with_the_square_root_of_the_photons(water):
    inside = ROUND < 15
    found = [noise(water, photons)[inside].std() for photons in (1e4, 1e5, 1e6, 1e7)]
    np.testing.assert_allclose(found, found[-1] * np.sqrt(1e7 / np.array([1e4, 1e5, 1e6, 1e7])), rtol=0.12)


def test_noise_is_as_strong_as_the_formula_for_parallel_rays_says(water):
    # Variance of the attenuation = π² / (angles · spacing²) · ∫ filter² / photons behind the ray: here, the middle ray.
    photons, angles = 1e6, 180
    behind = photons * np.exp(-WATER * SPACING * 79)
    frequencies = np.fft.fftfreq(4096)
    kernel = 2 * np.abs(frequencies) * (0.5 + 0.5 * np.cos(2 * np.pi * frequencies))  # ramp with a Hann window
    expected = 1000 / (WATER * SPACING) * np.pi / 2 * np.sqrt(np.mean(kernel**2) / angles / behind)
    middle = np.concatenate([noise(water, photons, seed)[ROUND < 5] for seed in range(8)])
    assert 0.55 * expected < middle.std() < expected  # reading between two rays averages a little


def test_noise_is_the_back_projection_of_what_chance_did_to_the_rays(water):
    degrees, photons = np.arange(60) * 3.0, 1e5
    integrals = radon(WATER * SPACING * (1 + water / 1000), degrees, circle=True)
    counted = np.random.default_rng(7).poisson(photons * np.exp(-integrals))
    low, full = (iradon(each, degrees, filter_name="hann") for each in (np.log(photons / counted), integrals))
    expected = 1000 / (WATER * SPACING) * (low - full)
    np.testing.assert_allclose(noise(water, photons, seed=7, angles=60), expected, atol=0.01)


def test_means_are_kept_in_water_and_in_bone_where_a_filtered_back_projection_of_full_dose_is_off(bones):
    shown = bones + np.mean([noise(bones, 1e5, seed) for seed in range(6)], axis=0)
    np.testing.assert_allclose(shown[ROUND < 15].mean(), 0, atol=2)
    np.testing.assert_allclose(shown[bones == 1200].mean(), 1200, atol=6)
    degrees = np.arange(180.0)
    full = iradon(radon(1 + bones / 1000, degrees, circle=True), degrees, filter_name="hann")
    assert abs(1000 * (full[bones == 1200].mean() - 1) - 1200) > 30  # its blur takes from the bone


@pytest.mark.slow
def test_noise_is_stronger_in_the_shadow_of_bone_and_runs_along_the_line_between_the_bones(bones):
    spread = np.std([noise(bones, 2e4, seed) for seed in range(12)], axis=0)
    middle = SIDE // 2
    between, above = spread[middle - 4 : middle + 5, middle - 15 : middle + 16], spread[middle - 35 : middle - 25]
    assert between.mean() > 1.5 * above[:, middle - 15 : middle + 16].mean()
    near = (slice(middle - 6, middle + 7), slice(middle - 15, middle + 16))
    for image, low, high in ((bones, 1.25, 3), (np.minimum(bones, 0), 0.9, 1.1)):  # the second has no bone
        streaks = np.stack([noise(image, 5e3, seed)[near] for seed in range(6)])
        assert low < np.diff(streaks, axis=1).std() / np.diff(streaks, axis=2).std() < high


def test_the_same_seed_gives_the_same_noise_and_another_seed_another(water):
    np.testing.assert_array_equal(noise(water, 1e5), noise(water, 1e5))
    assert np.abs(noise(water, 1e5) - noise(water, 1e5, seed=2))[ROUND < 40].max() > 1


def test_larger_pixels_mean_a_thicker_body_and_more_noise(water):
    assert noise(water, 1e6, spacing=4.5)[ROUND < 15].std() > 1.2 * noise(water, 1e6)[ROUND < 15].std()


def test_more_directions_mean_more_photons(water):
    few, many = (noise(water, 1e6, angles=angles)[ROUND < 15].std() for angles in (90, 360))
    np.testing.assert_allclose(few / many, 2, rtol=0.15)


def test_rays_without_a_photon_still_give_numbers(bones):
    assert np.isfinite(noise(bones, 10)).all()


def test_a_slice_that_is_not_square_or_fills_its_corners_is_seen_whole():
    wide = np.zeros((40, 72))
    assert noise(wide, 1e5).shape == (40, 72)
    corners = noise(wide, 1e5)[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert np.abs(corners).min() > 0


def test_the_head_gets_its_noise_and_keeps_its_means():
    head = samples.load("head")
    image = np.maximum(greys.fit(head.pixels.astype(float), shape=(128, 128)), -1000)
    shown = low_dose(image, rng=np.random.default_rng(1), photons=3e4, spacing=4 * head.spacing[0])
    assert shown.shape == (128, 128) and shown.dtype == np.float32
    brain = (image > 10) & (image < 60)
    assert 10 < (shown - image)[brain].std() < 60
    np.testing.assert_allclose(shown[brain].mean(), image[brain].mean(), atol=3)


def test_low_dose_is_a_phantoms_word():
    assert phantoms.low_dose is low_dose


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ({"image_hu": np.zeros((1, 8, 8))}, ValueError, r"low_dose: one slice of shape \(H, W\) is needed, but shape"),
        ({"image_hu": np.full((8, 8), np.nan)}, ValueError, "low_dose: the image must hold HU only, but NaN or inf"),
        ({"rng": 3}, TypeError, "low_dose: rng must be a random generator .* but 3 came"),
        ({"photons": 2}, ValueError, r"low_dose: photons must be from 10 to 1e\+12, but 2 came"),
        ({"photons": "many"}, TypeError, "low_dose: photons must be a number, but 'many' came"),
        ({"spacing": 0}, ValueError, "low_dose: spacing must be from 0.01 to 100, but 0 came"),
        ({"angles": 4}, ValueError, "low_dose: angles must be a whole number of at least 10, but 4 came"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(change, error, sentence):
    given = {"image_hu": np.zeros((16, 16)), "rng": np.random.default_rng(1), "photons": 1e4} | change
    with pytest.raises(error, match=sentence):
        low_dose(given.pop("image_hu"), **given)


def test_without_scikit_image_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "skimage.transform", None)
    with pytest.raises(ImportError, match=r"low_dose: scikit-image is needed\. Install it: pip install"):
        low_dose(np.zeros((16, 16)), rng=np.random.default_rng(1), photons=1e4)
