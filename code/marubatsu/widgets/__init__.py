"""Widgets for tuning and looking: live in Jupyter, and alive in the static page without a server."""

from .architecture_reader import ArchitectureReader
from .boxes_explorer import BoxesExplorer
from .denoising_comparer import DenoisingComparer
from .kernel_tuner import KernelTuner
from .memory_balance import MemoryBalance
from .network_explorer import NetworkExplorer
from .pictures import picture
from .pixel_reader import PixelReader
from .pooling_explorer import PoolingExplorer
from .programme_exercise import ProgrammeExercise
from .quiz import Quiz
from .task_board import TaskBoard
from .template_difference import TemplateDifference
from .threshold_explorer import ThresholdExplorer
from .training_player import TrainingPlayer

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
