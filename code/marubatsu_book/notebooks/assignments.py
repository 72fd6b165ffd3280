"""The assignments as notebooks for students, made from their texts when the site is built, and the links to them.

On a page, the role ``assignment`` with the name of one gives its download, and where this copy's address is known, the
links that open it in Binder and in Colab. The notebooks lie in ``assignments/`` of the site.
"""

from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
from docutils import nodes
from sphinx.util import logging

from marubatsu_book.notebooks.notebooks import BRANCH
from marubatsu_course import assignment, marking
from marubatsu_course.first_cell import first_cell

LOGGER = logging.getLogger(__name__)
FOLDER = "assignments"


def launchers(repository: str, name: str) -> dict[str, str]:
    """Return where a student notebook opens on the web, by the name of the service; empty without a repository."""
    owner = urlsplit(repository).path.strip("/")
    if not owner:
        return {}
    place = f"{FOLDER}/{name}.ipynb"
    return {
        "Binder": f"https://mybinder.org/v2/gh/{owner}/{BRANCH}?urlpath=lab/tree/{place}",
        "Colab": f"https://colab.research.google.com/github/{owner}/blob/{BRANCH}/{place}",
    }


def role(kind, rawtext, text, lineno, inliner, options=None, content=None):
    """Return the links of one assignment: its download, and where it opens on the web."""
    environment = inliner.document.settings.env
    if text not in assignment.names():
        words = f"{text!r} is no assignment of the book: {', '.join(assignment.names())}"
        return [], [inliner.reporter.error(words, line=lineno)]
    place = f"{'../' * environment.docname.count('/')}{FOLDER}/{text}.ipynb"
    link = f'<a class="reference" href="{escape(place)}" download>{escape(text)}.ipynb</a>'
    found = [nodes.raw("", link, format="html")]
    repository = environment.config.html_theme_options.get("repository_url", "")
    for service, address in launchers(repository, text).items():
        found += [nodes.Text(" · "), nodes.reference("", service, refuri=address)]
    environment.metadata[environment.docname]["assignments"] = True
    return found, []


def write(app, error):
    """Write the student notebook of every assignment into a site that has a page with links to them."""
    linked = any("assignments" in metadata for metadata in app.env.metadata.values())
    if error is not None or app.builder.name != "html" or not linked:
        return
    first = first_cell(app.config.html_theme_options.get("repository_url", ""))
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    for name in assignment.names():
        found = assignment.load(name)
        notebook = assignment.student(found, marking.expected(found), first)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    LOGGER.info("wrote the student notebooks of %d assignments", len(assignment.names()))


def setup(app):
    """Register with Sphinx; the notebooks are there before ``archive`` packs the site."""
    app.add_role("assignment", role)
    app.connect("build-finished", write, priority=700)
