"""Pictures that look shot, made of plain ones by a small network."""

from previz.generate.encode import CHANNELS as CHANNELS
from previz.generate.encode import PLANES as PLANES
from previz.generate.encode import decode as decode
from previz.generate.encode import encode as encode
