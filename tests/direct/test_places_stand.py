"""Nothing floats, nothing is in something else, and everywhere can be walked to."""

import math
from functools import cache
from itertools import combinations, pairwise

import numpy as np
import pytest
import test_places

from previz.direct.navigation import Ways
from previz.direct.places import TEMPLATES
from previz.model import Posture
from previz.stage import Obstacles, build_set
from previz.stage.occlusion import bulks

SEEDS = (0, 1, 2)
dressed = cache(test_places.dressed)
GROUNDS = {
    "ground",
    "floor",
    "road",
    "sidewalk",
    "water",
    "rug",
    "rails",
    "marking",
    "foam",
}
ROUND = {"wall", "dado", "ceiling", "cornice", "beams", "ducts", "hill", "mesa"}
TREES = {"tree", "conifer", "palm", "poplar", "bare-tree", "bush", "hedge", "grass"}
SEATS = {"chair", "stool", "bar-stool", "office-chair", "bench", "booth-seat", "log"}
LEAN = {"curtain", "blind", "radiator", "telegraph-line", "suitcase", "posts", "fence"}
FIXED_M, MOST_M = 0.13, 0.12


def boxes(piece):
    """World (middle, axes, halves) of a piece's solid boxes, tree crowns left out."""
    rows = bulks(piece)
    if not len(rows):
        w, h, d = piece.size_m
        rows = np.array([[0.0, h / 2, 0.0, w / 2, h / 2, d / 2]])
    if piece.kind in TREES:
        rows = rows[:1] * np.array([1, 1, 1, 0.5, 1, 0.5])
    yaw = math.radians(piece.yaw_deg)
    c, s = math.cos(yaw), math.sin(yaw)
    turn = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    return [(turn @ r[:3] + piece.position_m, turn.T[[0, 2]], r[3:]) for r in rows]


def depth(one, other):
    """How deep two boxes are in each other; negative apart."""
    (a, ra, ha), (b, rb, hb) = one, other
    least = ha[1] + hb[1] - abs(a[1] - b[1])
    for axis in (*ra, *rb):
        reach = sum(
            h * abs(axis @ r)
            for half, turn in ((ha, ra), (hb, rb))
            for h, r in zip(half[[0, 2]], turn, strict=True)
        )
        least = min(least, reach - abs((b - a) @ axis))
    return least


def touching(piece, other):
    """How deep the footprints are in each other."""
    flat = [
        [(m * (1, 0, 1), turn, h * (1, 0, 1) + (0, 9, 0)) for m, turn, h in boxes(p)]
        for p in (piece, other)
    ]
    return max(depth(a, b) for a in flat[0] for b in flat[1])


def inside(set_, piece):
    x, _, z = piece.position_m
    w, _, d = set_.size_m
    return abs(x) < w / 2 + 1 and abs(z) < d / 2 + 1


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_pieces_are_not_in_each_other(template):
    for seed in SEEDS:
        set_ = dressed(template, seed=seed, people=4)
        here = [
            p
            for p in set_.pieces
            if p.kind not in GROUNDS | ROUND | LEAN | {"grass"} and inside(set_, p)
        ]
        for a, b in combinations(here, 2):
            if {a.kind, b.kind} & SEATS or {a.kind, b.kind} <= TREES | {"rock"}:
                continue
            deepest = max(depth(p, q) for p in boxes(a) for q in boxes(b))
            assert deepest < MOST_M, (template, seed, a.id, b.id, round(deepest, 2))


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_pieces_rest_on_hang_from_or_lean_on_something(template):
    for seed in SEEDS:
        set_ = dressed(template, seed=seed, people=4)
        for piece in set_.pieces:
            foot, top = piece.position_m[1], piece.position_m[1] + piece.size_m[1]
            if abs(foot) < 0.06 or piece.kind in GROUNDS | ROUND:
                continue
            if not inside(set_, piece) or foot < -0.5:
                continue
            hangs = set_.interior and abs(top - set_.size_m[1]) < 0.06
            assert hangs or any(
                rests(piece, other) for other in set_.pieces if other is not piece
            ), (template, seed, piece.id)


def rests(piece, other):
    near = touching(piece, other)
    level = other.position_m[1]
    if other.kind not in GROUNDS:
        level += other.size_m[1]
    stands = near > 0 and abs(piece.position_m[1] - level) < 0.05
    fixed = other.kind in {"wall", "facade", "column", "cell-bars", "canopy"}
    return stands or (fixed and near > -FIXED_M)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_people_can_walk_to_every_spot_and_most_seats(template):
    for seed in SEEDS:
        set_ = dressed(template, seed=seed, people=4)
        ways, solid = Ways(set_), Obstacles(set_)
        door = next(spot for spot in set_.spots if spot.exit)
        standing = [s for s in set_.spots if s.posture is Posture.STAND]
        assert len(standing) >= 5
        seats = [s for s in set_.spots if s.posture is not Posture.STAND]
        got = [ways.way(door.position_m, s.position_m).reached for s in seats]
        assert template == "car" or sum(got) >= 0.6 * len(got)
        for spot in standing:
            way = ways.way(door.position_m, spot.position_m)
            assert way.reached, (seed, spot.name)
            for a, b in pairwise(np.array([door.position_m, *way.via, way.goal])):
                line = a + (b - a) * np.linspace(0, 1, 30)[:, None]
                assert solid.clearance(line).min() > 0.1, (seed, spot.name)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_two_can_meet_with_room_between_furniture(template):
    if template == "car":
        return
    for seed in SEEDS:
        set_ = dressed(template, seed=seed, people=2)
        solid = Obstacles(set_)
        here = [
            np.array(s.position_m) for s in set_.spots if s.posture is Posture.STAND
        ]
        pairs = [(a, b) for a, b in combinations(here, 2)
                 if 0.8 <= np.linalg.norm(a - b) <= 3.5]  # fmt: skip
        eyes = np.array([0, 1.5, 0])
        assert any(not solid.blocked(a + eyes, b + eyes) for a, b in pairs)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_a_seed_dresses_anew_and_the_words_stay(template):
    sets = [dressed(template, seed=seed) for seed in SEEDS]
    words = [frozenset(w for s in set_.spots for w in s.words) for set_ in sets]
    looks = {
        tuple((p.kind, p.position_m, p.color) for p in set_.pieces) for set_ in sets
    }
    assert len(looks) == len(SEEDS)
    common = frozenset.intersection(*words)
    assert len(common) >= 0.6 * max(len(w) for w in words)


def test_no_set_is_heavy():
    for template in TEMPLATES:
        set_ = dressed(template, people=6)
        assert len(build_set(set_).triangles) < (44_000 if set_.interior else 60_000)
