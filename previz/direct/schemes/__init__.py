"""Lighting schemes by name, solved for a camera and who stands before it."""

from previz.direct.schemes.laws import LAWS as LAWS
from previz.direct.schemes.laws import Law as Law
from previz.direct.schemes.laws import Part as Part
from previz.direct.schemes.scheme import relight as relight
from previz.direct.schemes.scheme import scheme as scheme
from previz.direct.schemes.scheme import scheme_exposure as scheme_exposure
from previz.direct.schemes.solving import CHEEK_DEG as CHEEK_DEG
from previz.direct.schemes.solving import Subject as Subject
