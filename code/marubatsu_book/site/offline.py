"""The promise that the book asks nothing of any other host, checked at the end of every build.

Files of the theme that no page uses are removed, and every page and style sheet is read for an address that a
browser would load from elsewhere. One found is a warning, and a warning fails the build. Links that a reader may
choose to follow are not loads.
"""

import re
from html.parser import HTMLParser
from pathlib import Path
from shutil import rmtree

from sphinx.util import logging

from marubatsu_book.site.security import META

LOGGER = logging.getLogger(__name__)
UNUSED = (
    "_static/scripts/fontawesome.js",
    "_static/scripts/fontawesome.js.map",
    "_static/scripts/fontawesome.js.LICENSE.txt",
    "_static/scripts/bootstrap.js.map",
    "_static/scripts/pydata-sphinx-theme.js.map",
    "_static/vendor",
    "_static/sphinx-thebe.js",
    "_static/sphinx-thebe.css",
    "_static/design-tabs.js",
)
FAR = re.compile(r"^\s*(?:https?:)?//")
LOADING_LINKS = {"stylesheet", "preload", "prefetch", "preconnect", "icon", "modulepreload", "dns-prefetch"}


class Loads(HTMLParser):
    """Collects the addresses that a browser loads by itself when it opens a page."""

    def __init__(self):
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag, attrs):  # noqa: D102 (the name and the meaning are HTMLParser's)
        given = dict(attrs)
        if tag == "link" and not LOADING_LINKS & set((given.get("rel") or "").split()):
            return
        names = ("href",) if tag == "link" else ("src", "poster", "data") if tag not in ("a", "area") else ()
        self.addresses += [given[name] for name in names if given.get(name)]
        self.addresses += [part.split()[0] for part in (given.get("srcset") or "").split(",") if part.strip()]


def loads_of_page(text: str) -> list[str]:
    """Return the addresses on other hosts that a page would load."""
    page = Loads()
    page.feed(text)
    return [address for address in page.addresses if FAR.match(address)]


def loads_of_style(text: str) -> list[str]:
    """Return the addresses on other hosts that a style sheet would load."""
    found = re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", text)
    return [address for pair in found for address in pair if FAR.match(address)]


def remove_unused(site: Path):
    """Delete what the theme copies and no page asks for."""
    for name in UNUSED:
        path = site / name
        if path.is_dir():
            rmtree(path)
        else:
            path.unlink(missing_ok=True)


def complete_redirect(site: Path):
    """Give the forwarding page at the site's root a language, a title, the policy and a link for every browser."""
    page = site / "index.html"
    target = re.search(r'url=([^"]+)"', page.read_text(encoding="utf-8")) if page.exists() else None
    if target:
        page.write_text(
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"/>{META}<title>marubatsu</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
            f'<meta http-equiv="refresh" content="0; url={target[1]}"/></head>'
            f'<body><main><h1>marubatsu</h1><p><a href="{target[1]}">Open the book</a></p></main></body></html>\n',
            encoding="utf-8",
        )


def check(app, error):
    """Clean the built site and warn of every load from elsewhere."""
    if error is not None or app.builder.name != "html":
        return
    site = Path(app.outdir)
    remove_unused(site)
    complete_redirect(site)
    for path in sorted([*site.rglob("*.html"), *site.rglob("*.css")]):
        find = loads_of_page if path.suffix == ".html" else loads_of_style
        for address in find(path.read_text(encoding="utf-8")):
            LOGGER.warning("%s would load %s from another host", path.relative_to(site), address)


def setup(app):
    """Register with Sphinx."""
    app.connect("build-finished", check, priority=800)
