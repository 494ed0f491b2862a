"""The camera department: paths, rigs, moves, lenses and exposure."""

from previz.camera.motion import camera_at as camera_at
from previz.camera.path import look_at as look_at
from previz.camera.state import CameraState as CameraState
