"""What the renderer hands a generator, and what it does with the answer."""

import dataclasses

import numpy as np
import pytest
import scenes

from previz.errors import PrevizError
from previz.model import Light, LightKind, Look, Medium
from previz.render import Renderer
from previz.stage import FIGURE_OBJECT_BASE

LAMP = Light(id="key", kind=LightKind.POINT, position_m=(1, 2.5, 0), intensity=4000.0)


def renderer(**how):
    there = scenes.facing_quad(4.0, size_m=3.0, object_id=2)
    return Renderer(
        scenes.stage(there, lights=(LAMP,)), width_px=48, height_px=27,
        exposure_ev100=6.0, quality="board", **how,
    )  # fmt: skip


def frame(**look):
    view = dataclasses.replace(scenes.camera(), look=Look(**look)) if look else None
    figures = scenes.box(
        (0.3, 0.0, -1.5), (0.4, 0.8, 0.4), object_id=FIGURE_OBJECT_BASE
    )
    return scenes.state(view, figures=figures)


SHARP = {"depth_of_field": False, "motion_blur": False}


def test_a_generator_that_changes_nothing_gives_the_plain_picture_when_all_is_sharp():
    state = frame(**SHARP)
    plain = renderer().linear(state)
    same = renderer(generator=lambda plates: plates.lit).linear(state)
    assert np.array_equal(plain, same)


def test_the_answer_passes_the_lens():
    def white(plates):
        return np.ones_like(plates.lit)

    made = renderer(generator=white).linear(frame(**SHARP, vignette_stops=2.0))
    assert made[0, 0].max() < 0.5 * made[13, 24].min()


def test_a_generator_sees_the_picture_before_focus():
    seen = []

    def watch(plates):
        seen.append(plates.lit.copy())
        return plates.lit

    renderer(generator=watch).linear(frame(depth_of_field=True))
    renderer(generator=watch).linear(frame(**SHARP))
    assert np.array_equal(seen[0], seen[1])


def test_plates_are_not_touched_by_the_next_frame():
    made = renderer()
    first = made.plates(frame(**SHARP))
    kept = first.lit.copy()
    made.plates(scenes.state())
    assert np.array_equal(first.lit, kept)


def test_plates_carry_the_films_seed_and_the_objects():
    state = dataclasses.replace(frame(), object_seeds={FIGURE_OBJECT_BASE: 3})
    plates = renderer().plates(state, seed=5)
    assert (plates.seed, plates.object_seeds) == (5, {FIGURE_OBJECT_BASE: 3})


def test_a_pane_in_front_is_told_and_looked_through():
    there = scenes.join(
        [
            scenes.facing_quad(4.0, size_m=3.0, object_id=2),
            scenes.facing_quad(2.0, size_m=0.5, object_id=3, matter="glass"),
        ]
    )
    made = Renderer(
        scenes.stage(there, lights=(LAMP,)), width_px=48, height_px=27,
        exposure_ev100=6.0, quality="board",
    ).plates(scenes.state())  # fmt: skip
    assert 0 < made.pane.mean() < 0.5
    assert set(np.unique(made.buffers.object_id[made.pane])) == {2}


def test_drawn_media_and_clay_are_made_from_the_plain_picture():
    def fails(plates):
        raise AssertionError("asked")

    made = renderer(generator=fails)
    for medium in (Medium.CLAY, Medium.INK):
        expected = renderer().picture(frame(), medium=medium)
        assert np.array_equal(made.picture(frame(), medium=medium), expected)


def test_an_answer_of_another_size_is_refused():
    with pytest.raises(PrevizError, match=r"Renderer\.generator must return .*\(27"):
        renderer(generator=lambda plates: plates.lit[:, :5]).linear(frame())
