"""What is drawn for a trace is what the trace would find: shares, colours, places."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
import scenes

from previz.model import Light, LightKind
from previz.stage import join
from previz.trace import order_of
from previz.trace.looks import SUMS
from previz.trace.paint import Paints, matt_color
from previz.trace.seen import seen_through

SIZE = (48, 27)
SKY = Light(id="l", kind=LightKind.SKY, intensity=500.0)
GLOW = {"matter": "emitter", "emission": (5.0, 2.0, 1.0)}


def ordered(parts, *, lights=(SKY,), view=None, size=SIZE):
    stage = scenes.stage(join(parts), lights=list(lights))
    state = scenes.state(view, lights=list(lights))
    return order_of(stage, state, width_px=size[0], height_px=size[1], samples=4,
                    seed=0, denoise=False, grown=False)  # fmt: skip


def seen(order, *, looks=16, seed=0, **view):
    moving, camera = order.instants[0]
    return seen_through(camera._replace(**view), [*order.still, *moving], order,
                        Paints(edge=128), looks=looks, seed=seed)  # fmt: skip


def test_a_surface_has_its_colour_place_and_side():
    order = ordered([scenes.facing_quad(3.0, size_m=9.0, color=(0.6, 0.3, 0.2))])
    found = seen(order, pupil_m=0.0)
    assert found.covered.min() == 1.0
    ((patch,),) = [order.still]
    means = found.albedo.mean(axis=(0, 1))
    assert means == pytest.approx(matt_color(patch.surface), rel=0.01)
    assert found.normal[5, 5] == pytest.approx([0.0, 0.0, 1.0], abs=1e-4)
    assert found.depth_m[13, 24] == pytest.approx(3.0, abs=0.01)
    corner = 3.0 * np.hypot(1.0, np.hypot(23.5, 13.0) / order_focal(order))
    assert found.depth_m[0, 0] == pytest.approx(corner, abs=0.01)


def order_focal(order):
    view = order.instants[0][1]
    return view.film_px[0] / 2 / np.tan(np.radians(view.fov_x_deg) / 2)


def test_an_edge_is_covered_by_its_share():
    """It runs through the middle of column 30: half of it is the square's."""
    away = 3.0
    order = ordered([scenes.facing_quad(away, size_m=9.0)])
    pixel = away / order_focal(order)
    edge = (30.5 - 24) * pixel
    order = ordered([scenes.facing_quad(away, size_m=9.0, center=(edge - 4.5, 0.0))])
    found = seen(order, pupil_m=0.0, looks=64)
    assert (found.covered[:, :30] == 1.0).all()
    assert (found.covered[:, 31:] == 0.0).all()
    assert found.covered[:, 30] == pytest.approx(0.5, abs=0.05)
    assert (found.albedo[:, 31:] == 1.0).all()


def test_what_is_out_of_focus_is_as_blurred_as_the_lens_makes_it():
    """The share at an edge is that of a disc on one side of a line."""
    away, focus, pupil = 6.0, 2.0, 0.12
    middle = 10.0
    size = (96, 27)
    order = ordered([scenes.facing_quad(away, size_m=40.0)], size=size)
    focal = order_focal(order)
    edge = (middle + 0.5 - 48) * away / focal
    quad = scenes.facing_quad(away, size_m=40.0, center=(edge - 20.0, 0.0))
    order = ordered([quad], size=size)
    found = seen(order, pupil_m=pupil, focus_m=focus, looks=64)
    radius_px = pupil * (away / focus - 1.0) * focal / away
    assert radius_px > 3.0
    off = np.clip((np.arange(96) - middle) / radius_px, -1.0, 1.0)
    share = 0.5 - (np.arcsin(off) + off * np.sqrt(1 - off**2)) / np.pi
    assert found.covered.mean(axis=0) == pytest.approx(share, abs=0.03)


def test_neighbours_look_through_other_places_of_a_blurring_lens():
    """Else a lamp out of focus would be as many lamps as there are looks."""
    order = ordered(
        [scenes.facing_quad(9.0, size_m=1.0, **GLOW)], lights=(), size=(96, 54)
    )
    blurred = seen(order, pupil_m=0.1, focus_m=1.0, looks=4).own[..., 0]
    assert len(np.unique(blurred[blurred > 0])) <= 4
    places = np.argwhere(blurred > 0)
    assert len({(row % 3, col % 3) for row, col in places}) == 9


def test_the_sky_is_where_the_light_comes_from():
    order = ordered([scenes.facing_quad(3.0, size_m=0.01)],
                    view=scenes.camera((0.0, 1.0, 0.0), (4.0, 2.0, 3.0)))  # fmt: skip
    view = order.instants[0][1]
    down, turn = (np.arange(n) + 0.5 for n in (64, 128))
    down, turn = (down / 64 * np.pi)[:, None], turn / 128 * 2 * np.pi
    bands = (np.sin(turn), np.cos(down), np.cos(turn))
    sky = np.stack(np.broadcast_arrays(*bands), axis=-1).astype(np.float32) + 2
    order = replace(order, sky=sky)
    found = seen(order, pupil_m=0.0, looks=16)
    rows, cols = np.mgrid[0 : SIZE[1], 0 : SIZE[0]] + 0.5
    focal = order_focal(order)
    ways = np.stack(
        [(cols - 24) / focal, (13.5 - rows) / focal, -np.ones_like(rows)], axis=-1
    )
    ways = ways @ view.world_from_camera[:3, :3].T
    ways /= np.linalg.norm(ways, axis=-1, keepdims=True)
    turn = np.arctan2(ways[..., 0], -ways[..., 2])
    told = np.stack([2 + np.sin(turn), 2 + ways[..., 1], 2 + np.cos(turn)], axis=-1)
    assert np.abs(found.own - told).max() < 0.02


