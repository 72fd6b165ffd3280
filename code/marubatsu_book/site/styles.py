"""One light style sheet for the whole book, in place of the theme's eleven.

A rule stays when every class and identifier that it names occurs as a word in some page or script of the site, so
that what a script adds later (an open menu, a found word) keeps its rule too. That is a fifth of the weight with the
same look, and one request before the first paint.
"""

import hashlib
import re
from pathlib import Path, PurePosixPath

import tinycss2

from marubatsu_book.site import fonts
from marubatsu_book.site.static_widgets import FOLDER
from marubatsu_book.site.variables import drop_unused

# In the order of the cascade. Of the book's own, each is one idea.
SHEETS = (
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "mystnb.*.css",
    "exercise.css",
    "sphinx-design.min.css",
    "colour.css",
    "type.css",
    "page.css",
    "folds.css",
    "header.css",
    "terms.css",
    "icons.css",
    "paper.css",
)
THEME = SHEETS[1]
GONE = ("styles/theme.css", "togglebutton.css")  # the theme's imports, and a script that no page has
ONE = "book-all.css"
DECK = Path(__file__).parents[1] / "slides" / "deck"  # the styles of a deck stand on this one
LINK = re.compile(r'<link[^>]*href="([^"]*_static/)((?:styles/)?[\w.-]+\.css)[^>]*/>\n?')
NAME = re.compile(r"[.#](-?[A-Za-z_][\w-]*)")
HOLLOW = re.compile(r":(?:not|is|where)\([^()]*\)")  # what stands in these need not be on a page
ICONS = re.compile(r"Font ?Awesome", re.IGNORECASE)  # the theme's icon font, replaced by icons.css


def words_of(texts) -> set[str]:
    """Return every word that could be a class or an identifier."""
    found: set[str] = set()
    for text in texts:
        found.update(re.findall(r"-?[A-Za-z_][\w-]*", text))
    return found


def keep_selectors(prelude: str, words: set[str]) -> str:
    """Return the selectors of a rule that can match something, joined again; an empty string when none can."""
    kept = [
        selector
        for selector in re.split(r",(?![^(]*\))", prelude)
        if words.issuperset(NAME.findall(HOLLOW.sub("", selector.replace("\\", ""))))
    ]
    return ",".join(kept)


def purge(style: str, words: set[str]) -> str:
    """Return a style sheet with only the rules whose classes and identifiers are among the words."""
    return "".join(_write(rule, words) for rule in tinycss2.parse_stylesheet(style, skip_whitespace=True))


def _write(rule, words):
    if rule.type == "comment":
        return rule.serialize() if rule.value.startswith("!") else ""  # a licence stays with its style sheet
    if rule.type == "qualified-rule":
        kept = keep_selectors(tinycss2.serialize(rule.prelude), words)
        content = tinycss2.serialize(rule.content)
        return f"{kept.strip()}{{{content}}}" if kept and not ICONS.search(content) else ""
    if rule.type != "at-rule":
        raise ValueError(f"a style sheet of the theme cannot be read: {rule}")
    if rule.content is None:
        return "" if rule.lower_at_keyword == "charset" else rule.serialize()
    if rule.lower_at_keyword in ("media", "supports", "layer", "container"):
        inside = purge(tinycss2.serialize(rule.content), words)
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}" if inside else ""
    return "" if ICONS.search(rule.serialize()) else rule.serialize()


def unite(static: Path, words: set[str], elsewhere: str = "") -> str:
    """Write the one style sheet below ``_static``, delete those it replaces, and return its address with a version.

    ``elsewhere`` is the text of whatever else may ask for its variables: pages, scripts and other style sheets.
    """
    found = [path for sheet in SHEETS for path in static.glob(sheet)]
    style = drop_unused("".join(purge(path.read_text(encoding="utf-8"), words) for path in found), elsewhere)
    (static / ONE).write_text(style, encoding="utf-8")
    for path in [*found, *(static / name for name in GONE)]:
        path.unlink(missing_ok=True)  # the next build copies it again
    return f"{ONE}?v={hashlib.sha256(style.encode()).hexdigest()[:8]}"


def link_one(page: str, address: str) -> str:
    """Return a page whose first style sheet is the one, without links to those that it replaces."""
    replaced = [found for found in LINK.finditer(page) if found[2] == ONE or _is_replaced(found[2])]
    if not replaced:
        return page
    link = f'<link rel="stylesheet" href="{replaced[0][1]}{address}"/>\n'
    for found in replaced[:0:-1]:
        page = page[: found.start()] + page[found.end() :]
    return page[: replaced[0].start()] + link + page[replaced[0].end() :]


def _is_replaced(name):
    return name in GONE or any(PurePosixPath(name).match(sheet) for sheet in SHEETS)


def lighten(app, error):
    """Give a finished site its one style sheet."""
    if error is not None or app.builder.name != "html":
        return
    static = Path(app.outdir) / "_static"
    if not (static / THEME).is_file():
        return  # no page was out of date, so Sphinx copied nothing, and the one style sheet stands
    pages = {path: path.read_text(encoding="utf-8") for path in Path(app.outdir).rglob("*.html")}
    scripts = [*static.glob("*.js"), *static.glob("scripts/*.js"), *static.glob(f"{FOLDER}/**/*.js")]
    texts = [*pages.values(), *(path.read_text(encoding="utf-8") for path in scripts)]
    others = [*static.glob(f"{FOLDER}/**/*.css"), *DECK.glob("*.css")]
    asking = [path.read_text(encoding="utf-8") for path in others if path.name != fonts.SHEET]
    address = unite(static, words_of(texts), "".join([*texts, *asking]))
    for path, page in pages.items():
        if (lighter := link_one(page, address)) != page:
            path.write_text(lighter, encoding="utf-8")


def setup(app):
    """Register with Sphinx; before the site is packed."""
    app.connect("build-finished", lighten, priority=700)
