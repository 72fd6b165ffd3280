"""The whole book as one PDF: every page in its order, links that lead inside, stills in place of widgets."""

import re
import subprocess
import sys

import pypdf
import pytest
from bs4 import BeautifulSoup
from find_chromium import find_chromium

from marubatsu_book.paper.paper import anchor, document
from marubatsu_course.contents import order

TOC = """
format: jb-book
root: book/index
parts:
  - caption: Layers
    chapters:
      - file: book/layers/page
"""
HTML = """<!DOCTYPE html><html lang="en"><head><title>{title} — A small book</title>{head}</head><body><nav>Menu</nav>
<article class="bd-article"><section id="top"><h1>{title}<a class="headerlink" href="#top">#</a></h1>
{body}</section></article>
</body></html>"""


@pytest.fixture
def small(tmp_path):
    """A built site of two pages, and its table of contents."""
    site = tmp_path / "html"
    (site / "book/layers").mkdir(parents=True)
    cover = '<p><a href="layers/page.html#end">on</a> <a href="../all.zip">file</a></p>'
    widget = '<figure class="marubatsu-widget"><div>STILL</div><script>run()</script></figure><h2 id="end">End</h2>'
    fold = "<details><summary>Solution</summary><p>Forty-two.</p></details>"
    style = '<link rel="stylesheet" type="text/css" href="../../_static/widgets.css?v=1">'
    (site / "book/index.html").write_text(HTML.format(title="Cover", body=cover, head=""), encoding="utf-8")
    (site / "book/layers/page.html").write_text(
        HTML.format(title="Kernels", body=widget + fold, head=style), encoding="utf-8"
    )
    (tmp_path / "_toc.yml").write_text(TOC, encoding="utf-8")
    return site, tmp_path / "_toc.yml"


def test_parts_and_pages_come_in_the_order_of_the_contents(small):
    assert order(small[1]) == [("", ["book/index"]), ("Layers", ["book/layers/page"])]


def test_sections_under_a_chapter_follow_it(tmp_path):
    toc = TOC + "        sections:\n          - file: book/layers/more\n      - file: book/layers/last\n"
    (tmp_path / "_toc.yml").write_text(toc, encoding="utf-8")
    assert order(tmp_path / "_toc.yml")[1][1] == ["book/layers/page", "book/layers/more", "book/layers/last"]


def test_the_style_sheet_of_a_later_page_is_there_too(small):
    soup = BeautifulSoup(document(*small), "html.parser")
    assert [link["href"] for link in soup.select("link")] == [(small[0] / "_static/widgets.css").as_uri()]


def test_links_between_pages_lead_inside_and_files_of_the_site_are_no_links(small):
    soup = BeautifulSoup(document(*small), "html.parser")
    links = {link.get_text(): link.get("href") for link in soup.select("a")}
    assert links["on"] == f"#{anchor('book/layers/page', 'end')}" and links["file"] is None
    assert not soup.select("script, nav, .headerlink")


def test_the_pdf_holds_every_page_its_outline_its_stills_and_open_solutions(small, tmp_path):
    target = tmp_path / "book.pdf"
    command = [sys.executable, "-m", "marubatsu_book.paper.paper", small[0], target, "--toc", small[1]]
    subprocess.run([*command, "--browser", find_chromium()], check=True, capture_output=True)
    pdf = pypdf.PdfReader(target)
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert len(pdf.pages) == 4, "cover, contents, two pages"
    assert "STILL" in text and "Forty-two" in text and "Menu" not in text
    titles = re.findall(r"'/Title': '([^']+)'", str(pdf.outline))
    assert [title for title in titles if title in ("Cover", "Kernels", "End")] == ["Cover", "Kernels", "End"]
    entries = re.findall(r"(Cover|Kernels)\s*(\d+)", pdf.pages[1].extract_text())
    assert entries == [("Cover", "3"), ("Kernels", "4")], "the list of contents names the sheets"
    assert "STILL" in pdf.pages[3].extract_text()


def test_a_folder_that_is_no_built_book_is_refused_with_a_sentence(small):
    (small[0] / "book/index.html").write_text("<html lang='en'><title>x</title></html>")
    with pytest.raises(ValueError, match=r"holds no page of the book\. Build the book first: make book"):
        document(*small)


def test_in_the_whole_book_every_inner_link_has_its_place(site):
    soup = BeautifulSoup(document(site, site.parents[1] / "_toc.yml"), "html.parser")
    places = {each["id"] for each in soup.select("[id]")}
    broken = {each["href"] for each in soup.select('a[href^="#"]') if each["href"][1:] not in places}
    assert broken == set() and len(soup.select(".paper-page")) > 15
