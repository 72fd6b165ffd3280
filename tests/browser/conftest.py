"""The built book on this computer, opened from disk or over http."""

import threading

import pytest
from reader import CALL, Widget, serving, watch

from marubatsu.widgets.base import compose


@pytest.fixture(scope="session")
def server(site):
    """The address of the built book, served on this computer."""
    with serving(site) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def opened(browser, site):
    """Opens a widget of a page from disk, without network; afterwards nothing may have gone wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    pages = []

    def open_page(address, slug):
        page = context.new_page()
        pages.append(watch(page, site.as_uri()))
        page.goto(f"{site.as_uri()}/{address}", wait_until="load")
        return Widget(page, slug)

    yield open_page
    context.close()
    assert [trouble for troubles in pages for trouble in troubles] == []


@pytest.fixture(scope="module")
def call(browser):
    """Calls a function of a widget's module: call("arithmetic", "conv2d", …)."""
    page = browser.new_page()

    def run(module, name, *given):
        return page.evaluate(CALL, [compose(f"{module}.js"), name, list(given)])

    yield run
    page.close()
