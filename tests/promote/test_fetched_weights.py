"""Weights that are fetched for a take do not give it another name afterwards."""

import pytest

from previz.promote.backends import add_backend
from previz.promote.finishing import film_take
from previz.promote.queueing import named_before
from previz.promote.taken import taken_in
from previz.promote.work import work

SHA = "ab" * 32


@pytest.fixture
def fetching(shop, cards):
    """A backend whose weights come with the first frame."""

    class Fetching(cards):
        def weights(self, order):
            return self.here

        def frames(self, task):
            Fetching.here = {"model/a.safetensors": SHA}
            yield from super().frames(task)

    Fetching.here = {}
    add_backend("cards", Fetching)
    return Fetching


def test_a_take_that_fetched_its_weights_is_not_made_again(shop, fetching):
    take = shop.queue()
    assert work(shop.place.path, take, finisher=film_take) == "done"
    taken = taken_in(shop.place.promoted, take)
    assert taken.manifest["weights"] == fetching.here
    frozen = shop.freeze()
    assert frozen.hash != take
    assert named_before(shop.place, frozen).hash == take


def test_other_weights_than_made_a_take_make_another(shop, fetching):
    work(shop.place.path, shop.queue(), finisher=film_take)
    fetching.here = {"model/a.safetensors": "cd" * 32}
    frozen = shop.freeze()
    assert named_before(shop.place, frozen).hash == frozen.hash


def test_a_take_that_was_stopped_while_it_fetched_goes_on(shop, fetching):
    take = shop.queue()
    fetching.here = {"model/a.safetensors": SHA}
    assert named_before(shop.place, shop.freeze()).hash == take
