"""What is where at frame f: cameras, posed people, set, lights."""

from previz.stage.geometry import MATTERS as MATTERS
from previz.stage.geometry import Geometry as Geometry
from previz.stage.geometry import Materials as Materials
from previz.stage.geometry import join as join
from previz.stage.state import FIGURE_OBJECT_BASE as FIGURE_OBJECT_BASE
from previz.stage.state import CameraState as CameraState
from previz.stage.state import FigureState as FigureState
from previz.stage.state import StageState as StageState
