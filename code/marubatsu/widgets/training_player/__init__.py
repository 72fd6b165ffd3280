"""The training player: scrub through the epochs of a training; see the loss, the kernels, and what is still wrong."""

from marubatsu.widgets.training_player.training_player import TrainingPlayer

__all__ = ["TrainingPlayer"]
