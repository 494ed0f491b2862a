"""What a model is shown of a shot is drawn as the shot is."""

from dataclasses import replace

import numpy as np

from previz.model import Medium

SIZE = (64, 36)


def test_the_preview_is_drawn_in_the_medium_of_its_shot(footage):
    plain = footage.preview(0, size=SIZE)
    inked = replace(footage, film=footage.film.changed(medium=Medium.INK))
    seen = inked.preview(0, size=SIZE)
    state = inked.state(0, width_px=SIZE[0])
    drawn = inked.renderer_of(SIZE).picture(state, medium=Medium.INK, seed=inked.seed)
    np.testing.assert_array_equal(seen, drawn)
    assert (seen != plain).mean() > 0.5
