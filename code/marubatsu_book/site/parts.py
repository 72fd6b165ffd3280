"""The parts of the book with the first page of each, for the menu in the head of every page."""

import re

PART = re.compile(
    r'<span class="caption-text">(.*?)</span>.*?<a class="[^"]*reference internal" href="([^"]*)"', re.DOTALL
)


def parts_of(navigation: str, current: str) -> list[tuple[str, str, bool]]:
    """Return each part in a list of pages: its name, the address of its first page, and whether it is ``current``."""
    return [(name, address, name == current) for name, address in PART.findall(navigation)]


def part_of(navigation: str) -> str:
    """Return the name of the part in which the current page stands; an empty string for the cover."""
    before = navigation.partition('class="current')[0]
    return PART_NAME.findall(before)[-1] if PART_NAME.findall(before) and before != navigation else ""


PART_NAME = re.compile(r'<span class="caption-text">(.*?)</span>')


def list_parts(app, pagename, templatename, context, doctree):
    """Give one page's template the parts."""
    if "generate_toctree_html" not in context:
        return
    navigation = str(
        context["generate_toctree_html"](
            startdepth=0,
            kind="sidebar",
            maxdepth=1,
            collapse=False,
            includehidden=True,
            titles_only=True,
            show_nav_level=1,
        )
    )
    context["book_parts"] = parts_of(navigation, part_of(navigation))


def setup(app):
    """Register with Sphinx; after the theme has put its functions into the page's context."""
    app.connect("html-page-context", list_parts, priority=600)
