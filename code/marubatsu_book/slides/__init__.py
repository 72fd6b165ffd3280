"""Each chapter as a deck of slides."""
