"""The question bank among the files of the site, and the links to it.

On a page, the role ``question-bank`` with ``moodle`` or ``common-cartridge`` gives the download. The files lie in
``question-bank/`` of the site.
"""

from html import escape
from pathlib import Path

from docutils import nodes

from marubatsu.questions import bank

FOLDER = "question-bank"
FILES = {"moodle": bank.MOODLE, "common-cartridge": bank.CARTRIDGE}


def role(kind, rawtext, text, lineno, inliner, options=None, content=None):
    """Return the link of one file of the bank."""
    if text not in FILES:
        words = f"{text!r} is no form of the question bank: {', '.join(FILES)}"
        return [], [inliner.reporter.error(words, line=lineno)]
    up = "../" * inliner.document.settings.env.docname.count("/")
    link = f'<a class="reference download" href="{up}{FOLDER}/{FILES[text]}" download>{escape(FILES[text])}</a>'
    return [nodes.raw("", link, format="html")], []


def write(app, error):
    """Write both files into a finished site."""
    if error is None and app.builder.name == "html":
        bank.write(Path(app.outdir) / FOLDER)


def setup(app):
    """Register with Sphinx; before the site is packed."""
    app.add_role("question-bank", role)
    app.connect("build-finished", write, priority=700)
