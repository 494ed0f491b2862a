"""What a film and its parts say of themselves where no cell shows them."""

import pytest
from sixty import sixty_shots

from previz import __version__
from previz.cli import main
from previz.film import Film


@pytest.fixture
def film():
    return Film(sixty_shots(), generator=None)


def test_a_film_says_how_long_it_is(film):
    assert repr(film) == "<Film Sixty · 4:00 · 3 scenes · 60 shots · 24 fps>"


def test_scenes_and_shots_in_a_list_are_told_apart(film):
    assert repr(film.scenes[0]).startswith("<Scene 1 · INT. ")
    assert repr(film.shots[:2]) == (
        "[<Shot 1 · MS · 35 mm · static · 4.0 s>, "
        "<Shot 1A · MS · 35 mm · push in · 4.0 s>]"
    )


def test_one_shot_is_no_shots(film):
    alone = Film(film.value.changed(scenes=film.value.scenes[:1]), generator=None)
    assert " · 1 scene · " in repr(alone)


def test_a_shot_list_says_lenses_as_they_are_called(film, capsys):
    film.shot_list().show()
    told = capsys.readouterr().out
    assert " 35 " in told
    assert "35.0" not in told


def test_a_plan_is_written_as_svg(film, tmp_path):
    path = film.scenes[0].plan().save(tmp_path / "new" / "plan.svg")
    assert path.read_text(encoding="utf-8").startswith("<svg")


def test_what_a_frame_shows_is_said_in_words(film):
    said = film["1A"].describe(3)
    assert repr(said) == str(said)
    assert repr(said).startswith("1A, frame 3\n")


@pytest.mark.parametrize(
    ("asked", "said"), [("--version", f"previz {__version__}\n"), ("-h", "promote")]
)
def test_a_prompt_says_its_version_and_what_it_can(capsys, asked, said):
    with pytest.raises(SystemExit) as ended:
        main([asked])
    assert not ended.value.code
    assert said in capsys.readouterr().out
