"""Images like those of a hospital, made by code from a seed, the truth known to the voxel. No patient is in them."""

from .blood_flow import PATTERNS, blood_flow
from .dose import low_dose

__all__ = ["PATTERNS", "blood_flow", "low_dose"]
