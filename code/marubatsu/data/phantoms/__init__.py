"""Images like those of a hospital, made by code from a seed, the truth known to the voxel. No patient is in them."""
