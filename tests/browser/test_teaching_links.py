"""The links of the lesson plans: each opens its widget in the state that the plan tells of."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from reader import Widget, watch

TEACHING = Path(__file__).resolve().parents[2] / "book/teaching"
LINKS = sorted(
    {
        unescape(found)
        for path in TEACHING.glob("*.md")
        for found in re.findall(r'href="\.\./(\w+/[\w-]+\.html#[^"]*\?[^"]*)"', path.read_text(encoding="utf-8"))
    }
)


def values(query):
    """The names and values of a state in an address."""
    return dict(part.split("=", 1) for part in unquote(query).split("&"))


@pytest.mark.parametrize("link", LINKS)
def test_the_link_of_a_plan_opens_its_widget_in_that_state(browser, site, link):
    _, fragment = link.split("#", 1)
    slug, query = fragment.split("?", 1)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    troubles = watch(page, site.as_uri())
    page.goto(f"{site.as_uri()}/book/{link}", wait_until="load")
    widget = Widget(page, slug)
    copied = widget.copied("Copy link")
    found = values(copied.split("?", 1)[1]) if "?" in copied else {}
    context.close()
    assert troubles == []
    assert {name: found.get(name) for name in values(query)} == values(query)
