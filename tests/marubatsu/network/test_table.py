"""The table of a network: memory in the unit that can be read, words to the left, numbers to the right."""

import numpy as np
import pytest

from marubatsu.layers import Conv2d, Flatten, Linear
from marubatsu.network import Chain, summary


def lines(network, shape):
    return str(summary(network, shape)).splitlines()


def test_the_memory_of_the_input_and_of_each_output_is_four_bytes_a_number():
    made = lines(Chain(Conv2d(1, 8, 3, padding=1), Flatten()), (1, 32, 32))
    assert made[1].split()[-2:] == ["4.0", "KiB"] and made[2].split()[-2:] == ["32.0", "KiB"]
    assert made[-1].split()[-2:] == ["64.0", "KiB"], "the sum is that of the outputs"


@pytest.mark.parametrize(("side", "written"), [(512, "1.0 MiB"), (511, "1,020.0 KiB"), (1024, "4.0 MiB")])
def test_memory_is_told_in_kib_below_one_mib(side, written):
    assert lines(Flatten(), (1, side, side))[1].endswith(written)


def test_columns_stand_under_one_another_words_to_the_left_and_numbers_to_the_right():
    made = lines(Chain(Conv2d(1, 8, 3), Flatten(), Linear(288, 1000)), (1, 8, 8))
    assert len({len(line) for line in made}) == 1, "every number ends where its column ends"
    starts = {line.index(word) for line, word in zip(made[2:5], ("Conv2d", "Flatten", "Linear"), strict=True)}
    assert len(starts) == 1
    head = made[0]
    for row, word in ((made[2], "8 × 6 × 6"), (made[4], "1000")):
        assert row.rindex(f" {word} ") + 1 == head.index("output")
    for row, count in ((made[2], "80"), (made[4], "289,000")):
        end = head.index("parameters") + len("parameters")
        assert row[:end].endswith(count)


def test_the_table_counts_each_number_of_every_output():
    table = summary(Chain(Conv2d(1, 2, 3), Flatten()), (1, 6, 6))
    assert table.activation_bytes == 4 * (2 * 16 + 32) and [row.numbers for row in table.rows] == [32, 32]
    assert np.prod(table.input) == 36
