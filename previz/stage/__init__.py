"""What is where at frame f: cameras, posed people, set, lights."""

from previz.stage.geometry import MATTERS as MATTERS
from previz.stage.geometry import Geometry as Geometry
from previz.stage.geometry import Materials as Materials
from previz.stage.geometry import join as join
from previz.stage.occlusion import Obstacles as Obstacles
from previz.stage.pieces import PIECE_KINDS as PIECE_KINDS
from previz.stage.pieces import build_set as build_set
from previz.stage.state import FIGURE_OBJECT_BASE as FIGURE_OBJECT_BASE
from previz.stage.state import CameraState as CameraState
from previz.stage.state import FigureState as FigureState
from previz.stage.state import StageState as StageState
