"""What a picture model is told of a shot: signals, camera, words and noise."""

from previz.controls.cameras import CameraTrack as CameraTrack
from previz.controls.cameras import camera_track as camera_track
from previz.controls.cameras import plucker_rays as plucker_rays
from previz.controls.footage import Footage as Footage
from previz.controls.latents import anchored_latents as anchored_latents
from previz.controls.prompt import prompt_of as prompt_of
from previz.controls.signals import SIGNALS as SIGNALS
from previz.controls.signals import DepthRange as DepthRange
from previz.controls.signals import Signal as Signal
from previz.controls.signals import depth_picture as depth_picture
from previz.controls.signals import depth_range as depth_range
from previz.controls.signals import edges_picture as edges_picture
from previz.controls.signals import matte as matte
from previz.controls.signals import mattes_picture as mattes_picture
from previz.controls.signals import normals_picture as normals_picture
