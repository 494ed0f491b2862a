"""What grows where blocking has a proxy: leaves, grass, hair, rooms, clouds."""

from previz.trace.growth.clouds import clouded as clouded
from previz.trace.growth.eye import Eye as Eye
from previz.trace.growth.eye import eye_of as eye_of
from previz.trace.growth.growing import Growth as Growth
from previz.trace.growth.growing import grown_hair as grown_hair
from previz.trace.growth.growing import grown_set as grown_set
