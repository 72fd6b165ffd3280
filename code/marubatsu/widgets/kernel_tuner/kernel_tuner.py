"""The kernel tuner: one kernel, every weight of it in the reader's hand, on marks, photographs, scans and drawings."""

from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from marubatsu.arithmetic.activations import relu
from marubatsu.arithmetic.convolution import conv2d
from marubatsu.widgets.kernel_tuner.challenges import CHALLENGES
from marubatsu.widgets.kernel_tuner.kernels import KERNELS
from marubatsu.widgets.kit import drawing, still
from marubatsu.widgets.kit.arrays import LARGEST, Array
from marubatsu.widgets.kit.limits import Number, Whole
from marubatsu.widgets.kit.pictured import Drawing, Pictured
from marubatsu.widgets.kit.pictures import OWN, pack, picture, standard

DRAWING, GIVEN = "drawing", "array"
SIDES = (1, 7)  # of a kernel


class KernelTuner(Pictured):
    """Tune a kernel and see its output, live.

    Parameters
    ----------
    image : str or array_like
        A picture's name (`marubatsu.widgets.kit.pictures.NAMES`), "drawing", or a grey image (rows, columns) of your
        own.
    kernel : str or array_like
        A name of `marubatsu.widgets.kernel_tuner.kernels.KERNELS`, or k × k weights, k from 1 to 7.
    **state
        First values of the other traits: `bias`, `stride`, `padding`, `dilation`, `relu`, `pixel` (the output pixel
        that is explained), `window` (level and width of the display), `shown`, `drawing`, `challenge`.

    Examples
    --------
    >>> tuner = KernelTuner(image="cat", kernel=[[1, 0, -1]] * 3, stride=2)
    >>> tuner.output().shape
    (128, 128)
    """

    lecture = True

    image = traitlets.Unicode("cat").tag(sync=True, state=True)
    kernel = Array(KERNELS["vertical"], sides=SIDES, square=True).tag(sync=True, state=True)
    bias = Number(0.0, -LARGEST, LARGEST)
    stride = Whole(1, 1, 8)
    padding = Whole(1, 0, 12)
    dilation = Whole(1, 1, 4)
    relu = traitlets.Bool(False).tag(sync=True, state=True)
    pixel = Array([], ndim=1, sides=(0, 2)).tag(sync=True, state=True)
    window = Array([], ndim=1, sides=(0, 2)).tag(sync=True, state=True)
    shown = traitlets.Enum(("auto", "grey", "signed"), "auto").tag(sync=True, state=True)
    drawing = Drawing()
    challenge = traitlets.Enum(("", *CHALLENGES), "").tag(sync=True, state=True)

    besides = (DRAWING, OWN)
    hint = ", or an array given when the widget is made"
    presets = traitlets.Dict().tag(sync=True)
    challenges = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        image: str | ArrayLike = "cat",
        kernel: str | ArrayLike = "vertical",
        *,
        language: str = "en",
        **state: Any,
    ):
        titles = self.texts_of(language)["images"]
        images = standard(titles)
        if not isinstance(image, str):
            self._given = _grey_image(image)
            images[GIVEN] = pack(self._given, title=titles[GIVEN])
            image = GIVEN
        if isinstance(kernel, str):
            if kernel not in KERNELS:
                raise ValueError(
                    f"KernelTuner: there is no kernel called {kernel!r}. The kernels are {', '.join(KERNELS)}."
                )
            kernel = KERNELS[kernel]
        presets = {name: weights.tolist() for name, weights in KERNELS.items()}
        given: dict[str, Any] = {
            "images": images,
            "presets": presets,
            "challenges": CHALLENGES,
            "image": image,
            "kernel": kernel,
        }
        super().__init__(language=language, **given, **state)

    @classmethod
    def bounds(cls) -> dict[str, list[float]]:
        """Return the ends of all numbers, those of a kernel's side and of its weights among them."""
        return super().bounds() | {"side": list(SIDES), "weight": [-LARGEST, LARGEST]}

    def input(self) -> np.ndarray:
        """Return the input image, shape (rows, columns).

        Raises
        ------
        ValueError
            If the reader looks at an image of their own: it stays in the browser.
        """
        if self.image == OWN:
            raise ValueError(
                "KernelTuner: the image on the screen was opened in the browser and stays there; Python cannot see "
                "it. To compute with it here, make the widget with KernelTuner(image=array)."
            )
        if self.image == DRAWING:
            return drawing.decode(self.drawing)
        return self._given if self.image == GIVEN else picture(self.image)

    def output(self) -> np.ndarray:
        """Return the output of the present kernel, shape (rows, columns), computed with the library."""
        images = self.input().astype(float)[None, None]  # (1, 1, H, W)
        options = {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}
        output = conv2d(images, self.kernel[None, None], np.array([self.bias]), **options)  # (1, 1, OH, OW)
        return (relu(output) if self.relu else output)[0, 0]

    def still(self) -> str:
        """Return input, kernel and output of the first state."""
        words, image, output = self.texts, self.input(), self.output()
        window = self.images[self.image]["window"] if self.image in self.images else (0.5, 1.0)
        shown = still.shade(image, window)
        total, size = self.kernel.sum(), np.abs(self.kernel).sum()
        if abs(total) > size / 4:
            result = still.shade(output, (window[0] * total + self.bias, window[1] * total))
        else:
            result = still.diverge(output, np.quantile(np.abs(output), 0.995) or 1.0)
        sizes = [words["size"].format(rows=array.shape[0], columns=array.shape[1]) for array in (image, output)]
        title = self.images[self.image]["title"] if self.image in self.images else words["draw"]
        return (
            still.picture(shown, alt=f"{words['input']}: {title}", caption=f"{words['input']}: {title}, {sizes[0]}")
            + still.table(self.kernel, caption=words["weights"])
            + still.picture(result, alt=words["output"], caption=f"{words['output']}: {sizes[1]}")
        )


def _grey_image(array: ArrayLike) -> np.ndarray:
    """Return a read-only copy of a reader's image, or say what an image is."""
    array = np.array(array)
    if array.ndim != 2 or array.size == 0 or array.dtype.kind not in "biuf":
        raise ValueError(
            f"KernelTuner: an image is an array of numbers with rows and columns, but {array.dtype} numbers of shape "
            f"{array.shape} came. Of a colour image choose one channel, or average them."
        )
    array.setflags(write=False)
    return array
