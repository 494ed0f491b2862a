"""What a user brings, read, checked and kept in the film folder."""

from previz.assets.bvh import read_motion as read_motion
from previz.assets.pictures import MOST_PICTURE_BYTES as MOST_PICTURE_BYTES
from previz.assets.pictures import Swatch as Swatch
from previz.assets.pictures import palette_of as palette_of
from previz.assets.pictures import picture_of as picture_of
from previz.assets.pictures import read_picture as read_picture
from previz.assets.placing import add_piece as add_piece
from previz.assets.placing import add_set as add_set
from previz.assets.placing import import_motion as import_motion
from previz.assets.reading import MESH_KINDS as MESH_KINDS
from previz.assets.sandbox import read_mesh as read_mesh
from previz.assets.store import asset_name as asset_name
from previz.assets.store import load_assets as load_assets
from previz.assets.store import pack as pack
from previz.assets.store import store_assets as store_assets
from previz.assets.store import unpack as unpack
