"""Every widget of the library, and how one of each is made."""

import numpy as np

from marubatsu.architectures import marubatsu_net
from marubatsu.data import marks, phantoms
from marubatsu.methods import by_hand
from marubatsu.widgets import (
    ArchitectureReader,
    BoxesExplorer,
    DenoisingComparer,
    KernelTuner,
    MemoryBalance,
    NetworkExplorer,
    PixelReader,
    PoolingExplorer,
    ProgrammeExercise,
    Quiz,
    TaskBoard,
    TemplateDifference,
    ThresholdExplorer,
    TrainingPlayer,
)


def a_player(**options):
    return TrainingPlayer(marubatsu_net(), marks.sample(8, rng=np.random.default_rng(1)), **options)


def an_explorer(**options):
    return NetworkExplorer(by_hand.network(), **options)


def a_board(**options):
    return TaskBoard(phantoms.chest(rng=np.random.default_rng(1), nodules=1), **options)


def a_threshold(**options):
    return ThresholdExplorer([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1], **options)


def a_comparer(**options):
    grey = np.zeros((16, 16))
    return DenoisingComparer(grey, [(100, {"low": grey + 1, "network": grey + 1})], **options)


def boxes(**options):
    return BoxesExplorer(np.zeros((1, 20, 20)), [[(2, 2, 8, 8)]], [[(2, 3, 8, 8)]], [[0.6]], **options)


def a_quiz(**options):
    return Quiz("training", **options)


MADE = {
    ArchitectureReader: ArchitectureReader,
    BoxesExplorer: boxes,
    DenoisingComparer: a_comparer,
    KernelTuner: KernelTuner,
    MemoryBalance: MemoryBalance,
    NetworkExplorer: an_explorer,
    PixelReader: PixelReader,
    PoolingExplorer: PoolingExplorer,
    ProgrammeExercise: ProgrammeExercise,
    Quiz: a_quiz,
    TaskBoard: a_board,
    TemplateDifference: TemplateDifference,
    ThresholdExplorer: a_threshold,
    TrainingPlayer: a_player,
}
