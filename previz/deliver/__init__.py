"""Finished frames → files that other programs open: movies, EXR and PNG."""
