"""The Sphinx side: turns the pages into a site that needs no server, no network and no other host.

Each room is one Sphinx extension with a ``setup`` of its own; this door opens them all.
"""

from importlib.metadata import version

from marubatsu_book.notebooks import assignments, notebooks, repository
from marubatsu_book.running import execution, fresh
from marubatsu_book.site import (
    accessible,
    archive,
    bank,
    code_lines,
    exercises,
    folds,
    fonts,
    light_theme,
    maths,
    offline,
    outside,
    parts,
    security,
    sizes,
    static_widgets,
    styles,
    terms,
)
from marubatsu_book.slides import marks, slides

ROOMS = (
    fresh,
    execution,
    repository,
    exercises,
    notebooks,
    assignments,
    bank,
    light_theme,
    maths,
    marks,
    folds,
    code_lines,
    static_widgets,
    accessible,
    parts,
    terms,
    outside,
    fonts,
    security,
    sizes,
    styles,
    slides,
    archive,
    offline,
)


def setup(app):
    """Register every room of this folder with Sphinx (the order is the order of the work on a page)."""
    for room in ROOMS:
        room.setup(app)
    return {"version": version("marubatsu"), "parallel_read_safe": True, "parallel_write_safe": True}
