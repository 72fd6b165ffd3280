"""Widgets for tuning and looking: live in Jupyter, and alive in the static page without a server."""

from marubatsu.widgets.architecture_reader import ArchitectureReader
from marubatsu.widgets.boxes_explorer import BoxesExplorer
from marubatsu.widgets.denoising_comparer import DenoisingComparer
from marubatsu.widgets.kernel_tuner import KernelTuner
from marubatsu.widgets.memory_balance import MemoryBalance
from marubatsu.widgets.network_explorer import NetworkExplorer
from marubatsu.widgets.pictures import picture
from marubatsu.widgets.pixel_reader import PixelReader
from marubatsu.widgets.pooling_explorer import PoolingExplorer
from marubatsu.widgets.programme_exercise import ProgrammeExercise
from marubatsu.widgets.quiz import Quiz
from marubatsu.widgets.task_board import TaskBoard
from marubatsu.widgets.template_difference import TemplateDifference
from marubatsu.widgets.threshold_explorer import ThresholdExplorer
from marubatsu.widgets.training_player import TrainingPlayer

__all__ = [
    "ArchitectureReader",
    "BoxesExplorer",
    "DenoisingComparer",
    "KernelTuner",
    "MemoryBalance",
    "NetworkExplorer",
    "PixelReader",
    "PoolingExplorer",
    "ProgrammeExercise",
    "Quiz",
    "TaskBoard",
    "TemplateDifference",
    "ThresholdExplorer",
    "TrainingPlayer",
    "picture",
]
