"""Noise on surfaces: normal, white, anchored, and each object's own."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from scenes import box, camera, facing_quad, floor, stage, state

from previz.errors import PrevizError
from previz.render import Renderer
from previz.render.anchored import anchored_noise, noise_at, view_of
from previz.stage import join

SIZE = (192, 108)


def seen(view, parts):
    renderer = Renderer(
        stage(join(parts)), width_px=SIZE[0], height_px=SIZE[1],
        exposure_ev100=8.0, quality="board",
    )  # fmt: skip
    return renderer.buffers(state(view))


def noise_of(view, parts, **how):
    buffers = seen(view, parts)
    look = view_of(view, width_px=SIZE[0], height_px=SIZE[1])
    return buffers, anchored_noise(buffers, look, **how)


def patch(level, *, edge=256, **how):
    rows, cols = np.mgrid[-edge // 2 : edge // 2, -edge // 2 : edge // 2]
    cells = np.stack([rows.ravel(), cols.ravel()], axis=1)
    return noise_at(cells, level=level, **how).reshape(edge, edge, -1)


def correlation(a, b):
    return float(np.corrcoef(np.ravel(a), np.ravel(b))[0, 1])


def kolmogorov_distance(values):
    """The largest gap between the values' distribution and the standard normal's."""
    shares = (np.arange(1, 400)) / 400
    at = np.array([NormalDist().inv_cdf(share) for share in shares])
    found = np.searchsorted(np.sort(values), at) / len(values)
    return np.abs(found - shares).max()


@pytest.mark.parametrize("level", [-9, -4, 0, 3])
def test_values_are_standard_normal(level):
    made = patch(level)
    assert abs(made.mean()) < 0.005
    assert made.std() == pytest.approx(1.0, abs=0.005)
    for channel in range(made.shape[2]):
        values = made[..., channel].ravel()
        assert kolmogorov_distance(values) < 0.006
        assert abs((values**3).mean()) < 0.04
        assert (values**4).mean() == pytest.approx(3.0, abs=0.08)


@pytest.mark.parametrize("level", [-9, -4, 0, 3])
def test_the_spectrum_is_flat_at_every_level(level):
    made = patch(level)
    power = np.abs(np.fft.fft2(made, axes=(0, 1))) ** 2 / made[..., 0].size
    f = np.fft.fftfreq(256)
    radius = np.hypot(f[:, None], f[None, :])
    for low, high in ((0.01, 0.06), (0.06, 0.12), (0.12, 0.25), (0.25, 0.5)):
        ring = (radius >= low) & (radius < high)
        assert power[ring].mean() == pytest.approx(1.0, abs=0.06)
    # No row or column of cells stands out either.
    assert power[0, 1:].mean() == pytest.approx(1.0, abs=0.12)
    assert power[1:, 0].mean() == pytest.approx(1.0, abs=0.12)


def test_channels_levels_objects_and_seeds_are_independent():
    made = patch(-4)
    between = np.corrcoef(made.reshape(-1, made.shape[2]).T)
    assert np.abs(between - np.eye(made.shape[2])).max() < 0.02
    others = (patch(-3), patch(-4, object_id=2), patch(-4, seed=1), patch(-4, seed=2))
    for other in others:
        assert abs(correlation(made, other)) < 0.01


def test_a_picture_of_it_is_normal_on_every_surface_and_in_the_sky():
    parts = [
        floor(40.0, height_m=-1.2, object_id=1),
        facing_quad(6.0, size_m=3.0, object_id=2),
    ]
    buffers, noise = noise_of(camera(), parts, channels=8)
    for object_id in (0, 1, 2):
        values = noise[buffers.object_id == object_id]
        assert len(values) > 500
        assert abs(values.mean()) < 0.12
        assert values.std() == pytest.approx(1.0, abs=0.08)
    assert np.isfinite(noise).all()


def orbit(angle_deg, *, radius_m=4.0):
    angle = np.radians(angle_deg)
    place = (radius_m * np.sin(angle), 0.6, -5.0 + radius_m * np.cos(angle))
    return camera(place, (0.0, 0.0, -5.0))


def test_walking_round_a_thing_keeps_its_noise_on_it():
    parts = [
        floor(30.0, height_m=-1.0, object_id=1),
        box((0.0, 0.0, -5.0), (1.6, 1.6, 1.6), object_id=2),
    ]
    here, mine = noise_of(orbit(-15), parts, channels=4, cell_px=6.0)
    for angle in (-5, 5, 15):
        there, theirs = noise_of(orbit(angle), parts, channels=4, cell_px=6.0)
        pairs = same_places(here, there, orbit(angle))
        assert len(pairs) > 300
        a = mine.reshape(-1, 4)[pairs[:, 0]]
        b = theirs.reshape(-1, 4)[pairs[:, 1]]
        assert correlation(a, b) > 0.9


def same_places(here, there, view):
    """Pairs of pixels that see the same place, within a fifth of a pixel."""
    w, h = SIZE
    points = here.position_world.reshape(-1, 3)
    at = (points - view.world_from_camera[:3, 3]) @ view.world_from_camera[:3, :3]
    focal = view.focal_px(w, h)[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        x = w / 2 - focal * at[:, 0] / at[:, 2] - 0.5
        y = h / 2 + focal * at[:, 1] / at[:, 2] - 0.5
    inside = (at[:, 2] < -0.1) & (x > 0) & (x < w - 1) & (y > 0) & (y < h - 1)
    inside &= here.object_id.ravel() == 2
    with np.errstate(invalid="ignore"):
        inside &= np.hypot(x - np.rint(x), y - np.rint(y)) < 0.2
    rows = np.flatnonzero(inside)
    to = np.rint(y[rows]).astype(int) * w + np.rint(x[rows]).astype(int)
    gap = np.linalg.norm(points[rows] - there.position_world.reshape(-1, 3)[to], axis=1)
    kept = (there.object_id.ravel()[to] == 2) & (gap < 0.02)
    return np.stack([rows[kept], to[kept]], axis=1)


def test_what_moves_takes_its_noise_with_it():
    still = facing_quad(5.0, size_m=2.0, object_id=2)
    step = 8 * 5.0 / camera().focal_px(*SIZE)[0]
    moved = replace(
        still, positions=still.positions + np.array([step, 0, 0], np.float32)
    )
    here, mine = noise_of(camera(), [still], cell_px=4.0)
    there, theirs = noise_of(camera(), [moved], cell_px=4.0)
    both = (here.object_id == 2) & (np.roll(there.object_id, -8, axis=1) == 2)
    assert both.sum() > 1000
    assert correlation(mine[both], np.roll(theirs, -8, axis=1)[both]) > 0.98


def test_another_seed_changes_the_noise_of_its_object_only():
    parts = [
        floor(40.0, height_m=-1.2, object_id=1),
        facing_quad(6.0, size_m=3.0, object_id=2),
    ]
    buffers, noise = noise_of(camera(), parts, object_seeds={2: 5})
    _, again = noise_of(camera(), parts, object_seeds={2: 6})
    other = buffers.object_id != 2
    assert np.array_equal(noise[other], again[other])
    assert abs(correlation(noise[~other], again[~other])) < 0.05
    _, film = noise_of(camera(), parts, seed=1)
    assert abs(correlation(film, noise)) < 0.02


def test_the_same_frame_has_the_same_bytes_and_unmoved_nothing_changes():
    parts = [floor(40.0, height_m=-1.2, object_id=1)]
    _, one = noise_of(camera(), parts)
    _, two = noise_of(camera(), parts)
    assert one.tobytes() == two.tobytes()


@pytest.mark.parametrize(
    ("how", "named"),
    [({"channels": 0}, "channels"), ({"channels": 9}, "channels"),
     ({"cell_px": 0.0}, "cell_px"), ({"cell_px": float("nan")}, "cell_px")],
)  # fmt: skip
def test_what_cannot_be_made_is_said(how, named):
    with pytest.raises(PrevizError, match=f"anchored_noise.{named} must be"):
        noise_of(camera(), [floor()], **how)
