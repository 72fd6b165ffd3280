"""A resolved page as plain Markdown: words, lists, boxes, tables, formulas, and no node passed over."""

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from marubatsu_book.notebooks.markdown import Page

PAGE = Page(link=lambda address: f"https://book.example/{address}" if "elsewhere" not in address else "", number=str)


def markdown(text):
    """The Markdown of a page written in reStructuredText, which docutils reads by itself."""
    return "\n\n".join(piece for _, piece in PAGE.pieces(publish_doctree(text, settings_overrides={"report_level": 5})))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Plain *soft* **loud** ``x_1`` words.", "Plain *soft* **loud** `x_1` words."),
        ("2 * 3 < 7", "2 \\* 3 &lt; 7"),
        ("See `the page <page.html>`_.", "See [the page](https://book.example/page.html)."),
        ("See `the page <elsewhere.html>`_.", "See the page."),
        ("* one\n* two\n\n  more", "* one\n* two\n\n  more"),
        ("1. one\n2. two", "1. one\n2. two"),
        (".. note::\n\n   Look.\n\n   Again.", "> **Note**\n>\n> Look.\n>\n> Again."),
        ("The sum :math:`a < b`.", "The sum $a < b$."),
        (".. math::\n\n   a = b", "$$\na = b\n$$"),
        ("::\n\n   x = 1", "```\nx = 1\n```"),
        ("=== ===\nA   B\n=== ===\n1   2\n=== ===", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
        ("term\n  What it means.", "* **term**: What it means."),
        (".. raw:: html\n\n   <svg></svg>", ""),
    ],
)
def test_each_kind_of_block_and_word(written, expected):
    assert markdown(written) == expected


def test_sections_keep_their_depth():
    text = "A\n=\n\nFirst.\n\nPart\n----\n\nWords.\n\nB\n=\n\nMore."
    assert markdown(text) == "# A\n\nFirst.\n\n## Part\n\nWords.\n\n# B\n\nMore."


def test_an_unknown_node_stops_the_build_with_a_sentence():
    class Riddle(nodes.Element):
        pass

    with pytest.raises(ValueError, match="nobody has said how a Riddle looks in Markdown"):
        PAGE.block(Riddle())


def test_a_cell_gives_its_source_and_the_caption_of_its_figure():
    document = publish_doctree("Words.")
    cell = nodes.container(nb_element="cell_code")
    source = nodes.container("", nodes.literal_block("", "show(1)"))
    drawn = nodes.figure("", nodes.caption("", "Look here."), ids=["fig-a"])
    printed = nodes.literal_block("", "1", classes=["output"])
    cell += [source, nodes.container("", printed, drawn)]
    document += cell
    page = Page(link=str, number=lambda kind, identifier: {"fig-a": "7"}[identifier])
    assert page.pieces(document)[1:] == [("code", "show(1)"), ("markdown", "**Fig. 7** Look here.")]


def test_a_hint_is_folded_and_an_exercise_carries_its_number():
    hint = type("dropdown_main", (nodes.container,), {})("", nodes.title("", "Hint"), nodes.paragraph("", "Count."))
    title = nodes.title("", "(A step)")
    exercise = type("exercise_enumerable_node", (nodes.Element,), {})("", title, nodes.paragraph("", "Step."))
    exercise["ids"] = ["ex-step"]
    page = Page(link=str, number=lambda kind, identifier: f"{kind} {identifier}")
    assert page.block(hint) == "<details><summary>Hint</summary>\n\nCount.\n\n</details>"
    assert page.block(exercise) == "> **Exercise exercise ex-step (A step)**\n>\n> Step."
