"""The theme's style sheets without the rules that no page of this book uses: a third of the weight, the same look.

A rule stays when every class and identifier that it names occurs as a word in some page or script of the site, so
that what a script adds later (an open menu, a found word) keeps its rule too.
"""

import re
from pathlib import Path

import tinycss2

from .static_widgets import FOLDER

SHEETS = ("styles/pydata-sphinx-theme.css", "styles/sphinx-book-theme.css", "sphinx-design.min.css", "mystnb.*.css")
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
        return rule.serialize()
    if rule.lower_at_keyword in ("media", "supports", "layer", "container"):
        inside = purge(tinycss2.serialize(rule.content), words)
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}" if inside else ""
    return "" if ICONS.search(rule.serialize()) else rule.serialize()


def lighten(app, error):
    """Rewrite the theme's style sheets of a finished site."""
    if error is not None or app.builder.name != "html":
        return
    site = Path(app.outdir)
    readers = [*site.rglob("*.html"), *(site / "_static").glob("*.js"), *(site / "_static/scripts").glob("*.js")]
    readers += (site / "_static" / FOLDER).glob("*.js")
    words = words_of(path.read_text(encoding="utf-8") for path in readers)
    for sheet in SHEETS:
        for path in (site / "_static").glob(sheet):
            path.write_text(purge(path.read_text(encoding="utf-8"), words), encoding="utf-8")


def setup(app):
    """Register with Sphinx; before the site is packed."""
    app.connect("build-finished", lighten, priority=700)
