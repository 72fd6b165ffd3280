"""Each line of a program in an element of its own, so that a long one can wrap below its own beginning."""

import re

# Python on the page, and what a cell shows as code (IPython's ``Code`` writes the inner element alone).
BLOCK = re.compile(
    r'((?:<div class="highlight-(?:ipython3|python3?|default)[^"]*">|(?<!notranslate">))<div class="highlight"><pre>)'
    r"(.*?)</pre>",
    re.DOTALL,
)
TAG = re.compile(r"<[^>]*>")


def in_lines(code: str) -> str:
    """Return highlighted code with every line in a ``code-line``, which knows by how much it is indented.

    A coloured part that runs over several lines, as a docstring does, ends with its line and begins again.
    """
    lines, open_tag = [], ""
    for line in code.removeprefix("<span></span>").removesuffix("\n").split("\n"):
        content = open_tag + line
        for tag in TAG.findall(line):
            open_tag = "" if tag.startswith("</") else tag
        words = TAG.sub("", line)
        indent = len(words) - len(words.lstrip(" "))
        style = f' style="--indent:{indent}ch"' if indent else ""
        lines.append(f'<span class="code-line"{style}>{content}\n{"</span>" if open_tag else ""}</span>')
    return "".join(lines)


def write_lines(app, pagename, templatename, context, doctree):
    """Part the programs of one page into lines."""
    if app.builder.name == "html" and "body" in context:
        context["body"] = BLOCK.sub(lambda found: f"{found[1]}{in_lines(found[2])}</pre>", context["body"])


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", write_lines)
