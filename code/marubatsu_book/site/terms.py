"""The glossary's words on each page that uses them, so that a term is explained in place and nothing is fetched."""

import json
import re

from docutils import nodes
from sphinx.addnodes import glossary

PAGE = "book/glossary"
LINK = re.compile(r'href="[^"]*#(term-[^"]+)"')


def meanings(doctree: nodes.document) -> dict[str, list[str]]:
    """Return for each anchor of a glossary the term and what it means, in plain words."""
    found: dict[str, list[str]] = {}
    for listed in doctree.findall(glossary):
        for item in listed.findall(nodes.definition_list_item):
            terms = [each for each in item.children if isinstance(each, nodes.term)]
            [definition] = [each for each in item.children if isinstance(each, nodes.definition)]
            words = definition.children[0].astext().replace("\n", " ") if definition.children else ""
            for term in terms:
                found |= {anchor: [terms[0].astext(), words] for anchor in term["ids"]}
    return found


def used(body: str, known: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return those meanings to which a page's body links."""
    return {anchor: known[anchor] for anchor in dict.fromkeys(LINK.findall(body)) if anchor in known}


def explain(app, pagename, templatename, context, doctree):
    """Put the meanings that one page needs at its end."""
    if app.builder.name != "html" or "body" not in context or pagename == PAGE or PAGE not in app.env.found_docs:
        return
    if not hasattr(app, "glossary_meanings"):
        app.glossary_meanings = meanings(app.env.get_doctree(PAGE))
    if needed := used(context["body"], app.glossary_meanings):
        words = json.dumps(needed, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
        context["terms_data"] = f'<script type="application/json" id="terms">{words}</script>'


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", explain)
