"""What leaves the library or is weighed before it runs: files of weights, the way to PyTorch, parameters and memory."""
