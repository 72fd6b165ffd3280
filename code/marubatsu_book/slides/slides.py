"""Each chapter as a deck of slides, cut from its finished page, so that figures and widgets are the same and alive.

On a slide stand the opening question, the case, the claims, figures, widgets, tables, formulas, quiz and exercises,
and of the prose what is marked; the rest of it, code, hints and solutions go to the speaker's notes. reveal.js comes
from the package sphinx-revealjs.
"""

import re
from hashlib import sha256
from html import escape, unescape
from importlib.resources import files
from pathlib import Path
from posixpath import dirname, normpath
from shutil import copyfile
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from sphinx.util import logging

from marubatsu_book.site.security import POLICY
from marubatsu_book.site.styles import ONE
from marubatsu_book.slides.cutting import cut
from marubatsu_book.slides.opening import Opening, first_picture, openings
from marubatsu_book.slides.slide import Slide
from marubatsu_book.slides.tall import lay_rows
from marubatsu_course.contents import order

LOGGER = logging.getLogger(__name__)
FOLDER = "slides"  # of the site
NO_CHAPTERS = "/teaching/"  # pages for the lecturer
# The programs that make a deck.
PROGRAMS = ("slides.py", "cutting.py", "opening.py", "quizzes.py", "slide.py", "tables.py", "tall.py")
OWN = Path(__file__).parent / "deck"  # styles and scripts of a deck
OUR_SCRIPTS = ("picture.js", "speaker.js", "deck.js")
REVEAL = {"dist/reveal.css": "reveal.css", "dist/reveal.js": "reveal.js", "plugin/notes/notes.js": "notes.js"}
# The window for the speaker shows the deck twice, in frames.
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}; frame-src \'self\' file:"/>'
OUR_SCRIPT = re.compile(r"_static/marubatsu/")
OUR_STYLE = re.compile(r"_static/(?:book-all\.css|marubatsu/)")
LIST_STYLES = ("marubatsu/fonts.css", "slides/deck.css")  # of the list of decks, after the book's own
OUR_STYLES = ("../_static/slides/deck.css",)
# Light, as projectors like it, unless the reader has chosen dark in the book.
MODE = 'if (localStorage.getItem("mode") === "dark") document.documentElement.dataset.theme = "dark";'


def name_of(page: str) -> str:
    """Return the file name of a page's deck: ``convolution.html`` for ``book/layers/convolution``."""
    return f"{page.rsplit('/', 1)[-1]}.html"


def moved(address: str, page: str, inside: set[str]) -> str:
    """Return an address of a page as it reads from the folder of the decks."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    if not parts.path:
        return address if parts.fragment.split("?")[0] in inside else f"../{page}.html{address}"
    return "../" + normpath(f"{dirname(page)}/{parts.path}") + address[len(parts.path) :]


def head(soup: BeautifulSoup, page: str, title: str, number: str) -> str:
    """Return the head of a deck: the page's own styles and widget scripts, and what makes slides of it."""
    styles = [link["href"] for link in soup.select('link[rel="stylesheet"]') if OUR_STYLE.search(link["href"])]
    scripts = [script["src"] for script in soup.select("script[src]") if OUR_SCRIPT.search(script["src"])]
    styles = ["../_static/slides/reveal.css", *(moved(each, page, set()) for each in styles)]
    scripts = [
        *(f"../_static/slides/{name}" for name in ("reveal.js", "notes.js")),
        *(moved(s, page, set()) for s in scripts),
        *(f"../_static/slides/{name}" for name in OUR_SCRIPTS),
    ]
    links = "".join(f'<link rel="stylesheet" href="{each}"/>\n' for each in [*styles, *OUR_STYLES])
    links += "".join(
        f'<link rel="icon" href="{moved(each["href"], page, set())}"/>\n' for each in soup.select('link[rel~="icon"]')
    )
    runs = "".join(f'<script defer src="{each}"></script>\n' for each in scripts)
    return (
        f'<meta charset="utf-8"/>{META}\n<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f'<title>{escape(title)}</title>\n<meta name="made-of" content="{number}"/>\n'
        f"<script>{MODE}</script>\n{links}{runs}"
    )


def deck(soup: BeautifulSoup, page: str, part: str, book: str, number: str, opening: Opening | None = None) -> str:
    """Return the deck of a built page as one HTML document, which carries the number of what it is made of.

    The opening is the question of the chapter's lesson plan: it is asked before anything is told.
    """
    article = soup.select_one("article.bd-article")
    title = article.find("h1")
    for each in article.select(
        ".headerlink, .copybtn, .sd-summary-state-marker, script:not([type='application/json'])"
    ):
        each.decompose()
    words = title.get_text().strip()
    asked = [_asked(opening, article)] if opening else []
    slides = [_cover(words, page, part, book), *asked, *cut(article.find("section"))]
    body = BeautifulSoup("".join(slide.html() for slide in slides), "html.parser")
    inside = {each["id"] for each in body.select("[id]")}
    for each in body.select("[href]"):
        each["href"] = moved(each["href"], page, inside)
        if not each["href"].startswith("#"):
            each["target"], each["rel"] = "_blank", "noopener"  # the talk goes on where it was
    for each in body.select("[src]"):
        each["src"] = moved(each["src"], page, inside)
        each.attrs.pop("loading", None)
    up = "../" * page.count("/")
    for each in body.select("script[type='application/json']"):
        each.string = each.string.replace(f'"{up}_static/', '"../_static/')
    return (
        f'<!DOCTYPE html>\n<html lang="{soup.html.get("lang", "en")}" data-content_root="../" data-theme="light">\n'
        f"<head>{head(soup, page, f'{words}: slides', number)}</head>\n"
        f'<body class="mb-deck"><main class="reveal"><div class="slides">\n{body}\n</div></main></body></html>\n'
    )


