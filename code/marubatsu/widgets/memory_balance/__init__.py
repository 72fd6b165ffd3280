"""The memory balance: how large a network and its input may be before one training step outgrows a graphics card."""

from marubatsu.widgets.memory_balance.memory_balance import MemoryBalance

__all__ = ["MemoryBalance"]
