"""Images like those of a hospital, made by code from a seed, the truth known to the voxel. No patient is in them."""

from .blood_flow import PATTERNS, blood_flow
from .chest import Chest, chest
from .chest_nodules import Nodule
from .chest_volume import ChestVolume, chest_volume
from .dose import low_dose
from .nodules import NodulePatches, draw_nodule, nodule_patches, nodule_signs, nodules
from .plaques import plaques

__all__ = [
    "PATTERNS",
    "Chest",
    "ChestVolume",
    "Nodule",
    "NodulePatches",
    "blood_flow",
    "chest",
    "chest_volume",
    "draw_nodule",
    "low_dose",
    "nodule_patches",
    "nodule_signs",
    "nodules",
    "plaques",
]
