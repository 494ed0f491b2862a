"""What a run is said to have held."""

import subprocess
import sys

from previz.promote.measuring import run_of
from previz.promote.plan import Chunk, Plan

HOLD = "held = bytearray(80_000_000); print(flush=True); input()"
PLAN = Plan("path", (16, 9), (16, 9), 1, (Chunk(0, 1),))


def held():
    run = run_of(PLAN, made_frames=1, seconds=1.0, cost_usd=None, here=True)
    return run.memory_bytes


def test_a_run_holds_what_its_tracer_holds():
    before = held()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as tracer:
        tracer.stdout.readline()
        assert held() - before > 60_000_000
        tracer.communicate(b"\n")
