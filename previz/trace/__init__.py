"""A frame of a shot, path-traced: what a preview is measured by."""

from previz.trace.order import Care as Care
from previz.trace.order import Layers as Layers
from previz.trace.order import Order as Order
from previz.trace.ordering import exposed as exposed
from previz.trace.ordering import order_of as order_of
from previz.trace.tracer import Tracer as Tracer
from previz.trace.tracer import trace as trace
from previz.trace.tracer import tracer_of as tracer_of
from previz.trace.variant import VARIANTS as VARIANTS
from previz.trace.variant import best_variant as best_variant
from previz.trace.variant import find_runtime as find_runtime
