"""What a reader does with a page and its widgets, and what she should never meet."""

import base64
import functools
import http.server
import io
import re
import time
from urllib.parse import unquote

import numpy as np
from PIL import Image

PATIENCE = 30  # seconds in which a busy machine must show what it will show
PAINTED = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))"""
CALL = """async ([text, name, given]) => {
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const module = (await import(address)).whole;
  const revive = (value) => {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(revive);
    if ("tensor" in value) return { shape: value.shape, data: Float64Array.from(value.tensor) };
    if ("numbers" in value) return Float64Array.from(value.numbers);
    if ("file" in value) return new File([Uint8Array.from(atob(value.file), (c) => c.charCodeAt(0))], value.name);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
  };
  const plain = (value) => {
    if (ArrayBuffer.isView(value)) return Array.from(value);
    if (Array.isArray(value)) return value.map(plain);
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
    return value;
  };
  try {
    return plain(await module[name](...revive(given)));
  } catch (error) {
    return { error: error.code ?? String(error), values: error.values };
  }
}"""


def eventually(check):
    """A check that may look again and again: a busy machine paints late. After PATIENCE its refusal stands."""

    @functools.wraps(check)
    def patient(*given, **named):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return check(*given, **named)
            except AssertionError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    return patient


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Python's own file server without its log."""

    def log_message(self, *args):
        """Say nothing."""


def serving(folder):
    """A server of a folder on this computer, not yet running."""
    return http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))


def watch(page, home):
    """Collect what a reader should never meet: console errors, exceptions, requests elsewhere or in vain."""
    troubles = []

    def asked(request):
        if not request.url.startswith((home, "data:", "blob:")):
            troubles.append(f"asked: {request.url[:120]}")

    def logged(message):
        if message.type in ("error", "warning"):
            troubles.append(f"console: {message.text}")

    page.on("console", logged)
    page.on("pageerror", lambda error: troubles.append(f"exception: {error}"))
    page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url[:120]}"))
    page.on("request", asked)
    return troubles


def mount_all(page):
    """Scroll to every widget of a page, so that it is live, and back to the top."""
    for figure in page.locator("figure.marubatsu-widget").all():
        figure.scroll_into_view_if_needed()
        page.wait_for_selector(f"#{figure.get_attribute('id')}[data-mounted]", timeout=15000)
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(PAINTED)


class Widget:
    """One widget of an opened page, as a reader finds it: by its labels."""

    def __init__(self, page, slug):
        self.page, self.slug = page, slug
        self.figure = page.locator(f"figure#{slug}")
        self.figure.scroll_into_view_if_needed()
        page.wait_for_selector(f"figure#{slug}[data-mounted]", timeout=15000)
        self.live = self.figure.locator(".marubatsu-live")
        self.settle()

    def settle(self):
        """Wait until the browser has painted what the last step changed."""
        self.page.evaluate(PAINTED)

    def field(self, label):
        """The control with this label."""
        return self.live.get_by_label(label, exact=True)

    def type(self, label, value):
        """Type into a field by keyboard alone."""
        field = self.field(label)
        field.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(str(value))
        self.page.keyboard.press("Tab")
        self.settle()

    def press(self, name):
        """Press a button."""
        self.live.get_by_role("button", name=name, exact=True).click()
        self.settle()

    def choose(self, title):
        """Choose one of several pictures or settings by its title."""
        self.live.get_by_role("radio", name=title, exact=True).check(force=True)
        self.settle()
        self.page.wait_for_timeout(150)

    def pixels(self, pane):
        """The bytes (rows, columns, 3) on the canvas of a part of the widget."""
        return self.canvas(self.live.locator(f".mb-pane-{pane} .mb-view canvas").first)

    def canvas(self, locator):
        """The bytes (rows, columns, 3) on a canvas."""
        address = locator.evaluate('canvas => canvas.toDataURL("image/png")')
        return np.asarray(Image.open(io.BytesIO(base64.b64decode(address.split(",")[1]))).convert("RGBA"))[..., :3]

    def state(self, name):
        """The value of a trait, as the address of the page tells it."""
        self.page.wait_for_timeout(450)
        found = re.search(rf"[?&]{name}=([^&]*)", self.page.url)
        return unquote(found[1]) if found else ""

    def settle_address(self):
        """Wait until the state stands in the page's address and no longer changes, however busy the machine is."""
        before, end = "", time.monotonic() + 15
        while (before != self.page.url or "?" not in before) and time.monotonic() < end:
            before = self.page.url
            self.page.wait_for_timeout(600)

    def copied(self, name):
        """What a button puts on the clipboard."""
        self.page.evaluate(
            "window.copied = ''; navigator.clipboard.writeText = async (text) => { window.copied = text }"
        )
        self.press(name)
        return self.page.evaluate("window.copied")

    def text(self, selector):
        """The words of a part of the widget."""
        return " ".join(self.live.locator(selector).first.inner_text().split())

    def open_file(self, path):
        """Choose a file as an own image, and wait until the widget has said what became of it."""
        self.live.locator('input[type="file"]').set_input_files(path)
        notice = self.live.locator(".mb-picker .mb-notice[data-kind]:not([data-kind=''])")
        notice.wait_for(timeout=30000)
        self.settle()
        return " ".join(notice.inner_text().split())

    def spoken(self):
        """What the live region says after a pause."""
        self.page.wait_for_timeout(700)
        return self.live.locator("p.mb-quiet[role=status]").inner_text()


def tensor(array):
    """An array on its way to JavaScript."""
    return {"tensor": np.asarray(array, float).ravel().tolist(), "shape": list(np.shape(array))}


def array(answer):
    """A tensor that JavaScript answered with."""
    assert "error" not in answer, answer
    return np.reshape(answer["data"], answer["shape"])
