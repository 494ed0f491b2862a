"""Things that places are dressed with: their colours, and where they are put."""

import numpy as np
import pytest

from previz.direct.places.dressing import grown, open_air
from previz.direct.places.items import BENCH, COLUMN, Item
from previz.direct.places.palette import HOMES
from previz.direct.places.parts import hang
from previz.model import Matter


def room(seed=0):
    return grown(
        "kitchen", (6.0, 2.7, 5.0), np.random.default_rng(seed), 2, palettes=HOMES
    )


def test_a_thing_is_painted_as_the_place_unless_it_has_its_own_colour():
    d = room()
    piece = d.put(Item("cupboard", (1.0, 2.0, 0.5), "cloth", (0.1, 0.2, 0.3)), 0, 0)
    assert piece.color == d.palette.cloth
    assert piece.accent == (0.1, 0.2, 0.3)


def test_a_thing_in_another_size_colour_and_matter_leaves_the_one_in_stock():
    other = BENCH.sized(2.0, 0.9, 0.6).painted("trim").of(Matter.METAL)
    assert (other.size_m, other.color, other.matter) == (
        (2.0, 0.9, 0.6),
        "trim",
        Matter.METAL,
    )
    assert other.accent == BENCH.accent
    assert BENCH.size_m != other.size_m
    assert COLUMN.trimmed("wood").color == COLUMN.color


def test_what_is_put_against_a_wall_stands_with_its_back_to_it():
    d = room()
    piece = d.put_against(Item("shelf", (1.0, 2.0, 0.4)), "w", 0.5, gap=0.0)
    x, _, z = piece.position_m
    assert x - 0.2 == pytest.approx(d.west, abs=1e-3)
    assert (z, piece.yaw_deg) == (0.5, 90.0)


def test_what_hangs_ends_just_below_the_ceiling():
    d = room()
    piece = hang(d, Item("pendant", (0.4, 0.9, 0.4)), 0.0, 0.0)
    assert piece.position_m[1] + 0.9 == pytest.approx(d.h - 0.02, abs=1e-3)


def test_things_of_a_kind_are_numbered_and_differ_by_seed():
    d = open_air("street", (20.0, 12.0, 13.0), np.random.default_rng(3), 2)
    first, second = d.put(BENCH, 0, 0), d.put(BENCH, 3, 0)
    assert (first.id, second.id) == ("bench", "bench-2")
    assert first.seed != second.seed