def _cover(title, page, part, book):
    back = f'<a href="{page.rsplit("/", 1)[-1]}.html">The page of the book</a>'
    keys = (
        "→ next, ← back, G go to a slide, S notes in a window of their own, T notes below the slide, "
        "Esc leaves a widget, ? all keys"
    )
    content = f'<p class="deck-part">{escape(part)}</p><h1>{escape(title)}</h1><p class="deck-book">{escape(book)}</p>'
    return Slide("cover", title, "", [f'{content}<p class="deck-keys">{back}<br/>{keys}</p>'], [])


def _asked(opening, article):
    """The question that opens the lesson, with the picture of which it speaks; the lecturer is told the rest."""
    shown = [first_picture(article)] if opening.about_picture else []
    told = [f"<p>{opening.told}</p>"] if opening.told else []
    return Slide("opening", "First of all", opening.question, shown, told)


def contents(decks: list[tuple[str, list[tuple[str, str]]]], book: str) -> str:
    """Return the page that lists all decks by part."""
    lists = "".join(
        f"<h2>{escape(part)}</h2><ul>"
        + "".join(f'<li><a href="{file}">{escape(title)}</a></li>' for file, title in listed)
        + "</ul>"
        for part, listed in decks
        if listed
    )
    styles = "".join(f'<link rel="stylesheet" href="../_static/{name}"/>' for name in (ONE, *LIST_STYLES))
    return (
        f'<!DOCTYPE html>\n<html lang="en" data-theme="light"><head><meta charset="utf-8"/>{META}'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/><title>Slides of every chapter</title>'
        f'<script>{MODE}</script><link rel="icon" href="../_static/favicon.svg"/>{styles}</head>'
        '<body class="deck-list"><main><p class="deck-home"><a href="../index.html">← To the book</a></p>'
        f"<h1>Slides of every chapter</h1><p>{escape(book)}. Open one and press → to go on; ? lists all keys.</p>"
        f"{lists}</main></body></html>\n"
    )


def fingerprint(*given: object) -> str:
    """Return as a number what a deck is made of: its page, part, text and opening, and the programs that cut it."""
    programs = [(Path(__file__).parent / name).read_text("utf-8") for name in PROGRAMS]
    return sha256("\n".join(map(str, [*given, *programs])).encode()).hexdigest()


def _title_if_made_of(path, number):
    """Return the title of a deck that was made of this before; nothing for any other file."""
    start = path.read_text(encoding="utf-8")[:2000] if path.exists() else ""
    found = re.search(rf'<title>(.*): slides</title>\n<meta name="made-of" content="{number}"/>', start)
    return unescape(found[1]) if found else None


def write(site: Path, toc: Path) -> list[Path]:
    """Write a deck for every built page that makes claims, and the list of them; return the files.

    A deck that was made of the same page stays as it is: a change of one word should not cost the time of all decks.
    """
    parts, target, static = order(toc), site / FOLDER, site / "_static" / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    static.mkdir(parents=True, exist_ok=True)
    reveal = files("sphinx_revealjs") / "_static/revealjs"
    for source, name in REVEAL.items():
        (static / name).write_bytes((reveal / source).read_bytes())
    (static / "LICENSE-reveal.js").write_bytes((reveal / "LICENSE").read_bytes())
    for path in OWN.iterdir():
        copyfile(path, static / path.name)
    written, decks, book, asked = [], [], "marubatsu", openings(site)
    for part, pages in parts:
        listed = []
        for page in pages:
            path, file = site / f"{page}.html", target / name_of(page)
            if NO_CHAPTERS in page or not path.exists():
                continue
            text = path.read_text(encoding="utf-8")
            opening = asked.get(file.name)
            number = fingerprint(page, part, text, opening)
            book = unescape(re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1]).split("—")[-1].strip()
            title = _title_if_made_of(file, number)
            if title is None:
                soup = BeautifulSoup(text, "html.parser")
                if not soup.select_one("article.bd-article .claims.admonition"):
                    continue
                if file in written:
                    raise ValueError(f"slides: two pages are called {file.stem}; a deck needs a name of its own.")
                for image in soup.select("article figure:not(.marubatsu-widget) img[src]"):
                    lay_rows(image, path.parent)
                title = soup.select_one("article h1").get_text().strip("#¶ \n")
                file.write_text(deck(soup, page, part, book, number, opening), encoding="utf-8")
            listed.append((file.name, title))
            written.append(file)
        decks.append((part, listed))
    written.append(target / "index.html")
    written[-1].write_text(contents(decks, book), encoding="utf-8")
    for old in set(target.glob("*.html")) - set(written):
        old.unlink()  # of a page that the book has no longer
    return written


def build(app, error):
    """Write the decks when a build of the web pages has succeeded."""
    toc = Path(app.srcdir) / app.config.external_toc_path
    if error is None and app.builder.name == "html" and toc.is_file():
        LOGGER.info("wrote the slides of %d chapters", len(write(Path(app.outdir), toc)) - 1)


def setup(app):
    """Register with Sphinx: after ``styles`` gave the pages one style sheet, before ``offline`` and ``archive``."""
    app.connect("build-finished", build, priority=750)
