"""The one base of all widgets: live in Jupyter, a still with its state in the page, from the same object."""

import json
import re
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

import anywidget
import traitlets

FOLDER = Path(__file__).parent
TEXTS = json.loads((FOLDER / "texts.json").read_text(encoding="utf-8"))
_IMPORT = re.compile(r"""(\bfrom\s*|\bimport\s*)(["'])\./([\w.]+)\2""")
_PLAIN = " !$&'()*+,-./:;<=>@[]^_`{|}~"  # what may stand in a data address as it is


@cache
def compose(file: str) -> str:
    """Return a module's text with its relative imports replaced by ``data:`` addresses.

    A browser that gets only this one text, as in JupyterLab, Colab and Binder, then finds the other modules in it.
    """

    def inline(found):
        return f'{found[1]}"data:text/javascript,{quote(compose(found[3]), safe=_PLAIN)}"'

    return _IMPORT.sub(inline, (FOLDER / file).read_text(encoding="utf-8"))


class Widget(anywidget.AnyWidget):
    """A widget whose traits are its whole contract.

    A subclass names its ES module in `module` (``"kernel_tuner"`` for ``kernel_tuner.js``, whose sentences stand
    under the same word in ``texts.json``), tags the traits that belong into a link with ``sync=True, state=True``,
    and describes its first state in `still`.

    Parameters
    ----------
    language : str
        The language of its words, one of those in ``texts.json``.
    slug : str, optional
        The widget's name in the page's address; give one when a page holds the same widget twice.
    **state
        First values of its traits.
    """

    module = ""
    texts = traitlets.Dict().tag(sync=True)

    def __init_subclass__(cls, **keywords):
        """Compose the subclass's script and style."""
        if "module" in cls.__dict__:  # not in the class that traitlets derives for every object
            cls._esm = compose(f"{cls.module}.js")
            cls._css = (FOLDER / "widgets.css").read_text(encoding="utf-8")
        super().__init_subclass__(**keywords)

    def __init__(self, *, language: str = "en", slug: str | None = None, **state):
        self.slug = slug or self.module.replace("_", "-")
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.slug):
            raise ValueError(
                f"{type(self).__name__}: slug must be small letters, digits and hyphens, but {slug!r} came."
            )
        super().__init__(texts=self.texts_of(language), **state)

    @classmethod
    def texts_of(cls, language: str) -> dict:
        """Return the sentences of this widget in a language."""
        if language not in TEXTS:
            raise ValueError(f"{cls.__name__}: language must be one of {', '.join(TEXTS)}, but {language!r} came.")
        return TEXTS[language]["shared"] | TEXTS[language][cls.module]

    def state(self) -> dict:
        """Return the values of all traits that the browser sees, as JSON takes them."""
        inherited = anywidget.AnyWidget.class_trait_names()
        names = [name for name in self.traits(sync=True) if name not in inherited and not name.startswith("_")]
        return self.get_state(names)

    def still(self) -> str:
        """Return the HTML of the first state, for paper and for a page without scripts."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it leaves on paper")

    def caption(self) -> str:
        """Return the sentence under the still."""
        return self.texts["caption"]

    def html(self) -> str:
        """Return the figure that a page holds: caption, still and state."""
        content = {"state": self.state(), "names": list(self.traits(sync=True, state=True))}
        script = json.dumps(content, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
        return (
            f'<figure class="marubatsu-widget" id="{self.slug}" data-module="{self.module}">'
            f"<figcaption>{escape(self.caption())}</figcaption>"
            f'<div class="marubatsu-still">{self.still()}</div>'
            f'<script type="application/json">{script}</script></figure>'
        )

    def _repr_mimebundle_(self, **keywords):
        bundle = super()._repr_mimebundle_(**keywords)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/html": self.html()}, metadata
