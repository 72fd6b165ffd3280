"""What a screen reader is told, corrected where the tools below this book say it against WCAG or ARIA."""

CORRECTIONS = {
    # DPub-ARIA 1.1 withdrew this role; an entry of a list is a list item.
    'role="doc-biblioentry"': 'role="listitem"',
}


def correct(app, pagename, templatename, context, doctree):
    """Replace the wrong words in a page's body."""
    for wrong, right in CORRECTIONS.items():
        if "body" in context:
            context["body"] = context["body"].replace(wrong, right)


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", correct)
