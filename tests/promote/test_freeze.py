"""A shot's hash changes exactly when one of its frames does, by brute force."""

import hashlib

import pytest

from previz.cut import render_panels
from previz.model import Blocking, Light, LightKind, Mark, Note, Spot
from previz.promote import Order
from previz.promote.freeze import seen_key, shot_state
from previz.promote.seen import seen_hash
from previz.stage import Stage

WIDTH, HEIGHT = 48, 27


def marks(*places):
    """Return marks of a second's quarter each, at (x, z)."""
    return tuple(
        Mark(position_m=(x, 0, z), arrive_frame=8 * i, leave_frame=8 * i + 3)
        for i, (x, z) in enumerate(places)
    )


@pytest.fixture(scope="module")
def before():
    return {}


@pytest.fixture
def film(short_film, edit_scene):
    made = short_film(lengths=((5, 7, 6),))
    ann = Blocking(character="ann", marks=marks((-1, 0.5), (0, 0.9), (0.8, 0.6)))
    return edit_scene(made, 0, blocking=(ann, *made.scenes[0].blocking[1:]))


def hashes(film):
    scene = film.scenes[0]
    stage = Stage(scene, film.characters, rate=film.rate)
    return {
        shot.id: seen_hash(film, scene, shot, stage, width_px=WIDTH)
        for shot in scene.shots
    }


def pictures(film):
    """Return a hash of every frame of each shot as the renderer draws it."""
    paint = render_panels(film, film.scenes[0], WIDTH, HEIGHT)
    found = {}
    for shot in film.scenes[0].shots:
        told = hashlib.sha256()
        for frame in range(shot.length_frames):
            told.update(paint(shot, frame).tobytes())
        found[shot.id] = told.hexdigest()
    return found


def with_shot(film, index, edit_scene, **fields):
    shots = list(film.scenes[0].shots)
    shots[index] = shots[index].changed(**fields)
    return edit_scene(film, 0, shots=tuple(shots))


def unseen(film, edit_scene):
    """Change what people say of shots, and places that have names only for people."""
    noted = with_shot(film, 1, edit_scene, note="faster", slate="9Z")
    noted = with_shot(noted, 0, edit_scene, notes=(Note(frame=2, text="Cut here?"),))
    place = noted.scenes[0].set
    spots = (*place.spots, Spot(name="sink", position_m=(1, 0, 1)))
    beats = tuple(
        beat.changed(element=beat.element.changed(text="Other words."))
        for beat in noted.scenes[0].beats
    )
    named = place.changed(spots=spots, name="Galley")
    return edit_scene(noted, 0, set=named, beats=beats), set()


def last_mark_moved(film, edit_scene):
    ann, bo = film.scenes[0].blocking
    moved = ann.changed(marks=marks((-1, 0.5), (0, 0.9), (1.3, 1.2)))
    return edit_scene(film, 0, blocking=(moved, bo)), {"s1-1", "s1-2"}


def lens_changed(film, edit_scene):
    camera = film.scenes[0].shots[1].camera
    poses = tuple(pose.changed(focal_length_mm=50.0) for pose in camera.poses)
    longer = camera.changed(poses=poses)
    return with_shot(film, 1, edit_scene, camera=longer), {"s1-1"}


def lamp_added(film, edit_scene):
    lamp = Light(
        id="lamp", kind=LightKind.POINT, position_m=(-1, 2, 0.5), intensity=900.0
    )
    lights = (*film.scenes[0].lights, lamp)
    return edit_scene(film, 0, lights=lights), {"s1-0", "s1-1", "s1-2"}


@pytest.mark.parametrize(
    "edit",
    [unseen, last_mark_moved, lens_changed, lamp_added],
    ids=lambda e: e.__name__,
)
def test_exactly_the_shots_change_whose_frames_do(film, edit_scene, edit, before):
    if not before:
        before.update(hashes=hashes(film), pictures=pictures(film))
    edited, _ = edit(film, edit_scene)
    changed = {
        name: {shot for shot, old in before[name].items() if new[shot] != old}
        for name, new in (("hashes", hashes(edited)), ("pictures", pictures(edited)))
    }
    assert changed["hashes"] == changed["pictures"]
    assert bool(changed["hashes"]) == (edit is not unseen)


def test_a_mark_moves_only_the_shots_in_whose_time_it_is_walked_to(film, edit_scene):
    edited, shots = last_mark_moved(film, edit_scene)
    old, new = hashes(film), hashes(edited)
    assert {name for name in old if old[name] != new[name]} == shots


def test_the_take_is_named_by_what_is_ordered_and_seen_and_by_nothing_else(
    shop, edit_scene
):
    name = shop.freeze("1A").hash
    assert shop.freeze("1A").hash == name
    assert shop.freeze("1A", budget_usd=4.0).hash == name
    for asked in ({"seed": 1}, {"quality": "final"}, {"width_px": 30}):
        assert shop.freeze("1A", **asked).hash != name
    assert shop.freeze("1B").hash != name
    thawed = type(shop.freeze("1A")).from_json(shop.freeze("1A").to_json())
    assert thawed.hash == name


def test_a_state_is_worked_out_once_as_long_as_no_value_changes(shop):
    scene, shot = shop.film.find_shot("1A")
    stage, built = Stage(scene, shop.film.characters, rate=shop.film.rate), []

    def state(film):
        scene, shot = film.find_shot("1A")
        return shot_state(
            film, scene, shot, width_px=WIDTH, ledger=shop.ledger,
            stage_of=lambda: built.append(1) or stage,
        )  # fmt: skip

    first = state(shop.film)
    assert state(shop.film) == first
    assert len(built) == 1
    reseeded = shop.film.changed(seed=5)
    assert seen_key(reseeded, scene, shot, width_px=WIDTH) != seen_key(
        shop.film, scene, shot, width_px=WIDTH
    )
    assert state(reseeded) != first


def test_an_order_has_limits():
    from previz.errors import ModelError

    with pytest.raises(ModelError, match=r"Order\.width_px must be"):
        Order(width_px=0)
