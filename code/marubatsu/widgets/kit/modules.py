"""The JavaScript of a widget: which modules it is made of, and all of them in one flat text for a notebook."""

import json
import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

FOLDER = Path(__file__).parents[1]
LOADER = "kit/loader.js"
_IMPORT = re.compile(r"""^(?:import|export)\b[^;"']*?\bfrom\s*"(\.[\w./]+)";""", re.MULTILINE)
_COMMENT = re.compile(r"^ *(?://.*|/\*\*(?s:.*?)\*/)\n", re.MULTILINE)  # on lines of its own


def source(file: str) -> str:
    """Return the text of a module, by its path below this package's folder, as "kit/view.js"."""
    return (FOLDER / file).read_text(encoding="utf-8")


@cache
def linked(file: str) -> str:
    """Return the text of a module in which each import names a path below this package's folder: ``"kit/view.js"``."""

    def name(found: re.Match[str]) -> str:
        return found[0].replace(f'"{found[1]}"', f'"{normpath(join(dirname(file), found[1]))}"')

    return _IMPORT.sub(name, source(file))


@cache
def modules_of(file: str) -> tuple[str, ...]:
    """Return the paths of a module and of all that it imports, imported ones first."""
    found: dict[str, None] = {}
    for needed in _IMPORT.findall(source(file)):
        found |= dict.fromkeys(modules_of(normpath(join(dirname(file), needed))))
    return (*found, file)


def defined(file: str, *, comments: bool = True) -> str:
    """Return the line of a script that keeps the text of a module under its path, for ``define`` of the loader."""
    text = linked(file) if comments else _COMMENT.sub("", linked(file))
    return f"define({json.dumps(file)}, {json.dumps(text, ensure_ascii=False)});\n"


@cache
def compose(file: str) -> str:
    """Return one module that holds a module and all that it imports, flat, each once.

    A browser that gets only this one text, as in JupyterLab, Colab and Binder, makes addresses of the parts itself. It
    exports what the module exports as ``default``. Comments stay in the files: every notebook keeps such a text.
    """
    parts = "".join(defined(each, comments=False) for each in modules_of(file))
    return (
        f"{source(LOADER)}\nconst {{ define, load }} = moduleLoader();\n{parts}"
        f"export const whole = await load({json.dumps(file)});\nexport default whole.default;\n"
    )


def style_of(word: str) -> str:
    """Return the style sheet of a widget: the kit's, then its own."""
    own = FOLDER / word / f"{word}.css"
    return source("kit/kit.css") + (own.read_text(encoding="utf-8") if own.exists() else "")
