"""Images like those of a hospital, made by code from a seed, the truth known to the voxel. No patient is in them."""

from .blood_flow import PATTERNS, blood_flow
from .dose import low_dose
from .nodules import NodulePatches, draw_nodule, nodule_patches, nodule_signs, nodules
from .plaques import plaques

__all__ = [
    "PATTERNS",
    "NodulePatches",
    "blood_flow",
    "draw_nodule",
    "low_dose",
    "nodule_patches",
    "nodule_signs",
    "nodules",
    "plaques",
]
