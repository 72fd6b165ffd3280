"""The two ends of every number: Python refuses what lies beyond, and the script is told the very same ends."""

import re

import numpy as np
import pytest
import traitlets
from made_widgets import MADE

from marubatsu.widgets.kit.limits import Number, Whole, limits_of
from marubatsu.widgets.kit.modules import modules_of, source

SCALARS = [(make, name) for widget, make in MADE.items() for name in limits_of(widget)]
# Limits of numbers that stand in an array, or in the text of a reader's changes to a network.
SHAPED = {"side": "kernel", "weight": "kernel", "sides": "sides", "least": "edits", "most": "edits"}


@pytest.mark.parametrize(("widget", "make"), MADE.items(), ids=lambda each: each.__name__)
def test_the_limits_in_the_state_are_those_of_the_traits(widget, make):
    limits, traits = make().state()["limits"], widget.class_traits(state=True)
    bounded = {name: [trait.low, trait.high] for name, trait in traits.items() if hasattr(trait, "low")}
    assert bounded.items() <= limits.items()
    assert set(limits) - set(bounded) <= set(SHAPED)
    numbers = [trait for trait in traits.values() if isinstance(trait, traitlets.Int | traitlets.Float)]
    ended = [trait.name for trait in numbers if trait.max not in (None, np.inf)]
    assert ended == [], "a number with two ends is a Whole or a Number, and so its script is told"


@pytest.mark.parametrize(("make", "name"), SCALARS, ids=lambda each: getattr(each, "__name__", each))
def test_both_ends_are_taken_and_nothing_beyond(make, name):
    widget = make()
    low, high = widget.limits[name]
    for end in (low, high):
        setattr(widget, name, end)
        assert getattr(widget, name) == end
    for beyond in (low - 1, high + 1):
        with pytest.raises(ValueError, match=rf"{type(widget).__name__}: {name} must be a .*number from .* came\."):
            setattr(widget, name, beyond)


def test_the_ends_of_numbers_in_an_array_are_those_that_python_takes():
    from marubatsu.widgets import ArchitectureReader, KernelTuner, NetworkExplorer

    tuner = KernelTuner()
    for side in tuner.limits["side"]:
        tuner.kernel = np.ones((side, side))
    with pytest.raises(ValueError, match="from 1 to 7 numbers along each axis"):
        tuner.kernel = np.ones((8, 8))
    for weight in tuner.limits["weight"]:
        tuner.kernel = [[weight]]
        with pytest.raises(ValueError, match="must hold numbers up to"):
            tuner.kernel = [[2 * weight]]
    assert MADE[NetworkExplorer]().limits["weight"] == tuner.limits["weight"]
    reader = ArchitectureReader()
    low, high = reader.limits["sides"]
    for side in (low - 1, high + 1):
        with pytest.raises(ValueError, match="whole numbers from 1 to 1024"):
            reader.sides = [side, side]
    reader.sides = [high, high]


@pytest.mark.parametrize("widget", MADE, ids=lambda widget: widget.__name__)
def test_a_script_reads_its_limits_and_writes_none_down(widget):
    word = widget.module
    own = "".join(source(file) for file in modules_of(f"{word}/{word}.js") if file.startswith(f"{word}/"))
    assert not re.search(r"\bLIMITS?\b", own)
    assert ("limits" in own) == bool(widget.bounds())


def test_a_number_that_is_none_is_refused_with_its_hint():
    class Gauge(traitlets.HasTraits):
        share = Number(0.5, 0, 1, hint="For 1 % write 0.01.")
        count = Whole(1, 1, 3)

    assert limits_of(Gauge) == {"share": [0, 1], "count": [1, 3]}
    with pytest.raises(ValueError, match=r"share must be a number from 0 to 1, but nan came\. For 1 % write 0\.01\."):
        Gauge(share=float("nan"))
    with pytest.raises(ValueError, match=r"Gauge: count must be a whole number from 1 to 3, but 4 came\.$"):
        Gauge(count=4)
