"""Images like those of a hospital, made by code from a seed, the truth known to the voxel. No patient is in them."""

from .aortas import aortas
from .blood_flow import PATTERNS, blood_flow
from .chest import Chest, chest
from .chest_nodules import Nodule
from .chest_volume import ChestVolume, chest_volume
from .diameters import diameters, measured_diameters
from .diffuse import TEXTURES, diffuse
from .diffusion import B_VALUES, IVIM, RANGES, diffusion, ivim, rician
from .dose import low_dose
from .nodules import NodulePatches, draw_nodule, nodule_patches, nodule_signs, nodules
from .plaques import plaques
from .thigh import GROUPS, MUSCLES, THIGH, Thigh, thigh

__all__ = [
    "B_VALUES",
    "GROUPS",
    "IVIM",
    "MUSCLES",
    "PATTERNS",
    "RANGES",
    "TEXTURES",
    "THIGH",
    "Chest",
    "ChestVolume",
    "Nodule",
    "NodulePatches",
    "Thigh",
    "aortas",
    "blood_flow",
    "chest",
    "chest_volume",
    "diameters",
    "diffuse",
    "diffusion",
    "draw_nodule",
    "ivim",
    "low_dose",
    "measured_diameters",
    "nodule_patches",
    "nodule_signs",
    "nodules",
    "plaques",
    "rician",
    "thigh",
]
