import subprocess
import sys

import numpy as np
import pytest
import skimage.data

from marubatsu.data import licences, samples


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


def test_the_list_of_licences_needs_no_image_package():
    code = "import sys, marubatsu.data.licences; print({'PIL', 'pydicom', 'skimage'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "set()"
    assert {record.package for record in licences.RECORDS} == {"skimage", "pydicom"}
