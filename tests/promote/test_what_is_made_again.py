"""What `promote_all` makes again is what looks otherwise, by drawing every frame."""

import numpy as np
import pytest

from previz.cut import render_panels
from previz.film import Film
from previz.model import Blocking, Mark
from previz.promote import Frame
from previz.promote.backends import add_backend

SIZE = (48, 27)
ORDER = {"backend": "drawn-small", "size": SIZE}
EDITS = [
    ("add_note", {"shot": "1A", "frame": 1, "text": "Slower."}, 0),
    ("set_status", {"shot": "1B", "status": "approved"}, 0),
    ("move_mark", {"character": "ann", "index": 2}, 2),
    ("move_mark", {"character": "p1", "index": 0}, 3),
]


@pytest.fixture
def film(short_film, edit_scene, tmp_path, cards):
    class Drawn(cards):
        name = "drawn-small"

        def frames(self, task):
            frozen = task.frozen
            paint = render_panels(frozen.film, frozen.scene, *task.plan.shown)
            for number in task.wanted:
                yield Frame(number, paint(frozen.shot, number))

    add_backend("drawn-small", Drawn)
    value = short_film(lengths=((5, 7, 6),))
    ways = ((-1, 0.5), (0, 0.9), (0.8, 0.6))
    marks = tuple(
        Mark(position_m=(x, 0, z), arrive_frame=8 * i, leave_frame=8 * i + 3)
        for i, (x, z) in enumerate(ways)
    )
    ann = Blocking(character="ann", marks=marks)
    value = edit_scene(value, 0, blocking=(ann, *value.scenes[0].blocking[1:]))
    made = Film(value, generator="plain")
    made.save(tmp_path / "film")
    return made


def promoted(film, quick):
    """Promote what has changed; return names and frames of all shots, by slate."""
    made = film.promote_all(**ORDER, engine=quick)
    found = {}
    for take in made:
        frames = [take.frames.read(n).picture for n in range(take.job.length_frames)]
        found[take.job.slate] = (take.hash, np.stack(frames))
    return found


def drawn(film):
    """Draw every frame of every shot as the film stands."""
    scene = film.value.scenes[0]
    paint = render_panels(film.value, scene, *SIZE)
    return {
        shot.slate: np.stack([paint(shot, n) for n in range(shot.length_frames)])
        for shot in scene.shots
    }


def test_exactly_the_shots_that_look_otherwise_are_made_again(film, quick):
    before = promoted(film, quick)
    takes = len(before)
    for kind, fields, changes in EDITS:
        there = {"scene": "1", "position_m": (0.4, 0, 1.1)}
        film.edit(kind, **fields, **(there if kind == "move_mark" else {}))
        now, looks = promoted(film, quick), drawn(film)
        again = {slate for slate in now if now[slate][0] != before[slate][0]}
        otherwise = {x for x in looks if (looks[x] != before[x][1]).any()}
        assert again == otherwise
        assert len(again) == changes
        assert all((now[slate][1] == looks[slate]).all() for slate in now)
        before, takes = now, takes + len(again)
    jobs = film.promotions.jobs()
    assert len(jobs) == takes
    assert {job.attempts for job in jobs} == {1}
