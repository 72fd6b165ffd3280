"""Networks: layers one after the other, and the table that tells what each of them holds and costs."""

from marubatsu.network.chains import Chain
from marubatsu.network.holding import Holder, build, inside
from marubatsu.network.shortcuts import Residual, Skip
from marubatsu.network.table import Row, Summary, summary

__all__ = ["Chain", "Holder", "Residual", "Row", "Skip", "Summary", "build", "inside", "summary"]
