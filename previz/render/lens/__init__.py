"""What lens, shutter, filters and film do to the picture, one effect a file."""
