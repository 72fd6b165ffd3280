"""The marks by which a page says what of it stands on its slides; a wrong one is a warning with its line.

A mark is a class of words, ``[a sentence]{.slide}``, of a block, ``{.slide}`` on the line above it, or a tag of a cell.
``cutting.py`` does what the marks say.
"""

from collections.abc import Iterator
from fnmatch import fnmatch

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
MARKS = ("slide", "question", "answer", "below", "speaker")
CARDS, ON_CARDS = "book/teaching/plans-*", ("question", "picture")  # the lesson plans
BLOCKS = (nodes.paragraph, nodes.bullet_list, nodes.enumerated_list)  # that can be marked by the line above them
BOXES = {"claims", "seen", "limits"}
SHOWN = (nodes.figure, nodes.image, nodes.table, nodes.math_block, nodes.raw)
TAGS = {  # of cells: myst-nb's, and ours
    *(f"{what}-{part}" for what in ("hide", "remove") for part in ("input", "output", "cell")),
    *("scroll-output", "output_scroll", "raises-exception", "skip-execution"),
    "answer",
}


def faults(page: nodes.document, cards: bool = False) -> Iterator[tuple[nodes.Element, str]]:
    """Yield every wrong mark of a chapter, or of cards for lessons, with a sentence that says what is wrong."""
    chapter = any("claims" in each["classes"] for each in page.findall(nodes.Admonition))
    if not (chapter or cards):
        return
    known = ON_CARDS if cards else MARKS
    case = next(page.findall(nodes.paragraph), None)
    asked = shown = None  # the section of the question that waits, and of what a slide has shown last
    for node in page.findall(nodes.Element):
        if isinstance(node, SHOWN):
            asked, shown = None, _section(node)
        for mark in _marks(node):
            if mark not in known:
                yield node, f"{mark!r} is no mark. Here the marks are {', '.join(known)}."
            elif said := _on_card(node, mark) if cards else _in_chapter(node, mark, case, asked, shown):
                yield node, said
            elif mark == "question":
                asked = _section(node)


def _on_card(node, mark):
    """What is wrong with a mark on a card for lessons; nothing where it is right."""
    return "" if isinstance(node.parent.parent, nodes.entry) else f"the mark {mark!r} belongs into the table of a card."


def _in_chapter(node, mark, case, asked, shown):
    """What is wrong with a mark in a chapter; nothing where it is right."""
    if mark == "speaker":
        return (
            ""
            if _on_slide(node, case)
            else "these words are on no slide, so the mark 'speaker' does nothing. Remove it."
        )
    if not _in_prose(node, mark):
        return f"{mark!r} stands where no slide is made. Mark words of a paragraph, directly in a section."
    if mark == "answer" and asked is not _section(node):
        return "an answer without a question. Mark its question, in this section and after the last picture."
    if mark == "below" and shown is not _section(node):
        return "no slide is above these words in this section. Mark them 'slide' in place of 'below'."
    return ""


def _marks(node):
    """The marks that a node carries: classes that a writer gave to words or to a block, or tags that he gave a cell."""
    words = type(node) is nodes.inline and not isinstance(node.parent, nodes.reference | addnodes.pending_xref)
    if words or isinstance(node, BLOCKS):
        return node["classes"]
    if node.get("nb_element") == "cell_code":
        tags = [each.removeprefix("tag_") for each in node["classes"] if each.startswith("tag_")]
        return [each for each in tags if each not in TAGS or each in MARKS]
    return [each for each in node.get("classes", ()) if each in MARKS]


def _section(node):
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    return node


def _in_prose(node, mark):
    if type(node) is nodes.inline:
        return isinstance(node.parent, nodes.paragraph) and isinstance(node.parent.parent, nodes.section)
    return isinstance(node.parent, nodes.section) and (mark == "slide" or node.get("nb_element") == "cell_code")


def _on_slide(node, case):
    """Whether a node lies in something that a slide shows: a caption, a box, an exercise, the case, a marked block."""
    while isinstance(node, nodes.Element):
        kinds = set(node.get("classes", ()))
        if isinstance(node, nodes.caption) or node is case or kinds & (BOXES | {"slide"}) or _is_exercise(node):
            return True
        node = node.parent
    return False


def _is_exercise(node):
    return type(node).__name__.startswith("exercise_")


def check(app, page):
    """Warn of wrong marks, with file and line."""
    for node, fault in faults(page, cards=fnmatch(app.env.docname, CARDS)):
        LOGGER.warning(f"slides: {fault}", location=node, type="slides", subtype="mark")


def setup(app):
    """Register with Sphinx."""
    app.connect("doctree-read", check)
