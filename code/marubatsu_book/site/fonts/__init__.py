"""The book's own letters: four small font files, shipped as data in one style sheet that browsers keep.

As data, because a browser may refuse a page opened from a disk the font file of a neighbouring folder.
"""

from base64 import b64encode
from pathlib import Path

from marubatsu_book.site.static_widgets import FOLDER, write

HERE = Path(__file__).parent
SHEET = "fonts.css"
# In the order in which a page needs them: name in style sheets, file, weights, style.
FACES = (
    ("Book Sans", "source-sans-3", "400 700", "normal"),
    ("Book Symbols", "symbols", "400", "normal"),
    ("Book Serif", "source-serif-4", "400 600", "normal"),
    ("Book Serif", "source-serif-4-italic", "400", "italic"),
)


def style_sheet() -> str:
    """Return the style sheet that holds all faces."""
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weights};font-style:{style};font-display:swap;'
        f'src:url("data:font/woff2;base64,{b64encode((HERE / f"{file}.woff2").read_bytes()).decode()}") '
        f'format("woff2")}}\n'
        for family, file, weights, style in FACES
    )


def ship(app):
    """Write the style sheet among the site's files, and let every page ask for it before its other styles."""
    if app.builder.name == "html":
        app.add_css_file(write(Path(app.outdir) / "_static" / FOLDER, SHEET, style_sheet()), priority=100)


def setup(app):
    """Register with Sphinx."""
    app.connect("builder-inited", ship)
