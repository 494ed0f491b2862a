"""Takes that are what was directed pass; takes that are not are found out."""

from dataclasses import replace

import numpy as np
import pytest

from previz.adherence import measured
from previz.adherence.camera import camera_fit, solve_frame
from previz.adherence.colour import colour_fit
from previz.adherence.compared import Taken, reseen
from previz.adherence.matching import matched
from previz.adherence.people import people_fit
from previz.errors import PrevizError, UnknownNameError
from previz.film import Film
from previz.render import display
from previz.trace import trace

SIZE = (256, 144)


@pytest.fixture(scope="session")
def trucking(footage_of):
    return footage_of(1, truck_m=0.7)


@pytest.fixture(scope="session")
def shown(trucking):
    """Return the shot's own pictures, each made once."""
    kept = {}

    def frame(number):
        if number not in kept:
            kept[number] = trucking.preview(number, size=SIZE)
        return kept[number]

    return frame


def test_a_true_take_in_another_look_passes(trucking, shown, repainted):
    found = measured(trucking, lambda n: repainted(shown(n), n), tier="draft")
    assert found.verdict == "pass", found.words
    assert found.reasons == ()
    assert found.figures["registered"] == 100.0
    assert found.figures["framing_pct"] < 0.3
    assert found.figures["rot_err_frame_deg"] < 0.7
    assert found.figures["trans_err"] < 0.3
    assert found.figures["cam_mc"] >= found.figures["trans_err"]
    assert found.figures["movement"] == pytest.approx(100.0, abs=25)
    assert "is what was directed" in found._repr_html_()


def test_the_shot_backwards_was_not_filmed_by_its_camera(trucking, shown):
    last = trucking.length_frames - 1
    found = measured(trucking, lambda n: reseen(shown(last - n), seed=n), tier="draft")
    assert found.verdict == "retry"
    assert {"registered", "framing_pct"} & set(found.reasons)


def test_a_frozen_frame_neither_moves_nor_follows_the_camera(trucking, shown):
    found = measured(trucking, lambda n: reseen(shown(0), seed=n), tier="draft")
    assert found.verdict == "retry"
    assert "movement" in found.reasons
    assert found.figures["movement"] < 25


def test_single_frames_are_measured_alone_and_nothing_is_said_of_motion(
    trucking, shown, repainted
):
    there = (3, trucking.length_frames - 1)
    pictures = {n: repainted(shown(n), n) for n in there}
    found = measured(trucking, pictures.__getitem__, tier="draft", stills=there)
    assert found.verdict == "pass", found.words
    assert found.frames == there
    assert found.figures["movement"] is found.figures["flicker"] is None
    assert found.record()["movement against the preview's"]["good"] is None
    first, last = found.framing()
    assert (first["frame"], last["frame"]) == there
    assert first["good"] is last["good"] is True
    assert first["number"] < 0.5
    assert first["value"] == f"{first['number']:.2f} %"


