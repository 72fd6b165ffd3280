"""Networks: layers one after the other, and the table that tells what each of them holds and costs."""

from marubatsu.network.chains import Chain, Residual, Skip
from marubatsu.network.table import Row, Summary, summary

__all__ = ["Chain", "Residual", "Row", "Skip", "Summary", "summary"]
