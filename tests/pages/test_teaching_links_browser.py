"""The links of the lesson plans: each opens its widget in the state that the plan tells of."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

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
def test_the_link_of_a_plan_opens_its_widget_in_that_state(opened, link):
    _, fragment = link.split("#", 1)
    slug, query = fragment.split("?", 1)
    copied = opened(f"book/{link}", slug).copied("Copy link")
    found = values(copied.split("?", 1)[1]) if "?" in copied else {}
    assert {name: found.get(name) for name in values(query)} == values(query)
