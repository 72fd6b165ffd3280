"""Every built page, read as a file: links, pictures, policy, and no address on another host."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from marubatsu_book.site.offline import loads_of_page, loads_of_style
from marubatsu_book.site.security import META

ROOT = Path(__file__).resolve().parents[2]


class Page(HTMLParser):
    """Collects what the tests ask of a page: identifiers, links, pictures."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.pictures = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "img":
            self.pictures.append(given)


@pytest.fixture(scope="module")
def pages(site):
    """Path and parsed content of every page of the built book."""
    found = {
        path: Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }
    assert found, f"{site} holds no page"
    return found


def test_every_page_of_the_table_of_contents_was_built(pages, site):
    files = re.findall(r"(?:root|file): (\S+)", (ROOT / "_toc.yml").read_text())
    built = {path.relative_to(site).with_suffix("").as_posix() for path in pages}
    assert files and set(files) <= built


def test_every_page_carries_the_policy_before_any_script(pages):
    for path in pages:
        text = path.read_text(encoding="utf-8")
        policy = META.removesuffix('"/>')  # the window of a speaker may hold frames as well
        assert policy in text, path
        assert "<script" not in text[: text.index(policy)], path


def test_no_page_and_no_style_loads_from_another_host(pages, site):
    found = [(str(path), far) for path in pages for far in loads_of_page(path.read_text(encoding="utf-8"))]
    found += [
        (str(path), far) for path in site.rglob("*.css") for far in loads_of_style(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_loads_from_elsewhere_are_recognised():
    assert loads_of_page('<script src="https://cdn.example/x.js"></script>') == ["https://cdn.example/x.js"]
    assert loads_of_page('<img srcset="//a.example/b.png 2x" src="c.png">') == ["//a.example/b.png"]
    assert loads_of_page('<link rel="stylesheet" href="http://a.example/x.css">') == ["http://a.example/x.css"]
    assert (
        loads_of_page('<a href="https://doi.org/10.1">paper</a><link rel="canonical" href="https://a.example">') == []
    )
    style = "@import 'https://a.example/x.css'; a{background:url(//b.example/c.png)} b{background:url(d.png)}"
    assert loads_of_style(style) == ["https://a.example/x.css", "//b.example/c.png"]


def test_every_internal_link_resolves(pages, site):
    broken = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.exists() or (
                parts.fragment and target in pages and unquote(parts.fragment).split("?")[0] not in pages[target].ids
            ):
                broken.append(f"{path.relative_to(site)} → {link}")
    assert broken == []


SIGN = "_static/logo.svg"  # beside the book's name in the head of each page, which a reader hears once


def test_every_picture_has_an_alt_text(pages, site):
    missing = [
        f"{path.relative_to(site)}: {str(picture.get('src'))[:60]}"
        for path, page in pages.items()
        for picture in page.pictures
        if not (picture.get("alt") or "").strip() and not picture.get("src", "").endswith(SIGN)
    ]
    assert missing == []
