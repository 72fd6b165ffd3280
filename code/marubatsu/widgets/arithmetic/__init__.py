"""The library once more in JavaScript, held equal to the Python side by tests."""
