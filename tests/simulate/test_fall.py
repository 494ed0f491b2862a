"""Falls: the parabola, what a hit does, energy, depth, rest; the same every time."""

import builtins

import numpy as np
import pytest
from rooms import TABLE, played, thing

from previz.errors import MissingRuntimeError, ModelError, UnknownNameError
from previz.simulate import fall_of, simulate
from previz.simulate.bodies import mass_of
from previz.simulate.world import GRAVITY_M_S2, STEP_S
from previz.stage.pieces import build_piece
from previz.stage.rotation import matrix_of

NOUNS = ("vase", "ball", "suitcase", "cup", "box", "bottle", "book", "umbrella", "keys")
# A fall takes a tenth of a second and more: too long for a search that shrinks.
RANDOM = np.random.default_rng(4)
THROWS = [
    (noun, tuple(RANDOM.uniform(-2, 2, 3)), tuple(RANDOM.uniform(-400, 400, 3)))
    for noun in NOUNS
    for _ in range(2)
]


def let_go(noun, velocity, spin, at=(0.0, 1.4, 0.0)):
    return fall_of(
        played(thing(noun, at=at)), noun, start_frame=0,
        velocity_m_s=velocity, spin_deg_s=spin,
    )  # fmt: skip


def middles(fall, mass):
    turns = np.array([matrix_of(tuple(q)) for q in fall.rotations[:, 0]])
    return fall.places[:, 0] + turns @ mass.middle


@pytest.mark.parametrize(("noun", "velocity", "spin"), THROWS)
def test_until_it_touches_a_thing_flies_on_a_parabola(noun, velocity, spin):
    prop = thing(noun)
    fall = let_go(noun, velocity, spin)
    free = round(fall.hits[0].time_s / STEP_S)
    path = middles(fall, mass_of(prop.piece))[:free]
    t = np.arange(free)[:, None] * STEP_S
    arc = path[0] + np.array(velocity) * t
    arc[:, 1] -= (GRAVITY_M_S2 * t * t / 2)[:, 0]
    np.testing.assert_allclose(path, arc, atol=5e-4)


@pytest.mark.parametrize(("noun", "velocity", "spin"), THROWS)
def test_energy_never_grows_and_nothing_goes_through(noun, velocity, spin):
    fall = let_go(noun, velocity, spin)
    free = fall.energies_j[fall.depths_m == 0]
    floor = fall.energies_j.min()
    scale = max(float(free[0] - floor), 1e-9)
    assert (np.diff(np.minimum.accumulate(free)) <= 0).all()
    assert (free - np.minimum.accumulate(free)).max() <= 0.03 * scale
    assert fall.depths_m[-1] < 0.005
    assert fall.depths_m.max() < 0.012


@pytest.mark.parametrize("noun", NOUNS)
def test_a_thing_ends_above_the_floor(noun):
    prop = thing(noun, at=(0.9, 1.2, 0.0))
    keys = simulate(
        played(prop), noun, start_frame=10, velocity_m_s=(0.6, 0, 0.3),
        spin_deg_s=(90, 40, 10),
    )  # fmt: skip
    shape = build_piece(prop.piece.changed(position_m=(0, 0, 0)), object_id=1).positions
    last = keys[-1]
    lowest = (shape @ matrix_of(last.rotation).T + last.position_m)[:, 1].min()
    assert -0.005 < lowest < 0.03
    assert keys[0].frame == 10
    assert [k.frame for k in keys] == list(range(10, 10 + len(keys)))


def test_a_thing_stays_on_the_table_it_is_dropped_on():
    keys = simulate(played(thing("book", at=(0, 0.9, 0))), "book", start_frame=0)
    assert keys[-1].position_m[1] == pytest.approx(0.75, abs=0.004)
    assert len(keys) < 60


def test_a_ball_bounces_and_a_book_does_not():
    rebounds = {}
    for noun in ("ball", "book"):
        fall = let_go(noun, (0, 0, 0), (0, 0, 0), at=(2, 1.0, 2))
        after = round(fall.hits[0].time_s / STEP_S) + 40
        low = fall.places[after:, 0, 1].max()
        rebounds[noun] = low
    assert rebounds["ball"] > 0.35
    assert rebounds["book"] < 0.12


def test_a_shut_door_stops_a_ball_and_an_archway_does_not():
    ball = thing("ball", at=(1.0, 1.0, -2.0))
    wall = played().scene.set.pieces[1]
    open_ = wall.changed(openings=(wall.openings[0].changed(kind="archway"),))
    ends = [
        simulate(
            played(ball, pieces=(TABLE, w)), "ball", start_frame=0,
            velocity_m_s=(0, 1, -5),
        )[-1].position_m[2]
        for w in (wall, open_)
    ]  # fmt: skip
    assert ends[0] > -3.0 > ends[1]


def test_the_same_fall_twice_is_the_same_bit_for_bit():
    stage = played(thing("vase"))
    args = {"start_frame": 0, "velocity_m_s": (1, 0, 0.2), "spin_deg_s": (50, 0, 9)}
    assert simulate(stage, "vase", **args) == simulate(
        played(thing("vase")), "vase", **args
    )


def test_the_frame_rate_decides_only_when_one_looks():
    args = {"start_frame": 0, "velocity_m_s": (1, 0.5, 0.2), "spin_deg_s": (50, 0, 9)}
    slow = simulate(played(thing("suitcase"), rate=24), "suitcase", **args)
    fast = simulate(played(thing("suitcase"), rate=48), "suitcase", **args)
    for a, b in zip(slow, fast[::2], strict=False):
        np.testing.assert_allclose(a.position_m, b.position_m, atol=2e-3)


def test_another_prop_is_in_the_way():
    box = thing("box", at=(0.0, 0.75, 0.0))
    alone = simulate(played(thing("book", at=(0, 1.3, 0))), "book", start_frame=0)
    on_box = simulate(played(thing("book", at=(0, 1.3, 0)), box), "book", start_frame=0)
    assert on_box[-1].position_m[1] > alone[-1].position_m[1] + 0.2


def test_what_is_not_there_cannot_fall():
    late = thing("vase").changed(from_frame=50)
    with pytest.raises(ModelError, match=r"simulate\.start_frame.*'vase'.*got 10"):
        simulate(played(late), "vase", start_frame=10)
    with pytest.raises(UnknownNameError, match=r"Stage\.prop"):
        simulate(played(), "vase", start_frame=0)
    with pytest.raises(ModelError, match=r"simulate\.velocity_m_s.*finite"):
        simulate(
            played(thing("vase")), "vase", start_frame=0, velocity_m_s=(0, np.nan, 0)
        )


def test_a_missing_engine_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name == "mujoco":
            raise ImportError(name)
        return real(name, *rest, **more)

    stage = played(thing("vase"))
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingRuntimeError, match=r"pip install 'previz\[physics\]'"):
        simulate(stage, "vase", start_frame=0)
