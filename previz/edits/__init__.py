"""What a director can ask of a film: typed edits, from a cell or from a browser.

A new kind of edit: a class here with `apply` and `words`, and a line in `kinds`.
"""

from previz.edits.blocking import AddMark as AddMark
from previz.edits.blocking import MoveMark as MoveMark
from previz.edits.blocking import RemoveMark as RemoveMark
from previz.edits.blocking import TimeMark as TimeMark
from previz.edits.camera import AddKey as AddKey
from previz.edits.camera import FrameOn as FrameOn
from previz.edits.camera import MoveKey as MoveKey
from previz.edits.camera import RemoveKey as RemoveKey
from previz.edits.camera import SetFocus as SetFocus
from previz.edits.camera import SetLens as SetLens
from previz.edits.camera import SetMoves as SetMoves
from previz.edits.camera import SetRig as SetRig
from previz.edits.camera import SetStop as SetStop
from previz.edits.cast import AddReference as AddReference
from previz.edits.cast import RemoveReference as RemoveReference
from previz.edits.cast import SetBody as SetBody
from previz.edits.cast import SetSeed as SetSeed
from previz.edits.cast import SetWardrobe as SetWardrobe
from previz.edits.covering import CoverScene as CoverScene
from previz.edits.cut import DuplicateShot as DuplicateShot
from previz.edits.cut import MergeShots as MergeShots
from previz.edits.cut import ReorderShots as ReorderShots
from previz.edits.cut import SplitShot as SplitShot
from previz.edits.dressing import DressPiece as DressPiece
from previz.edits.easing import EaseKey as EaseKey
from previz.edits.easing import TimeMove as TimeMove
from previz.edits.edit import AbstractEdit as AbstractEdit
from previz.edits.keying import KeyRef as KeyRef
from previz.edits.keying import MovedKey as MovedKey
from previz.edits.keying import MoveKeys as MoveKeys
from previz.edits.keying import RemoveKeys as RemoveKeys
from previz.edits.keys import key_frames as key_frames
from previz.edits.kinds import Edit as Edit
from previz.edits.kinds import edit_of as edit_of
from previz.edits.notes import AddNote as AddNote
from previz.edits.notes import RemoveNote as RemoveNote
from previz.edits.notes import SetStatus as SetStatus
from previz.edits.operating import RecordedPose as RecordedPose
from previz.edits.operating import RecordMove as RecordMove
from previz.edits.operating import Reframe as Reframe
from previz.edits.place import PlacePiece as PlacePiece
from previz.edits.place import SetLight as SetLight
from previz.edits.putting import PutKeys as PutKeys
from previz.edits.trims import SlideShot as SlideShot
from previz.edits.trims import SlipShot as SlipShot
from previz.edits.trims import TrimShot as TrimShot
