"""`shot.passes`: one frame from what is known of it to what is shown."""

import numpy as np
import pytest
from PIL import Image

import previz as pv
from previz.errors import ModelError, PrevizError

SIZE = (64, 36)
NAMES = ("distance", "normals", "colour", "direct light", "with bounced light",
         "generated")  # fmt: skip


@pytest.fixture(scope="module")
def shot():
    text = "INT. KITCHEN - DAY\n\nANN stands at the window.\n\nANN\nSo late.\n"
    return pv.Film.from_text(text)["1"]


@pytest.fixture(scope="module")
def passes(shot):
    return shot.passes(2, size=SIZE)


def tones(passes, name):
    return np.asarray(passes[name]).astype(int)


def test_every_pass_is_there_in_order_and_of_one_size(passes):
    assert tuple(passes.pictures) == NAMES
    assert {picture.size for picture in passes.pictures.values()} == {SIZE}


def test_walls_and_sky_only_add_light(passes):
    names = ("direct light", "with bounced light")
    direct, whole = (tones(passes, name).mean(axis=-1) for name in names)
    # The display takes colour off what is bright, and right before an area lamp what
    # is kept also corrects what comes straight from it.
    assert (whole >= direct - 4).mean() > 0.99
    assert whole.mean() > direct.mean() + 2


def test_the_last_pass_is_the_frame_itself(shot, passes):
    frame = np.asarray(shot.frame(2, size=SIZE))
    assert np.array_equal(tones(passes, "generated"), frame)
    assert np.abs(
        tones(passes, "generated") - tones(passes, "with bounced light")
    ).max()


def test_distance_falls_off_from_light_to_dark(shot, passes):
    state = shot.film.stage_of(shot.scene).at(shot.value, 2)
    depth = shot.film.renderer_of(shot.scene, SIZE, "film").buffers(state).depth_m
    seen = np.isfinite(depth)
    order = np.corrcoef(np.log(depth[seen]), tones(passes, "distance")[..., 0][seen])
    assert order[0, 1] < -0.99


def test_passes_are_saved_side_by_side(passes, tmp_path):
    with Image.open(passes.save(tmp_path / "strip.png")) as strip:
        assert strip.size == (len(NAMES) * SIZE[0], SIZE[1])


def test_a_cell_shows_names_and_pictures(passes):
    html = passes._repr_html_()
    assert all(f"{name}</figcaption>" in html for name in NAMES)
    assert html.count("data:image/jpeg;base64,") == len(NAMES)


@pytest.mark.parametrize(("number", "size"), [(10_000, SIZE), (2, (0, 36))])
def test_what_is_no_frame_and_no_size_is_refused(shot, number, size):
    with pytest.raises((ModelError, PrevizError), match="must be"):
        shot.passes(number, size=size)
