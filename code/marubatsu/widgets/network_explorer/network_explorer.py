"""The network explorer: draw a mark, and every layer of a small network answers; every weight can be changed."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from marubatsu.arithmetic.activations import softmax
from marubatsu.data import marks
from marubatsu.layers import Softmax
from marubatsu.methods import templates
from marubatsu.network import Chain
from marubatsu.widgets.arithmetic.chain import edit, pack_chain
from marubatsu.widgets.kit import drawing, still
from marubatsu.widgets.kit.arrays import LARGEST, Array
from marubatsu.widgets.kit.pictured import Drawing, Pictured
from marubatsu.widgets.kit.pictures import SYMBOLS, pack, picture

DRAWING = "drawing"
SIDE = drawing.SIDE
MOST = 12  # images that can be offered beside the models


class NetworkExplorer(Pictured):
    """Draw a mark, and see what each layer of a network makes of it, number by number, up to the answer.

    Parameters
    ----------
    network : Chain
        Takes images (1, 32, 32) and ends in two scores, for ○ and ×; a softmax is added where there is none. Its layers
        are of the kinds Conv2d, ReLU, MaxPool2d, GlobalMaxPool, Flatten, Linear and Softmax. It is never changed.
    images : array_like, optional
        Up to 12 images (N, 1, 32, 32) that are offered beside the two models, as "A", "B", "C" …
    **state
        First values of the traits: `image` ("circle", "cross", "a", "b" …, or "drawing"), `drawing`, `selected` (the
        layer and the channel that are explained), `pixel` (row and column in that channel), `channel` (which of the
        kernel's input channels is shown) and `edits` (triples of layer, place among its weights and biases, number).

    Examples
    --------
    >>> from marubatsu.methods import by_hand
    >>> explorer = NetworkExplorer(by_hand.network(), image="circle")
    >>> explorer.verdict(), explorer.template_verdict()
    ('circle', 'circle')
    """

    image = traitlets.Unicode("cross").tag(sync=True, state=True)
    drawing = Drawing()
    selected = Array([0, 0], ndim=1, sides=(2, 2)).tag(sync=True, state=True)
    pixel = Array([], ndim=1, sides=(0, 2)).tag(sync=True, state=True)
    channel = traitlets.Int(0, min=0).tag(sync=True, state=True)
    edits = Array([], ndim=1, sides=(0, 6000)).tag(sync=True, state=True)

    besides = (DRAWING,)
    layers: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)

    def __init__(self, network: Chain, images: ArrayLike = (), *, language: str = "en", **state: Any):
        layers = pack_chain("NetworkExplorer", network)
        self._network = network
        if not isinstance(network[len(network) - 1], Softmax):
            layers.append({"kind": "softmax"})
        self._check_ends(network)
        self._offered = _offered(images)
        titles = {**SYMBOLS, **{name: name.upper() for name in self._offered}}
        window = (0.5, 1.0)
        packed = {
            name: pack(self._array(name), title=titles[name], window=window, python=_line(name)) for name in titles
        }
        super().__init__(language=language, images=packed, layers=layers, **state)

    @classmethod
    def bounds(cls) -> dict[str, list[float]]:
        """Return the ends of all numbers: here those of a weight that is edited."""
        return super().bounds() | {"weight": [-LARGEST, LARGEST]}

    @staticmethod
    def _check_ends(network: Chain) -> None:
        shape = (1, SIDE, SIDE)
        output = network.output_shape(shape)
        if output != (len(marks.KINDS),):
            raise ValueError(
                f"NetworkExplorer: a network that makes two scores, for ○ and ×, of images {shape} is expected, but "
                f"this one gives shape {output}."
            )

    @traitlets.validate("edits")
    def _check_edits(self, proposal: traitlets.Bunch) -> np.ndarray:
        edit("NetworkExplorer", self._network, proposal["value"])
        return proposal["value"]

    def _array(self, name: str) -> np.ndarray:
        return picture(name) if name in SYMBOLS else self._offered[name]

    def input(self) -> np.ndarray:
        """Return the image that is looked at, shape (32, 32)."""
        return drawing.decode(self.drawing) if self.image == DRAWING else self._array(self.image)

    def network(self) -> Chain:
        """Return a copy of the network with the reader's edits in it."""
        return edit("NetworkExplorer", self._network, self.edits)

    def outputs(self) -> list[np.ndarray]:
        """Return what each layer makes of the image, the shares of ○ and × last; each without the axis N."""
        found = [output[0] for output in self.network().outputs(self.input()[None, None].astype(float))]
        if len(found) < len(self.layers):
            found.append(softmax(found[-1][None])[0])
        return found

    def verdict(self) -> str:
        """Return the kind, "circle" or "cross", that the network says."""
        return marks.KINDS[int(self.outputs()[-1].argmax())]

    def template_verdict(self) -> str:
        """Return the kind whose model differs less from the image, pixel by pixel."""
        models = [marks.model(kind) for kind in marks.KINDS]
        return marks.KINDS[int(templates.classify(self.input()[None, None], models)[0])]

    def still(self) -> str:
        """Return the image, the first kernels with their maps, and the shares."""
        words, outputs = self.texts, self.outputs()
        title = self.images[self.image]["title"] if self.image in self.images else words["draw"]
        pictures = [still.picture(still.shade(self.input(), (0.5, 1.0)), alt=title, caption=title)]
        maps: Iterable[np.ndarray] = outputs[0][:3] if outputs[0].ndim == 3 else []
        for number, each in enumerate(maps, start=1):
            caption = words["map"].format(layer=words["kinds"]["conv2d"], channel=number)
            pictures.append(
                still.picture(still.diverge(each, np.abs(outputs[0]).max() or 1.0), alt=caption, caption=caption)
            )
        shares = still.table(outputs[-1][None], caption=f"{words['kinds']['softmax']}: ○, ×")
        return "".join(pictures) + shares


def _offered(images: ArrayLike) -> dict[str, np.ndarray]:
    """Return the reader's images by letter."""
    images = np.asarray(images, np.float32)
    if images.size == 0:
        return {}
    if images.shape[1:] != (1, SIDE, SIDE) or len(images) > MOST:
        raise ValueError(
            f"NetworkExplorer: images must have shape (N, 1, {SIDE}, {SIDE}) with N up to {MOST}, but shape "
            f"{images.shape} came."
        )
    return {chr(ord("a") + place): image for place, image in enumerate(images[:, 0])}


def _line(name: str) -> str:
    return f'picture("{name}")' if name in SYMBOLS else f"images[{ord(name) - ord('a')}, 0]"
