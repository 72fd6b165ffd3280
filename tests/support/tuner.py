"""The kernel tuner of the page on convolution, as it starts, and what it must show in a state."""

import numpy as np
from playwright.sync_api import expect
from reader import eventually

from marubatsu.widgets import KernelTuner
from marubatsu.widgets.kit import still

PAGE, SLUG = "book/layers/convolution.html", "kernel-tuner"
START = {"image": "cross", "kernel": "falling", "padding": 2}  # as the page makes it


def shown_by(tuner):
    """The picture that the library makes of a state, coloured as the widget colours it."""
    total, size, output = tuner.kernel.sum(), np.abs(tuner.kernel).sum(), tuner.output()
    if abs(total) <= size / 4:
        return None  # two colours around zero: compared by numbers, not by pixels
    level, width = tuner.images[tuner.image]["window"]
    return np.repeat(still.shade(output, (level * total + tuner.bias, width * total))[..., None], 3, axis=2)


@eventually
def assert_shows(widget, **state):
    """The picture, its size and the sum in the middle are those of the library."""
    tuner = KernelTuner(**{**START, **state})
    output = tuner.output()
    size = widget.live.locator(".mb-pane-output .mb-size")
    expect(size).to_have_text(f"{output.shape[0]} × {output.shape[1]}")  # another picture may still be on its way
    widget.settle()
    pixels = widget.pixels("output")
    assert pixels.shape[:2] == output.shape
    expected = shown_by(tuner)
    if expected is None:
        warm = pixels[..., 0].astype(int) - pixels[..., 2]  # orange above zero, blue below
        clear = np.abs(output) > 0.15 * np.abs(output).max()
        np.testing.assert_array_equal(np.sign(warm)[clear], np.sign(output)[clear])
    else:
        np.testing.assert_allclose(pixels.astype(int), expected, atol=1)
    row, column = output.shape[0] // 2, output.shape[1] // 2
    number = float(widget.text(".mb-pane-output .mb-readout").rsplit(": ", 1)[1].replace("−", "-"))
    digits = 1 if abs(output[row, column]) >= 1000 else 2 if abs(output[row, column]) >= 100 else 3
    np.testing.assert_allclose(number, output[row, column], atol=0.51 * 10**-digits)
