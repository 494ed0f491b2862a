"""Finished code values and PNG files."""

import av
import numpy as np
import pytest
from PIL import Image

from previz.deliver import REC1886, SRGB, finished, write_png
from previz.deliver.planes import planes_of
from previz.errors import PrevizError
from previz.render.display import display


def ramp(height=8, width=64):
    stops = np.linspace(-6, 5, width)
    grey = 0.18 * 2.0**stops
    return np.repeat(np.repeat(grey[None, :, None], 3, 2), height, 0).astype(np.float32)


def test_eight_bits_are_what_the_exact_display_gives():
    assert np.array_equal(finished(ramp()), display(ramp(), exact=True))


def test_sixteen_bits_agree_with_eight_and_are_finer():
    fine, coarse = finished(ramp(width=600), bits=16), finished(ramp(width=600))
    assert np.abs(fine / 257.0 - coarse).max() <= 0.51
    assert len(np.unique(fine)) > 1.5 * len(np.unique(coarse))


def test_a_grading_monitor_gets_other_codes_for_the_same_light():
    """BT.1886 is a plain power of 2.4; the screen's curve has a straight foot."""
    srgb, graded = (
        finished(ramp(), screen=x, bits=16) / 65535 for x in (SRGB, REC1886)
    )
    light = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    assert np.abs(light ** (1 / 2.4) - graded).max() < 0.002
    assert np.abs(srgb - graded).max() > 0.01


def test_alpha_goes_along_unmultiplied():
    alpha = np.tile(np.linspace(0, 1, 64, dtype=np.float32), (8, 1))
    made = finished(ramp(), bits=16, alpha=alpha)
    assert np.array_equal(made[..., :3], finished(ramp(), bits=16))
    assert np.abs(made[..., 3] / 65535.0 - alpha).max() < 1e-5
    with pytest.raises(PrevizError, match=r"finished\.alpha"):
        finished(ramp(), alpha=alpha[:4])


def test_broken_light_is_black_not_a_crash():
    broken = ramp()
    broken[0, 0] = np.nan
    assert finished(broken)[0, 0].max() <= 1


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [3, 4])
def test_a_png_comes_back_to_the_bit(tmp_path, dtype, channels):
    rng = np.random.default_rng(2)
    top = np.iinfo(dtype).max
    picture = rng.integers(0, top, (21, 33, channels), dtype, endpoint=True)
    path = tmp_path / "a.png"
    write_png(path, picture, texts={"slate": "2B", "film": "Noël"})
    with av.open(str(path)) as file:
        name = {3: "rgb", 4: "rgba"}[channels]
        name += {np.uint8: "24", np.uint16: "48be"}[dtype]
        name = {"rgba24": "rgba", "rgba48be": "rgba64be"}.get(name, name)
        frame = next(file.decode(video=0))
        assert frame.format.name == name
        row = frame.planes[0].line_size // np.dtype(dtype).itemsize
        raw = np.frombuffer(frame.planes[0], np.dtype(dtype).newbyteorder(">"))
    back = raw.reshape(21, row)[:, : 33 * channels].reshape(21, 33, channels)
    assert np.array_equal(back, picture)
    with Image.open(path) as image:
        assert image.info["slate"] == "2B"
        assert image.info["film"] == "Noël"
        assert image.info["srgb"] == 0
    assert b"cICP\x01\x0d\x00\x01" in path.read_bytes()


def test_floats_are_no_png(tmp_path):
    with pytest.raises(PrevizError, match=r"Png\.picture"):
        write_png(tmp_path / "a.png", np.zeros((4, 4, 3)))
    assert not list(tmp_path.iterdir())


def test_primaries_have_the_codes_of_the_standard():
    """BT.709-6, 10 bit: white 940, black 64, red 250/409/960, alpha full."""
    colors = np.array([[[255] * 3, [0] * 3, [255, 0, 0], [0, 0, 255]]], np.uint8)
    luma, blue, red, alpha = planes_of(colors, bits=10, across=1, down=1, alpha=True)
    assert luma.tolist() == [[940, 64, 250, 127]]
    assert blue.tolist() == [[512, 512, 409, 960]]
    assert red.tolist() == [[512, 512, 960, 471]]
    assert (alpha == 1023).all()


def test_shared_chroma_is_the_mean_round_the_left_pixel():
    grey = np.full((2, 6, 3), 128, np.uint8)
    grey[:, 2] = (255, 0, 0)
    _, _, red = planes_of(grey, bits=10, across=2, down=2)
    assert red.shape == (1, 3)
    assert red[0].tolist() == [512, 736, 512]
