"""Whoever copies a program gets the program: every line of it, and of a session with prompts what was typed."""

import pytest
from playwright.sync_api import expect

SESSION = ">>> a = [\n...     1,\n... ]\n>>> len(a)\n1\n"


@pytest.fixture
def page(browser, server):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{server}/book/layers/convolution.html?programs=shown")
    yield page
    context.close()


def copied(page, block):
    block.locator(".copybtn").focus()
    page.keyboard.press("Enter")
    expect(block.locator(".copybtn")).to_have_text("Copied")
    return page.evaluate("navigator.clipboard.readText()")


def test_a_program_is_copied_line_by_line(page):
    block = page.locator(".cell_input .highlight").nth(1)
    text = block.locator("pre").text_content().rstrip()
    assert copied(page, block) == text
    assert "\n\n\n" not in text


def test_of_a_session_only_what_was_typed_is_copied(page):
    block = page.locator(".cell_input .highlight").first
    block.locator("pre").evaluate("(pre, text) => { pre.textContent = text; }", SESSION)
    assert copied(page, block) == "a = [\n    1,\n]\nlen(a)"


def test_a_result_has_no_button(page):
    assert page.locator(".output.text_plain .copybtn").count() == 0
