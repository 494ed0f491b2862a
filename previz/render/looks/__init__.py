"""Pictures in another medium than film: clay, noir, ink, pencil, marker, watercolour.

Each file says how one is made, from the linear picture and the buffers alone. Strokes
and pigment lie on surfaces and paper lies in the frame, so that nothing swims.
"""

from previz.render.looks.drawing import draw as draw
from previz.render.looks.geometry import bent_places as bent_places
from previz.render.looks.geometry import bent_with_the_picture as bent_with_the_picture
from previz.render.looks.geometry import in_clay as in_clay
from previz.render.looks.sheet import FINE as FINE
