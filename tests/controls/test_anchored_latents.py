import dataclasses

import numpy as np
import pytest
import scenes

from previz.controls import anchored_latents
from previz.errors import PrevizError
from previz.render import Renderer
from previz.render.anchored import view_of
from previz.stage import join

WIDTH, HEIGHT = 512, 320


@pytest.fixture(scope="module")
def frame():
    """A room as SD sees it at 512 by 320: 64 by 40 latents."""
    parts = [
        scenes.floor(matter="wood", object_id=1),
        scenes.facing_quad(4.0, size_m=3.0, matter="brick", object_id=2),
        scenes.box((0.4, 0.6, -2.5), (0.5, 1.2, 0.4), matter="cloth", object_id=3),
    ]
    camera = scenes.camera((0.0, 1.4, 1.5), (0.2, 1.0, -2.5))
    renderer = Renderer(
        scenes.stage(join(parts)), width_px=WIDTH, height_px=HEIGHT, exposure_ev100=6,
        quality="board",
    )  # fmt: skip
    seen = renderer.buffers(scenes.state(camera))
    return seen, view_of(camera, width_px=WIDTH, height_px=HEIGHT)


def _many(frame, count=24, **more):
    return np.concatenate([
        anchored_latents([frame], channels=4, stride_px=8, seed=seed, **more)
        for seed in range(count)
    ])  # fmt: skip


def _alike(a, b):
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


def test_latents_are_standard_normal(frame):
    noise = _many(frame)
    assert noise.shape == (24, 4, HEIGHT // 8, WIDTH // 8)
    values = np.sort(noise.ravel())
    assert abs(values.mean()) < 0.01
    assert values.std() == pytest.approx(1.0, abs=0.01)
    assert np.mean(values**4) == pytest.approx(3.0, abs=0.06)
    assert np.mean(np.abs(values) < 1.0) == pytest.approx(0.6827, abs=0.006)


def test_one_picture_of_latents_is_near_its_mean_and_spread(frame):
    for noise in _many(frame):
        assert abs(noise.mean()) < 0.05
        assert noise.std() == pytest.approx(1.0, abs=0.04)


def test_neighbours_and_channels_share_nothing(frame):
    noise = _many(frame)
    assert abs(_alike(noise[..., 1:], noise[..., :-1])) < 0.02
    assert abs(_alike(noise[..., 1:, :], noise[..., :-1, :])) < 0.02
    assert abs(_alike(noise[:, 0], noise[:, 1])) < 0.02


def test_channels_beyond_one_hash_are_their_own(frame):
    noise = anchored_latents([frame], channels=16, stride_px=8)[0]
    table = np.corrcoef(noise.reshape(16, -1)) - np.eye(16)
    assert np.abs(table).max() < 0.08


def test_another_seed_of_an_object_changes_it_alone(frame):
    seen, _ = frame
    plain = anchored_latents([frame], channels=4, stride_px=8)[0]
    other = anchored_latents([frame], channels=4, stride_px=8, object_seeds={3: 9})[0]
    there = seen.object_id[4::8, 4::8] == 3
    changed = (plain != other).any(axis=0)
    assert there.sum() > 40
    assert (changed == there).all()
    assert abs(_alike(plain[:, there], other[:, there])) < 0.15


def test_frames_of_a_clip_share_as_much_as_is_asked(frame):
    free = anchored_latents([frame, frame], channels=8, stride_px=8)
    assert abs(_alike(free[0], free[1])) < 0.03
    for share in (0.5, 1.0):
        held = anchored_latents([frame, frame], channels=8, stride_px=8, sticking=share)
        assert _alike(held[0], held[1]) == pytest.approx(share, abs=0.03)
        assert held.std() == pytest.approx(1.0, abs=0.02)


def test_the_same_shot_gives_the_same_latents(frame):
    seen, view = frame
    again = (dataclasses.replace(seen), view)
    a = anchored_latents([frame], channels=4, stride_px=8, seed=3)
    assert (a == anchored_latents([again], channels=4, stride_px=8, seed=3)).all()


def test_a_share_beyond_one_is_refused(frame):
    with pytest.raises(PrevizError, match="sticking must be 0 to 1"):
        anchored_latents([frame], channels=4, stride_px=8, sticking=1.5)
