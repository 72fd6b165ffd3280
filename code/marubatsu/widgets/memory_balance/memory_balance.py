"""The memory balance: how large a network and its input may be before one training step outgrows a graphics card."""

import math
from collections.abc import Iterable, Sequence
from html import escape

import traitlets

from marubatsu import architectures
from marubatsu.exchange import cost as costs
from marubatsu.widgets.kit.base import Widget
from marubatsu.widgets.kit.limits import Whole

CARDS = (8, 16, 24, 40, 80)  # gigabytes
INPUTS = {
    "photograph": {"dimensions": 2, "side": 227, "channels": 3},
    "slice": {"dimensions": 2, "side": 512, "channels": 1},
    "neighbours": {"dimensions": 2, "side": 512, "channels": 5},
    "chest": {"dimensions": 3, "side": 512, "slices": 300, "channels": 1},
    "half": {"dimensions": 3, "side": 256, "slices": 150, "channels": 1},
    "patch": {"dimensions": 3, "side": 128, "slices": 128, "channels": 1},
}
PARTS = ("weights", "gradients", "optimiser", "input", "activations")  # as in memory_balance.js
UNITS = ("B", "KB", "MB", "GB", "TB")


def memory_words(size: float, units: Sequence[str] = UNITS) -> str:
    """Return bytes for reading, in units of 1,024 whose words are given: three figures at most."""
    unit = 0
    while size >= 1024 and unit < len(units) - 1:
        size, unit = size / 1024, unit + 1
    digits = 0 if unit == 0 or size >= 100 else 1 if size >= 10 else 2
    return f"{math.floor(size * 10**digits + 0.5) / 10**digits:,.{digits}f} {units[unit]}"


class MemoryBalance(Widget):
    """Set a network and its input, and see the memory of one training step beside what graphics cards have.

    The network is `marubatsu.architectures.encoder`, with two classes; what it costs is `marubatsu.exchange.cost.cost`.

    Parameters
    ----------
    **state
        First values of the traits: `dimensions` (2 or 3), `side` (rows and columns, 32 to 512), `slices` (16 to 512,
        in 3-D), `channels` (of the input, 1 to 16), `batch` (1 to 64), `width` (channels of the first level, 8 to
        128), `levels` (1 to 5), `precision` ("float32" or "float16"), `optimiser` (a name of
        `marubatsu.exchange.cost.COPIES`), `scale` ("linear" or "log").

    Examples
    --------
    >>> balance = MemoryBalance(dimensions=3, side=512, slices=300, width=32)
    >>> round(balance.cost().training / 2**30, 1), balance.largest_batch(80)
    (76.6, 1)
    """

    dimensions = traitlets.Enum((2, 3), 3).tag(sync=True, state=True)
    side = Whole(128, 32, 512)
    slices = Whole(128, 16, 512)
    channels = Whole(1, 1, 16)
    batch = Whole(1, 1, 64)
    width = Whole(32, 8, 128)
    levels = Whole(4, 1, 5)
    precision = traitlets.Enum(("float32", "float16"), "float32").tag(sync=True, state=True)
    optimiser = traitlets.Enum(tuple(costs.COPIES), "Adam").tag(sync=True, state=True)
    scale = traitlets.Enum(("linear", "log"), "linear").tag(sync=True, state=True)

    inputs = traitlets.Dict(INPUTS).tag(sync=True)
    cards = traitlets.List(list(CARDS)).tag(sync=True)
    gigabyte = traitlets.Int(costs.GB).tag(sync=True)
    bytes = traitlets.Dict({name: costs.BYTES[name] for name in ("float32", "float16")}).tag(sync=True)
    copies = traitlets.Dict(costs.COPIES).tag(sync=True)

    def network(self) -> architectures.Chain:
        """Return the encoder that is set, with weights of 0."""
        return architectures.encoder(
            dimensions=self.dimensions, channels=self.channels, width=self.width, levels=self.levels
        )

    def shape(self) -> tuple[int, ...]:
        """Return the shape of one input: (channels, rows, columns), or (channels, slices, rows, columns)."""
        return self.channels, *((self.slices,) if self.dimensions == 3 else ()), self.side, self.side

    def cost(self) -> costs.Cost:
        """Return what the network costs, as `marubatsu.exchange.cost.cost` counts it."""
        return costs.cost(
            self.network(), self.shape(), batch=self.batch, precision=self.precision, optimiser=self.optimiser
        )

    def largest_batch(self, card: float) -> int:
        """Return the largest batch with which one training step fits on a card of so many gigabytes; 0 for none."""
        options = {"precision": self.precision, "optimiser": self.optimiser}
        return costs.largest_batch(self.network(), self.shape(), memory=card * costs.GB, **options)

    def still(self) -> str:
        """Return the bar of the first state, its parts as a table, and the largest batch for each card."""
        words, found = self.texts, self.cost()
        sizes = {name: getattr(found, name) for name in PARTS}
        bar = "".join(
            f'<span class="mb-part" data-part="{name}" style="width:{100 * size / found.training:.2f}%"></span>'
            for name, size in sizes.items()
        )
        total = f"{words['result']}: {memory_words(found.training, words['units'])}"
        lines = [(words["parts"][name], memory_words(size, words["units"])) for name, size in sizes.items()]
        lines += [(words["parameters"], f"{found.parameters:,}")]
        batches = [(words["card"].format(card=card), self.largest_batch(card) or words["none"]) for card in CARDS]
        return (
            f'<div class="marubatsu-memory" role="img" aria-label="{escape(total)}">{bar}</div>'
            + _lines(lines, caption=f"{' × '.join(map(str, self.shape()))}: {total}")
            + _lines(batches, caption=words["largest"])
        )


def _lines(lines: Iterable[tuple[str, object]], *, caption: str) -> str:
    rows = "".join(f'<tr><th scope="row">{escape(word)}</th><td>{value}</td></tr>' for word, value in lines)
    return f'<table class="marubatsu-numbers"><caption>{escape(caption)}</caption><tbody>{rows}</tbody></table>'
