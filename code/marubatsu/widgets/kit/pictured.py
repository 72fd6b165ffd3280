"""What widgets of pictures have in common: an image that is one of those offered, and a reader's own drawing."""

from typing import Any

import traitlets

from marubatsu.widgets.kit import drawing
from marubatsu.widgets.kit.arrays import StateError
from marubatsu.widgets.kit.base import Widget


class Drawing(traitlets.Unicode[str, str | bytes]):
    """A drawing of a widget's state, as the word of `drawing.encode`."""

    def __init__(self) -> None:
        super().__init__("")
        self.tag(sync=True, state=True)

    def validate(self, obj: Any, value: Any) -> str:
        """Return the word, or say in a sentence why it is no drawing."""
        word = super().validate(obj, value)
        try:
            drawing.decode(word)
        except ValueError as error:
            raise StateError(f"{type(obj).__name__}: {error}") from None
        return word


class Pictured(Widget):
    """A widget whose trait `image` names one of its `images`, or what it can show besides them."""

    besides: tuple[str, ...] = ()
    hint = ""  # how else an image comes into this widget
    images = traitlets.Dict().tag(sync=True)

    @traitlets.validate("image")
    def _check_image(self, proposal: traitlets.Bunch) -> str:
        known = (*self.images, *self.besides)
        if proposal["value"] not in known:
            raise StateError(
                f"{type(self).__name__}: image must be one of {', '.join(known)}{self.hint}, but "
                f"{proposal['value']!r} came."
            )
        return proposal["value"]
