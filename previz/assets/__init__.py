"""What a user brings: meshes and motion read, checked and kept in the film folder."""

from previz.assets.store import asset_name as asset_name
from previz.assets.store import load_assets as load_assets
from previz.assets.store import pack as pack
from previz.assets.store import store_assets as store_assets
from previz.assets.store import unpack as unpack
