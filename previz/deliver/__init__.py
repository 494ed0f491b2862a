"""Finished frames → files that other programs open: movies, EXR and PNG."""

from previz.deliver.controls import CONTROLS as CONTROLS
from previz.deliver.controls import Control as Control
from previz.deliver.controls import write_controls as write_controls
from previz.deliver.cryptomatte import id_of as id_of
from previz.deliver.exr import Exr as Exr
from previz.deliver.exr import read_exr as read_exr
from previz.deliver.exr import write_exr as write_exr
from previz.deliver.movie import KINDS as KINDS
from previz.deliver.movie import Kind as Kind
from previz.deliver.movie import write_movie as write_movie
from previz.deliver.png import write_png as write_png
from previz.deliver.screens import REC1886 as REC1886
from previz.deliver.screens import SRGB as SRGB
from previz.deliver.screens import Screen as Screen
from previz.deliver.screens import finished as finished
from previz.deliver.slate import Attribute as Attribute
from previz.deliver.slate import Slate as Slate
from previz.deliver.slate import camera_attributes as camera_attributes
from previz.deliver.slate import slate_attributes as slate_attributes
from previz.deliver.soundtrack import Soundtrack as Soundtrack
from previz.deliver.whole import whole as whole
