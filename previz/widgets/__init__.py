"""The Python halves of the widgets."""

from previz.widgets.playing import Playing as Playing
from previz.widgets.protocol import PROTOCOL_VERSION as PROTOCOL_VERSION
from previz.widgets.queue_desk import QueueDesk as QueueDesk
from previz.widgets.references import pin_up_file as pin_up_file
from previz.widgets.stage import StageWidget as StageWidget
from previz.widgets.studio import StudioPart as StudioPart
from previz.widgets.studio import StudioWidget as StudioWidget
