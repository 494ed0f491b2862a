"""Pictures from geometry: buffers, light, and the one display transform."""

from previz.render.buffers import SKY_MATTER as SKY_MATTER
from previz.render.buffers import Buffers as Buffers
from previz.render.display import display as display
from previz.render.plates import Generator as Generator
from previz.render.plates import NamedGenerator as NamedGenerator
from previz.render.plates import Plates as Plates
from previz.render.presence import Presence as Presence
from previz.render.presence import presence_of as presence_of
from previz.render.renderer import Quality as Quality
from previz.render.renderer import Renderer as Renderer
