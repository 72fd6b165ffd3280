"""Each page carries the meanings of the terms it uses, and of no other."""

from docutils import nodes
from docutils.utils import new_document
from sphinx.addnodes import glossary

from marubatsu_book.site.terms import meanings, used


def glossary_of(*entries):
    document, listed = new_document("glossary"), nodes.definition_list()
    for anchors, term, *paragraphs in entries:
        words = nodes.definition("", *(nodes.paragraph(text=each) for each in paragraphs))
        listed += nodes.definition_list_item("", nodes.term(text=term, ids=anchors), words)
    document += glossary("", listed)
    return document


def test_a_meaning_is_the_first_paragraph_in_plain_words():
    page = glossary_of((["term-kernel"], "kernel", "A small table\nof weights.", "More."), (["term-x"], "x", "Y."))
    assert meanings(page) == {"term-kernel": ["kernel", "A small table of weights."], "term-x": ["x", "Y."]}


def test_a_page_gets_the_terms_it_links_to_once():
    known = {"term-kernel": ["kernel", "A table."], "term-pixel": ["pixel", "A number."]}
    body = (
        '<a href="../glossary.html#term-kernel">k</a> <a href="../glossary.html#term-kernel">k</a> <a href="#term-no">'
    )
    assert used(body, known) == {"term-kernel": ["kernel", "A table."]}
