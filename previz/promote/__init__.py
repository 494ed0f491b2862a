"""A frozen shot at full quality: plan, backends, engines, ledger."""

from previz.promote.backend import Backend as Backend
from previz.promote.backend import Frame as Frame
from previz.promote.backend import Task as Task
from previz.promote.frozen import Frozen as Frozen
from previz.promote.frozen import Order as Order
