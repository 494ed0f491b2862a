"""Light by rule: what the hour and the set ask for, as a gaffer would rig it."""

from previz.direct.lighting.meter import illuminance_lx as illuminance_lx
from previz.direct.lighting.rig import light as light
