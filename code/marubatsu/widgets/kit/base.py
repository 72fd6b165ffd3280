"""The one base of all widgets: live in Jupyter, a still with its state in the page, from the same object."""

import json
import re
from functools import cache
from html import escape
from typing import Any

import anywidget
import traitlets

from marubatsu.widgets.kit.limits import limits_of
from marubatsu.widgets.kit.modules import FOLDER, compose, style_of

SHARED = "kit"


@cache
def texts_in(word: str) -> dict[str, dict]:
    """Return the sentences in a folder of the widgets, by language."""
    paths = sorted((FOLDER / word).glob("texts.*.json"))
    return {path.name.split(".")[1]: json.loads(path.read_text(encoding="utf-8")) for path in paths}


class Widget(anywidget.AnyWidget):
    """A widget whose traits are its whole contract.

    A subclass stands in a folder of its own with its ES module, style sheet and sentences under the same word
    (``kernel_tuner/kernel_tuner.py``, ``.js``, ``.css``, ``texts.en.json``). It tags the traits that belong into a
    link with ``sync=True, state=True``, and describes its first state in `still`.

    Parameters
    ----------
    language : str
        The language of its words, one of those that its ``texts.*.json`` are written in.
    slug : str, optional
        The widget's name in the page's address; give one when a page holds the same widget twice.
    **state
        First values of its traits.
    """

    module = ""
    lecture = False  # whether its style sheet says, under ``.mb-lecture``, what a class sees of it at once
    texts = traitlets.Dict().tag(sync=True)
    limits = traitlets.Dict().tag(sync=True)  # the two ends of each number of the state, for the script

    def __init_subclass__(cls, **keywords: Any) -> None:
        """Compose the subclass's script and style."""
        word = cls.__module__.rpartition(".")[2]
        if (FOLDER / word / f"{word}.js").exists() and not cls.module:  # once, not for what is derived from it
            cls.module = word
            cls._esm = compose(f"{word}/{word}.js")
            cls._css = style_of(word)
        super().__init_subclass__(**keywords)

    def __init__(self, *, language: str = "en", slug: str | None = None, **state: Any):
        self.slug = slug or self.module.replace("_", "-")
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.slug):
            raise ValueError(
                f"{type(self).__name__}: slug must be small letters, digits and hyphens, but {slug!r} came."
            )
        super().__init__(texts=self.texts_of(language), limits=self.bounds(), **state)

    @classmethod
    def bounds(cls) -> dict[str, list[float]]:
        """Return the least and the largest value of each number of the state; more are told by who has more."""
        return limits_of(cls)

    @classmethod
    def texts_of(cls, language: str) -> dict:
        """Return the sentences of this widget in a language."""
        own = texts_in(cls.module)
        if language not in own:
            raise ValueError(f"{cls.__name__}: language must be one of {', '.join(own)}, but {language!r} came.")
        return texts_in(SHARED)[language] | own[language]

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
        shown = " data-lecture" if self.lecture else ""
        return (
            f'<figure class="marubatsu-widget" id="{self.slug}" data-module="{self.module}"{shown}>'
            f"<figcaption>{escape(self.caption())}</figcaption>"
            f'<div class="marubatsu-still">{self.still()}</div>'
            f'<script type="application/json">{script}</script></figure>'
        )

    def _repr_mimebundle_(self, **keywords: Any) -> Any:
        bundle = super()._repr_mimebundle_(**keywords)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**(data or {}), "text/html": self.html()}, metadata
