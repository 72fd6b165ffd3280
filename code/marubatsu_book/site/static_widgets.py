"""Widgets in the built page: their modules as plain script files, their pictures stored once for the whole site.

A widget's output carries its whole state as JSON, pictures included, so that the same output is complete in a
notebook. In the site that would repeat a CT slice on every page; here each picture moves to a file named after
its content, which the widget loads when a reader chooses that picture. Plain script files, because a page opened
from a USB stick may load scripts but not data.
"""

import hashlib
import json
import re
from pathlib import Path

from marubatsu.widgets.kit.modules import LOADER, defined, modules_of, source

FOLDER = "marubatsu"  # below the site's _static
STATE = re.compile(r'(<script type="application/json"[^>]*>)(.*?)(</script>)', re.DOTALL)
FIGURE = re.compile(r'<figure class="marubatsu-widget"[^>]*data-module="(\w+)".*?</figure>', re.DOTALL)


def write(folder: Path, name: str, text: str) -> str:
    """Write a text file once per build and return its address below ``_static``."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return f"{FOLDER}/{name}"


def move_pictures(state: dict, folder: Path, to_static: str) -> dict:
    """Return the state with each picture's data in a file of its own, named after its content."""
    images = {}
    for name, image in state.get("images", {}).items():
        if "data" in image:
            digest = hashlib.sha256(image["data"].encode()).hexdigest()[:16]
            script = f"marubatsu.image({json.dumps(digest)}, {json.dumps(image['data'])});\n"
            address = write(folder, f"images/{name}-{digest}.js", script)
            image = {key: value for key, value in image.items() if key != "data"}
            image |= {"src": f"{to_static}/{address}", "hash": digest}
        images[name] = image
    return state | {"images": images} if images else state


def as_script(stored: dict) -> str:
    """Return what a widget starts with as JSON that may stand inside a script element."""
    return json.dumps(stored, separators=(",", ":")).replace("</", "<\\/")


def mount(app, pagename, templatename, context, doctree):
    """Give one page the scripts that its widgets need, and lighten the state it carries."""
    modules = FIGURE.findall(context.get("body", ""))
    if not modules:
        return
    folder = Path(app.outdir) / "_static" / FOLDER
    to_static = context["pathto"]("_static", 1)

    def lighten(found):
        stored = json.loads(found[2])
        stored["state"] = move_pictures(stored["state"], folder, to_static)
        return found[1] + as_script(stored) + found[3]

    context["body"] = FIGURE.sub(lambda figure: STATE.sub(lighten, figure[0]), context["body"])
    words = list(dict.fromkeys(modules))
    for file in ("kit/kit.css", *(f"{word}/{word}.css" for word in words)):
        app.add_css_file(write(folder, file, source(file)))
    for file in (LOADER, "kit/host.js"):
        app.add_js_file(write(folder, file, source(file)))
    for file in dict.fromkeys(file for word in words for file in modules_of(f"{word}/{word}.js")):
        app.add_js_file(write(folder, file, f"marubatsu.{defined(file)}"))


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", mount, priority=500)