def test_a_still_of_another_moment_is_told_from_its_neighbours(trucking, shown):
    last = trucking.length_frames - 1
    pictures = {0: shown(0), last // 2: shown(last), last: shown(last)}
    found = measured(
        trucking,
        lambda n: reseen(pictures[n], seed=n),
        tier="draft",
        stills=tuple(pictures),
    )
    told = found.framing()
    assert [row["good"] for row in told] == [True, False, True]
    assert told[1]["value"] == "not found"


def test_another_shots_frames_do_not_register(trucking, footage_of):
    other = footage_of(2)
    found = measured(trucking, lambda n: other.preview(n, size=SIZE), tier="draft")
    assert found.verdict == "retry"
    assert "registered" in found.reasons
    assert found.words.startswith("The take is not what was directed: frames in which")


def test_a_swapped_actor_wears_the_wrong_colours(trucking, footage_of, swapped):
    other = footage_of(1, film=swapped, truck_m=0.7)
    found = measured(trucking, lambda n: other.preview(n, size=SIZE), tier="draft")
    assert found.verdict == "retry"
    assert "colour_off" in found.reasons
    assert found.figures["framing_pct"] < 0.3
    assert found.worst in {"ann", "bo"}


def test_a_path_trace_is_filmed_by_the_shots_camera(trucking, path_tracer):
    light = trace(
        trucking.stage, trucking.shot, 12, width_px=SIZE[0], height_px=SIZE[1],
        samples=2, grown=False, tracer=path_tracer,
    )  # fmt: skip
    picture = display(light, exact=True)
    one = Taken(trucking, lambda n: picture).compared(12)
    fit = camera_fit([one])
    assert fit.registered == 1.0
    assert fit.framing_pct < 0.3
    assert fit.turned_deg < 1.0
    assert colour_fit([one]).off < 20
    people = people_fit([one], trucking.film.characters)
    assert people.outline > 0.75
    assert people.joint_pct < 4.0


def test_a_lens_that_bends_is_straightened_before_the_camera_is_solved(trucking):
    look = trucking.shot.camera.look.changed(distortion=-0.12)
    bent = trucking.shot.changed(camera=trucking.shot.camera.changed(look=look))
    footage = replace(trucking, shot=bent)
    one = Taken(footage, lambda n: footage.preview(n, size=SIZE)).compared(4)
    pairs = matched(one.preview, trucking.preview(4, size=SIZE))
    raw, straight = (
        float(np.median(np.linalg.norm(places - pairs.there_px, axis=1)))
        for places in (pairs.here_px, one.straightened(pairs.here_px))
    )
    assert straight < 0.8
    assert straight < 0.6 * raw
    assert camera_fit([one]).framing_pct < 0.1


def test_somebody_who_steps_aside_is_missed(trucking, shown):
    one = Taken(trucking, shown).compared(6)
    cast = trucking.film.characters
    right = people_fit([one], cast)
    moved = people_fit([one.with_take(np.roll(one.preview, 40, axis=1))], cast)
    assert right.outline == pytest.approx(1.0, abs=0.02)
    assert right.joint_pct < 0.5
    assert moved.outline is not None
    assert moved.outline < 0.6


def test_of_outlines_that_another_camera_would_lose_nothing_is_said(trucking, shown):
    """A figure that shows by a shade is cut out of that very picture alone."""
    one = Taken(trucking, shown).compared(6)
    (figure,) = one.state.figures
    seen = one.buffers.object_id == figure.object_id
    shade = np.where(seen[..., None], 26, 24).astype(np.uint8)
    faint = replace(one, preview=np.repeat(shade, 3, axis=2))
    told = people_fit([faint.with_take(faint.preview)], trucking.film.characters)
    assert told.outline is None
    strong = replace(one, preview=np.where(seen[..., None], 200, 24).repeat(3, 2)
                     .astype(np.uint8))  # fmt: skip
    told = people_fit([strong.with_take(strong.preview)], trucking.film.characters)
    assert told.outline == pytest.approx(1.0, abs=0.02)


def test_where_nobody_is_seen_nothing_is_said_of_people(trucking, shown):
    one = Taken(trucking, shown).compared(6)
    empty = replace(one, state=replace(one.state, figures=()))
    people = people_fit([empty], trucking.film.characters)
    assert (people.outline, people.joints_found, people.joint_pct) == (None,) * 3
    assert colour_fit([empty]).off is None


def test_a_blank_picture_has_no_camera(trucking):
    grey = np.full((SIZE[1], SIZE[0], 3), 119, np.uint8)
    assert solve_frame(Taken(trucking, lambda n: grey).compared(0)) is None


def test_what_is_no_picture_is_refused(trucking):
    with pytest.raises(PrevizError, match=r"Adherence\.frames must give sRGB pictures"):
        measured(trucking, lambda n: np.zeros((9, 16, 3), np.float32), tier="draft")
    with pytest.raises(UnknownNameError, match="standard"):
        measured(trucking, lambda n: n, tier="best")


def test_a_shot_in_a_cell_measures_pictures(short_film):
    shot = Film(short_film(lengths=((2, 2),)), generator="plain").shots[1]
    own = [np.asarray(shot.frame(n, size=(192, 108))) for n in range(2)]
    assert shot.measured(lambda n: own[n], quality="draft").verdict == "pass"
    with pytest.raises(UnknownNameError, match=r"Shot\.measured\.quality"):
        shot.measured(lambda n: own[n], quality="best")
