"""What a picture really shows, measured: it says only what projection proves."""

from previz.check.describe import Description as Description
from previz.check.describe import Seen as Seen
from previz.check.describe import describe as describe
from previz.check.palette import Palette as Palette
from previz.check.palette import palette_of as palette_of
from previz.check.recast import recast as recast
