"""First choices, by rule: dressing, light, cast, blocking, coverage, cameras."""

from previz.direct.directing import direct as direct
from previz.direct.lighting import light as light
from previz.direct.places import dress as dress
from previz.direct.reblocking import reblocked as reblocked
from previz.direct.reshooting import reshot as reshot
