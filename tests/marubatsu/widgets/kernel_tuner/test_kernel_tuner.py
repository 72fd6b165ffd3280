"""The kernel tuner in Python: its output, its challenges, the drawings in its links."""

import numpy as np
import pytest
from traitlets import TraitError

from marubatsu.arithmetic.activations import relu
from marubatsu.arithmetic.convolution import conv2d
from marubatsu.widgets import KernelTuner, PixelReader, picture
from marubatsu.widgets.kernel_tuner import challenges
from marubatsu.widgets.kernel_tuner.kernels import KERNELS
from marubatsu.widgets.kit import drawing


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize("image", ["cross", "head"])
def test_the_tuners_output_is_the_librarys(name, image):
    tuner = KernelTuner(image=image, kernel=name, stride=2, padding=3, dilation=1, bias=0.5, relu=True)
    options = {"stride": 2, "padding": 3}
    expected = relu(
        conv2d(picture(image)[None, None].astype(float), KERNELS[name][None, None], np.array([0.5]), **options)
    )
    np.testing.assert_allclose(tuner.output(), expected[0, 0])


def test_a_kernel_is_set_and_read_as_an_array():
    tuner = KernelTuner()
    tuner.kernel = np.eye(3)
    np.testing.assert_array_equal(tuner.kernel, np.eye(3))
    with pytest.raises(ValueError, match="read-only"):
        tuner.kernel[0, 0] = 5


def test_an_own_array_is_an_image():
    image = np.arange(30.0).reshape(5, 6)
    tuner = KernelTuner(image=image, kernel=[[2]], padding=0)
    np.testing.assert_array_equal(tuner.output(), 2 * image)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"kernel": "sobel"}, "there is no kernel called 'sobel'. The kernels are identity"),
        ({"kernel": [[1, 2]]}, r"kernel must have as many rows as columns, but an array of shape \(1, 2\) came"),
        ({"kernel": np.ones((9, 9))}, r"kernel must have from 1 to 7 numbers along each axis"),
        ({"kernel": [[np.nan]]}, "kernel must hold finite numbers only"),
        ({"kernel": [["a"]]}, "kernel must be an array of numbers"),
        ({"image": "dog"}, "image must be one of circle, cross"),
        ({"image": np.zeros((2, 2, 2))}, "an image is an array of numbers with rows and columns"),
        ({"drawing": "???"}, "is not a drawing; copy the whole text"),
        ({"stride": 0}, "stride"),
        ({"padding": 99}, "padding"),
        ({"challenge": "all"}, "challenge"),
    ],
)
def test_a_tuner_refuses_what_it_cannot_show(state, sentence):
    with pytest.raises((ValueError, TraitError), match=sentence):
        KernelTuner(**state)


def test_an_image_of_the_reader_stays_in_the_browser():
    for widget in (KernelTuner(), PixelReader()):
        widget.image = "own"
        with pytest.raises(ValueError, match="stays there; Python cannot see"):
            widget.input()


@pytest.mark.parametrize("name", challenges.CHALLENGES)
def test_a_challenge_is_not_solved_by_doing_nothing(name):
    image = picture(challenges.CHALLENGES[name]["image"]).astype(float)
    assert challenges.score(name, image, 1) < challenges.CHALLENGES[name]["goal"]


SOLVED = {
    "stroke": {"kernel": np.where(np.eye(5, dtype=bool), 4.0, -1.0), "bias": -4.0, "relu": True, "padding": 2},
    "edges": {"kernel": np.outer(np.ones(7), [0, 0, -1, 0, 1, 0, 0]), "padding": 3},
    "noise": {"kernel": "gaussian", "padding": 2},
}


@pytest.mark.parametrize("name", challenges.CHALLENGES)
def test_a_challenge_can_be_solved_with_its_hint(name):
    challenge = challenges.CHALLENGES[name]
    tuner = KernelTuner(image=challenge["image"], **SOLVED[name])
    assert challenges.score(name, tuner.output(), len(tuner.kernel), padding=tuner.padding) >= challenge["goal"]


def test_no_kernel_of_7_by_7_takes_more_noise_away_than_the_best_that_is_scored_100():
    noisy, clean = (picture(name).astype(float) for name in ("noisy", "cat"))
    seen = np.lib.stride_tricks.sliding_window_view(noisy, (7, 7)).reshape(-1, 49)  # (250 · 250, 49)
    inner, margin = slice(3, 253), challenges.MARGIN - 3
    counts = np.zeros((250, 250), bool)
    counts[margin:-margin, margin:-margin] = True
    counts = counts.ravel()
    wanted = clean[inner, inner].ravel()[counts]
    best = np.linalg.lstsq(seen[counts], wanted, rcond=None)[0]
    before = np.sqrt(((noisy - clean)[inner, inner].ravel()[counts] ** 2).mean())
    left = np.sqrt(((seen[counts] @ best - wanted) ** 2).mean()) / before
    np.testing.assert_allclose(left, challenges.BEST, atol=5e-4)


def test_a_drawing_survives_its_way_through_a_link():
    drawn = np.random.default_rng(1).integers(0, 2, (32, 32)).astype(np.float32)
    np.testing.assert_array_equal(drawing.decode(drawing.encode(drawn)), drawn)
    np.testing.assert_array_equal(drawing.decode(""), np.zeros((32, 32)))
    with pytest.raises(ValueError, match=r"a drawing has 32 rows and 32 columns, but shape \(3, 3\) came"):
        drawing.encode(np.zeros((3, 3)))
