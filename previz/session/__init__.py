"""A film being directed: its value now, the history of edits, and its autosave."""

from previz.session.history import Change as Change
from previz.session.history import Entry as Entry
from previz.session.playhead import Playhead as Playhead
from previz.session.session import Session as Session
