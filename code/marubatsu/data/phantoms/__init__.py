"""Images like those of a hospital, made by code from a seed, the truth known to the voxel. No patient is in them.

A phantom of many images is called with their number, ``aortas(count, *, rng, …)``, and answers with `Images`. A phantom
of one patient, ``chest(*, rng, …)``, answers with all that is known of this patient: `Chest`, `ChestVolume`, `Thigh`.
Chance is always handed in, pixels are float32, and what is painted stands as numbers in ``anatomy/``.
"""

from marubatsu.data.phantoms.aortas import aortas
from marubatsu.data.phantoms.blood_flow import PATTERNS, blood_flow
from marubatsu.data.phantoms.chest import Chest, chest
from marubatsu.data.phantoms.chest_nodules import Nodule
from marubatsu.data.phantoms.chest_volume import ChestVolume, chest_volume
from marubatsu.data.phantoms.diameters import diameters, measured_diameters
from marubatsu.data.phantoms.diffuse import TEXTURES, diffuse
from marubatsu.data.phantoms.diffusion import B_VALUES, IVIM, RANGES, diffusion, ivim, rician
from marubatsu.data.phantoms.dose import low_dose
from marubatsu.data.phantoms.images import Images
from marubatsu.data.phantoms.nodules import draw_nodule, nodule_signs, nodules
from marubatsu.data.phantoms.plaques import plaques
from marubatsu.data.phantoms.thigh import GROUPS, MUSCLES, THIGH, Thigh, thigh

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
    "Images",
    "Nodule",
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
    "nodule_signs",
    "nodules",
    "plaques",
    "rician",
    "thigh",
]
