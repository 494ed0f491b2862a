"""A kernel that is killed loses at most the drag in progress."""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from sixty import sixty_shots

from previz.film import Film
from previz.folder import FilmFolder

EDITING = """
import sys
from sixty import sixty_shots
from previz.edits import SetLens
from previz.session import Session
from pathlib import Path

session = Session(sixty_shots(), folder=Path(sys.argv[1]))
for entry in range(1, 1900):
    drag = f"d{entry}"
    session.apply(SetLens(shot="1B", focal_length_mm=1999), drag=drag)
    edit = SetLens(shot="1B", focal_length_mm=entry)
    session.apply(edit, drag=drag, last=True)
    print(entry, flush=True)
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_kernel_leaves_a_whole_film_with_every_finished_entry(tmp_path, seed):
    after_s = float(np.random.default_rng(seed).uniform(0.05, 0.6))
    root = Path(__file__).parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", EDITING, str(tmp_path / "f")],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": f"{root}:{root / 'tests'}", "PATH": ""},
    )
    assert child.stdout.readline() == b"1\n"
    time.sleep(after_s)
    child.kill()
    finished = [1, *(int(line) for line in child.stdout.read().split())]
    child.wait()
    child.stdout.close()
    place = FilmFolder(tmp_path / "f")
    focal = place.load().find_shot("1B")[1].camera.poses[0].focal_length_mm
    assert finished[-1] <= focal <= finished[-1] + 1
    again = Film.open(place.path).session
    assert again.trouble == ""
    assert again.at == min(focal, 100)
    again.undo()
    before = again.value.find_shot("1B")[1].camera.poses[0].focal_length_mm
    assert before == (focal - 1 or 35)
    with place.locked():
        place.save(sixty_shots())
    assert not list(place.path.glob(".*.part"))
