"""The anatomy of the phantoms: numbers with a name, a unit and a source, one file a region, read once from here.

A file holds a table for each organ, and its `source` says where the numbers come from. The last word of a number's name
is its unit (see `UNITS`). Tables within a table are the parts of an organ, in the order in which they are painted.
"""

import math
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

UNITS = {
    "mm": (-1000, 1000),
    "hu": (-1100, 3071),
    "degrees": (-360, 360),
    "radians": (-2 * math.pi, 2 * math.pi),
    "share": (-100, 100),  # of what the number's name or the comment beside it says
    "times": (0, 1000),  # how many, or how many times as much
    "pixels": (-100, 100),
    "slope": (-100, 100),  # mm for each mm
    "bend": (-1, 1),  # mm for each square mm
    "power": (0.1, 20),  # of an outline: 2 is an ellipse; the higher, the more it is like a box
}
"""The last word of each number's name, and the smallest and the largest that is believed."""

_WORDS = ("source", "group")  # text, not numbers
_PAIRS = ("centre", "radii", "range")  # row and column, or smallest and largest


class Organ:
    """A table of an anatomy file: numbers as attributes (`ribs.pitch_mm`), parts by their names (`heart["atrium"]`)."""

    def __init__(self, place: str, name: str, table: dict[str, Any]):
        self.name, self._place = name, place
        self._parts = {key: Organ(f"{place}[{key}] ", key, each) for key, each in table.items() if _is_table(each)}
        self._numbers = {key: _checked(place, key, each) for key, each in table.items() if not _is_table(each)}

    def __getattr__(self, key: str) -> Any:  # a number, a pair or text: the name says which
        if key.startswith("_") or key not in self._numbers:
            has = ", ".join(self.__dict__.get("_numbers", ())) or "no numbers"
            raise AttributeError(f"anatomy: {self._place}needs a number called {key}, but it has {has}.")
        return self._numbers[key]

    def __getitem__(self, part: str) -> "Organ":
        if part not in self._parts:
            has = ", ".join(self._parts) or "none"
            raise ValueError(f"anatomy: {self._place}needs a table [{part}], but the tables there are: {has}.")
        return self._parts[part]

    def __iter__(self) -> Iterator["Organ"]:
        return iter(self._parts.values())

    def __len__(self) -> int:
        return len(self._parts)


@cache
def read(region: str) -> Organ:
    """Return the organs of a region, from the file of that name beside this one.

    Raises
    ------
    ValueError
        If the file is not TOML, a number has no unit or lies outside its limits, or an organ has no source.
    TypeError
        If there is something else where a number should be.
    """
    file = f"{region}.toml"
    return understood(file, (resources.files(__name__) / file).read_text(encoding="utf-8"))


def understood(file: str, text: str) -> Organ:
    """Return the organs that a text in TOML describes; `file` is what the sentences about slips call it."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"anatomy: {file} cannot be read as TOML: {error}.") from None
    for organ, table in tables.items():
        if not _is_table(table):
            raise ValueError(f"anatomy: {file}: {organ} stands in no table. Put it below the name of an organ.")
        if not isinstance(table.get("source"), str) or not table["source"].strip():
            raise ValueError(
                f'anatomy: {file} [{organ}] needs a source: where do its numbers come from? "Chosen by eye" is one.'
            )
    return Organ(f"{file} ", file.removesuffix(".toml"), tables)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _checked(place: str, key: str, value: Any) -> float | tuple[float, ...] | str:
    """Return a number, or a pair of them as a tuple, if it is what its name says."""
    if key in _WORDS:
        if not isinstance(value, str):
            raise TypeError(f"anatomy: {place}{key} must be text in quotation marks, but {value!r} came.")
        return value
    *words, unit = key.split("_")
    if unit not in UNITS:
        raise ValueError(f"anatomy: {place}{key} must end in its unit, one of {', '.join(UNITS)}.")
    many = 2 if words and words[-1] in _PAIRS else 1
    numbers = value if isinstance(value, list) else [value]
    if len(numbers) != many or isinstance(value, list) != (many == 2) or not all(map(_is_number, numbers)):
        expected = "one number" if many == 1 else "two numbers in square brackets"
        raise TypeError(f"anatomy: {place}{key} must be {expected}, but {value!r} came.")
    low, high = UNITS[unit]
    for number in numbers:
        if not low <= number <= high:
            raise ValueError(f"anatomy: {place}{key} must lie from {low:g} to {high:g} {unit}, but {number:g} came.")
    return tuple(numbers) if many == 2 else value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
