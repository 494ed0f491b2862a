"""How true a take is to its shot, measured on its pictures without trained weights."""

from previz.adherence.measured import Adherence as Adherence
from previz.adherence.measured import measured as measured
from previz.adherence.verdict import LIMITS as LIMITS
from previz.adherence.verdict import TIERS as TIERS
from previz.adherence.verdict import Tier as Tier
from previz.adherence.verdict import Verdict as Verdict
