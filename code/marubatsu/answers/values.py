"""Answers as plain data: how a value travels out of a submission's process, and when two values count as equal.

Only data travels, never an object with behaviour of its own: nothing that a submission defines can judge itself.
"""

import ast
import math
from typing import Any

import numpy as np

LARGEST = 1_000_000  # numbers and letters in one answer


class NotData(ValueError):
    """A value that is no plain data."""


def pack(value: Any) -> dict:
    """Return a value as JSON takes it: None, yes or no, a number, text, a list, a dict, or an array.

    Raises
    ------
    NotData
        If it is anything else, a subclass of these included, or too large.
    """
    kind = type(value)
    if value is Ellipsis:
        raise NotData("left empty")
    if value is None or kind is bool or kind is str or kind is int:
        if (kind is str and len(value) > LARGEST) or (kind is int and abs(value) >= 2**63):
            raise NotData("the answer is too large")
        return {"value": value}
    if kind is float:
        return {"float": repr(value)}
    if isinstance(value, np.generic):
        return pack(value.item())
    if kind is np.ndarray and value.dtype.kind in "biuf":
        if value.size > LARGEST:
            raise NotData("the answer is too large")
        return {"array": [repr(float(number)) for number in value.ravel().tolist()], "shape": list(value.shape)}
    if kind in (list, tuple):
        if len(value) > LARGEST:
            raise NotData("the answer is too large")
        return {"list": [pack(each) for each in value]}
    if kind is dict:
        return {"dict": [[pack(key), pack(each)] for key, each in value.items()]}
    raise NotData(f"the answer is of the kind {kind.__name__}, which cannot be marked")


def unpack(packed: dict) -> Any:
    """Return the value of what `pack` gave; tuples come as lists.

    Raises
    ------
    NotData
        If it is not what `pack` gives.
    """
    try:
        ((kind, content),) = [(key, each) for key, each in packed.items() if key != "shape"]
        if kind == "value" and (content is None or isinstance(content, bool | int | str)):
            return content
        if kind == "float":
            return float(content)
        if kind == "array":
            return np.array([float(number) for number in content]).reshape(packed["shape"])
        if kind == "list":
            return [unpack(each) for each in content]
        if kind == "dict":
            return {unpack(key): unpack(each) for key, each in content}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotData("the answer could not be read") from error
    raise NotData("the answer could not be read")


def alike(given: Any, expected: Any, *, tolerance: float = 1e-6) -> bool:
    """Return whether two values count as equal: numbers within a tolerance, arrays and lists element by element.

    Parameters
    ----------
    given, expected
        What `unpack` returns. A list of numbers may stand for an array; a whole number for a float; yes or no only
        for itself.
    tolerance : float
        How far numbers may differ, as a share of the expected number, and at least so much in all.
    """
    if isinstance(expected, bool) or isinstance(given, bool):
        return isinstance(given, bool) and isinstance(expected, bool) and given == expected
    if isinstance(expected, int | float):
        if not isinstance(given, int | float):
            return isinstance(given, np.ndarray) and given.shape == () and alike(given.item(), expected)
        if math.isnan(expected) or math.isinf(expected):
            return given == expected or (math.isnan(given) and math.isnan(expected))
        return math.isclose(given, expected, rel_tol=tolerance, abs_tol=tolerance)
    if isinstance(expected, np.ndarray):
        given = _as_array(given)
        return (
            given is not None
            and given.shape == expected.shape
            and bool(np.allclose(given, expected, rtol=tolerance, atol=tolerance, equal_nan=True))
        )
    if isinstance(expected, list):
        if isinstance(given, np.ndarray):
            given = given.tolist()
        return (
            isinstance(given, list)
            and len(given) == len(expected)
            and all(alike(*pair, tolerance=tolerance) for pair in zip(given, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(given, dict)
            and given.keys() == expected.keys()
            and all(alike(given[key], expected[key], tolerance=tolerance) for key in expected)
        )
    if isinstance(expected, str):
        return isinstance(given, str) and given.strip().casefold() == expected.strip().casefold()
    return given is None and expected is None


def _as_array(given: object) -> np.ndarray | None:
    """Return numbers as an array, a list of them too; None for anything else."""
    if isinstance(given, list):
        try:
            return np.array(given, dtype=float)
        except (TypeError, ValueError):
            return None
    if isinstance(given, int | float):
        return np.array(float(given))
    return given if isinstance(given, np.ndarray) else None


def in_another_form(given: Any, expected: Any) -> bool:
    """Return whether an answer is right but of another type: the text 'True', 1 for True, a list of one number.

    Parameters
    ----------
    given, expected
        What `unpack` returns.
    """
    given, expected = (each.tolist() if isinstance(each, np.ndarray) else each for each in (given, expected))
    if isinstance(given, list) and isinstance(expected, list):
        return len(given) == len(expected) and all(map(in_another_form, given, expected))
    if isinstance(given, list) and len(given) == 1:
        return in_another_form(given[0], expected)
    if isinstance(expected, list) and len(expected) == 1:
        return in_another_form(given, expected[0])
    if isinstance(given, str) and not isinstance(expected, str):
        read = _read(given)
        return not isinstance(read, str) and in_another_form(read, expected)
    if isinstance(expected, str):
        return alike(str(given), expected)
    numbers = isinstance(given, int | float) and isinstance(expected, int | float)
    return alike(float(given), float(expected)) if numbers else alike(given, expected)


def _read(text: str) -> Any:
    """Return the value that a short text writes down, or the text."""
    if len(text) > 200:
        return text
    try:
        value = ast.literal_eval(text.strip().title() if text.strip().lower() in ("true", "false") else text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return text
    return list(value) if isinstance(value, tuple) else value


def shown(value: Any) -> str:
    """Return a value for a sentence, cut where it is long."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    text = repr(round(value, 6)) if isinstance(value, float) and math.isfinite(value) else repr(value)
    return text if len(text) <= 120 else f"{text[:117]}…"