def test_what_glows_does_so_from_its_front_alone():
    front = scenes.facing_quad(3.0, size_m=0.5, center=(-0.5, 0.0), **GLOW)
    back = scenes.facing_quad(3.0, size_m=0.5, center=(0.5, 0.0), **GLOW)
    back = replace(back, normals=-back.normals)
    order = ordered([front, back], lights=())
    own = seen(order, pupil_m=0.0).own
    assert own[13, 12:20].max(axis=0) == pytest.approx([5.0, 2.0, 1.0], rel=0.01)
    assert own[13, 26:].max() == 0.0


def test_what_is_hollow_is_seen_and_seen_through():
    lamp = Light(id="l", kind=LightKind.POINT, position_m=(0.0, 0.0, -2.0),
                 intensity=100.0)  # fmt: skip
    shade = scenes.box((0.0, 0.0, -2.0), (0.4,) * 3, **GLOW)
    wall = scenes.facing_quad(3.0, size_m=8.0, color=(0.2, 0.5, 0.2))
    order = ordered([shade, wall], lights=(lamp,))
    found = seen(order, pupil_m=0.0)
    assert found.hollow[13, 24] == 1.0
    assert found.own[13, 24] == pytest.approx([5.0, 2.0, 1.0], rel=0.01)
    assert found.depth_m[13, 24] == pytest.approx(3.0, abs=0.05)
    assert found.albedo[13, 24, 1] > 2 * found.albedo[13, 24, 0]
    assert found.hollow[0, 0] == 0.0


def test_panes_are_looked_through():
    wall = scenes.facing_quad(3.0, size_m=9.0)
    pane = scenes.facing_quad(2.0, size_m=9.0, matter="glass")
    alone, through = (seen(ordered(x)) for x in ([wall], [pane, wall]))
    assert np.array_equal(alone.albedo, through.albedo)
    assert np.array_equal(alone.depth_m, through.depth_m)


def test_only_what_stands_beyond_the_room_is_beyond():
    order = ordered([scenes.facing_quad(3.0, size_m=9.0)])
    for room, beyond in ((None, False), (((-9.0,) * 3, (9.0,) * 3), False),
                         (((-1.0,) * 3, (1.0,) * 3), True)):  # fmt: skip
        assert seen(replace(order, room=room)).beyond is beyond


def test_a_picture_of_matter_lies_where_the_light_shows_it(tracer):
    """Under an even sky light is colour: drawn upside down, they would not agree."""
    floor = scenes.floor(8.0, matter="brick")
    view = scenes.camera((0.0, 1.0, 0.3), (0.1, 0.0, -0.1))
    order = ordered([floor], view=view, size=(96, 54))
    order = replace(order, samples=32, depth=2, sky=np.ones_like(order.sky))
    layers = tracer.layers(order)
    light, albedo = layers.light[..., 1], layers.albedo[..., 1]
    assert albedo.std() > 0.02
    agree = np.corrcoef(light.ravel(), albedo.ravel())[0, 1]
    upside_down = np.corrcoef(light.ravel(), albedo[::-1].ravel())[0, 1]
    assert agree > 0.65
    assert agree > upside_down + 0.3


def test_the_same_seed_gives_the_same_bits_and_another_does_not():
    order = ordered([scenes.floor(8.0, height_m=-1.0, matter="brick")])
    first, again = (seen(order, pupil_m=0.02).albedo.tobytes() for _ in range(2))
    assert first == again
    assert seen(order, pupil_m=0.02, seed=1).albedo.tobytes() != first


def test_a_large_picture_is_held_once_for_each_part_of_its_sums():
    size = (480, 270)
    order = ordered([scenes.floor(8.0, height_m=-1.0)], size=size)
    seen(order, looks=1)
    tracemalloc.start()
    seen(order, looks=1)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 6.5 * np.prod(size) * SUMS * 4


def test_a_shifted_lens_sees_what_lies_beside_its_axis():
    order = ordered([scenes.facing_quad(3.0, size_m=9.0, matter="brick")])
    straight = seen(order, pupil_m=0.0).albedo
    film = (SIZE[0], SIZE[1] + 8)
    view = order.instants[0][1]
    # The same angle over the same width: rows alone move, by half of what was added.
    shifted = seen(order, pupil_m=0.0, film_px=film, crop_px=(0, 0)).albedo
    assert view.film_px == SIZE
    assert shifted[4:] == pytest.approx(straight[:-4], abs=1e-3)
