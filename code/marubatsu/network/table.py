"""The table that tells what each layer of a network gives out, holds and costs, from shapes alone."""

import math
from dataclasses import dataclass

from marubatsu.layers import Layer, Shape


@dataclass(frozen=True)
class Row:
    """One layer in a summary: shapes without N, counts for one image."""

    name: str
    layer: str
    output: Shape
    parameters: int
    multiply_adds: int

    @property
    def numbers(self) -> int:
        """How many numbers the layer gives out."""
        return math.prod(self.output)


@dataclass(frozen=True)
class Summary:
    """What each layer of a network gives out, holds and computes, for one image."""

    input: Shape
    rows: list[Row]

    @property
    def parameters(self) -> int:
        """All learnable numbers."""
        return sum(row.parameters for row in self.rows)

    @property
    def multiply_adds(self) -> int:
        """All products that are added up for one image."""
        return sum(row.multiply_adds for row in self.rows)

    @property
    def activation_bytes(self) -> int:
        """The memory of all layers' outputs for one image, in bytes, at 4 bytes a number (float32)."""
        return 4 * sum(row.numbers for row in self.rows)

    def table(self) -> list[list[str]]:
        """Return the lines of the table as words: heading, input, one line a layer, and the sums."""
        head = ["", "layer", "output", "parameters", "multiply-adds", "memory"]
        lines = [["", "input", _shape(self.input), "", "", _kib(4 * math.prod(self.input))]]
        for row in self.rows:
            counts = [f"{count:,}" if count else "" for count in (row.parameters, row.multiply_adds)]
            lines.append([row.name, row.layer, _shape(row.output), *counts, _kib(4 * row.numbers)])
        total = ["", "sum", "", f"{self.parameters:,}", f"{self.multiply_adds:,}", _kib(self.activation_bytes)]
        return [head, *lines, total]

    def __str__(self) -> str:
        lines = self.table()
        widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
        left = 3  # the first columns are words, the others numbers
        return "\n".join(
            "  ".join(
                word.ljust(width) if place < left else word.rjust(width)
                for place, (word, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        )

    def _repr_html_(self) -> str:
        head, *lines = self.table()
        cells = "".join(f"<th>{word}</th>" for word in head)
        body = "".join("<tr>" + "".join(f"<td>{word}</td>" for word in line) + "</tr>" for line in lines)
        return f'<table class="summary"><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>'


def summary(network: Layer, input_shape: Shape) -> Summary:
    """Return what each layer gives out, holds and computes, from the input's shape alone; nothing is run.

    Parameters
    ----------
    network : Layer
        A layer or a chain of them.
    input_shape : tuple of int
        One image without N: (C, H, W).

    Raises
    ------
    ValueError
        If a layer does not fit the one before it.
    """
    rows = [
        Row(
            name=name,
            layer=repr(layer),
            output=after,
            parameters=sum(parameter.value.size for parameter in layer.parameters().values()),
            multiply_adds=layer.multiply_adds(before),
        )
        for name, layer, before, after in network.steps(tuple(input_shape))
    ]
    return Summary(tuple(input_shape), rows)


def _shape(shape: Shape) -> str:
    return " × ".join(map(str, shape))


def _kib(size: int) -> str:
    return f"{size / 1024:,.1f} KiB" if size < 2**20 else f"{size / 2**20:,.1f} MiB"
