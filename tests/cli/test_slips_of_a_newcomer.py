"""What everybody gets wrong once ends in a sentence that says what was meant."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from sixty import sixty_shots

from previz.camera.named import framing_of
from previz.errors import (
    FilmFolderError,
    ModelError,
    PrevizError,
    ScriptError,
    UnknownNameError,
)
from previz.film import Film
from previz.promote.engines.kernel import KernelEngine


@pytest.fixture(scope="module")
def film():
    return Film(sixty_shots(), generator=None)


def test_case_hides_no_name(film):
    with pytest.raises(UnknownNameError, match="Did you mean '1B'"):
        _ = film["1b"]
    with pytest.raises(UnknownNameError, match="Did you mean 'ann'"):
        film.character("Ann")


def test_hundreds_of_choices_are_not_all_listed(film):
    with pytest.raises(UnknownNameError, match=r"… \(60 in all\)") as refused:
        _ = film["2b2"]
    assert len(str(refused.value)) < 300
    assert "2B, " in str(refused.value)
    assert len(refused.value.choices) == 60


def test_a_scene_is_found_by_its_number(film):
    assert film.scene(2).value == film.scene("2").value == film.value.scenes[1]
    with pytest.raises(UnknownNameError, match=r"Film\.scene must be one of 1, 2, 3"):
        film.scene("9")


def test_a_slate_is_in_a_film(film):
    assert "2B" in film
    assert "9Z" not in film
    assert "2B" in film._ipython_key_completions_()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            lambda f: f.reshoot("1A", framng="MS"),
            "Film.reshoot.keyword .* 'framing'",
        ),
        (
            lambda f: f.block("1", "ann", too="window"),
            "Film.block.keyword .* mean 'to'",
        ),
        (lambda f: f.block("1", "ann", to="window"), "at_frame must be given"),
        (
            lambda f: f.drop("1", "cup", at_frme=3),
            "Film.drop.keyword .* mean 'at_frame'",
        ),
        (
            lambda f: f.swing("1", "wall", prt="door"),
            "Film.swing.keyword .* mean 'part'",
        ),
        (lambda f: f.add_piece("1", "a.glb", hight_m=1), "mean 'height_m'"),
        (lambda f: f["1A"].trace(0, sample=4), "Shot.trace.* mean 'samples'"),
        (lambda f: f.import_motion("a.bvh", scne="1"), "mean 'scene'"),
        (
            lambda f: f.edit("set_lens", shot="2B", focal_mm=85),
            "SetLens.focal_mm must be a known field.*mean 'focal_length_mm'.*1 more",
        ),
    ],
)
def test_a_misspelt_or_missing_keyword_is_named(film, asked, message):
    with pytest.raises(PrevizError, match=message):
        asked(film)


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        (lambda _: Film.open(None), PrevizError, "FilmFolder.path must be a path"),
        (lambda _: Film.from_text(None), ScriptError, "must be text, got NoneType"),
        (lambda _: Film.from_screenplay(3), ScriptError, "got int, not a path"),
        (
            lambda _: Film.from_screenplay("INT. KITCHEN - DAY\n\nAnn sits."),
            ScriptError,
            "got the text of one.*Film.from_text",
        ),
        (lambda _: Film.from_text("INT. X - DAY", seed="x"), ModelError, "Film.seed"),
        (lambda _: Film.from_text("INT. X - DAY", seed=1.5), ModelError, "whole"),
        (
            lambda f: f["1A"].describe("x"),
            ModelError,
            "Shot.frame must be 0 to 95",
        ),
        (lambda f: f.edit(None), ModelError, "Film.edit must be an edit or the name"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_in_words(film, asked, error, message):
    with pytest.raises(error, match=message):
        asked(film)


def test_a_number_of_numpy_is_a_number(film):
    assert film["1A"].describe(np.int64(3)).frame == 3


def test_a_scene_may_be_named_by_its_number(film):
    inked = film.with_look("ink", scene=2)
    assert inked.value.scenes[1].medium == "ink"


def test_weights_that_are_not_there_are_not_offered_as_a_choice(film):
    def planned(backend):
        return film["1A"].promotion_plan(backend=backend, model="a folder")

    with pytest.raises(PrevizError, match="'a folder', which is no folder here"):
        planned("diffusers")
    with pytest.raises(UnknownNameError, match=r"one of .*14b, got 'a folder'"):
        planned("wan-vace")


@pytest.mark.parametrize("option", ["loras", "references"])
def test_what_is_given_for_nobody_of_the_cast_is_refused(film, option):
    with pytest.raises(UnknownNameError, match="Did you mean 'ann'"):
        film["1A"].promotion_plan(backend="wan-vace", **{option: {"Ann": "a.png"}})


def test_a_misspelt_quality_is_no_option_of_the_backend(film):
    with pytest.raises(UnknownNameError, match="Did you mean 'quality'"):
        film["1A"].promotion_plan(qality="final")


def test_a_take_that_no_engine_starts_does_not_wait_in_the_queue(film, tmp_path):
    saved = Film.open(film.with_look("clay").save(tmp_path / "film"))
    for _ in range(2):
        with pytest.raises(UnknownNameError, match="no-such-kernel"):
            saved["1A"].promote(
                size=(64, 36), engine=KernelEngine(kernelspec="no-such-kernel")
            )
        (job,) = saved.promotions.jobs()
        assert job.state == "failed"
        assert "no-such-kernel" in job.error


def test_a_plan_leaves_nothing_in_the_folder(film, tmp_path):
    folder = film.with_look("ink").save(tmp_path / "film")
    saved = Film.open(folder)
    before = sorted(path.name for path in folder.iterdir())
    saved["1A"].promotion_plan(size=(64, 36))
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_path_that_is_nearly_right_says_what_is_missing(film, tmp_path):
    folder = film.with_look("ink").save(tmp_path / "film")
    with pytest.raises(FilmFolderError, match="Pass the folder that it is in"):
        Film.open(folder / "film.json")
    for path in ("no.jpg", folder):
        with pytest.raises(ModelError, match=r"Palette.picture must be a file that"):
            film.recast("ann", picture=path)


def test_a_folder_that_may_not_be_read_says_so(film, tmp_path, monkeypatch):
    folder = film.with_look("ink").save(tmp_path / "film")

    def refuse(_path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(FilmFolderError, match=r"must be readable.*Permission denied"):
        Film.open(folder)


def test_a_plan_takes_what_a_promotion_takes(film):
    plan = film["1A"].promotion_plan(engine="inline", size=(64, 36))
    assert plan.shown == (64, 36)
    assert plan.effort == ("paths", "a pixel")
    with pytest.raises(UnknownNameError, match="Did you mean 'inline'"):
        film["1A"].promotion_plan(engine="inlin")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("close-up", "CU"), ("Over-the-shoulder", "OTS"), ("ms", "MS"), ("two shot",
     "two-shot"), ("Cowboy", "cowboy"), ("nearby", "nearby")],
)  # fmt: skip
def test_a_framing_is_known_as_it_is_said(said, meant):
    assert framing_of(said) == meant
