"""Widgets for tuning and looking: live in Jupyter, and alive in the static page without a server.

Each stands in a folder of its own, made of what lies in ``kit``, ``files`` and ``arithmetic``; a folder that is not
there is a widget that is not offered, and nothing else.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from marubatsu.widgets.kit.pictures import picture

_WORDS = {
    "".join(part.title() for part in path.name.split("_")): path.name
    for path in sorted(Path(__file__).parent.iterdir())
    if (path / f"{path.name}.py").exists() and (path / f"{path.name}.css").exists()
}
__all__ = [*_WORDS, "picture"]  # noqa: PLE0604 -- read off the folders


def __getattr__(name: str) -> Any:
    """Return a widget by its name, as ``KernelTuner``; its room is opened when it is first asked for.

    An editor that is to know its arguments is told so: ``from marubatsu.widgets.kernel_tuner import KernelTuner``.
    """
    if name not in _WORDS:
        refusal = ImportError if name[:1].isupper() else AttributeError  # a sentence for `from … import` too
        raise refusal(f"there is no widget called {name}. The widgets are {', '.join(_WORDS)}.")
    return getattr(import_module(f"{__name__}.{_WORDS[name]}"), name)


def __dir__() -> list[str]:
    """Return the names of all widgets."""
    return sorted(__all__)
