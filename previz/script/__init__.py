"""Screenplay text in: Fountain and Final Draft to scenes of elements, with lines."""

from previz.script.fdx import parse_fdx as parse_fdx
from previz.script.fountain import parse_fountain as parse_fountain
from previz.script.slugline import parse_slugline as parse_slugline
from previz.script.slugline import time_word as time_word
from previz.script.source import demo_path as demo_path
from previz.script.source import read as read
