"""The widget of the template difference in Python: the verdicts that its page tells of."""

import numpy as np
import pytest
from traitlets import TraitError

from marubatsu.data import marks
from marubatsu.widgets import TemplateDifference


def test_the_verdicts_that_the_page_tells_of():
    for kind, other in (("circle", "cross"), ("cross", "circle")):
        assert TemplateDifference(kind=kind).verdict() == kind
        assert TemplateDifference(kind=kind, right=3).verdict() == kind
        assert TemplateDifference(kind=kind, right=4).verdict() == other  # "the answers swap"
        assert TemplateDifference(kind=kind, size=9).verdict() == "cross"  # "a small mark of either kind"


def test_a_mark_that_would_leave_the_canvas_is_moved_back():
    reader = TemplateDifference(right=12, down=-12, size=28, turn=45)
    ink = reader.mark()
    assert ink.shape == (32, 32) and ink.sum() > 40
    np.testing.assert_allclose(TemplateDifference().mark(), marks.model("cross"), atol=1e-6)


@pytest.mark.parametrize("state", [{"size": 99}, {"kind": "plus"}, {"noise": -1}, {"turn": "left"}])
def test_what_is_out_of_range_is_refused(state):
    with pytest.raises(TraitError):
        TemplateDifference(**state)
