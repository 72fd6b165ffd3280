"""Windows on images: the border, the view of every place of a kernel, and portions that fit the cache."""

import threading

import numpy as np
import pytest

from marubatsu.arithmetic import windows


def test_a_border_lies_around_the_last_axes_alone_and_what_is_inside_is_the_image():
    images = np.arange(12.0).reshape(2, 1, 2, 3)
    padded = windows.pad(images, (1, 2), value=-1)
    np.testing.assert_array_equal(padded, np.pad(images, [(0, 0), (0, 0), (1, 1), (2, 2)], constant_values=-1))
    np.testing.assert_array_equal(padded[windows.inside((1, 2), (2, 3))], images)
    assert windows.pad(images, (0, 0)) is images


@pytest.mark.parametrize("stride", [(1, 1), (2, 3)])
@pytest.mark.parametrize("dilation", [(1, 1), (3, 2)])
def test_a_window_holds_the_pixels_under_a_kernel_and_every_place_that_a_kernel_has_is_there(stride, dilation):
    images = np.arange(2 * 3 * 9 * 10).reshape(2, 3, 9, 10)
    seen = windows.windows(images, (2, 3), stride, dilation)
    rows = 1 + (9 - dilation[0] - 1) // stride[0]
    columns = 1 + (10 - 2 * dilation[1] - 1) // stride[1]
    assert seen.shape == (2, 3, 2, 3, rows, columns) and not seen.flags.writeable
    for row, column in np.ndindex(rows, columns):
        top, left = row * stride[0], column * stride[1]
        under = images[:, :, top : top + dilation[0] + 1 : dilation[0], left : left + 2 * dilation[1] + 1 : dilation[1]]
        np.testing.assert_array_equal(seen[..., row, column], under)
    found = dict(windows.places((2, 3), stride, dilation, (rows, columns)))
    assert list(found) == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]  # reading order
    for place, index in found.items():
        np.testing.assert_array_equal(images[index], seen[:, :, place[0], place[1]])


@pytest.mark.parametrize(
    ("N", "sizes", "numbers", "expected"),
    [
        (5, (4, 4), 3, [(0, 2, 0, 4), (2, 4, 0, 4), (4, 5, 0, 4)]),  # 48 numbers an image: two are held at once
        (2, (4, 5), 10, [(0, 1, 0, 2), (0, 1, 2, 4), (1, 2, 0, 2), (1, 2, 2, 4)]),  # 50 a row: two rows of one
        (1, (3, 4), 100, [(0, 1, 0, 1), (0, 1, 1, 2), (0, 1, 2, 3)]),  # a row alone is too much: one at a time
        (1, (4, 5, 5), 1, [(0, 1, 0, 4)]),  # a volume of just 100
        (1, (4, 5, 5), 2, [(0, 1, 0, 2), (0, 1, 2, 4)]),
    ],
)
def test_portions_hold_what_the_cache_holds_and_leave_nothing_out(monkeypatch, N, sizes, numbers, expected):
    monkeypatch.setattr(windows, "CACHED", 100)
    found = list(windows.portions(N, sizes, numbers))
    assert [(images.start, images.stop, rows.start, rows.stop) for images, rows in found] == expected


def test_memory_is_kept_for_the_next_copy_of_the_same_thread_and_lent_to_no_other():
    view = np.arange(24, dtype=np.float32).reshape(2, 3, 4).transpose(2, 0, 1)
    first = windows.copied(view)
    np.testing.assert_array_equal(first, view)
    assert first.flags.c_contiguous and first.dtype == np.float32
    again = windows.copied(view[:2] + 1)
    assert np.shares_memory(first, again)
    np.testing.assert_array_equal(again, view[:2] + 1)
    others = []
    thread = threading.Thread(target=lambda: others.append(windows.copied(view)))
    thread.start()
    thread.join()
    assert not np.shares_memory(others[0], again)
