"""Every page as a notebook: to download, and for Binder and Colab, which open it from a branch that the workflow fills.

Its first cell installs the library where it is missing; its words are plain Markdown, so that they read well in any
Jupyter. It holds no outputs: they are on the page.
"""

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import nbformat

from marubatsu_book.notebooks.markdown import Page
from marubatsu_course.first_cell import EXTRAS, first_cell

BRANCH = "notebooks"  # filled by .github/workflows/book.yml: the tree of main, and these notebooks
MISSING = f"The library is missing. In the book's folder run: pip install '.[{EXTRAS}]'"
INTRODUCTION = "This notebook is a page of the book **marubatsu**: deep learning for images, for people in medicine."


def site_address(repository: str) -> str:
    """Return where the repository's own pages stand on the web; empty when the repository is not known."""
    found = re.fullmatch(r"https://github\.com/([\w.-]+)/([\w.-]+)", repository)
    return f"https://{found[1].lower()}.github.io/{found[2]}/" if found else ""


def write(app, doctree, docname):
    """Write the notebook of a page that has cells beside the page's source."""
    if app.builder.name != "html" or not any(node.get("nb_element") == "cell_code" for node in doctree.findall(_box)):
        return
    repository = app.config.html_theme_options.get("repository_url", "")
    here = urljoin(site_address(repository), app.builder.get_target_uri(docname)) if repository else ""

    def link(address):
        if address.startswith(("http://", "https://")):
            return address
        return urljoin(here, address) if here else ""

    def number(kind, identifier):
        found = app.env.toc_fignumbers.get(docname, {}).get(kind, {}).get(identifier, ())
        return ".".join(map(str, found))

    where = f" [Read the page with its outputs]({here})." if here else ""
    cells = [
        nbformat.v4.new_markdown_cell(INTRODUCTION + where),
        nbformat.v4.new_code_cell(first_cell(repository, MISSING)),
    ]
    for kind, text in Page(link=link, number=number).pieces(doctree):
        new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        cells.append(new(text))
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place}"  # the same page gives the same file
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel | {"language_info": {"name": "python"}})
    nbformat.validate(notebook)
    target = path_of(app, docname)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _box(node):
    return type(node).__name__ == "container"


def path_of(app, docname) -> Path:
    """Return where the notebook of a page is kept."""
    return Path(app.doctreedir).parent / "notebooks" / f"{docname}.ipynb"


def offer(app, pagename, templatename, context, doctree):
    """Put the notebook where the theme's download button looks for it."""
    notebook = path_of(app, pagename)
    if doctree is not None and notebook.exists():
        target = Path(app.outdir) / "_sources" / f"{pagename}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(notebook.read_bytes())
        context["ipynb_source"] = f"{pagename}.ipynb"


def launch(app, pagename, templatename, context, doctree):
    """Let the launch buttons open the notebook, on the branch that holds it, and the download be ours."""
    offer(app, pagename, templatename, context, doctree)
    for group in context.get("header_buttons", ()):
        if group.get("label") == "launch-buttons":
            for each in group["buttons"]:
                each["url"] = re.sub(r"\.md$", ".ipynb", each["url"])


def setup(app):
    """Register with Sphinx: before the theme draws its buttons, and after."""
    app.connect("doctree-resolved", write, priority=900)
    app.connect("html-page-context", offer, priority=100)
    app.connect("html-page-context", launch, priority=800)
