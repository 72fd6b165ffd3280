"""What a lecturer and her students get back: a page of results, a sheet each, a table."""
