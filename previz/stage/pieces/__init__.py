"""Set pieces: parametric furniture, shells, streets and trees as triangles."""

from previz.stage.pieces.build import PIECE_KINDS as PIECE_KINDS
from previz.stage.pieces.build import build_part as build_part
from previz.stage.pieces.build import build_piece as build_piece
from previz.stage.pieces.build import build_set as build_set
from previz.stage.pieces.build import opening_parts as opening_parts
from previz.stage.pieces.build import parts_of as parts_of
from previz.stage.pieces.build import piece_solids as piece_solids
from previz.stage.pieces.shards import shards_of as shards_of
