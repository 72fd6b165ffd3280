import subprocess
import sys

import numpy as np
import pytest
import skimage.color
import skimage.data
import skimage.transform

from marubatsu.data import greys, licences, samples


def test_every_image_of_the_list_can_be_read_and_says_who_allows_its_use():
    loaded = samples.all()
    assert [sample.name for sample in loaded] == list(samples.NAMES)
    assert len(set(samples.NAMES)) == len(samples.NAMES)
    for sample in loaded:
        assert sample.pixels.ndim == (3 if sample.unit == "red, green, blue" else 2)
        assert sample.source.startswith("https://")
        assert sample.licence and sample.credit and sample.title and sample.note
        with pytest.raises(ValueError, match="read-only"):
            sample.pixels[0, 0] = 0


def test_the_photographs_are_the_ones_that_scikit_image_shows():
    np.testing.assert_array_equal(samples.load("cat").pixels, skimage.data.chelsea())
    np.testing.assert_array_equal(samples.load("tissue").pixels, skimage.data.immunohistochemistry())
    np.testing.assert_array_equal(samples.load("coins").pixels, skimage.data.coins())


def test_the_head_ct_is_in_hounsfield_units():
    head = samples.load("head").pixels
    assert head.shape == (512, 512) and head.dtype == np.int16
    np.testing.assert_allclose(head[:20, 250:270].mean(), -1000, atol=15)  # air in front of the forehead
    np.testing.assert_allclose(np.median(head[340:380, 200:240]), 35, atol=10)  # cerebellum
    assert (head > 700).sum() > 5000  # the skull base is dense bone
    assert set(np.unique(head[head < -1100])) == {-2000}  # outside the field of view


def test_the_vertebra_is_in_hounsfield_units():
    spine = samples.load("spine").pixels
    np.testing.assert_allclose(spine[45:55, 55:65].mean(), 30, atol=30)  # spinal canal
    assert spine[68:76, 54:64].mean() > 300  # vertebral arch
    assert spine.min() > -1024


def test_the_spacing_is_the_one_in_the_files():
    import pydicom

    for name in ("head", "spine", "liver"):
        sample = samples.load(name)
        header = pydicom.dcmread(samples._find(sample))
        np.testing.assert_allclose(sample.spacing, [float(side) for side in header.PixelSpacing])
        if "WindowCenter" in header:
            assert sample.window == (float(header.WindowCenter[0]), float(header.WindowWidth[0]))


def test_the_mask_of_the_liver_is_a_segmentation_with_the_spacing_of_its_file():
    import pydicom

    mask = samples.load("liver-mask")
    header = pydicom.dcmread(samples._find(mask))
    assert header.Modality == "SEG" and header.SegmentSequence[0].SegmentLabel == "Liver"
    assert header.SegmentSequence[0].SegmentAlgorithmType == "SEMIAUTOMATIC" and header.BitsAllocated == 1
    measures = header.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0]
    np.testing.assert_allclose(mask.spacing, [float(side) for side in measures.PixelSpacing])
    assert mask.pixels.dtype == np.uint8 and set(np.unique(mask.pixels)) == {0, 1}
    np.testing.assert_allclose(mask.pixels.sum() * 0.810547**2 / 100, 238, atol=0.5)  # cm²


def test_nothing_is_asked_of_the_network():
    guard = """
import sys
def hook(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError("network asked: " + event)
sys.addaudithook(hook)
import socket
try:
    socket.create_connection(("127.0.0.1", 9))
except RuntimeError:
    print("guarded")
from marubatsu.data import samples
print(len(samples.all()))
"""
    answer = subprocess.run([sys.executable, "-c", guard], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["guarded", str(len(samples.NAMES))]


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match=r"no image called 'dog'. The images are cat, coins, retina"):
        samples.load("dog")


def test_a_missing_package_is_named_with_the_way_to_install_it(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(FileNotFoundError, match=r"'cat' is a file of the package scikit-image .* pip install"):
        samples.load("cat")


def test_a_window_spreads_its_range_evenly_over_the_greys():
    values = np.array([-1000, -10, 15, 40, 65, 90, 3000])
    np.testing.assert_allclose(greys.window(values, level=40, width=100), [0, 0, 0.25, 0.5, 0.75, 1, 1])


def test_a_window_without_width_is_refused():
    with pytest.raises(ValueError, match="window: width must be above 0, but 0 came"):
        greys.window(np.zeros(3), level=0, width=0)


def test_colours_become_the_grey_that_scikit_image_computes():
    cat = samples.load("cat")
    np.testing.assert_allclose(greys.grey(cat), skimage.color.rgb2gray(cat.pixels), atol=1e-3)


def test_every_sample_becomes_greys_that_use_the_range():
    for sample in samples.all():
        image = greys.grey(sample)
        assert image.dtype == np.float32 and image.ndim == 2
        assert image.min() >= 0 and image.max() <= 1 and np.ptp(image) > 0.3


def test_a_crop_is_that_part_of_the_image():
    image = np.arange(20).reshape(4, 5)
    np.testing.assert_array_equal(greys.crop(image, top=1, left=2, rows=2, columns=3), [[7, 8, 9], [12, 13, 14]])
    with pytest.raises(ValueError, match="rows 3 to 4 and columns 0 to 0 leave the image of 4 rows and 5 columns"):
        greys.crop(image, top=3, left=0, rows=2, columns=1)
    with pytest.raises(ValueError, match="left must be a whole number of at least 0, but -1 came"):
        greys.crop(image, top=0, left=-1, rows=2, columns=2)


def test_fitting_averages_areas_so_that_hounsfield_units_stay():
    head = samples.load("head").pixels
    expected = skimage.transform.downscale_local_mean(head.astype(float), (4, 4))
    np.testing.assert_allclose(greys.fit(head, shape=(128, 128)), expected, atol=1e-3)


def test_fitting_by_a_broken_factor_weighs_each_pixel_by_its_overlap():
    image = np.array([[3.0, 6.0, 9.0]] * 3)
    # 3 columns onto 2: the first takes all of column 0 and half of column 1: (3 + 6/2) / 1.5 = 4.
    np.testing.assert_allclose(greys.fit(image, shape=(2, 2)), [[4, 8], [4, 8]])


def test_fitting_cuts_the_centre_and_keeps_colours():
    image = np.zeros((2, 6, 3))
    image[:, 2:4] = [10, 20, 30]
    np.testing.assert_allclose(greys.fit(image, shape=(1, 1)), [[[10, 20, 30]]])
    np.testing.assert_allclose(greys.fit(image[..., 0], shape=(4, 4)), 10 * np.ones((4, 4)))


def test_an_image_without_pixels_is_refused():
    with pytest.raises(ValueError, match=r"fit: expected an image of rows and columns .* shape \(0, 4\) came"):
        greys.fit(np.zeros((0, 4)))
    with pytest.raises(ValueError, match="fit: shape must be a whole number of at least 1, but 0 came"):
        greys.fit(np.zeros((4, 4)), shape=(0, 4))


def test_the_list_of_licences_needs_no_image_package():
    code = "import sys, marubatsu.data.licences; print({'PIL', 'pydicom', 'skimage'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "set()"
    assert {record.package for record in licences.RECORDS} == {"skimage", "pydicom"}
