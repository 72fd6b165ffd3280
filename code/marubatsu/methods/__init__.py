"""What nobody trained: models to compare with, a network built by hand, texture as numbers, boxes from maps."""
