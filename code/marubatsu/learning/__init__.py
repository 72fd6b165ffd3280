"""How a network learns: losses, optimisers, the loop over the images, and two networks that learn from each other."""
