"""The sphinx-book-theme without what this book does not use: a thousand icons, a kernel client, an index everywhere.

The templates beside this file replace the theme's list of scripts; the icons that are used are drawn in
``book/_static/icons.css``.
"""

from pathlib import Path

UNUSED_SCRIPTS = (
    "sphinx-thebe",
    "design-tabs",
    "THEBE",
    "thebe",
    "mathjax",
    "require.min",
    "embed-amd",
    "widget-state",
    "toggle",  # folds are <details> (folds.py)
)
UNUSED_STYLES = ("sphinx-thebe",)


def keep_used(files, unused):
    """Return the files of a page's list whose address, text and kind name nothing of ``unused``."""
    return [file for file in files if not any(word in f"{file} {getattr(file, 'attributes', {})}" for word in unused)]


def lighten(app, pagename, templatename, context, doctree):
    """Drop the unused scripts and styles, and scripts that are listed twice; let the others wait for the page.

    The search page keeps the order in which the theme's own template needs its scripts.
    """
    once = {}
    for file in keep_used(context["script_files"], UNUSED_SCRIPTS):
        waits = file.filename and pagename != "search" and "documentation_options" not in str(file.filename)
        file.attributes.update({"defer": "defer"} if waits else {"defer": None})  # one object serves all pages
        once.setdefault((str(file), getattr(file, "attributes", {}).get("body")), file)
    context["script_files"] = list(once.values())
    context["css_files"] = keep_used(context["css_files"], UNUSED_STYLES)


def set_templates(app, config):
    """Let this folder's templates stand before the theme's."""
    config.templates_path.insert(0, str(Path(__file__).parent / "templates"))


def setup(app):
    """Register with Sphinx; last in line for a page, when every extension has listed its files."""
    app.connect("config-inited", set_templates)
    app.connect("html-page-context", lighten, priority=900)
