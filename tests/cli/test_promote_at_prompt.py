"""`previz promote` at a prompt: plans, takes, the queue, and mistakes in one line."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from plain_backend import PlainBackend

from previz.cli import main
from previz.film import Film
from previz.promote import Frame
from previz.promote.backends import add_backend
from previz.promote.engines import prompt
from previz.promote.finishing import film_take
from previz.promote.plan import Chunk, Forecast
from previz.promote.work import work


class Grey(PlainBackend):
    name = "grey"

    def chunks(self, length_frames, order):
        return (Chunk(0, length_frames),)

    def plan(self, order, **told):
        return replace(
            super().plan(order, **told),
            forecast=Forecast(seconds=4000.0),
            warnings=("it will be grey",),
        )

    def frames(self, task):
        width, height = task.plan.shown
        picture = np.full((height, width, 3), 100, np.uint8)
        picture[:, : width // 2] = 60
        for number in task.wanted:
            yield Frame(number, picture)


@pytest.fixture
def folder(short_film, tmp_path, monkeypatch):
    add_backend("grey", Grey)
    monkeypatch.setattr(
        prompt, "work", lambda folder, job: work(folder, job, finisher=film_take)
    )
    return Film(short_film(), generator="plain").save(tmp_path / "film")


@pytest.fixture
def run(capsys):
    def at_prompt(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["promote", *map(str, arguments)])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return ended.value.code or 0, said.out, said.err

    return at_prompt


def test_shots_are_made_and_each_says_where_it_lies(run, folder):
    code, out, _ = run(folder, "1B", "2A", "--backend", "grey", "--size", "32x18")
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["1B", "done"],
        ["2A", "done"],
    ]
    assert out.count("video.mp4") == 2
    code, out, _ = run(folder, "--queue")
    assert out.count("grey, standard") == 2


def test_a_plan_says_what_it_would_take_and_makes_nothing(run, folder):
    code, out, _ = run(folder, "1B", "2A", "--backend", "grey", "--plan")
    assert code == 0
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert "1B 960 × 540 7 1 about 67 min open" in rows
    assert "all 11 about 2.2 h" in rows
    assert out.count("it will be grey") == 1
    assert not (folder / "promoted").exists()


def test_a_budget_of_hours_names_what_it_leaves_out(run, folder):
    asked = ("--backend", "grey", "--size", "32x18", "--hours", "2")
    code, out, _ = run(folder, "1A", "1B", *asked)
    assert code == 0
    assert out.splitlines()[1] == (
        "1B     left out  by the hours · 7 frames would take about 67 min · "
        "about 53 min was left"
    )


def test_a_proof_says_where_its_frames_lie_and_makes_a_sheet(run, folder, tmp_path):
    class Singly(Grey):
        chunks = PlainBackend.chunks

    asked = ("1B", "--backend", "grey", "--size", "32x18", "--proof", "2")
    code, _, error = run(folder, *asked)
    assert (code, error.count("\n")) == (2, 1)
    assert "frames one by one, got 'grey', which makes 7" in error
    add_backend("grey", Singly)
    code, out, _ = run(folder, *asked, "--plan")
    assert "1B 960" not in out
    assert "2 of 7" in out
    code, out, _ = run(folder, *asked, "--sheet", tmp_path / "proofs.jpg")
    assert code == 0
    assert out.split()[:2] == ["1B", "proof"]
    (frames,) = (folder / "promoted").glob("*.part/frames")
    assert str(frames) in out
    assert sorted(path.stem for path in frames.iterdir()) == ["000000", "000006"]
    with Image.open(tmp_path / "proofs.jpg") as sheet:
        assert sheet.width > 512


def test_a_sheet_that_cannot_be_is_refused_before_anything_is_made(run, folder):
    asked = (folder, "1B", "--backend", "grey", "--size", "32x18")
    code, _, error = run(*asked, "--sheet", "proofs.pdf")
    assert (code, error.count("\n")) == (2, 1)
    assert "Promotions.sheet.path must end in .png or .jpg" in error
    assert not (folder / "promoted").exists()


def test_a_plan_is_asked_for_alone(run, folder, tmp_path):
    asked = (folder, "1B", "--backend", "grey", "--plan")
    for more, says in (
        (("--sheet", tmp_path / "plan.png"), "--plan, which makes none"),
        (("--queue",), "got --plan and --queue"),
    ):
        code, out, error = run(*asked, *more)
        assert (code, out, error.count("\n")) == (2, "", 1)
        assert says in error
    assert not (tmp_path / "plan.png").exists()


def test_the_queue_can_be_written_as_a_sheet(run, folder, tmp_path):
    run(folder, "1B", "--backend", "grey", "--size", "32x18")
    code, out, _ = run(folder, "--queue", "--sheet", tmp_path / "all.png")
    assert (code, "all.png" in out) == (0, True)
    assert (tmp_path / "all.png").is_file()


def test_mistakes_end_in_one_line(run, folder, tmp_path):
    for wrong, says in (
        ((folder, "9Z"), "Film.shot must be one of"),
        ((folder, "1A", "--backend", "magic"), "Order.backend must be one of"),
        ((folder, "1A", "--quality", "best"), "Order.quality must be one of"),
        ((folder, "1A", "--engine", "cloud", "--backend", "grey"), "inline"),
        ((tmp_path / "none",), "FilmFolder.path must hold a film.json"),
    ):
        code, _, error = run(*wrong)
        assert code == 2
        assert says in error
        assert error.count("\n") == 1
