"""Pictures that look shot, made of plain ones by a small network."""

from previz.generate.encode import CHANNELS as CHANNELS
from previz.generate.encode import PLANES as PLANES
from previz.generate.encode import decode as decode
from previz.generate.encode import encode as encode
from previz.generate.generator import PreviewGenerator as PreviewGenerator
from previz.generate.generator import shipped_generator as shipped_generator
from previz.generate.runtimes import RUNTIMES as RUNTIMES
from previz.generate.runtimes import find_runtime as find_runtime
from previz.generate.weights import SHIPPED as SHIPPED
from previz.generate.weights import Weights as Weights
from previz.generate.weights import read_weights as read_weights
from previz.generate.weights import weights_hash as weights_hash
