"""What others show of a page: a search engine, a message that links to it, a phone's first screen."""

import re
from html import escape, unescape
from pathlib import Path

TAGS = re.compile(r"<[^>]+>")
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
MATHS = re.compile(r"<annotation.*?</annotation>", re.DOTALL)
TOUCH_ICON = "touch-icon.png"
LENGTH = 200  # more letters are not shown by anybody


def description(body: str) -> str:
    """Return the first paragraph of a page as plain text, cut at the end of a word."""
    found = PARAGRAPH.search(body)
    words = " ".join(unescape(TAGS.sub("", MATHS.sub("", found[1]))).split()) if found else ""
    return words if len(words) <= LENGTH else words[: words.rindex(" ", 0, LENGTH)].rstrip(",;:") + " …"


def metatags(title: str, about: str, to_static: str) -> str:
    """Return the elements for a page's head."""
    named = {"description": about} if about else {}
    shared = {"og:type": "article", "og:site_name": "marubatsu", "og:title": title} | (
        {"og:description": about} if about else {}
    )
    lines = [f'<meta name="{name}" content="{escape(words)}"/>' for name, words in named.items()]
    lines += [f'<meta property="{name}" content="{escape(words)}"/>' for name, words in shared.items()]
    for scheme, colour in (("light", "#fbfaf7"), ("dark", "#0f1317")):
        lines.append(f'<meta name="theme-color" media="(prefers-color-scheme: {scheme})" content="{colour}"/>')
    return "\n".join([*lines, f'<link rel="apple-touch-icon" href="{to_static}/{TOUCH_ICON}"/>'])


def touch_icon(path: Path, side: int = 180) -> None:
    """Draw the book's sign, the shapes of ``logo.svg``, as a PNG: phones show no SVG on their first screen."""
    from PIL import Image, ImageDraw

    scale = 4 * side / 48  # drawn four times as large, then made smaller, for smooth edges; 48 leaves a margin
    at = [scale * (8 + each) for each in range(33)]
    picture = Image.new("RGB", (4 * side, 4 * side), "#fbfaf7")
    draw, width = ImageDraw.Draw(picture), round(4 * scale)
    draw.ellipse([at[1], at[1], at[31], at[31]], outline="#2b6cb0", width=width)
    for start, end in (((10, 10), (22, 22)), ((22, 10), (10, 22))):
        ends = [(at[x], at[y]) for x, y in (start, end)]
        draw.line(ends, fill="#c05621", width=width)
        for x, y in ends:
            draw.ellipse([x - width / 2, y - width / 2, x + width / 2, y + width / 2], fill="#c05621")
    picture.resize((side, side), Image.Resampling.LANCZOS).save(path, optimize=True)


def describe(app, pagename, templatename, context, doctree):
    """Describe one page; one statement about the width of the screen is enough."""
    context["metatags"] = re.sub(r'<meta name="viewport"[^>]*>\s*', "", context.get("metatags") or "")
    if app.builder.name == "html" and "body" in context:
        title = TAGS.sub("", unescape(context.get("title") or ""))
        context["outside"] = metatags(title, description(context["body"]), context["pathto"]("_static", 1))


def draw(app):
    """Draw the icon before pages are written."""
    if app.builder.name == "html":
        path = Path(app.outdir) / "_static" / TOUCH_ICON
        path.parent.mkdir(parents=True, exist_ok=True)
        touch_icon(path)


def setup(app):
    """Register with Sphinx."""
    app.connect("builder-inited", draw)
    app.connect("html-page-context", describe)
