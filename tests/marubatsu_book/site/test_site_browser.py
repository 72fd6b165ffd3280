"""Every built page in a real browser: quiet console, no request elsewhere, phone, both modes, axe."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from axe_rules import RULES
from reader import mount_all, watch

# Dark pages are the same pages in other colours, so that the other rules have nothing new to find there.
COLOURS = RULES | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# The code that somebody must scroll sideways to read, once all that is folded is open.
SIDEWAYS = """() => {
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  const blocks = [".cell_input pre", ".highlight-python pre", ".highlight-console pre", ".highlight-sh pre"];
  return [...document.querySelectorAll(blocks)]
    .filter(code => code.scrollWidth > code.clientWidth)
    .map(code => code.textContent.trim().split("\\n")[0]);
}"""
# Where the reader is: how the page came, how wide her screen is, and its mode.
READERS = [("http", 1280, "light"), ("file", 1280, "dark"), ("file", 360, "light"), ("file", 360, "dark")]


def all_pages(site):
    """The pages of the built book, as paths from its root: not the slides, which have tests of their own, nor the page
    that only forwards to the cover."""
    found = (path.relative_to(site) for path in site.rglob("*.html"))
    return sorted(path.as_posix() for path in found if path.parts[0] not in ("_static", "slides", "index.html"))


@pytest.fixture(scope="module", params=READERS, ids=lambda reader: "-".join(map(str, reader)))
def walked(request, browser, site, server):
    """What a reader meets on every page, all widgets live: troubles, width, mode, and on a wide screen axe's finds.

    One walk for all tests: opening and mounting each page again for each of them would take minutes.
    """
    scheme, width, mode = request.param
    home = server if scheme == "http" else site.as_uri()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode)
    page = context.new_page()
    troubles, found = watch(page, home), {}
    for name in all_pages(site):
        page.goto(f"{home}/{name}", wait_until="load")
        mount_all(page)
        needed = page.evaluate("document.documentElement.scrollWidth")
        theme = page.evaluate("document.documentElement.dataset.theme")
        heard = list(troubles)
        rules = RULES if mode == "light" else COLOURS
        violations = Axe().run(page, options=rules).response["violations"] if width > 1000 else []
        sideways = page.evaluate(SIDEWAYS) if width > 1000 else []
        found[name] = {"troubles": heard, "too wide": needed - width, "mode": theme == mode, "violations": violations}
        found[name]["sideways"] = sideways
        page.goto("about:blank")
        troubles.clear()
    context.close()
    return found


def test_every_page_opens_quietly_and_asks_no_other_host(walked):
    assert {name: met["troubles"] for name, met in walked.items() if met["troubles"]} == {}


def test_no_page_is_wider_than_the_screen(walked):
    assert {name: met["too wide"] for name, met in walked.items() if met["too wide"] > 0} == {}


def test_nobody_scrolls_sideways_to_read_code(walked):
    assert {name: met["sideways"] for name, met in walked.items() if met["sideways"]} == {}


def test_every_page_is_in_the_readers_mode(walked):
    assert [name for name, met in walked.items() if not met["mode"]] == []


def test_axe_finds_no_violation_of_wcag_2_2_aa(walked):
    found = {}
    for name, met in walked.items():
        for rule in met["violations"]:
            nodes = [
                node["html"][:160] + " | " + node["any"][0]["message"][:160] if node["any"] else node["html"][:160]
                for node in rule["nodes"][:4]
            ]
            found[f"{name}: {rule['id']} × {len(rule['nodes'])}"] = nodes
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)


def test_the_root_forwards_to_the_cover(browser, site):
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/index.html")
    page.wait_for_url("**/book/index.html")
    page.close()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_search_finds_a_page_without_a_server(browser, site, server, scheme):
    home = server if scheme == "http" else site.as_uri()
    page = browser.new_page()
    troubles = watch(page, home)
    page.goto(f"{home}/search.html?q=numbers", wait_until="load")
    page.wait_for_selector("#search-results li a")
    assert "Images are numbers" in page.inner_text("#search-results")
    assert troubles == []
    page.close()


def test_a_page_is_whole_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site.as_uri()}/book/layers/images-are-numbers.html")
    assert page.locator("article h1").is_visible()
    context.close()
