"""Traits that hold an array: what they take, what they refuse, and when they tell that something has changed."""

import base64

import numpy as np
import pytest
import traitlets

from marubatsu.widgets.kit.arrays import Array, StateError, packed


class Box(traitlets.HasTraits):
    """Something with a kernel and a list of places."""

    kernel = Array(np.eye(3), sides=(1, 4), square=True, limit=9.0)
    places = Array([], ndim=1, sides=(0, 2))


def test_the_page_gets_float32_in_reading_order_and_the_shape():
    sent = packed(np.array([[1, 2, 3], [4, 5, 0.5]]))
    assert sent["shape"] == [2, 3]
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(sent["data"]), "<f4"), [1, 2, 3, 4, 5, 0.5])


def test_an_array_is_kept_as_a_copy_that_nobody_can_write_into():
    given = np.ones((2, 2))
    box = Box(kernel=given)
    given[:] = 7
    np.testing.assert_array_equal(box.kernel, np.ones((2, 2)))
    with pytest.raises(ValueError, match="read-only"):
        box.kernel[0, 0] = 1


def test_listeners_hear_of_new_numbers_and_not_of_the_same_once_more():
    box, heard = Box(), []
    box.observe(lambda change: heard.append(change["name"]), ["kernel"])
    box.kernel = np.eye(3).tolist()
    assert heard == []
    box.kernel = 2 * np.eye(3)
    box.kernel = np.eye(2)
    assert heard == ["kernel", "kernel"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("kernel", "abc", "Box: kernel must be an array of numbers, but 'abc' came"),
        ("kernel", np.zeros(3), r"Box: kernel must have 2 axes, but an array of shape \(3,\) came"),
        ("kernel", np.zeros((2, 3)), r"as many rows as columns, but an array of shape \(2, 3\) came"),
        ("kernel", np.zeros((5, 5)), r"from 1 to 4 numbers along each axis, but an array of shape \(5, 5\) came"),
        ("places", np.zeros(3), r"from 0 to 2 numbers along each axis, but an array of shape \(3,\) came"),
        ("kernel", [[np.nan]], "must hold finite numbers only, but NaN or infinity came"),
        ("kernel", [[-9.5]], "must hold numbers up to ±9, but 9.5 came"),
    ],
)
def test_what_an_array_cannot_be_is_said_and_the_old_one_stays(name, value, sentence):
    box = Box()
    with pytest.raises(StateError, match=sentence):
        setattr(box, name, value)
    np.testing.assert_array_equal(box.kernel, np.eye(3))


def test_the_limits_themselves_are_allowed():
    box = Box(kernel=np.full((4, 4), -9.0), places=[1, 2])
    assert box.kernel.shape == (4, 4) and Box(kernel=[[9]], places=[]).places.size == 0
