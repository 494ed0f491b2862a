"""Takes of shots, the timeline they follow, and the animatic."""

from previz.cut.animatic import shot_clip as shot_clip
from previz.cut.animatic import write_animatic as write_animatic
from previz.cut.lettering import clip_text as clip_text
from previz.cut.lettering import draw_text as draw_text
from previz.cut.lettering import text_width as text_width
from previz.cut.lettering import unwritable as unwritable
from previz.cut.lettering import wrap_text as wrap_text
from previz.cut.painter import FramePainter as FramePainter
from previz.cut.painter import ScenePainter as ScenePainter
from previz.cut.painter import card_frame as card_frame
from previz.cut.painter import paint_cards as paint_cards
from previz.cut.painter import render_panels as render_panels
from previz.cut.painter import render_scene as render_scene
from previz.cut.takes import RENDER_VERSION as RENDER_VERSION
from previz.cut.takes import find_take as find_take
from previz.cut.takes import keep_take as keep_take
from previz.cut.takes import render_takes as render_takes
from previz.cut.takes import take_hash as take_hash
from previz.cut.takes import take_path as take_path
from previz.cut.timeline import Clip as Clip
from previz.cut.timeline import timeline as timeline
from previz.cut.video import check_size as check_size
from previz.cut.video import encoded as encoded
from previz.cut.video import read_frames as read_frames
