"""The cut for other rooms: OpenTimelineIO."""

from previz.exchange.otio import cut_timeline as cut_timeline
from previz.exchange.otio import write_otio as write_otio
