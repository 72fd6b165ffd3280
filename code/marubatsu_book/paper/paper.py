"""The whole book as one PDF: run as a program on the built site, it prints all pages in their order as one document.

Without scripts every widget shows its still, as on paper it should. Links between pages lead inside the document, and
hints and solutions stand open. What prints is a Chromium, driven by Playwright; it prints twice, since only then is it
known on which sheet each page of the book begins.
"""

import argparse
import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from marubatsu_course.contents import order

# A first pixel of padding, and spaces kept where a title wraps: without them Chromium writes titles twice, or joins two
# words, in the outline.
STYLE = """
@page { size: A4; margin: 18mm 16mm 20mm; }
html { font-size: 10pt; }
body { background: white; }
.paper-page { break-before: page; padding: 1px 0 0 !important; line-height: 1.45; }
.paper-page > section { margin: 0; }
.paper-page p, .paper-page li { margin-bottom: 0.5em; }
figure, table, .admonition, .cell_output, pre, math[display=block] { break-inside: avoid; }
.marubatsu-widget, .cell_output:has(.marubatsu-widget) { break-inside: auto; }
h1, h2, h3 { break-after: avoid; white-space: pre-wrap; }
pre { white-space: pre-wrap; line-height: 1.3; }
details > summary { list-style: none; }
.headerlink, .copybtn, .sd-summary-state-marker, .cell details > summary { display: none !important; }
figure img, .cell_output img { max-height: 130mm; object-fit: contain; }
.marubatsu-still table { min-width: 16em; }
.paper-cover { text-align: center; padding-top: 60mm; }
.paper-cover h1 { font-size: 30pt; }
.paper-contents { columns: 2; column-gap: 14mm; }
.paper-contents h1 { column-span: all; }
.paper-contents p { break-after: avoid; margin: 3mm 0 0; }
.paper-contents ul { margin: 0; padding: 0; }
.paper-contents li { list-style: none; margin: 1mm 0; break-inside: avoid; position: relative; padding-right: 3em; }
.paper-sheet { position: absolute; right: 0; bottom: 0; font-variant-numeric: tabular-nums; }
"""
FOOTER = (
    '<div style="width:100%;font-size:8px;text-align:center;color:#555">'
    '<span class="pageNumber"></span> / <span class="totalPages"></span></div>'
)


def anchor(page: str, identifier: str = "") -> str:
    """Return the identifier that a place of a page has in the one document."""
    return re.sub(r"[^\w-]", "-", f"{page}--{identifier}" if identifier else page)


def article(site: Path, page: str, pages: set[str]):
    """Return title, content and style sheets of one built page, its places and links renamed for the one document."""
    path = site / f"{page}.html"
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    found = soup.select_one("article.bd-article")
    if found is None:
        raise ValueError(f"paper: {path} holds no page of the book. Build the book first: make book.")
    for each in found.select("script, .headerlink, .copybtn, button"):
        each.decompose()
    for each in found.select("[id]"):
        each["id"] = anchor(page, each["id"])
    for each in found.select("details"):
        each["open"] = ""
    for each in found.select("img[src]"):
        if not urlsplit(each["src"]).scheme:
            each["src"] = (path.parent / unquote(each["src"])).resolve().as_uri()
        each.attrs.pop("loading", None)
    for each in found.select("a[href]"):
        parts = urlsplit(each["href"])
        if parts.scheme or parts.netloc:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
        name = target.relative_to(site.resolve()).with_suffix("").as_posix() if target.is_relative_to(site) else ""
        if name in pages:
            each["href"] = f"#{anchor(name, unquote(parts.fragment).split('?')[0])}"
        else:
            del each["href"]  # a file of the site, which paper does not have
    found.name, found["class"], found["id"] = "div", "paper-page bd-article", anchor(page)
    styles = [link["href"].split("?")[0] for link in soup.select('link[rel~="stylesheet"]')]
    return (
        found.find("h1").get_text().strip("#¶ \n"),
        found,
        [(path.parent / unquote(style)).resolve().as_uri() for style in styles if not urlsplit(style).scheme],
    )


def document(site: Path, toc: Path) -> str:
    """Return the whole book as one HTML document, with a cover and a list of contents."""
    parts = order(toc)
    pages = {page for _, listed in parts for page in listed}
    head = BeautifulSoup((site / f"{parts[0][1][0]}.html").read_text(encoding="utf-8"), "html.parser")
    contents, articles, styles = [], [], {}
    for caption, listed in parts:
        contents.append(f"<p><strong>{caption}</strong></p>" if caption else "")
        lines = []
        for page in listed:
            title, content, used = article(site, page, pages)
            styles.update(dict.fromkeys(used))  # a widget's style comes with the pages that have one
            sheet = f'<span class="paper-sheet" data-of="{anchor(page)}"></span>'
            lines.append(f'<li><a href="#{anchor(page)}">{title}</a>{sheet}</li>')
            articles.append(str(content))
        contents.append(f"<ul>{''.join(lines)}</ul>")
    links = "".join(f'<link rel="stylesheet" href="{style}">' for style in styles)
    title = head.title.get_text().split("—")[-1].strip()
    return (
        f'<!DOCTYPE html><html lang="{head.html.get("lang", "en")}" data-theme="light"><head><meta charset="utf-8">'
        f"<title>{title}</title>{links}<style>{STYLE}</style></head><body>"
        f'<div class="paper-cover"><h1>{title}</h1></div>'
        f'<div class="paper-page paper-contents"><h1>Contents</h1>{"".join(contents)}</div>'
        f"{''.join(articles)}</body></html>"
    )


def numbered(text: str, printed: Path) -> str:
    """Return the document with the number of the sheet, in a first print of it, behind each entry of its contents."""
    from pypdf import PdfReader

    reader = PdfReader(printed)
    sheets = {name: reader.get_destination_page_number(to) + 1 for name, to in reader.named_destinations.items()}
    return re.sub(r'(data-of="([^"]+)">)', lambda found: f"{found[1]}{sheets['/' + found[2]]}", text)


def write(site: Path, toc: Path, target: Path, browser: str) -> Path:
    """Print the book to a PDF file with an outline and tags for screen readers, and return the file's path."""
    from playwright.sync_api import sync_playwright

    source = target.with_suffix(".html")
    target.parent.mkdir(parents=True, exist_ok=True)
    text = document(site.resolve(), toc)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = running.new_context(offline=True, java_script_enabled=False).new_page()

        def to_paper(text: str):
            source.write_text(text, encoding="utf-8")
            page.goto(source.resolve().as_uri(), wait_until="load", timeout=120_000)
            page.pdf(
                path=target,
                prefer_css_page_size=True,
                print_background=True,
                display_header_footer=True,
                header_template="<span></span>",
                footer_template=FOOTER,
                outline=True,
                tagged=True,
            )

        to_paper(text)
        to_paper(numbered(text, target))
        running.close()
    source.unlink()
    return target


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, print, and say where the file lies."""
    parser = argparse.ArgumentParser(prog="python -m marubatsu_book.paper.paper", description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="folder of the built book, for example _build/html")
    parser.add_argument("target", type=Path, help="the PDF file to write")
    parser.add_argument("--toc", type=Path, default=Path("_toc.yml"), help="the table of contents")
    parser.add_argument("--browser", required=True, help="path of a Chromium")
    given = parser.parse_args(arguments)
    path = write(given.site, given.toc, given.target, given.browser)
    sys.stdout.write(f"The book is printed: {path} ({path.stat().st_size / 1e6:.1f} MB)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
