"""Shots of a scene share its stage and its light, and nobody else does."""

from concurrent.futures import ThreadPoolExecutor

from previz.promote import shooting
from previz.promote.frozen import Frozen
from previz.promote.shooting import footage_of
from previz.promote.taken import FROZEN, part_of
from previz.stage import Assets


def frozen(shop, slate):
    part = part_of(shop.place.promoted, shop.queue(slate))
    return Frozen.from_json((part / FROZEN).read_bytes())


def test_the_next_shot_of_a_scene_finds_it_built(shop):
    first, other = (footage_of(frozen(shop, x), shop.place.path) for x in ("1A", "1B"))
    assert first.stage is other.stage
    assert first.renderer_of((32, 18)) is other.renderer_of((32, 18))
    assert (first.shot.slate, other.shot.slate) == ("1A", "1B")


def test_a_scene_that_was_changed_is_built_anew(shop):
    here = frozen(shop, "1A")
    scene = here.scene.changed(exposure_ev100=here.scene.exposure_ev100 + 1)
    there = here.changed(film=here.film.changed(scenes=(scene,)))
    first, other = (footage_of(x, shop.place.path) for x in (here, there))
    assert first.stage is not other.stage
    assert other.stage.scene == scene


def test_threads_have_stages_of_their_own(shop):
    asked = frozen(shop, "1A"), shop.place.path
    with ThreadPoolExecutor(1) as pool:
        there = pool.submit(footage_of, *asked).result()
    assert footage_of(*asked).stage is not there.stage


def test_a_scene_that_lacks_a_mesh_is_built_anew_once_that_is_there(shop, monkeypatch):
    asked = frozen(shop, "1A"), shop.place.path
    lacking = Assets({}, notes=("A grey box stands for a chair.",))
    monkeypatch.setattr(shooting, "load_assets", lambda *_: lacking)
    with_a_box = footage_of(*asked).stage
    monkeypatch.undo()
    whole = footage_of(*asked).stage
    assert whole is not with_a_box
    assert footage_of(*asked).stage is whole
