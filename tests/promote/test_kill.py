"""Workers are killed with signal 9 at random moments, two hundred times."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_two_hundred_killed_workers_lose_tear_and_block_nothing():
    done = subprocess.run(
        [sys.executable, "-m", "bench.kills", "200"],
        cwd=ROOT,
        env=os.environ | {"NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    del found["seconds"], found["takes"]
    assert found.pop("kills") == 200
    assert set(found.values()) == {0}, found
