"""Formulas as MathML, made while the book is built: no script, no font from elsewhere, read aloud by a browser.

MathML Core is drawn by Chromium (since 109), Firefox and Safari themselves. The alternative that Jupyter Book
ships, MathJax, asks an outside host for 265 kB of script on every page.
"""

from html import escape

from docutils.nodes import SkipNode
from latex2mathml.converter import convert
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

LOGGER = logging.getLogger(__name__)


def to_mathml(latex: str, *, display: str = "inline", location=None) -> str:
    """Return the MathML of a formula written in LaTeX; the LaTeX itself stays with it as an annotation.

    A formula that cannot be converted is a warning (and so fails the build), and is shown as it was typed.
    """
    try:
        mathml = convert(latex, display=display)
    except Exception as error:  # noqa: BLE001 -- the converter raises a different class for each kind of slip
        LOGGER.warning("the formula %r cannot be turned into MathML: %r", latex, error, location=location)
        return f"<code>{escape(latex)}</code>"
    inner_start, inner_end = mathml.index(">") + 1, mathml.rindex("</math>")
    annotation = f'<annotation encoding="application/x-tex">{escape(latex)}</annotation>'
    return (
        f"{mathml[:inner_start]}<semantics>{mathml[inner_start:inner_end]}{annotation}</semantics>{mathml[inner_end:]}"
    )


def visit_inline(translator, node):
    """Write a formula inside a sentence."""
    translator.body.append(to_mathml(node.astext(), location=node))
    raise SkipNode


def visit_block(translator, node):
    """Write a formula on a line of its own, with its number where it has one."""
    translator.body.append(translator.starttag(node, "div", CLASS="math math-block"))
    if node.get("number"):
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append(to_mathml(node.astext(), display="block", location=node))
    translator.body.append("</div>\n")
    raise SkipNode


def setup(app):
    """Register as a math renderer; ``html_math_renderer: mathml`` in the settings chooses it."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
