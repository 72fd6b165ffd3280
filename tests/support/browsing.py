"""The built book on this computer, opened from disk or over http."""

import threading

import pytest
from playwright.sync_api import expect
from reader import CALL, PATIENCE, Widget, serving, watch

from marubatsu.widgets.kit.modules import FOLDER, compose

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="session")
def server(site):
    """The address of the built book, served on this computer."""
    with serving(site) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(scope="session")
def browser_tab(browser, site):
    """One tab without network, and what went wrong in it: a new one for every test takes half the time."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    yield page, watch(page, site.as_uri())
    context.close()


@pytest.fixture
def opened(browser_tab, site):
    """Opens a widget of a page from disk, without network; afterwards nothing may have gone wrong."""
    first, _ = browser_tab
    seen = [browser_tab]

    def open_page(address, slug):
        page = first
        if first.url != "about:blank":  # the test has a page open already
            page = first.context.new_page()
            seen.append((page, watch(page, site.as_uri())))
        page.goto(f"{site.as_uri()}/{address}", wait_until="load")
        return Widget(page, slug)

    yield open_page
    wrong = [trouble for _, troubles in seen for trouble in troubles]
    first.evaluate("localStorage.clear()")
    first.goto("about:blank")
    first.mouse.move(0, 0)
    browser_tab[1].clear()
    for page, _ in seen[1:]:
        page.close()
    assert wrong == []


@pytest.fixture(scope="module")
def call(browser):
    """Calls a function of a widget's module: call("arithmetic", "conv2d", …)."""
    page = browser.new_page()

    def run(module, name, *given):
        [path] = FOLDER.glob(f"*/{module}.js")
        return page.evaluate(CALL, [compose(path.relative_to(FOLDER).as_posix()), name, list(given)])

    yield run
    page.close()
