"""A backend that costs next to nothing, offered to every process a kernel starts."""

import os
import sys
import time
from pathlib import Path

import numpy as np
from plain_backend import PlainBackend

from previz.promote import Frame
from previz.promote.plan import Use

LOOK_S = 0.02
GATE = "RAMP_GATE"
"""Names the file with which a test lets the frames after the first be made."""


class RampBackend(PlainBackend):
    """A bright ramp, whatever the shot."""

    name = "ramp"
    uses = (Use("depth", "used", "as it is"), Use("prompt", "dropped", "unread"))

    def frames(self, task):
        width, height = task.plan.shown
        ramp = np.linspace(0.1, 1, width, dtype=np.float32)[None, :, None]
        # A final one is there to be stopped.
        endless = task.frozen.order.quality == "final"
        for number in task.wanted:
            while number and (endless or not Path(os.environ[GATE]).exists()):
                if task.stopped():
                    return
                time.sleep(LOOK_S)
            color = np.array([1, 0.3, 0.3], np.float32)
            yield Frame(number, np.tile(ramp, (height, 1, 1)) * color)


def offer(folder):
    """Offer it as an installed package would, to this process and its children.

    Its gate is the file `open` in the folder.
    """
    about = Path(folder).resolve() / "ramp_backend-1.dist-info"
    about.mkdir(parents=True)
    said = "Metadata-Version: 2.1\nName: ramp-backend\nVersion: 1\n"
    (about / "METADATA").write_text(said)
    points = "[previz.backends]\nramp = ramp_backend:RampBackend\n"
    (about / "entry_points.txt").write_text(points)
    os.environ[GATE] = str(about.with_name("open"))
    paths = (str(about.parent), os.environ.get("PYTHONPATH", ""))
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    sys.path.insert(0, str(about.parent))
