"""Every picture says how large it is, so that the text does not jump when it arrives."""

import re
import struct
from pathlib import Path

PICTURE = re.compile(r'<img (?![^>]*\bwidth=)([^>]*\bsrc="([^":]+\.png)")')


def size_of(path: Path) -> tuple[int, int]:
    """Return columns and rows of a PNG file, in pixels, from its first bytes."""
    with path.open("rb") as file:
        return struct.unpack(">2I", file.read(24)[16:24])


def with_sizes(html: str, folder: Path) -> str:
    """Return a page, which lies in a folder, with width and height at each of its PNG pictures."""

    def sized(found):
        path = folder / found[2]
        if not path.is_file():
            return found[0]
        columns, rows = size_of(path)
        return f'<img width="{columns}" height="{rows}" {found[1]}'

    return PICTURE.sub(sized, html)


def write_sizes(app, error):
    """Go through the finished pages."""
    if error is not None or app.builder.name != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        if (sized := with_sizes(page, path.parent)) != page:
            path.write_text(sized, encoding="utf-8")


def setup(app):
    """Register with Sphinx; before the site is packed."""
    app.connect("build-finished", write_sizes, priority=650)
