"""What a camera sees, what light does and what can be seen, to walk round in a cell."""

from previz.inspection.cloud import DepthCloud as DepthCloud
from previz.inspection.cloud import depth_cloud as depth_cloud
from previz.inspection.light import LightVolume as LightVolume
from previz.inspection.light import light_volume as light_volume
from previz.inspection.sight import SightVolume as SightVolume
from previz.inspection.sight import sight_volume as sight_volume
