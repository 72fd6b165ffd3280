"""Formulas become MathML that a browser draws and reads aloud by itself."""

from xml.etree import ElementTree

import pytest

from marubatsu_book.site.maths import to_mathml

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"


@pytest.mark.parametrize(
    "latex",
    [
        r"\left\lfloor \frac{H + 2P - D(K-1) - 1}{S} \right\rfloor + 1",
        r"y_{r,c} = b + \sum_{i=0}^{K-1}\sum_{j=0}^{K-1} w_{i,j}\, x_{r+i,\,c+j}",
        r"a < b \text{ and } \max(0, x)",
    ],
)
def test_a_formula_is_well_formed_and_keeps_its_source(latex):
    tree = ElementTree.fromstring(to_mathml(latex, display="block"))
    assert tree.tag == f"{NAMESPACE}math"
    assert tree.get("display") == "block"
    assert tree.find(f"{NAMESPACE}semantics/{NAMESPACE}annotation").text == latex


def test_a_fraction_is_a_fraction():
    tree = ElementTree.fromstring(to_mathml(r"\frac{a}{2}"))
    over, under = tree.find(f".//{NAMESPACE}mfrac")
    assert ("".join(over.itertext()), "".join(under.itertext())) == ("a", "2")


def test_a_formula_that_cannot_be_read_is_a_warning_and_shown_as_typed(caplog):
    shown = to_mathml(r"\frac{a}{")
    assert shown == r"<code>\frac{a}{</code>"
