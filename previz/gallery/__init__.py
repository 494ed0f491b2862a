"""The camera department at a glance: every move, framing, lens effect and scheme."""

from previz.gallery.acting import acting_table as acting_table
from previz.gallery.acting import build_acting as build_acting
from previz.gallery.build import Gallery as Gallery
from previz.gallery.build import build_gallery as build_gallery
from previz.gallery.entries import ENTRIES as ENTRIES
from previz.gallery.entry import CHAPTERS as CHAPTERS
from previz.gallery.entry import Entry as Entry
from previz.gallery.places import build_places as build_places
from previz.gallery.places import places_table as places_table
from previz.gallery.table import entries_table as entries_table
