"""Make a hosted take in a process that a test kills. Argument: its scratch folder."""

import sys

from runway_server import made, task_of

made(task_of(sys.argv[1], budget=0.10)[0])
