"""The Python halves of the widgets."""

from previz.widgets.protocol import PROTOCOL_VERSION as PROTOCOL_VERSION
from previz.widgets.stage import StageWidget as StageWidget
