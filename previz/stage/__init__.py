"""What is where at frame f: cameras, posed people, set, lights."""

from previz.camera import CameraState as CameraState
from previz.camera import camera_at as camera_at
from previz.camera import look_at as look_at
from previz.stage.assets import NO_ASSETS as NO_ASSETS
from previz.stage.assets import Assets as Assets
from previz.stage.assets import Mesh as Mesh
from previz.stage.camera_faults import camera_faults as camera_faults
from previz.stage.camera_faults import stands_in as stands_in
from previz.stage.face import FACE_ACTIONS as FACE_ACTIONS
from previz.stage.geometry import MATTERS as MATTERS
from previz.stage.geometry import Geometry as Geometry
from previz.stage.geometry import Materials as Materials
from previz.stage.geometry import join as join
from previz.stage.landmarks import Landmarks as Landmarks
from previz.stage.light_meter import Reading as Reading
from previz.stage.light_meter import read_light as read_light
from previz.stage.occlusion import Obstacles as Obstacles
from previz.stage.pieces import PIECE_KINDS as PIECE_KINDS
from previz.stage.pieces import build_set as build_set
from previz.stage.retarget import Motion as Motion
from previz.stage.skeleton import BONES as BONES
from previz.stage.stage import Stage as Stage
from previz.stage.state import FIGURE_OBJECT_BASE as FIGURE_OBJECT_BASE
from previz.stage.state import FigureState as FigureState
from previz.stage.state import StageState as StageState
