"""When a page is run again: its cells, the library behind them, and the order of the book."""
