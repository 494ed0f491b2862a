"""The camera department: paths, rigs, moves, lenses and exposure."""

from previz.camera.aim import Where as Where
from previz.camera.handheld import handheld_path as handheld_path
from previz.camera.motion import camera_at as camera_at
from previz.camera.path import look_at as look_at
from previz.camera.rigs import RigFault as RigFault
from previz.camera.rigs import rig_faults as rig_faults
from previz.camera.state import CameraState as CameraState
from previz.camera.words import parse_moves as parse_moves
from previz.camera.words import words_of as words_of
