"""One design for what is folded: programs, hints and solutions become the same plain ``<details>``.

The tools below this book fold a programme in one way, a hint in a second and a solution, with a script, in a third.
A ``<details>`` needs no script, so that a reader without JavaScript can open everything. All programs are folded; the
switch in the head of the page (``programs.js``) opens and closes them together.
"""

import re

PROGRAM = '<details class="program"><summary><span class="sign" aria-hidden="true">‹›</span> code</summary>\n'
CELL = re.compile(r'<div class="cell_input docutils container">\n.*?</pre></div>\n</div>\n</div>\n', re.DOTALL)
CELL_FOLDED = re.compile(
    r'<details class="admonition hide above-input">\s*<summary[^>]*>.*?</summary>\n(.*?)</details>\n', re.DOTALL
)
HINT = re.compile(
    r'<details class="sd-sphinx-override sd-dropdown[^"]*"[^>]*>\s*<summary[^>]*>\s*'
    r'<span class="sd-summary-text">(.*?)</span>.*?</summary><div class="sd-summary-content[^"]*">',
    re.DOTALL,
)
CARD_TEXT = '<p class="sd-card-text">'
SOLUTION = re.compile(
    r'<div class="solution dropdown admonition"( id="[^"]*")?>\s*<p class="admonition-title">(.*?)</p>\s*'
    r'<section id="solution-content">(.*?)</section>\s*</div>',
    re.DOTALL,
)
LINK = re.compile(r"<a [^>]*>|</a>")


def fold(body: str) -> str:
    """Return a page's body with one kind of fold; its programs, hints and solutions are closed."""
    body = CELL_FOLDED.sub(lambda found: found[1], body)
    body = CELL.sub(lambda found: f"{PROGRAM}{found[0]}</details>\n", body)
    body = HINT.sub(r'<details class="fold hint"><summary>\1</summary><div class="fold-inside">', body)
    body = SOLUTION.sub(_solution, body)
    # An exercise's content is no section of its own, and its name would stand several times on a page.
    return body.replace(CARD_TEXT, "<p>").replace('<section id="exercise-content">', "<section>")


def _solution(found):
    title = LINK.sub("", found[2]).strip()  # a link inside the button that opens would be two things to press in one
    return (
        f'<details class="fold solution"{found[1] or ""}><summary>{title}</summary>'
        f'<div class="fold-inside">{found[3]}</div></details>'
    )


def fold_page(app, pagename, templatename, context, doctree):
    """Fold one page of the site."""
    if app.builder.name == "html" and "body" in context:
        context["body"] = fold(context["body"])


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", fold_page)
