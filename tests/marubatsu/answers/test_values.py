"""Answers as data: only plain values travel, and two values count as equal where a lecturer would say so."""

import json

import numpy as np
import pytest

from marubatsu.answers.values import LARGEST, NotData, alike, in_another_form, pack, shown, unpack


class Sly(list):
    def __eq__(self, other):
        return True

    __hash__ = None


@pytest.mark.parametrize(
    "value", [None, True, 3, -2.5, "b", [1, 2.5, "x"], {"a": [1, None]}, 1e-320, float("inf"), [[], {}]]
)
def test_plain_values_come_back_as_they_were(value):
    assert unpack(json.loads(json.dumps(pack(value)))) == value


def test_arrays_come_back_number_by_number():
    value = np.array([[1.5, np.nan], [-0.0, 1e300]])
    np.testing.assert_array_equal(unpack(json.loads(json.dumps(pack(value)))), value)
    assert (
        unpack(pack(np.float32(0.5))) == 0.5 and unpack(pack(np.int64(7))) == 7 and unpack(pack(np.bool_(True))) is True
    )


@pytest.mark.parametrize("value", [Sly([1]), object(), lambda: 1, {1, 2}, 1j, np.array([1j]), np.array(["a"]), [Sly()]])
def test_what_could_judge_itself_does_not_travel(value):
    with pytest.raises(NotData, match="cannot be marked"):
        pack(value)


@pytest.mark.parametrize("value", [..., [1, ...], {"a": ...}])
def test_three_dots_are_no_answer(value):
    with pytest.raises(NotData, match=r"^left empty$"):
        pack(value)


@pytest.mark.parametrize("value", ["x" * (LARGEST + 1), np.zeros(LARGEST + 1), [0] * (LARGEST + 1), 2**64])
def test_what_is_too_large_does_not_travel(value):
    with pytest.raises(NotData, match="too large"):
        pack(value)


@pytest.mark.parametrize(
    "packed", [{}, [], None, {"value": [1]}, {"float": "x"}, {"array": ["1"], "shape": [2]}, {"list": 3}]
)
def test_forged_data_is_no_answer(packed):
    with pytest.raises(NotData, match="could not be read"):
        unpack(packed)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (2, 2.0), (2.0000001, 2), (np.array(2.0), 2), ([1, 2], np.array([1.0, 2.0])), (np.array([1.0, 2.0]), [1, 2]),
        ("B ", "b"), ([True, [1]], [True, [1.0]]), (None, None), (float("nan"), float("nan")), ({"a": 1.0}, {"a": 1}),
    ],
)  # fmt: skip
def test_right_answers_in_other_forms_are_right(given, expected):
    assert alike(given, expected)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (2.001, 2), (True, 1), (1, True), ("2", 2), ([1, 2, 3], np.array([1.0, 2.0])), ([[1, 2]], np.array([1.0, 2.0])),
        (None, 0), (0, None), ("a", "b"), ([1, [2]], np.array([1.0, 2.0])), ({"a": 1}, {"b": 1}), (float("nan"), 1.0),
        (np.array([2.0]), 2),
    ],
)  # fmt: skip
def test_wrong_answers_are_wrong(given, expected):
    assert not alike(given, expected)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("True", True), (" true ", True), (1, True), (0.0, False), ("[1, 2]", np.array([1.0, 2.0])), ("3.5", 3.5),
     ([2], 2), (2, [2.0]), (["1", 2], [1, 2]), (3, "3"), (np.array([[2.0]]), 2), ("(1, 2)", [1, 2]),
     ([["True"], 0], [[True], False])],
)  # fmt: skip
def test_a_right_answer_of_another_type_is_known_as_such_and_is_no_right_answer(given, expected):
    assert in_another_form(given, expected) and not alike(given, expected)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("False", True), (2, True), (None, 0), (None, False), ("", 0), ("b", "a"), ([1, 2, 3], [1, 2]), ([], 0), ("x", 3),
     ("(" * 9000, 1), ("(" * 190, 1), ({}, 1), ("nan", 1.0), ([None], [0])],
)  # fmt: skip
def test_a_wrong_answer_is_wrong_in_every_type(given, expected):
    assert not in_another_form(given, expected)


def test_a_long_value_is_cut_for_a_sentence():
    assert shown(np.arange(3)) == "[0, 1, 2]" and shown(1 / 3) == "0.333333" and len(shown(list(range(999)))) == 118
