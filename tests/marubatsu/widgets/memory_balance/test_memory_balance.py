"""The memory balance in Python: its numbers are the library's costs."""

import pytest
from traitlets import TraitError

from marubatsu import architectures
from marubatsu.exchange.cost import GB, cost
from marubatsu.widgets import MemoryBalance
from marubatsu.widgets.memory_balance.memory_balance import INPUTS, memory_words


def test_the_balance_is_the_cost_of_the_network_that_it_names():
    balance = MemoryBalance(dimensions=3, side=64, slices=32, channels=2, batch=5, width=8, levels=3)
    assert balance.shape() == (2, 32, 64, 64)
    expected = cost(architectures.encoder(dimensions=3, channels=2, width=8, levels=3), (2, 32, 64, 64), batch=5)
    assert balance.cost() == expected
    flat = MemoryBalance(dimensions=2, side=64, precision="float16", optimiser="SGD", width=8, levels=1)
    assert flat.shape() == (1, 64, 64) and flat.cost().optimiser == 0
    assert flat.cost().weights == 2 * flat.cost().parameters


def test_the_largest_batch_of_the_balance_fits_on_the_card():
    balance = MemoryBalance(dimensions=3, side=128, slices=64, width=16)
    batch = balance.largest_batch(8)
    assert cost(balance.network(), balance.shape(), batch=batch).training <= 8 * GB
    assert cost(balance.network(), balance.shape(), batch=batch + 1).training > 8 * GB
    assert MemoryBalance(side=512, slices=512, width=128).largest_batch(80) == 0


@pytest.mark.parametrize("name", INPUTS)
def test_every_input_of_the_balance_can_be_taken(name):
    assert MemoryBalance(**INPUTS[name]).cost().training > 0


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (1023, "1,023 B"), (1024, "1.00 KB"), (1.125 * 1024, "1.13 KB"), (10.06 * 2**20, "10.1 MB"),
     (999.5 * 2**30, "1,000 GB"), (3 * 2**40, "3.00 TB"), (4096 * 2**40, "4,096 TB")],
)  # fmt: skip
def test_a_memory_is_written_in_three_figures(size, words):
    assert memory_words(size) == words


def test_the_still_of_the_balance_holds_its_numbers():
    balance = MemoryBalance(side=512, slices=300)
    html = balance.html()
    for words in ("76.6 GB", "1 × 300 × 512 × 512", "3,514,594", "Largest batch", "<td>none</td>", "<td>1</td>"):
        assert words in html


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"side": 1024}, "MemoryBalance: side must be a whole number from 32 to 512, but 1024 came"),
        ({"slices": 8}, "MemoryBalance: slices must be a whole number from 16 to 512, but 8 came"),
        ({"batch": 0}, "MemoryBalance: batch must be a whole number from 1 to 64, but 0 came"),
        ({"width": 4}, "MemoryBalance: width must be a whole number from 8 to 128, but 4 came"),
        ({"levels": 6}, "MemoryBalance: levels must be a whole number from 1 to 5, but 6 came"),
        ({"channels": 17}, "MemoryBalance: channels must be a whole number from 1 to 16, but 17 came"),
        ({"side": 2.5}, "expected an int, not the float 2.5"),
        ({"dimensions": 4}, "dimensions"),
        ({"precision": "float8"}, "precision"),
        ({"optimiser": "LBFGS"}, "optimiser"),
    ],
)
def test_a_balance_refuses_what_is_out_of_range(state, sentence):
    with pytest.raises(TraitError, match=sentence):
        MemoryBalance(**state)
